"""An error in an answer of status 200 is an error; what comes beside it is kept, and nothing is gone."""

import json
from collections.abc import Callable

import pytest

from playhead.core.account import Account, Credential
from playhead.core.errors import (
    Forbidden,
    Garbled,
    Gone,
    Limited,
    Missing,
    ProviderError,
    Refused,
    Rejected,
    Unavailable,
)
from playhead.core.page import Asked, Page
from playhead.core.recording import Recording
from playhead.providers.convirza.convirzatokens import renew, sign_in
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.web import Web
from support.providers.bird_transcripts_scene import answering, entry, look
from support.providers.provider_sources import NOW, bird_account, convirza_account, opened, run
from support.providers.tiny_server import Asked as Request
from support.providers.tiny_server import data, serving

ITEM = {"id": 1, "url": "https://cdn.example/1.mp3", "type": "prompt"}
BIRD_ROW = {"id": "r1", "status": "available"}
Answer = Callable[[Request], bytes | None]


def says(said: object) -> Answer:
    """The same answer to everything."""
    return lambda _: data(json.dumps(said))


def first_page(account: Callable[[str], Account], answer: Answer) -> Page:
    """The first page that the door gives where a server answers so."""

    async def scene() -> Page:
        async with serving(answer) as tiny, opened(account(tiny.address)) as at:
            return await at.source.page(Asked(), None)

    return run(scene())


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"code": 500, "message": "no", "data": {}}, Unavailable),
        ({"code": "503", "message": "no", "data": None}, Unavailable),
        ({"code": 403, "message": "no", "data": {"prompts": []}}, Forbidden),
        ({"code": 403.0, "message": "no"}, Forbidden),
        ({"code": 410, "message": "no"}, Gone),
        ({"code": 400, "message": "no"}, Rejected),
        ({"code": 429, "message": "no"}, Limited),
        ({"code": "FORBIDDEN", "message": "no"}, Forbidden),
        ({"code": "TooManyRequests", "message": "no"}, Limited),
        ({"code": "E1234", "message": "no"}, Unavailable),
        ({"code": -1, "message": "no", "data": {}}, Unavailable),
        ({"code": 5000, "message": "no", "data": {}}, Unavailable),
        ({"result": "error", "data": {}}, Unavailable),
        ({"result": "Failed"}, Unavailable),
        ({"success": False, "data": {}}, Unavailable),
        ({"error": {"code": 403}}, Forbidden),
        ({"error": "Forbidden"}, Forbidden),
        ({"errors": [{"code": 503}], "data": {}}, Unavailable),
        ({"code": 200, "data": {"errors": [{"code": 7, "message": "no"}]}}, Garbled),
    ],
)
def test_an_error_of_convirza_is_none_the_less_one_for_its_status(
    said: object, kind: type[ProviderError]
) -> None:
    if kind is Garbled:
        page = first_page(convirza_account, says(said))
        assert isinstance(page.trouble, Garbled)
        assert (page.recordings, page.complete) == ((), False)
        return
    with pytest.raises(kind):
        first_page(convirza_account, says(said))


def test_a_code_that_says_that_nothing_is_there_is_as_a_404_is() -> None:
    page = first_page(convirza_account, says({"code": 404, "message": "no prompts", "data": {}}))
    assert (page.recordings, page.complete, page.trouble) == ((), False, None)


@pytest.mark.parametrize(
    "beside",
    [
        {"code": 500, "message": "the rest is missing"},
        {"result": "error"},
        {"errors": [{"message": "no"}]},
        {"data": {"prompts": [ITEM], "errors": [{"message": "no"}]}},
    ],
)
def test_a_part_of_a_list_is_kept_and_is_not_all(beside: dict[str, object]) -> None:
    page = first_page(convirza_account, says({"data": {"prompts": [ITEM]}, **beside}))
    assert [each.id for each in page.recordings] == ["1"]
    assert page.trouble is not None
    assert not page.complete


@pytest.mark.parametrize(
    "refusal", [{"code": 401, "data": {"prompts": [ITEM]}}, {"code": "UNAUTHORIZED", "message": "no"}]
)
@pytest.mark.parametrize("good", ["new", "none"])
def test_a_refusal_in_the_envelope_renews_the_token_once(refusal: dict[str, object], good: str) -> None:
    def answer(request: Request) -> bytes:
        if request.target == "/oauth/refresh-token":
            return data('{"access_token": "new", "refresh_token": "r2", "expires_in": 60}')
        accepted = request.headers["authorization"] == f"Bearer {good}"
        return data(json.dumps({"code": 200, "data": {"prompts": [ITEM]}} if accepted else refusal))

    async def scene() -> None:
        credential = Credential(access="old", refresh="r1")
        async with serving(answer) as tiny, opened(convirza_account(tiny.address), credential) as at:
            if good == "new":
                page = await at.source.page(Asked(), None)
                assert [each.id for each in page.recordings] == ["1"]
            else:
                with pytest.raises(Refused):
                    await at.source.page(Asked(), None)
            assert [request.target for request in tiny.asked].count("/oauth/refresh-token") == 1
            assert at.keys.kept.access == "new"

    run(scene())


@pytest.mark.parametrize(
    "said", [{"code": 500, "message": "no"}, {"result": "error"}, {"data": {"prompts": None}}, {"data": {}}]
)
def test_no_recording_of_convirza_is_gone_because_of_an_error_or_a_list_never_made(said: object) -> None:
    async def scene() -> None:
        async with serving(says(said)) as tiny, opened(convirza_account(tiny.address)) as at:
            with pytest.raises(ProviderError):
                await at.source.again(Recording(account="c1", id="7", provider="convirza"))

    run(scene())


def test_a_list_that_counts_itself_tells_what_is_gone() -> None:
    async def scene() -> None:
        recording = Recording(account="c1", id="7", provider="convirza")
        certain: list[object] = [
            {"prompts": [ITEM]},
            {"prompts": [], "total": 0},
            {"prompts": None, "total": "0"},
        ]
        unsure: list[object] = [{"prompts": [ITEM], "total": 2}, {"prompts": [ITEM], "voicemails": None}]
        for said in certain:
            async with serving(says({"data": said})) as tiny, opened(convirza_account(tiny.address)) as at:
                assert await at.source.again(recording) is None
        for said in unsure:
            async with serving(says({"data": said})) as tiny, opened(convirza_account(tiny.address)) as at:
                with pytest.raises(Missing):
                    await at.source.again(recording)

    run(scene())


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"code": "InternalServerError", "message": "no luck"}, Unavailable),
        ({"code": "Unauthorized", "message": "no luck"}, Refused),
        ({"code": "NotFound", "message": "no luck"}, Missing),
        ({"code": "Whatever", "message": "no luck"}, Unavailable),
        ({"code": 503, "message": "no luck", "results": None}, Unavailable),
        ({"error": "no luck"}, Unavailable),
        ({"message": "hello"}, Garbled),
        ([{"id": "r1"}], Garbled),
        ({"results": "none"}, Garbled),
        ({"results": {"1": {}}}, Garbled),
    ],
)
def test_an_error_of_bird_is_none_the_less_one_for_its_status(
    said: object, kind: type[ProviderError]
) -> None:
    with pytest.raises(kind):
        first_page(bird_account, says(said))


@pytest.mark.parametrize("said", [{"results": None}, {"results": []}, {}, {"nextPageToken": None}])
def test_a_list_that_was_never_made_is_empty(said: object) -> None:
    page = first_page(bird_account, says(said))
    assert (page.recordings, page.cursor, page.trouble) == ((), None, None)
    assert look(says(said)) is None

    async def scene() -> str:
        async with serving(says(said)) as tiny, opened(bird_account(tiny.address)) as at:
            return await at.source.check()

    assert run(scene()).endswith("no recordings yet.")


@pytest.mark.parametrize(
    "said",
    [
        {"data": None, "code": 200},
        {"code": 200, "message": "Success", "data": {}},
        {"code": 200, "message": "Success"},
        {"code": "Success", "message": "Success", "data": None},
        {"data": {"prompts": None, "whispers": None}},
    ],
)
def test_a_list_that_convirza_never_made_is_empty_and_proves_nothing(said: object) -> None:
    page = first_page(convirza_account, says(said))
    assert (page.recordings, page.complete, page.trouble) == ((), False, None)


@pytest.mark.parametrize(
    ("token", "cursor", "reason"),
    [
        (7, "7", None),
        (0, "0", None),
        (10**40, str(10**40), None),
        ("", None, None),
        (None, None, None),
        (False, None, None),
        ([], None, None),
        (True, None, "token"),
        (1.5, None, "token"),
        (" ", None, "token"),
        (["a"], None, "token"),
        ({"token": "a"}, None, "token"),
        (" a ", " a ", None),
    ],
)
def test_a_token_of_another_type_costs_no_row(token: object, cursor: str | None, reason: str | None) -> None:
    page = first_page(bird_account, says({"results": [BIRD_ROW], "nextPageToken": token}))
    assert [each.id for each in page.recordings] == ["r1"]
    assert (page.cursor, page.trouble and page.trouble.reason) == (cursor, reason)


def test_rows_that_come_with_an_error_are_kept_and_it_is_told() -> None:
    page = first_page(bird_account, says({"results": [BIRD_ROW], "code": 500, "nextPageToken": "T"}))
    assert ([each.id for each in page.recordings], page.cursor) == (["r1"], "T")
    assert isinstance(page.trouble, Unavailable)


@pytest.mark.parametrize(
    "said",
    [
        {"code": "NotFound", "message": "gone it is"},
        {"code": 404},
        {},
        {"ok": True},
        {"id": "other"},
        [],
        None,
    ],
)
def test_a_recording_of_bird_is_neither_gone_nor_changed_by_an_answer_that_is_not_it(said: object) -> None:
    async def scene() -> None:
        recording = Recording(account="b1", id="r1", provider="bird")
        async with serving(says(said)) as tiny, opened(bird_account(tiny.address)) as at:
            with pytest.raises(ProviderError):
                await at.source.again(recording)
            with pytest.raises(ProviderError):
                async with at.source.open(recording):
                    pass

    run(scene())


def test_a_recording_of_bird_is_itself_whatever_the_case_of_its_id() -> None:
    async def scene() -> None:
        recording = Recording(account="b1", id="AB-1", provider="bird")
        for said in ({"id": "ab-1", "status": "available"}, {"status": "available"}):
            async with serving(says(said)) as tiny, opened(bird_account(tiny.address)) as at:
                found = await at.source.again(recording)
            assert found is not None
            assert (found.id, found.status) == ("AB-1", "available")

    run(scene())


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"code": 401, "message": "no"}, Refused),
        ({"code": 400, "message": "no", "data": {}}, Refused),
        ({"error": "invalid_grant"}, Refused),
        ({"error": "invalid_client", "error_description": "no"}, Refused),
        ({"result": "error"}, Refused),
        ({"code": "E77", "message": "no"}, Refused),
        ({"error": "temporarily_unavailable"}, Unavailable),
        ({"code": 503, "message": "no"}, Unavailable),
        ({"code": 429, "message": "no"}, Limited),
        ({"hello": 1}, Garbled),
        ([], Garbled),
        ({"access_token": " "}, Garbled),
        ({"access_token": {"a": 1}}, Garbled),
    ],
)
def test_an_error_in_place_of_tokens_says_what_helps(said: object, kind: type[ProviderError]) -> None:
    async def scene() -> None:
        web = Web()
        async with serving(says(said)) as tiny:
            account = convirza_account(tiny.address)
            with pytest.raises(kind):
                await sign_in(web, account, "ines@example.com", "pw")
            with pytest.raises(kind):
                await renew(ApiClient(web), account, Credential(access="a", refresh="r"), clock=lambda: NOW)
        await web.close()

    run(scene())


@pytest.mark.parametrize(
    "said",
    [
        {"code": 500, "message": "no"},
        {"error": "no"},
        {"code": "NotReady", "message": "no"},
        {"message": "hello"},
    ],
)
def test_an_error_is_no_transcript_in_whatever_form_it_was_asked_for(said: object) -> None:
    text = json.dumps(said)
    with pytest.raises(ProviderError):
        look(answering(entry(), content=lambda _: data(text)))
    found = look(
        answering(
            entry(),
            content=lambda name: data(
                "1\n00:00:01,000 --> 00:00:02,000\nHello\n" if name.endswith("srt") else text
            ),
        )
    )
    assert found is not None
    assert [line.text for line in found.lines] == ["Hello"]


def test_null_where_lines_were_promised_is_that_nothing_was_said() -> None:
    for said in ({"segments": None}, {"results": {"utterances": None}}):
        found = look(answering(entry(), content=lambda _, said=said: data(json.dumps(said))))  # type: ignore[misc]
        assert found is not None
        assert found.lines == ()
