"""A web server of a few lines, for answers that no well-behaved library would give."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Tiny:
    """Where the server listens, and what it was asked."""

    port: int
    asked: list[Asked]

    @property
    def address(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def serving(answer: Callable[[Asked], bytes | None]) -> AsyncIterator[Tiny]:
    """Serves what `answer` gives, byte for byte, and closes; None: says nothing until it is given up."""
    tiny = Tiny(0, [])

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = await _asked(reader)
            tiny.asked.append(asked)
            said = answer(asked)
            if said is None:
                await reader.read()
            else:
                writer.write(said)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    tiny.port = server.sockets[0].getsockname()[1]
    try:
        yield tiny
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def speaking(speak: Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[Tiny]:
    """Serves what `speak` writes, on connections that stay open until somebody else ends them."""
    tiny = Tiny(0, [])
    ending = asyncio.Event()
    connections = set[asyncio.Task[None] | None]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(asyncio.current_task())

        async def talk() -> None:
            while True:
                asked = await _asked(reader)
                tiny.asked.append(asked)
                await speak(asked, writer)

        talking, over = asyncio.create_task(talk()), asyncio.create_task(ending.wait())
        await asyncio.wait({talking, over}, return_when=asyncio.FIRST_COMPLETED)
        for task in (talking, over):
            task.cancel()
            with suppress(asyncio.CancelledError, ConnectionError, asyncio.IncompleteReadError):
                await task
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    tiny.port = server.sockets[0].getsockname()[1]
    try:
        yield tiny
    finally:
        ending.set()
        await asyncio.gather(*filter(None, connections))
        server.close()
        await server.wait_closed()


async def _asked(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, target, headers, body)


def http(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """An answer with these headers (`_` for `-`); Content-Length is right unless it is given."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if "content-length" not in named and "transfer-encoding" not in named:
        named["content-length"] = str(len(body))
    lines = [f"HTTP/1.1 {status} Because", *(f"{name}: {value}" for name, value in named.items()), "", ""]
    return "\r\n".join(lines).encode() + body


def data(text: str, **headers: str) -> bytes:
    """An answer with a JSON body."""
    return http(200, text.encode(), content_type="application/json", **headers)
