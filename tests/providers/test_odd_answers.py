"""Answers that are out of step, lead nowhere, or name their edition in a way that cannot be sent back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from playhead.core.account import Account
from playhead.core.errors import Garbled, Missing, PlayheadError, ProviderError, Rejected, Unreachable
from playhead.core.fetching.downloads import Downloads
from playhead.core.pace import Pace
from playhead.core.page import Asked
from playhead.core.recording import Recording
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.delivery import AudioRequest, deliver
from playhead.providers.http.redirects import Link
from playhead.providers.http.request import HttpRequest, segment
from playhead.providers.http.web import Web
from support.providers.provider_sources import WORKSPACE, Hourglass, bird_account, heard, opened, run
from support.providers.tiny_server import Asked as Request
from support.providers.tiny_server import data, http, serving, speaking

Speak = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]
AUDIO = bytes([255, 251, 144, 0]) * 64


@asynccontextmanager
async def api_client() -> AsyncIterator[ApiClient]:
    web = Web(Hourglass().pace)
    yield ApiClient(web)
    await web.close()


async def listen(api: ApiClient, address: str, wish: AudioRequest | None = None) -> tuple[bytes, str | None]:
    async def link() -> Link:
        return Link(address)

    async with deliver(api, link, link, wish or AudioRequest()) as delivery:
        return b"".join([chunk async for chunk in delivery.chunks]), delivery.validator


@pytest.mark.parametrize(
    "tag", ['"é"', '"' + "x" * 5000 + '"', '"\u20ac"', '"a\tb"', '"\x7f"'], ids=lambda tag: repr(tag[:5])
)
@pytest.mark.parametrize("name", ["etag", "last-modified"])
def test_an_edition_whose_name_no_header_can_carry_has_none(tag: str, name: str) -> None:
    said = http(200, AUDIO, **{name.replace("-", "_"): tag})

    async def scene() -> None:
        async with serving(lambda _: said) as tiny, api_client() as api:
            assert await listen(api, tiny.address) == (AUDIO, None)

    run(scene())


def test_a_tag_that_cannot_be_sent_leaves_the_time_of_the_last_change_unused() -> None:
    """The tag says that the time is not enough to tell two editions apart."""
    said = http(200, AUDIO, etag='"é"', last_modified="Sat, 14 Mar 2026 12:00:00 GMT")

    async def scene() -> None:
        async with serving(lambda _: said) as tiny, api_client() as api:
            assert await listen(api, tiny.address) == (AUDIO, None)

    run(scene())


class NothingKept:
    """A cache that keeps nothing."""

    async def read(self, recording: Recording) -> bytes | None:
        return None

    async def keep(self, recording: Recording, content: bytes) -> None:
        pass


def test_audio_that_is_cut_and_has_an_odd_tag_is_fetched_whole_all_the_same() -> None:
    answers = [http(200, AUDIO, etag='"é"')[:-50], http(200, AUDIO, etag='"é"')]

    async def scene() -> None:
        async with serving(lambda _: answers.pop(0)) as media:
            row = f'{{"id": "r1", "status": "available", "url": "{media.address}/a.mp3"}}'
            async with serving(lambda _: data(row)) as tiny, opened(bird_account(tiny.address)) as at:
                glass = Hourglass()
                downloads = Downloads(lambda _: at.source, NothingKept(), pace=Pace(sleep=glass.sleep))
                found = bytearray()
                async with downloads.fetch(recording()) as fetch:
                    async for offset, chunk in fetch:
                        found[offset:] = chunk
                await downloads.close()
        assert bytes(found) == AUDIO

    run(scene())


def recording(identity: str = "r1") -> Recording:
    return Recording(account="b1", id=identity, provider="bird", status="available")


@pytest.mark.parametrize("behind", [http(200, b'{"who": "another"}'), b"x", b"\r\n"], ids=repr)
def test_what_comes_behind_an_answer_is_not_the_next_one(behind: bytes) -> None:
    number = 0

    async def speak(_: Request, writer: asyncio.StreamWriter) -> None:
        nonlocal number
        number += 1
        writer.write(data(f'{{"number": {number}}}') + behind)

    async def scene() -> None:
        async with speaking(speak) as tiny, api_client() as api:
            said = [(await api.ask(HttpRequest(address=tiny.address))).json() for _ in range(3)]
            assert said == [{"number": 1}, {"number": 2}, {"number": 3}]

    run(scene())


def test_a_connection_that_is_in_step_is_used_again() -> None:
    connections = set[int]()

    async def speak(_: Request, writer: asyncio.StreamWriter) -> None:
        connections.add(id(writer))
        writer.write(data("{}"))

    async def scene() -> None:
        async with speaking(speak) as tiny, api_client() as api:
            for _ in range(5):
                await api.ask(HttpRequest(address=tiny.address))
        assert len(connections) == 1

    run(scene())


@pytest.mark.parametrize(
    "location",
    [
        "https://[broken",
        "https://a..b/",
        "https://x:99999999/",
        "https://\u00e9\u00e9.invalid:x/",
        "https://exa mple.invalid/",
        "https:///nowhere",
        "http://media.invalid/plain",
        "ftp://media.invalid/",
        "file:///etc/hosts",
        "https://user@media.invalid/",
        "javascript:alert(1)",
        "",
        "https://" + "a" * 300 + ".invalid/",
        "https://xn--\u00fc.invalid/",
    ],
    ids=lambda location: location[:20],
)
def test_a_redirect_to_an_address_that_cannot_be_used_is_told_at_once(location: str) -> None:
    async def scene() -> None:
        async with serving(lambda _: http(302, location=location)) as tiny, api_client() as api:
            with pytest.raises(ProviderError) as caught:
                await listen(api, tiny.address)
            assert len(tiny.asked) == 1
        # A name can be too long for the name service only; then it is not found.
        assert isinstance(caught.value, Garbled | Unreachable)
        assert caught.value.reason in {"redirect", "name"}

    run(scene())


def test_a_relative_redirect_still_leads_on() -> None:
    def answer(asked: Request) -> bytes:
        return http(307, location="b?x=%C3%A9") if asked.target == "/a" else http(200, AUDIO)

    async def scene() -> None:
        async with serving(answer) as tiny, api_client() as api:
            assert await listen(api, f"{tiny.address}/a") == (AUDIO, None)
            assert tiny.asked[1].target == "/b?x=%C3%A9"

    run(scene())


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\na: " + b"x" * 200_000 + b"\r\ncontent-length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 50_000 + b"content-length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 " + b"O" * 200_000 + b"\r\n\r\n",
    ],
    ids=["a long header", "many headers", "a long reason"],
)
def test_a_head_has_a_limit(said: bytes) -> None:
    async def scene() -> None:
        async with serving(lambda _: said) as tiny, api_client() as api:
            with pytest.raises(Unreachable):
                await api.ask(HttpRequest(address=tiny.address))

    run(scene())


@pytest.mark.parametrize("identity", [".", "..", ""])
def test_an_id_that_would_lead_elsewhere_is_not_asked_for(identity: str) -> None:
    with pytest.raises(Rejected):
        segment(identity)

    async def scene() -> None:
        async with serving(lambda _: data("{}")) as tiny, opened(bird_account(tiny.address)) as at:
            for asking in (heard(at.source, recording(identity)), at.source.again(recording(identity))):
                with pytest.raises(PlayheadError):
                    await asking
            assert tiny.asked == []

    run(scene())


@pytest.mark.parametrize(
    ("identity", "written"),
    [("...", "..."), ("a/../b", "a%2F..%2Fb"), ("a b", "a%20b"), ("%2e%2e", "%252e%252e"), ("?x", "%3Fx")],
)
def test_any_other_id_stays_what_it_is(identity: str, written: str) -> None:
    async def scene() -> None:
        async with serving(lambda _: http(404)) as tiny, opened(bird_account(tiny.address)) as at:
            with pytest.raises(PlayheadError):
                await heard(at.source, recording(identity))
            assert tiny.asked[0].target == f"/workspaces/{WORKSPACE}/recordings/{written}"

    run(scene())


@pytest.mark.parametrize("workspace", ["..", ".", " .. "])
def test_a_workspace_that_would_lead_elsewhere_is_not_asked_for(workspace: str) -> None:
    async def scene() -> None:
        async with serving(lambda _: data('{"results": []}')) as tiny:
            account: Account = bird_account(tiny.address, workspace_id=workspace)
            async with opened(account) as at:
                with pytest.raises(Missing) as caught:
                    await at.source.page(Asked(), None)
                assert caught.value.reason == "workspace"
            assert tiny.asked == []

    run(scene())
