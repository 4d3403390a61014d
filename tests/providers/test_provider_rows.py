"""Rows of both providers become Recordings, whatever is in them."""

import json
from collections import Counter
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.recording import Party, Recording
from playhead.core.text import digits_of
from playhead.providers.bird import birdrows
from playhead.providers.convirza import convirzarows
from playhead.providers.reading.rawfields import kept, moment, shown
from support.hypothesis_profiles import tries
from support.providers.provider_sources import bird_account, convirza_account

BIRD = bird_account("https://api.bird.com")
CONVIRZA = convirza_account("https://platform-api.convirza.com/v3")

LINK = "https://voice.s3.eu-west-1.amazonaws.com/a.mp3?X-Amz-Expires=600&X-Amz-Signature=abc"

FULL = {
    "id": "5b74ee9e-9d45-473a-82cd-f1f7feea6bbd",
    "sourceId": "50fa2203-66c2-4820-864a-1a8002952f4e",
    "channelId": "880d8171-cbab-47bb-81b6-b1a0902da136",
    "conferenceId": "11111111-2222-4333-8444-555555555555",
    "originator": {
        "number": {
            "type": "pstn",
            "number": "31205550100",
            "identity": "+31205550100",
            "countryIsoCode": "NL",
            "callerIdName": "Zoë",
            "anonymous": False,
        }
    },
    "receiver": {
        "contact": {
            "id": "225dcb7c-efbd-4288-b78d-93fba8743dd0",
            "identifierKey": "phonenumber",
            "identifierValue": "+12025550101",
        },
        "number": {"type": "sip", "number": "12025550101", "countryIsoCode": "US"},
    },
    "source": "call",
    "direction": "outgoing",
    "origin": "create-call",
    "status": "available",
    "duration": 29,
    "format": "mp3",
    "stereo": True,
    "transcription": False,
    "url": LINK,
    "roomInfoUrl": "https://rooms.example.com/1",
    "createdAt": "2023-10-23T15:55:08.234Z",
    "updatedAt": "2023-10-23T15:55:38.278Z",
    "startedAt": "2023-10-23T15:55:08.121Z",
    "endedAt": "2023-10-23T15:55:38.101Z",
}


def bird(**changes: object) -> Recording:
    return birdrows.recording(BIRD, {"id": "r1", **changes}, 0, Counter())


def convirza(item: object, group: str = "prompts") -> Recording:
    return convirzarows.prompts(CONVIRZA, {group: [item]}, Counter()).recordings[0]


def test_every_documented_field_of_bird_lands() -> None:
    found = birdrows.recording(BIRD, {**FULL, "retention": {"days": 30}}, 4, Counter())
    assert found == Recording(
        account="b1",
        id="5b74ee9e-9d45-473a-82cd-f1f7feea6bbd",
        provider="bird",
        kind="call",
        direction="outgoing",
        status="available",
        caller=Party(number="31205550100", identity="+31205550100", name="Zoë", country="NL", line="pstn"),
        callee=Party(
            number="12025550101",
            identity="+12025550101",
            country="US",
            line="sip",
            contact="225dcb7c-efbd-4288-b78d-93fba8743dd0",
        ),
        started=datetime(2023, 10, 23, 15, 55, 8, 121000, UTC),
        ended=datetime(2023, 10, 23, 15, 55, 38, 101000, UTC),
        created=datetime(2023, 10, 23, 15, 55, 8, 234000, UTC),
        updated=datetime(2023, 10, 23, 15, 55, 38, 278000, UTC),
        duration=29,
        format="mp3",
        stereo=True,
        transcribed=False,
        channel="880d8171-cbab-47bb-81b6-b1a0902da136",
        call="50fa2203-66c2-4820-864a-1a8002952f4e",
        conference="11111111-2222-4333-8444-555555555555",
        origin="create-call",
        position=4,
        raw={key: value for key, value in FULL.items() if "rl" not in key} | {"retention": {"days": 30}},
    )
    assert found.playable


def test_a_bird_row_with_nothing_but_its_id_is_fine() -> None:
    found = bird()
    assert found == Recording(account="b1", id="r1", provider="bird", raw={"id": "r1"})


def test_an_unknown_source_is_its_own_kind() -> None:
    assert bird(source="hologram").kind == "hologram"


def test_the_year_one_is_not_set() -> None:
    found = bird(startedAt="2023-10-26T18:28:55.373Z", endedAt="0001-01-01T00:00:00Z", duration=0)
    assert (found.ended, found.duration) == (None, None)


def test_an_unset_duration_is_the_time_between() -> None:
    times = {"startedAt": "2023-10-23T15:55:08Z", "endedAt": "2023-10-23T15:55:38.5Z"}
    assert bird(**times).duration == bird(**times, duration=0).duration == 30.5
    assert bird(startedAt=times["endedAt"], endedAt=times["startedAt"]).duration is None


def test_wrong_types_are_nothing_and_are_counted() -> None:
    oddities = Counter[str]()
    wrong = {name: ["x"] if name != "originator" else 3 for name in FULL}
    found = birdrows.recording(BIRD, {**wrong, "id": "r1"}, 0, oddities)
    assert replace(found, raw={}) == Recording(account="b1", id="r1", provider="bird")
    assert oddities["duration"] == oddities["startedAt"] == oddities["stereo"] == 1


@pytest.mark.parametrize("row", [7, None, "text", [], {}, {"id": ""}, {"id": None}, {"id": "a\x00b"}])
def test_a_row_that_is_none_is_shown_and_unplayable(row: object) -> None:
    found = birdrows.recordings(BIRD, [row], Counter())[0]
    item = convirza(row)
    assert found.fault is not None
    assert item.fault is not None
    assert not found.playable
    assert found.id == birdrows.recordings(BIRD, [row], Counter())[0].id
    assert found.id.startswith("row-")
    assert found.fault.startswith("Bird sent a row ")
    assert item.fault.startswith("Convirza sent a row ")


def test_a_row_without_an_id_keeps_its_made_up_one_when_its_link_changes() -> None:
    ids = {birdrows.recording(BIRD, {"url": LINK + str(n), "status": "x"}, n, Counter()).id for n in range(3)}
    assert len(ids) == 1


def test_of_two_rows_with_one_id_the_later_updated_stays() -> None:
    newer = {"id": "r1", "updatedAt": "2026-01-02T00:00:00Z", "status": "available"}
    older = {"id": "r1", "updatedAt": "2026-01-01T00:00:00Z", "status": "ongoing"}
    for rows in ([newer, older], [older, newer], [{"id": "r1"}, newer], [newer, {"id": "r1"}]):
        found = birdrows.recordings(BIRD, rows, Counter())
        assert [each.status for each in found] == ["available"]


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ({"number": {"number": "+31205550100"}}, Party(number="+31205550100")),
        ({"number": {"number": 31205550100}}, Party(number="31205550100")),
        ({"number": {"anonymous": True}}, Party(anonymous=True)),
        ({"contact": {"identifierValue": "+31205550100"}}, Party(number="+31205550100")),
        (
            {"contact": {"identifierValue": "+44"}, "number": {"number": "31205550100"}},
            Party(number="31205550100"),
        ),
        ({"number": None}, None),
        ({"contact": {}, "number": {"anonymous": False}}, None),
        (None, None),
    ],
)
def test_a_party_is_what_is_known_of_it(identifier: object, expected: Party | None) -> None:
    assert bird(originator=identifier).caller == expected


def test_one_number_is_one_number_however_it_is_written() -> None:
    written = ("31205550100", "+31205550100", "0031 20 555 0100")
    parties = [bird(receiver={"number": {"number": each}}).callee for each in written]
    assert {party.digits for party in parties if party} == {digits_of("+31205550100")}


def test_every_field_of_convirza_lands() -> None:
    item = {
        "id": 1,
        "name": "Welcome Message",
        "filename": "welcome-message.MP3",
        "type": "prompt",
        "url": "https://cdn.example.com/recordings/welcome-message.mp3",
        "recording_file_type": "mp3",
        "size": 48211,
        "duration": 12.5,
        "created_by": "John Doe",
        "created_at": "2026-01-19T10:00:00.000Z",
    }
    assert convirza(item) == Recording(
        account="c1",
        id="1",
        provider="convirza",
        kind="prompt",
        name="Welcome Message",
        filename="welcome-message.MP3",
        created=datetime(2026, 1, 19, 10, tzinfo=UTC),
        duration=12.5,
        format="mp3",
        size=48211,
        creator="John Doe",
        raw={key: value for key, value in item.items() if key != "url"},
    )


@pytest.mark.parametrize(
    ("group", "item", "kind"),
    [
        ("whispers", {}, "whisper"),
        ("surveys", {"type": None}, "survey"),
        ("greetings", {}, "greeting"),
        ("melodies", {}, "melody"),
        ("prompts", {"type": "Voicemail"}, "voicemail"),
        ("s", {}, "s"),
    ],
)
def test_the_group_says_the_kind_where_the_item_does_not(
    group: str, item: dict[str, object], kind: str
) -> None:
    assert convirza({"id": 1, **item}, group).kind == kind


def test_every_list_is_taken_in_the_servers_order() -> None:
    groups = {
        "prompts": [{"id": 3}, {"id": 1}],
        "total": 4,
        "voicemails": [{"id": 2}],
        "odd": {"id": 9},
        "surveys": [{"id": 4}],
    }
    found = convirzarows.prompts(CONVIRZA, groups, Counter())
    assert [(each.id, each.position) for each in found.recordings] == [
        ("3", 0),
        ("1", 1),
        ("2", 2),
        ("4", 3),
    ]


@pytest.mark.parametrize(
    ("author", "expected"),
    [(17, "17"), ({"name": "Ines"}, "Ines"), ({"id": 4}, "4"), ({}, None), ([1], None), (True, None)],
)
def test_an_author_is_a_name_however_it_comes(author: object, expected: str | None) -> None:
    assert convirza({"id": 1, "created_by": author}).creator == expected


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        ("12", 12),
        ("1:02", 62),
        ("01:00:02.5", 3602.5),
        (-1, None),
        ("long", None),
        (True, None),
        (1e300, None),
    ],
)
def test_a_duration_is_seconds_however_it_comes(length: object, expected: float | None) -> None:
    assert convirza({"id": 1, "duration": length}).duration == expected


def test_an_item_twice_keeps_the_one_with_a_link() -> None:
    url = "https://cdn.example.com/1.mp3"
    for items in ([{"id": 1}, {"id": 1, "url": url}], [{"id": 1, "url": url}, {"id": 1}]):
        found = convirzarows.prompts(CONVIRZA, {"prompts": items}, Counter())
        assert [each.playable for each in found.recordings] == [True]
        assert found.links == {"1": url}


def test_names_are_shown_on_one_line_and_raw_keeps_them() -> None:
    hostile = "<img src=x>\u202eexe.3pm\x00\x1b[31m\r\nnext\u2066 \ud800" + "x" * 10_000
    for found in (
        convirza({"id": 1, "name": hostile}).name,
        (bird(originator={"number": {"callerIdName": hostile}}).caller or Party()).name,
    ):
        assert found is not None
        assert found.startswith("<img src=x>exe.3pm[31m next �xxx")
        assert len(found) == 1000
    raw = convirza({"id": 1, "name": hostile}).raw["name"]
    assert isinstance(raw, str)
    assert raw == hostile.replace("\ud800", "�")


def test_no_link_is_kept_at_any_depth() -> None:
    row = {
        "id": "r1",
        "url": "https://plain.example/a.mp3",
        "media": {"download_urls": ["https://x.example/1"], "note": "see " + LINK, "length": 3},
        "parts": [LINK, {"href": 7, "n": 1}, "fine"],
        "description": LINK,
        "//cdn": "//cdn.example.com/x",
    }
    assert kept(row) == {"id": "r1", "media": {"length": 3}, "parts": [{"n": 1}, "fine"]}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-19T10:00:00.123456789Z", datetime(2026, 1, 19, 10, 0, 0, 123456, UTC)),
        ("2026-01-19 10:00:00", datetime(2026, 1, 19, 10, tzinfo=UTC)),
        ("2026-01-19T10:00:00+02:00", datetime(2026, 1, 19, 8, tzinfo=UTC)),
        (1768816800, datetime(2026, 1, 19, 10, tzinfo=UTC)),
        (1768816800000, datetime(2026, 1, 19, 10, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("yesterday", None),
        (10**30, None),
        (True, None),
        (None, None),
    ],
)
def test_a_moment_is_read_or_is_none(written: object, expected: datetime | None) -> None:
    assert moment(written) == expected


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(LINK),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
BIRD_ROW = ANYTHING | st.fixed_dictionaries({}, optional=dict.fromkeys(FULL, ANYTHING))
ITEM_FIELDS = (
    "id",
    "name",
    "filename",
    "type",
    "url",
    "size",
    "format",
    "duration",
    "created_by",
    "created_at",
)
CONVIRZA_ITEM = ANYTHING | st.fixed_dictionaries({}, optional=dict.fromkeys(ITEM_FIELDS, ANYTHING))


def sound(found: Recording) -> None:
    """Holds for every Recording, whatever it was made of."""
    assert found.id
    assert LINK not in repr(found.raw)
    json.dumps(dict(found.raw), allow_nan=False).encode()
    for each in fields(found):
        value = getattr(found, each.name)
        if isinstance(value, str):
            value.encode()
            assert len(value) <= 1000
        if isinstance(value, datetime):
            assert value.utcoffset() is not None
            assert 1 < value.year < 9999
    assert found.duration is None or 0 <= found.duration < 1e12
    assert found.size is None or 0 <= found.size <= 2**53
    assert found.visible_text
    hash(found)


@pytest.mark.slow
@tries(150)
@given(rows=st.lists(BIRD_ROW, max_size=4))
def test_no_row_of_bird_raises(rows: list[object]) -> None:
    for found in birdrows.recordings(BIRD, rows, Counter()):
        sound(found)


@tries(150)
@given(
    groups=st.dictionaries(st.text(max_size=8), st.lists(CONVIRZA_ITEM, max_size=4) | ANYTHING, max_size=4)
)
def test_no_item_of_convirza_raises(groups: dict[str, object]) -> None:
    for found in convirzarows.prompts(CONVIRZA, groups, Counter()).recordings:
        sound(found)


def test_a_row_nested_without_end_is_cut_off() -> None:
    deep: object = LINK
    for _ in range(500):
        deep = {"a": [deep]}
    sound(bird(odd=deep))


@tries(200)
@given(text=st.text())
def test_what_is_shown_is_one_line_of_visible_text(text: str) -> None:
    assert shown(text).isprintable() or not any(ord(letter) < 32 for letter in shown(text))
    assert shown(shown(text)) == shown(text)
