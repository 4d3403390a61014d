"""Recordings that one answer gives the same id are all listed, each with an id that stays."""

from collections import Counter
from collections.abc import Mapping
from itertools import permutations

import pytest

from playhead.core.page import Asked
from playhead.core.recording import Recording
from playhead.providers.bird import birdrows
from playhead.providers.convirza.convirzarows import PromptLists, prompts
from support.providers.provider_sources import bird_account, convirza_account, opened, run
from support.providers.tiny_server import Asked as Request
from support.providers.tiny_server import data, serving

BIRD = bird_account("https://api.bird.com")
CONVIRZA = convirza_account("https://platform-api.convirza.com/v3")


def item(name: str, identity: int = 1, **changes: object) -> dict[str, object]:
    return {
        "id": identity,
        "name": name,
        "url": f"https://cdn.example/{name}.mp3?Signature={name}",
        **changes,
    }


def listed(groups: Mapping[str, object]) -> PromptLists:
    return prompts(CONVIRZA, groups, Counter())


def names(found: PromptLists) -> dict[str, str | None]:
    return {each.id: each.name for each in found.recordings}


def test_two_recordings_of_one_id_in_two_groups_are_both_there_with_their_own_audio() -> None:
    found = listed({"prompts": [item("p"), item("q", 2)], "voicemails": [item("v")]})
    assert names(found) == {"1": "p", "2": "q", "voicemail:1": "v"}
    assert {name: link[20:21] for name, link in found.links.items()} == {
        "1": "p",
        "2": "q",
        "voicemail:1": "v",
    }
    assert [each.position for each in found.recordings] == [0, 1, 2]
    assert found.complete


def test_ids_do_not_depend_on_the_order_in_which_rows_come() -> None:
    groups = {
        "prompts": [
            item("p", created_at="2026-02-01T00:00:00Z"),
            item("q", created_at="2026-03-01T00:00:00Z"),
        ],
        "voicemails": [item("v", created_at="2026-01-01T00:00:00Z")],
        "whispers": [item("w")],
    }
    expected = names(listed(groups))
    assert expected["1"] == "v"
    assert sorted(filter(None, expected.values())) == ["p", "q", "v", "w"]
    for order in permutations(groups):
        assert names(listed({name: groups[name][::-1] for name in order})) == expected


def test_one_that_is_added_takes_no_id_away() -> None:
    old = {"voicemails": [item("v", created_at="2026-01-01T00:00:00Z")]}
    new = {"prompts": [item("p", created_at="2026-02-01T00:00:00Z")], **old}
    assert names(listed(old)) == {"1": "v"}
    assert names(listed(new)) == {"1": "v", "prompt:1": "p"}


@pytest.mark.parametrize(
    "groups",
    [
        {"prompts": [item("p"), item("p")]},
        {"prompts": [item("p"), item("p", url="https://cdn.example/p.mp3?Signature=other")]},
        {"recent": [item("p")], "prompts": [item("p")]},
        {"recent": [item("p", type="prompt")], "prompts": [item("p")]},
        {"prompts": [item("p", url=None), item("p")]},
        {"prompts": [item("p"), item("p", url=None)]},
    ],
)
def test_one_recording_that_is_listed_twice_is_one(groups: dict[str, object]) -> None:
    found = listed(groups)
    assert names(found) == {"1": "p"}
    assert found.recordings[0].playable


@pytest.mark.parametrize(
    "groups",
    [
        {"prompts": [item("p"), item("q")]},
        {"prompts": [item("p", type="prompt"), item("p", type="whisper")]},
        {"prompts": [item("p", url=None)], "whispers": [item("w", url=None)]},
        {
            "prompts": [
                item("p"),
                item("q"),
                item("r"),
                {"id": "prompt:1", "url": "https://cdn.example/x.mp3"},
            ]
        },
    ],
)
def test_rows_with_another_link_or_type_are_two_recordings(groups: dict[str, list[object]]) -> None:
    found = listed(groups)
    assert len(names(found)) == len(found.recordings) == sum(map(len, groups.values()))


@pytest.mark.slow
def test_very_many_of_one_id_are_told_apart_soon() -> None:
    found = listed({"prompts": [item(f"n{n}") for n in range(20_000)]})
    assert len(names(found)) == 20_000


def test_a_part_of_the_list_gives_the_same_ids_as_the_whole() -> None:
    whole = '{"data": {"prompts": [{"id": 1, "url": "https://cdn.example/p"}], "voicemails": [%s]}}'
    voicemail = '{"id": 1, "url": "https://cdn.example/v"}'

    def answer(request: Request) -> bytes:
        part = '{"data": {"voicemails": [%s]}}'
        return data((part if "type=voicemail" in request.target else whole) % voicemail)

    async def scene() -> None:
        async with serving(answer) as tiny, opened(convirza_account(tiny.address)) as at:
            page = await at.source.page(Asked((("type", "voicemail"),)), None)
            assert [each.id for each in page.recordings] == ["voicemail:1"]
            page = await at.source.page(Asked(), None)
            assert [each.id for each in page.recordings] == ["1", "voicemail:1"]
            again = await at.source.again(page.recordings[1])
            assert again is not None
            assert again.kind == "voicemail"

    run(scene())


@pytest.mark.parametrize(
    "groups",
    [
        {"errors": []},
        {"links": [{"rel": "self", "href": "https://api.example/media-prompts"}]},
        {"links": [{"id": 1, "url": "https://api.example/media-prompts"}]},
        {"types": [{"id": 1, "name": "prompt"}]},
        {"types": ["prompt", "whisper"]},
        {"pages": [1, 2, 3]},
        {"stats": [{"count": 7}]},
    ],
)
def test_lists_that_are_no_recordings_are_not_listed(groups: dict[str, object]) -> None:
    found = listed({"prompts": [item("p")], "total": 1, **groups})
    assert names(found) == {"1": "p"}
    assert found.complete
    assert not found.faulty


def test_a_list_of_any_name_whose_rows_look_like_recordings_is_listed() -> None:
    rows: list[object] = [7, {"filename": "a.mp3"}, item("g")]
    assert len(listed({"greetings": rows}).recordings) == 3
    assert len(listed({"Prompts": [7, None]}).recordings) == 2


def test_errors_beside_the_lists_are_noticed() -> None:
    for errors in ([{"code": 7, "message": "no"}], {"message": "no"}, "no"):
        found = listed({"prompts": [item("p")], "errors": errors})
        assert names(found) == {"1": "p"}
        assert found.faulty
        assert not found.complete


@pytest.mark.parametrize(
    ("filename", "expected", "format_"),
    [
        ("https://cdn.example/a/b/welcome.MP3?X-Amz-Signature=abc", "welcome.MP3", "mp3"),
        ("https%3A%2F%2Fcdn.example%2Fa%2Fwelcome.mp3%3FX-Amz-Signature%3Dabc", "welcome.mp3", "mp3"),
        ("//cdn.example/welcome.mp3?sig=abc", "welcome.mp3", "mp3"),
        ("s3://bucket/welcome%20home.wav", "welcome home.wav", "wav"),
        ("welcome.mp3?Signature=abc", "welcome.mp3", "mp3"),
        ("https://cdn.example/", None, None),
        ("https://cdn.example", None, None),
        ("https://cdn.example/play?file=a.mp3", None, None),
        ("https://cdn.example/..", None, None),
        ("https://[", None, None),
        ("recordings/2026/welcome.mp3", "recordings/2026/welcome.mp3", "mp3"),
    ],
)
def test_of_a_link_that_came_as_a_file_name_only_the_name_is_shown(
    filename: str, expected: str | None, format_: str | None
) -> None:
    found = listed({"prompts": [item("p", filename=filename)]}).recordings[0]
    assert (found.filename, found.format) == (expected, format_)
    assert "filename" not in found.raw or found.raw["filename"] == expected


def bird(*rows: object) -> tuple[Recording, ...]:
    return birdrows.recordings(BIRD, rows, Counter())


def test_two_recordings_of_bird_with_one_id_are_both_listed_and_one_says_why_it_is_silent() -> None:
    one = {
        "id": "r",
        "sourceId": "a",
        "createdAt": "2026-01-01T00:00:00Z",
        "updatedAt": "2026-01-02T00:00:00Z",
    }
    two = {
        "id": "r",
        "sourceId": "b",
        "createdAt": "2026-02-01T00:00:00Z",
        "updatedAt": "2026-02-02T00:00:00Z",
    }
    for rows in ((one, two), (two, one), (one, two, one)):
        found = {each.call: each for each in bird(*rows)}
        assert (found["b"].id, found["b"].playable) == ("r", True)
        assert found["a"].id.startswith("row-")
        assert found["a"].fault is not None
        assert len(found) == 2
    assert {each.id for each in bird(one, two)} == {each.id for each in bird(two, one)}
