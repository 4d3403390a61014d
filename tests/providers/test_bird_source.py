"""What only Bird's door does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from playhead.core.account import Credential
from playhead.core.errors import Garbled, Missing, NoAudio, Refused, Rejected, WrongProduct
from playhead.core.page import Asked
from playhead.core.recording import Recording
from playhead.providers.bird.birdworkspace import Scheme
from support.cloud import answerchanges as changes
from support.cloud.faultycloud import Fault, FaultyCloud
from support.providers.provider_sources import NOW, WORKSPACE, Opened, bird_account, heard, opened, run
from support.providers.tiny_server import Asked as Request
from support.providers.tiny_server import Tiny, data, http, serving

JWT = "eyJhbGciOiJub25lIn0.eyJkZW1vIjp0cnVlfQ.c2lnbmF0dXJl"
MP3 = b"ID3\x04" + bytes(range(256)) * 8


def row(number: int = 1, **changes: object) -> Recording:
    facts: dict[str, object] = {"account": "b1", "id": f"r{number}", "provider": "bird", **changes}
    return Recording(**facts)  # type: ignore[arg-type]


def asked_parameters(request: Request) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(request.target).query))


def test_all_pages_hold_every_recording_once(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            page = await at.source.page(Asked(), None)
            ids = [each.id for each in page.recordings]
            assert len(ids) == 99
            while page.cursor is not None:
                page = await at.source.page(Asked(), page.cursor)
                ids += [each.id for each in page.recordings]
        assert len(ids) == len(set(ids)) == 250
        assert {request.authorization for request in cloud.requests} == {f"AccessKey {cloud.access_key}"}

    run(scene())


class NoticedCursors:
    def __init__(self) -> None:
        self.cursors = list[str]()

    def next_cursor(self, cursor: str) -> None:
        self.cursors.append(cursor)


def test_it_is_told_where_a_list_goes_on_unless_something_is_wrong_with_the_page(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        onward = NoticedCursors()
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            page = await at.source.page(Asked(), None, onward)
            assert onward.cursors == [page.cursor]
            cloud.faults.add(Fault(scope="bird-list", change=lambda page: page | {"error": "internal"}))
            page = await at.source.page(Asked(), None, onward)
            assert page.trouble is not None
            assert len(onward.cursors) == 1

    run(scene())


ROWS = '"results": [{"id": "x", "nextPageToken": "no", "list": []}]'


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (f'{{{ROWS}, "nextPageToken": "WzE=="}}\n', ["WzE=="]),
        (f'{{"nextPageToken":"WzE==",{ROWS}}}', ["WzE=="]),
        (f'{{{ROWS}, "nextPageToken": "caf\\u00e9"}}', ["caf\u00e9"]),
        (f'{{{ROWS}, "total": 5, "nextPageToken": "T"}}', ["T"]),
        (f'{{{ROWS}, "code": 500, "nextPageToken": "T"}}', []),
        (f'{{"nextPageToken": "T", {ROWS}, "error": "internal"}}', []),
        ('{"results": [{"id": ], "nextPageToken": "T"}', ["T"]),
        ('{"results": [{"id": "x", "list": [{"a": []}], "nextPageToken": "T"}]}', []),
        ('{"results": [], "nextPageToken": ""}', []),
    ],
)
def test_it_is_told_where_a_list_goes_on_before_an_ordinary_answer_is_read(
    answer: str, told: list[str]
) -> None:
    async def scene() -> None:
        onward = NoticedCursors()
        async with serving(lambda _: data(answer)) as tiny, opened(bird_account(tiny.address)) as at:
            with suppress(Garbled):
                await at.source.page(Asked(), None, onward)
        assert onward.cursors == told

    run(scene())


def test_an_empty_page_with_a_token_is_not_the_end(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope="bird-list", change=changes.no_rows))
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            page = await at.source.page(Asked(), None)
        assert page.recordings == ()
        assert page.cursor is not None

    run(scene())


def test_every_documented_parameter_can_be_asked() -> None:
    parameters = {
        "sourceId": WORKSPACE,
        "channelId": WORKSPACE,
        "id": WORKSPACE,
        "direction": "incoming",
        "startAt": "2026-01-01T00:00:00Z",
        "endAt": "2026-02-01T00:00:00Z",
        "from": "+31205550100",
        "to": "+12025550101",
        "status": "available",
        "limit": "7",
    }

    async def scene() -> None:
        async with serving(lambda _: data('{"results": [], "nextPageToken": "WzE=="}')) as tiny:
            async with opened(bird_account(tiny.address)) as at:
                page = await at.source.page(Asked(tuple(parameters.items())), None)
                await at.source.page(Asked(tuple(parameters.items())), page.cursor)
            first, second = map(asked_parameters, tiny.asked)
        assert first == parameters
        assert second == parameters | {"pageToken": "WzE=="}

    run(scene())


def test_a_number_is_asked_for_with_and_then_without_its_plus() -> None:
    def answer(request: Request) -> bytes:
        bare = asked_parameters(request).get("from") == "31205550100"
        return data('{"results": [{"id": "x"}], "nextPageToken": "T"}' if bare else '{"results": []}')

    async def scene() -> None:
        asked = Asked((("from", "+31205550100"),))
        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            page = await at.source.page(asked, None)
            assert [each.id for each in page.recordings] == ["x"]
            assert page.cursor is not None
            await at.source.page(asked, page.cursor)
            await at.source.page(asked, None)
            numbers = [asked_parameters(request)["from"] for request in tiny.asked]
            assert numbers == ["+31205550100", "31205550100", "31205550100", "31205550100"]
            assert asked_parameters(tiny.asked[2])["pageToken"] == "T"
        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            await at.source.page(asked, page.cursor)
            assert asked_parameters(tiny.asked[0]) == {"from": "31205550100", "limit": "99", "pageToken": "T"}

    run(scene())


@pytest.mark.parametrize(
    ("secret", "scheme", "expected"),
    [
        ("abc123", Scheme.AUTO, "AccessKey abc123"),
        (" abc123\n", Scheme.AUTO, "AccessKey abc123"),
        (JWT, Scheme.AUTO, f"Bearer {JWT}"),
        (JWT, Scheme.ACCESS_KEY, f"AccessKey {JWT}"),
        ("abc123", Scheme.BEARER, "Bearer abc123"),
    ],
)
def test_the_secret_is_shown_as_its_kind_asks(secret: str, scheme: Scheme, expected: str) -> None:
    async def scene() -> None:
        async with serving(lambda _: data('{"results": []}')) as tiny:
            account = bird_account(tiny.address, scheme=scheme.value)
            async with opened(account, Credential(access=secret)) as at:
                assert "no recordings yet" in await at.source.check()
            assert tiny.asked[0].headers["authorization"] == expected
            assert tiny.asked[0].headers["user-agent"].startswith("Playhead/")
            assert asked_parameters(tiny.asked[0]) == {"limit": "1"}

    run(scene())


@pytest.mark.parametrize("secret", ["bk_us1_abc", "bird_live_abc"])
def test_a_key_of_another_product_is_never_sent(secret: str, cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with opened(bird_account(cloud.bird_url), Credential(access=secret)) as at:
            with pytest.raises(WrongProduct):
                await at.source.check()
        assert not len(cloud.requests)

    run(scene())


def test_a_wrong_workspace_is_missing(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        for workspace in (WORKSPACE, "", "../x y"):
            account = bird_account(cloud.bird_url, workspace_id=workspace)
            async with opened(account, Credential(access=cloud.access_key)) as at:
                with pytest.raises(Missing) as caught:
                    await at.source.check()
            assert caught.value.reason == "workspace"

    run(scene())


@pytest.mark.parametrize(
    "address", ["http://api.example.com", "ftp://x", "nonsense", "https://u@api.example.com"]
)
def test_a_key_goes_to_no_unsafe_address(address: str) -> None:
    async def scene() -> None:
        async with opened(bird_account(address)) as at:
            with pytest.raises(Rejected):
                await at.source.check()

    run(scene())


def test_a_refused_key_is_read_anew_from_the_vault(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access="old")) as at:
            with pytest.raises(Refused):
                await at.source.check()
            at.keys.kept = Credential(access=cloud.access_key)
            await at.source.check()

    run(scene())


def test_a_recording_without_a_link_comes_by_its_mp3_route(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        cloud.faults.add(Fault(scope="bird-get", change=changes.without_urls))
        async with opened(account, Credential(access=cloud.access_key)) as at:
            page = await at.source.page(Asked(), None)
            recording = next(each for each in page.recordings if each.status == "available")
            assert await heard(at.source, recording) == cloud.audio(recording.id)
        shown = {(request.path[-4:], request.authorization is None) for request in cloud.requests}
        assert (".mp3", False) in shown
        assert {request.authorization for request in cloud.requests if "workspaceID" in request.path} == {
            None
        }

    run(scene())


def test_a_recording_that_is_no_longer_there_is_missing(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            with pytest.raises(Missing):
                await heard(at.source, row())

    run(scene())


@pytest.mark.parametrize(
    "said",
    [
        '{"id": "r1", "status": "ongoing", "url": "https://media.example.com/a.mp3"}',
        '{"id": "r1", "status": "available", "url": "http://media.example.com/a.mp3"}',
        '{"id": "r1", "status": "available", "url": "file:///etc/hosts"}',
        '{"id": "r1", "status": "available", "url": "https://[broken"}',
    ],
)
def test_what_has_no_audio_or_no_usable_link_is_said_so(said: str) -> None:
    async def scene() -> None:
        async with serving(lambda _: data(said)) as tiny, opened(bird_account(tiny.address)) as at:
            with pytest.raises(NoAudio):
                await heard(at.source, row(status="available"))

    run(scene())


def one_recording(tiny_media: Tiny) -> bytes:
    return data(f'{{"id": "r1", "status": "available", "url": "{tiny_media.address}/a.mp3?Signature=s"}}')


@asynccontextmanager
async def audio_from(answer: Callable[[Request], bytes | None]) -> AsyncIterator[tuple[Opened, Tiny]]:
    """The door to a recording whose media host says `answer`, and that host."""
    async with (
        serving(answer) as media,
        serving(lambda _: one_recording(media)) as tiny,
        opened(bird_account(tiny.address)) as at,
    ):
        yield at, media


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (http(200, b"<!DOCTYPE html><p>Sorry", content_type="audio/mpeg"), "audio"),
        (http(200, b" <?xml version='1.0'?><Error/>"), "audio"),
        (http(200, b'{"code": "NOPE"}'), "audio"),
        (http(200, b"", content_type="audio/mpeg"), "audio"),
        (http(204), "audio"),
        (http(206, MP3, content_range=f"bytes 0-{len(MP3) - 1}/{len(MP3)}"), "audio"),
        (http(302, location="http://media.example.com/plain"), "redirect"),
        (http(302, location="ftp://media.example.com/"), "redirect"),
        (http(302), "redirect"),
        (http(200, b"no gzip at all", content_encoding="gzip"), "encoding"),
    ],
)
def test_what_is_no_audio_is_garbled(said: bytes, reason: str) -> None:
    async def scene() -> None:
        async with audio_from(lambda _: said) as (at, _):
            with pytest.raises(Garbled) as caught:
                await heard(at.source, row(status="available"))
        assert caught.value.reason == reason

    run(scene())


@pytest.mark.parametrize(
    "content_range",
    ["bytes 99-199/2052", "bytes 100-50/2052", "items 100-2051/2052", "bytes 100-2051/300", ""],
)
def test_a_part_that_was_not_asked_for_is_never_joined(content_range: str) -> None:
    def answer(request: Request) -> bytes:
        if "range" in request.headers:
            return http(206, MP3[100:], content_range=content_range)
        return http(200, MP3, content_type="audio/mpeg", etag='"e"')

    async def scene() -> None:
        async with audio_from(answer) as (at, media):
            async with at.source.open(row(), offset=100, validator='"e"') as delivery:
                assert (delivery.offset, delivery.total) == (0, len(MP3))
                assert b"".join([chunk async for chunk in delivery.chunks]) == MP3
            assert media.asked[0].headers["if-range"] == '"e"'

    run(scene())


@pytest.mark.parametrize("said", [{"etag": '"newer"'}, {"last_modified": "today"}])
def test_a_part_of_another_edition_is_never_joined(said: dict[str, str]) -> None:
    def answer(request: Request) -> bytes:
        if "range" in request.headers:
            return http(206, MP3[100:], content_range=f"bytes 100-{len(MP3) - 1}/{len(MP3)}", **said)
        return http(200, MP3, **said)

    async def scene() -> None:
        async with (
            audio_from(answer) as (at, _),
            at.source.open(row(), offset=100, validator='"e"') as delivery,
        ):
            assert delivery.offset == 0
            assert b"".join([chunk async for chunk in delivery.chunks]) == MP3

    run(scene())


def test_a_slow_media_host_does_not_hold_up_the_list() -> None:
    async def scene() -> None:
        def api(request: Request) -> bytes:
            return data('{"results": []}') if "?" in request.target else one_recording(media)

        async with (
            serving(lambda _: None) as media,
            serving(api) as tiny,
            opened(bird_account(tiny.address)) as at,
        ):
            listening = [asyncio.ensure_future(heard(at.source, row())) for _ in range(8)]
            while len(media.asked) < 6:
                await at.source.page(Asked(), None)
            await at.source.page(Asked(), None)
            for task in listening:
                task.cancel()
            await asyncio.wait(listening)

    run(scene())


def test_a_body_longer_than_the_whole_is_garbled() -> None:
    chunk = MP3[100:] + b"more"
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(chunk), chunk)
    said = http(206, body, content_range=f"bytes 100-{len(MP3) - 1}/{len(MP3)}", transfer_encoding="chunked")

    async def scene() -> None:
        async with audio_from(lambda _: said) as (at, _):
            with pytest.raises(Garbled) as caught:
                await heard(at.source, row(), offset=100, validator='"e"')
        assert caught.value.reason == "length"

    run(scene())


@pytest.mark.parametrize(("tag", "expected"), [('"strong"', '"strong"'), ('W/"weak"', "yesterday")])
def test_only_a_strong_tag_names_an_edition(tag: str, expected: str) -> None:
    async def scene() -> None:
        async with (
            audio_from(lambda _: http(200, MP3, etag=tag, last_modified="yesterday")) as (at, _),
            at.source.open(row()) as delivery,
        ):
            assert delivery.validator == expected

    run(scene())


def test_a_link_to_the_apis_own_host_gets_the_credential_until_it_leads_elsewhere() -> None:
    async def scene() -> None:
        def api(request: Request) -> bytes:
            if request.target == "/own.mp3":
                return http(302, location=f"{media.address}/a.mp3")
            return data(
                '{"id": "r1", "url": "http://127.0.0.1:PORT/own.mp3"}'.replace("PORT", str(tiny.port))
            )

        def elsewhere(request: Request) -> bytes:
            if request.target == "/a.mp3":
                return http(302, location=f"{tiny.address}/back.mp3")
            return http(200, MP3)

        def both(request: Request) -> bytes:
            return http(200, MP3) if request.target == "/back.mp3" else api(request)

        async with (
            serving(elsewhere) as media,
            serving(both) as tiny,
            opened(bird_account(tiny.address)) as at,
        ):
            assert await heard(at.source, row()) == MP3
            shown = {
                request.target: "authorization" in request.headers for request in tiny.asked + media.asked
            }
        assert shown["/own.mp3"]
        assert not shown["/a.mp3"]
        assert not shown["/back.mp3"]

    run(scene())


def test_the_page_says_when_the_server_answered() -> None:
    async def scene() -> None:
        said = data('{"results": []}', date="Sat, 14 Mar 2026 11:59:00 GMT")
        async with serving(lambda _: said) as tiny, opened(bird_account(tiny.address)) as at:
            assert (await at.source.page(Asked(), None)).as_of == NOW.replace(hour=11, minute=59)
        async with (
            serving(lambda _: data('{"results": []}')) as tiny,
            opened(bird_account(tiny.address)) as at,
        ):
            assert (await at.source.page(Asked(), None)).as_of == NOW

    run(scene())


def test_an_id_stays_inside_its_place_of_the_address() -> None:
    async def scene() -> None:
        async with serving(lambda _: http(404, b"{}")) as tiny, opened(bird_account(tiny.address)) as at:
            with pytest.raises(Missing):
                await heard(at.source, replace(row(), id="../a/b?c=d#e"))
            assert tiny.asked[0].target.endswith("/recordings/..%2Fa%2Fb%3Fc%3Dd%23e")

    run(scene())
