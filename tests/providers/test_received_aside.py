"""What comes over the network is received in a thread of its own, and wakes its reader for buffers."""

import asyncio
import shutil
import ssl
import subprocess
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from typing_extensions import override

from playhead.core.errors import Unreachable
from playhead.providers.http.bufferedstreams import BUFFER_BYTES, Gathering
from playhead.providers.http.networkthread import NetworkThread
from playhead.providers.http.ratelimiter import RateLimiter
from playhead.providers.http.received import ENOUGH, MOST, Received
from playhead.providers.http.request import HttpRequest
from playhead.providers.http.web import Web
from support.providers.provider_sources import Hourglass, run
from support.providers.tiny_server import Asked, Tiny, http, serving, speaking

PACKET = b"\xff" * 1_448


def packets(number: int) -> Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]:
    """Speaks in so many packets, each of which arrives by itself."""

    async def speak(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\ncontent-length: {number * len(PACKET)}\r\n\r\n".encode())
        for _packet in range(number):
            writer.write(PACKET)
            await writer.drain()
            await asyncio.sleep(0)

    return speak


async def received(web: Web, address: str) -> list[bytes]:
    """The body at an address, in the pieces in which its reader gets it."""
    stream = await web.open(HttpRequest(address=address, gathered=True))
    try:
        return [chunk async for chunk in stream.chunks()]
    finally:
        await stream.close()


def test_a_body_of_many_packets_is_read_in_few_pieces_and_its_connection_kept() -> None:
    async def scene() -> list[bytes]:
        web = Web()
        async with speaking(packets(2_000)) as tiny:
            pieces = await received(web, tiny.address)
        await web.close()
        return pieces

    pieces = run(scene())
    assert sum(map(len, pieces)) == 2_000 * len(PACKET)
    assert len(pieces) < 100


def test_audio_in_tiny_chunks_is_not_held_up_by_the_pauses_between_packets() -> None:
    chunked = (
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + b"1\r\n\xff\r\n" * 10_000 + b"0\r\n\r\n"
    )

    async def scene() -> int:
        web = Web()
        async with serving(lambda _: chunked) as tiny:
            size = sum(map(len, await received(web, tiny.address)))
        await web.close()
        return size

    assert run(scene()) == 10_000


BODY = bytes(range(256)) * 8_000


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A key and a certificate for `localhost` and `media.invalid`."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = (tmp_path_factory.mktemp("tls") / name for name in ("key.pem", "certificate.pem"))
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,DNS:media.invalid")
    made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names)
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return key, certificate


@asynccontextmanager
async def encrypted(key: Path, certificate: Path) -> AsyncIterator[Tiny]:
    """Gives out `BODY` on encrypted connections."""
    tiny = Tiny(0, [])

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tiny.asked.append(Asked("", "", {}, b""))
        for _ in range(2):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(f"HTTP/1.1 200 OK\r\ncontent-length: {len(BODY)}\r\n\r\n".encode() + BODY)
            await writer.drain()
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = await asyncio.start_server(speak, "127.0.0.1", 0, ssl=context)
    tiny.port = server.sockets[0].getsockname()[1]
    yield tiny
    server.close()
    await server.wait_closed()


@asynccontextmanager
async def tunnelling(to: int) -> AsyncIterator[str]:
    """A proxy that leads everything to one port of this computer; gives its address."""

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while piece := await reader.read(65_536):
                writer.write(piece)
                await writer.drain()
        writer.close()

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"CONNECT media.invalid:443 ")
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", to)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))

    server = await asyncio.start_server(lead, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize("proxied", [False, True])
def test_encrypted_bodies_are_whole_and_one_connection_carries_several(
    identity: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, *, proxied: bool
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(identity[1]))

    async def scene() -> None:
        async with encrypted(*identity) as tiny, tunnelling(tiny.port) as proxy:
            address = f"https://localhost:{tiny.port}"
            if proxied:
                monkeypatch.setenv("HTTPS_PROXY", proxy)
                address = "https://media.invalid"
            web = Web()
            for _ in range(2):
                assert b"".join(await received(web, address)) == BODY
            await web.close()
        assert len(tiny.asked) == 1

    run(scene())


class Spring:
    """An answer without an end, which gives as fast as anybody takes."""

    status = 200
    headers: Mapping[str, str] = {}

    def __init__(self) -> None:
        self.given = 0
        self.closed = threading.Event()

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        while True:
            self.given += ENOUGH // 2
            yield bytes(ENOUGH // 2)

    async def close(self) -> None:
        self.closed.set()


def test_no_more_is_received_than_may_lie_there_until_somebody_takes_it() -> None:
    async def scene() -> None:
        thread, spring = NetworkThread(), Spring()

        async def filled() -> Received:
            answer = Received(spring, thread, gathered=True)
            await answer.filled()
            return answer

        answer = await thread.run(filled())
        assert spring.given == MOST
        chunks = answer.chunks()
        taken = len(await anext(chunks))
        assert taken == MOST
        taken += len(await anext(chunks))
        assert taken <= spring.given <= taken + MOST
        await answer.close()
        assert spring.closed.is_set()
        with pytest.raises(Unreachable):
            [chunk async for chunk in chunks]
        await thread.close()

    run(scene())


@pytest.mark.parametrize("length", [0, 3, 100, 2_000])
def test_the_whole_of_a_body_is_read_however_long_it_is(length: int) -> None:
    async def scene() -> int:
        web = Web()
        async with speaking(packets(length)) as tiny:
            stream = await web.open(HttpRequest(address=tiny.address), whole=True)
            size = sum([len(chunk) async for chunk in stream.chunks()])
            await stream.close()
        await web.close()
        return size

    assert run(scene()) == length * len(PACKET)


def test_a_connection_is_let_go_when_nobody_wants_the_whole_body_any_more() -> None:
    async def scene() -> None:
        web, half, left = Web(), asyncio.Event(), asyncio.Event()

        async def speak(_: Asked, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
            with suppress(ConnectionError):
                for _byte in range(100_000):
                    writer.write(b".")
                    await writer.drain()
                    half.set()
                    await asyncio.sleep(0.001)
            left.set()

        async with speaking(speak) as tiny:
            asking = asyncio.create_task(web.open(HttpRequest(address=tiny.address), whole=True))
            await half.wait()
            asking.cancel()
            await asyncio.wait({asking})
            async with asyncio.timeout(10):
                await left.wait()
        await web.close()

    run(scene())


def test_what_comes_in_the_moment_in_which_nobody_wants_it_any_more_is_let_go() -> None:
    async def scene() -> None:
        thread, loop = NetworkThread(), asyncio.get_running_loop()
        begun, left = asyncio.Event(), asyncio.Event()

        async def stubborn() -> str:
            loop.call_soon_threadsafe(begun.set)
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                return "an answer"
            raise AssertionError

        def unwanted(answer: str) -> None:
            assert answer == "an answer"
            loop.call_soon_threadsafe(left.set)

        asking = asyncio.create_task(thread.run(stubborn(), unwanted))
        await begun.wait()
        asking.cancel()
        await asyncio.wait({asking})
        assert asking.cancelled()
        await left.wait()
        await thread.close()

    run(scene())


def test_whoever_waits_for_an_answer_when_the_network_is_closed_is_told_that_it_was_cut() -> None:
    async def scene() -> str:
        web, asked = Web(), asyncio.Event()
        async with serving(lambda _: asked.set()) as tiny:
            asking = asyncio.create_task(web.open(HttpRequest(address=tiny.address)))
            await asked.wait()
            await web.close()
            with pytest.raises(Unreachable) as caught:
                await asking
        return caught.value.reason

    assert run(scene()) == "cut"


def test_an_answer_is_let_go_quietly_when_the_network_was_closed_before() -> None:
    async def scene() -> None:
        web = Web()
        async with speaking(packets(10_000)) as tiny:
            stream = await web.open(HttpRequest(address=tiny.address))
            await web.close()
            with pytest.raises(Unreachable):
                [chunk async for chunk in stream.chunks()]
            await stream.close()

    run(scene())


def test_a_closed_network_is_opened_again_by_the_next_request() -> None:
    async def scene() -> None:
        web = Web()
        for _ in range(2):
            async with serving(lambda _: http(200, b"said")) as tiny:
                assert await received(web, tiny.address) == [b"said"]
            await web.close()

    run(scene())


def test_packets_are_gathered_unless_buffers_are_full_or_the_end_is_near() -> None:
    glass = Hourglass()
    gathering = Gathering(600_000, lambda: glass.time)

    def after(seconds: float, received: int) -> float:
        glass.time += seconds
        gathering.note(received)
        return gathering.pause

    assert gathering.pause == 0.0, "what comes first is wanted at once"
    usual = after(0.01, 20_000)
    assert usual == pytest.approx(0.01 * BUFFER_BYTES / 2 / 20_000)
    assert usual < after(1.0, 20_000) < 1.0, "somebody may be listening to what comes slowly"
    assert after(0.05, BUFFER_BYTES) == 0.0, "more is there already"
    assert after(0.05, 100) == 0.0, "drops are told as they come"
    left = 600_000 - 40_100 - BUFFER_BYTES - 200_000
    assert after(0.05, 200_000) == pytest.approx(0.05 * left / 200_000), "the rest is here by then"
    assert after(0.05, left) == 0.0


def test_timers_that_are_late_do_not_slow_down_the_rate() -> None:
    class Late(Hourglass):
        @override
        async def sleep(self, seconds: float) -> None:
            await super().sleep(seconds + 0.005)

    async def scene() -> float:
        glass = Late()
        limiter = RateLimiter(glass.pace, 0.02, lambda _: None)
        await asyncio.gather(*(limiter.turn() for _ in range(101)))
        return glass.time

    assert run(scene()) == pytest.approx(2.0, abs=0.01)
