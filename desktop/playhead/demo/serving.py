"""Runs ASGI programs on loopback ports, in a thread with its own event loop."""

import asyncio
import logging
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

_PATIENCE = 5.0
_TICK = 1.0
"""Seconds after which the date in the answers is made anew."""


class Door:
    """A port of loopback, chosen by the system, on 127.0.0.1 and (where there is one) on ::1."""

    def __init__(self) -> None:
        first = _listening(socket.AF_INET, "127.0.0.1", 0)
        self.port: int = first.getsockname()[1]
        self.sockets = [first]
        with suppress(OSError):  # no IPv6 here, or somebody has that port
            self.sockets.append(_listening(socket.AF_INET6, "::1", self.port))

    def close(self) -> None:
        """Frees the port; a second call does nothing."""
        for each in self.sockets:
            each.close()


class ServerThread:
    """Serves each door with its program from `start` to `stop`, whatever connections are open by then."""

    def __init__(self, doors: Sequence[tuple[Door, ASGIApp]]) -> None:
        self._doors = [door for door, _ in doors]
        self._servers = [_Server(_config(program)) for _, program in doors]
        self._thread = threading.Thread(target=self._run, name="demo cloud", daemon=True)

    def start(self) -> None:
        """Returns when connections are accepted."""
        self._thread.start()
        for server in self._servers:
            if not server.ready.wait(_PATIENCE):
                raise TimeoutError("the demo cloud did not start")

    def stop(self) -> None:
        """Drops all connections, and returns when the thread has ended."""
        for server in self._servers:
            server.end()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)
        for door in self._doors:
            door.close()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        pairs = zip(self._servers, self._doors, strict=True)
        await asyncio.gather(*(server.serve(door.sockets) for server, door in pairs))


class _Server(uvicorn.Server):
    """A server that tells when it is ready, and ends at once: uvicorn would wait for clients, and sleep."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = asyncio.Event()

    def end(self) -> None:
        """Serve no longer; any thread may call."""
        self.should_exit = True
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended already
                self._loop.call_soon_threadsafe(self._ended.set)

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.ready.set()

    @override
    async def main_loop(self) -> None:
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), _TICK)

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for task in tuple(self.server_state.tasks):
            task.cancel()
        for connection in tuple(self.server_state.connections):
            transport: Any = connection.transport
            transport.abort()
        for server in self.servers:
            await server.wait_closed()


def _listening(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # Asyncio switches Nagle's delay off (40 ms an answer) only for sockets that name their protocol.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _config(program: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        program,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level=logging.CRITICAL,  # connections are cut on purpose here: that is no news
        access_log=False,
        server_header=False,
    )
