"""Whoever leaves an answer before its end leaves nothing behind, on the event loop of the window."""

import asyncio
import gc
import http.server
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager

import pytest
from typing_extensions import override

from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.delivery import AudioRequest, deliver
from playhead.providers.http.redirects import Link
from playhead.providers.http.request import HttpRequest
from playhead.providers.http.web import Web

SIZE = 12_000_000
"""Bytes of each answer: several times as many as may come while nobody reads them."""


class Talkative(http.server.BaseHTTPRequestHandler):
    """Answers everything at length, on connections that stay open."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, Counting)
        try:
            self.send_response(200)
            self.send_header("Content-Length", str(SIZE))
            self.end_headers()
            self.wfile.write(bytes([255]) * SIZE)
        except ConnectionError:
            self.close_connection = True

    @override
    def handle(self) -> None:
        assert isinstance(self.server, Counting)
        self.server.connections += 1
        super().handle()

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


class Counting(http.server.ThreadingHTTPServer):
    """Counts connections."""

    connections = 0


@pytest.fixture
def server() -> Iterator[Counting]:
    server = Counting(("127.0.0.1", 0), Talkative)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def address(server: Counting) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/audio"


@contextmanager
def no_complaints() -> Iterator[None]:
    """Nothing reaches the loop's last resort; what the collector meets is an error of pytest's own."""
    loop, complaints = asyncio.get_running_loop(), list[str]()
    loop.set_exception_handler(lambda _, context: complaints.append(str(context.get("message"))))
    yield
    gc.collect()
    loop.set_exception_handler(None)
    assert not complaints


def test_an_answer_that_is_left_early_makes_no_noise_and_the_next_one_is_whole(
    run: Callable[[Awaitable[object]], object], server: Counting
) -> None:
    async def scene() -> None:
        web = Web()
        with no_complaints():
            stream = await web.open(HttpRequest(address=address(server)))
            async with aclosing(stream.chunks()) as chunks:
                assert await anext(chunks)
            await stream.close()
            for _ in range(2):
                stream = await web.open(HttpRequest(address=address(server)))
                assert sum([len(chunk) async for chunk in stream.chunks()]) == SIZE
                await stream.close()
            await asyncio.sleep(0)
        await web.close()

    run(scene())
    assert server.connections == 2, "the one that was left is closed, the one that was read is used again"


@pytest.mark.parametrize("cancelled", [False, True])
def test_audio_that_is_left_early_makes_no_noise_and_the_next_is_whole(
    run: Callable[[Awaitable[object]], object], server: Counting, *, cancelled: bool
) -> None:
    async def link() -> Link:
        return Link(address(server))

    async def leave(api: ApiClient, begun: asyncio.Event) -> None:
        async with deliver(api, link, link, AudioRequest()) as delivery:
            async for _ in delivery.chunks:
                begun.set()
                if not cancelled:
                    return
                await asyncio.Event().wait()

    async def scene() -> None:
        web = Web()
        api = ApiClient(web)
        with no_complaints():
            begun = asyncio.Event()
            leaving = asyncio.create_task(leave(api, begun))
            await begun.wait()
            if cancelled:
                leaving.cancel()
            await asyncio.wait({leaving})
            assert leaving.cancelled() == cancelled
            async with deliver(api, link, link, AudioRequest()) as delivery:
                assert sum([len(chunk) async for chunk in delivery.chunks]) == SIZE
            await asyncio.sleep(0)
        await web.close()

    run(scene())
    assert server.connections == 2
