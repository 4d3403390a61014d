"""Requests are paced, bounded, repeated where that is safe, and fail with a reason."""

import asyncio
import logging
from collections.abc import Callable

import pytest
from typing_extensions import override

from playhead.core.errors import Forbidden, Garbled, ProviderError, Unavailable, Unreachable
from playhead.core.page import Asked
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.limits import ANSWER_BYTES
from playhead.providers.http.request import HttpRequest, HttpResponse, may_open, origin
from playhead.providers.http.web import Web
from support.providers.provider_sources import Hourglass, bird_account, opened, run
from support.providers.tiny_server import Asked as Request
from support.providers.tiny_server import data, http, serving


async def asking(address: str, **changes: object) -> Hourglass:
    """Asks once and lets go of everything; the time that it took."""
    glass = Hourglass()
    web = Web(glass.pace)
    try:
        await ApiClient(web).ask(HttpRequest(address=address, **changes))  # type: ignore[arg-type]
    finally:
        await web.close()
    return glass


async def failing(address: str, **changes: object) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        await asking(address, **changes)
    return caught.value


def test_nobody_there_is_the_network() -> None:
    async def scene() -> None:
        async with serving(lambda _: b"") as tiny:
            pass
        error = await failing(tiny.address)
        assert isinstance(error, Unreachable)
        assert error.reason == "network"

    run(scene())


def test_a_server_without_tls_is_a_fault_of_tls() -> None:
    async def answer_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(5)
        writer.write(http(400))
        writer.close()

    async def scene() -> None:
        async with await asyncio.start_server(answer_plainly, "127.0.0.1", 0) as server:
            error = await failing(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        assert isinstance(error, Unreachable)
        assert error.reason == "tls"

    run(scene())


def test_a_name_that_nobody_has_is_said_so() -> None:
    async def scene() -> None:
        error = await failing("https://nobody.invalid")
        assert isinstance(error, Unreachable)
        assert error.reason == "name"

    run(scene())


def test_silence_is_a_time_out_that_is_tried_twice() -> None:
    async def scene() -> None:
        async with serving(lambda _: None) as tiny:
            error = await failing(tiny.address, silence=0.05)
            assert len(tiny.asked) == 2
        assert isinstance(error, Unreachable)
        assert error.reason == "timeout"

    run(scene())


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}", b"SSH-2.0-hello\r\n"]
)
def test_a_broken_answer_is_tried_four_times(said: bytes) -> None:
    async def scene() -> None:
        async with serving(lambda _: said) as tiny:
            error = await failing(tiny.address)
            assert len(tiny.asked) == 4
        assert isinstance(error, Unreachable)
        assert error.reason == "cut"

    run(scene())


def test_the_pauses_grow() -> None:
    async def scene() -> None:
        answers = [http(500), http(502), http(503, retry_after="9"), data("{}")]
        async with serving(lambda _: answers.pop(0)) as tiny:
            glass = await asking(tiny.address)
        assert [pause for pause in glass.slept if pause > 0.1] == [0.5, 2.0, 9.0]

    run(scene())


def test_what_may_have_been_done_is_not_done_again() -> None:
    async def scene() -> None:
        async with serving(lambda _: http(503)) as tiny:
            error = await failing(tiny.address, method="POST", body={"a": "b"})
            assert isinstance(error, Unavailable)
            assert len(tiny.asked) == 1
        async with serving(lambda _: b"") as tiny:
            assert isinstance(await failing(tiny.address, method="POST", body={"a": "b"}), Unreachable)
            assert len(tiny.asked) == 1

    run(scene())


def test_one_pause_holds_back_the_whole_account() -> None:
    async def scene() -> None:
        glass = Hourglass()
        web = Web(glass.pace)
        times: list[float] = []

        def answer(_: Request) -> bytes:
            times.append(glass.time)
            return http(429, retry_after="30") if len(times) == 1 else data("{}")

        async with serving(answer) as tiny:
            held = asyncio.Event()
            api = ApiClient(web, waiting=lambda _: held.set())
            first = asyncio.ensure_future(api.ask(HttpRequest(address=tiny.address)))
            await held.wait()
            await api.ask(HttpRequest(address=tiny.address))
            await first
        await web.close()
        assert all(time >= 30 for time in times[1:])

    run(scene())


def test_requests_keep_their_distance() -> None:
    async def scene() -> None:
        glass = Hourglass()
        web = Web(glass.pace)
        async with serving(lambda _: data("{}")) as tiny:
            api = ApiClient(web, per_second=10)
            await asyncio.gather(*(api.ask(HttpRequest(address=tiny.address)) for _ in range(11)))
        await web.close()
        assert glass.time == pytest.approx(1.0)

    run(scene())


class Turnstile(Web):
    """A web that counts who is inside."""

    def __init__(self) -> None:
        super().__init__(Hourglass().pace)
        self.inside = 0
        self.most = 0

    @override
    async def open(self, call: HttpRequest, *, whole: bool = False) -> HttpResponse:
        self.inside += 1
        self.most = max(self.most, self.inside)
        for _ in range(5):
            await asyncio.sleep(0)
        self.inside -= 1
        raise Forbidden


def test_only_so_many_requests_are_on_their_way() -> None:
    async def scene() -> None:
        web = Turnstile()
        api = ApiClient(web, at_once=3)
        calls = (api.ask(HttpRequest(address="https://x.example")) for _ in range(20))
        await asyncio.gather(*calls, return_exceptions=True)
        assert web.most == 3

    run(scene())


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_loopback_needs_no_proxy(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "http://127.0.0.1:9")

    async def scene() -> None:
        async with serving(lambda _: data("{}")) as tiny:
            await asking(tiny.address)
            await asking(tiny.address.replace("127.0.0.1", "localhost"))

    run(scene())


def test_a_proxy_is_used_for_what_is_not_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        async with serving(lambda _: data("{}")) as proxy:
            monkeypatch.setenv("http_proxy", proxy.address)
            monkeypatch.delenv("no_proxy", raising=False)
            monkeypatch.delenv("NO_PROXY", raising=False)
            await asking("http://bird.example/x")
            assert proxy.asked[0].target == "http://bird.example/x"

    run(scene())


def test_a_proxy_that_cannot_be_used_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:9")

    async def scene() -> None:
        error = await failing("https://bird.example")
        assert isinstance(error, Unreachable)
        assert "proxy" in error.detail

    run(scene())


def test_no_cookie_is_kept() -> None:
    async def scene() -> None:
        async with (
            serving(lambda _: data('{"results": []}', set_cookie="a=b; Path=/")) as tiny,
            opened(bird_account(tiny.address)) as at,
        ):
            for _ in range(2):
                await at.source.page(Asked(), None)
            assert not [request for request in tiny.asked if "cookie" in request.headers]

    run(scene())


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\xef\xbb\xbf  <html>", "html"),
        (b'{"results": [\xff]}', "json"),
        (b"[" * 100_000, "json"),
        (b'{"results": ' + b"9" * 5000 + b"}", "shape"),
        (b"", "json"),
    ],
)
def test_a_body_without_sense_is_garbled(body: bytes, reason: str) -> None:
    async def scene() -> None:
        async with serving(lambda _: http(200, body)) as tiny, opened(bird_account(tiny.address)) as at:
            with pytest.raises(Garbled) as caught:
                await at.source.page(Asked(), None)
        assert caught.value.reason == reason

    run(scene())


def test_an_address_that_cannot_be_written_is_no_crash() -> None:
    async def scene() -> None:
        for address in ("https://\x00", "nonsense", "https://a..b", "https://x:99999999"):
            assert isinstance(await failing(address), ProviderError)

    run(scene())


def test_libraries_say_nothing_of_addresses(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with serving(lambda _: data("{}")) as tiny:
            await asking(f"{tiny.address}/secret?signature=abc", authorization="Bearer hidden")

    with caplog.at_level(logging.DEBUG):
        run(scene())
    assert "secret" not in caplog.text
    assert "hidden" not in repr(HttpRequest(address="https://hidden", authorization="hidden"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://A.example/x", "https://a.example:443/y", True),
        ("https://a.example", "https://b.example", False),
        ("https://a.example", "http://a.example", False),
        ("https://a.example:444", "https://a.example", False),
    ],
)
def test_an_origin_is_scheme_host_and_port(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert (origin(one) == origin(other)) is same


@pytest.mark.parametrize(
    ("address", "since", "expected"),
    [
        ("https://s3.example/a", "https://api.example", True),
        ("http://s3.example/a", "https://api.example", False),
        ("http://127.0.0.1:80/a", "https://api.example", False),
        ("http://localhost:81/a", "http://127.0.0.1:80", True),
        ("file:///etc/hosts", "https://api.example", False),
        ("https://[broken", "https://api.example", False),
        ("https://user@s3.example/a", "https://api.example", False),
        ("https://api.example\\@s3.example/a", "https://api.example", False),
        ("https://s3.example /a", "https://api.example", False),
        ("https://s3.example/a@b", "https://api.example", True),
        ("", "https://api.example", False),
    ],
)
def test_audio_is_fetched_safely_or_not_at_all(address: str, since: str, expected: bool) -> None:  # noqa: FBT001
    assert may_open(address, since=since) is expected


def test_a_whole_answer_is_not_endless() -> None:
    def endless(limit: int) -> Callable[[Request], bytes]:
        return lambda _: http(200, b" " * (limit + 1))

    async def scene() -> None:
        async with serving(endless(ANSWER_BYTES)) as tiny:
            error = await failing(tiny.address)
        assert isinstance(error, Garbled)
        assert error.reason == "large"

    run(scene())
