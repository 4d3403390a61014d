"""Answer that is received in the network's thread and read on another loop, in buffers instead of packets."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress

from playhead.core.errors import Unreachable
from playhead.providers.http.networkthread import NetworkThread
from playhead.providers.http.request import HttpResponse

ENOUGH = 512 * 1024
"""Bytes of a long body for which the reader is woken."""
MOST = 4 * ENOUGH
"""Bytes of it that may lie here; no more is received before they are taken."""
FEW = 128 * 1024
"""Both for any other body: one that unpacks to too much is given up before much of it lies here."""
_DROP = 1024
"""Bytes; less than that is told at once: its host is perhaps too slow, which shows in what comes when."""
AT_ONCE = 0.005
"""Seconds after which it is told of the beginning: what is here already comes with it."""
SOON = 0.1
"""Seconds after which the reader is woken for less: somebody may be listening, or watch the progress."""


class Received:
    """An `HttpResponse`. Its body goes on arriving, up to a limit, while nobody reads it."""

    def __init__(self, response: HttpResponse, thread: NetworkThread, *, gathered: bool) -> None:
        """Begin to receive; called in the network's thread.

        What has come is given out together if it is `gathered`, else in the pieces in which it came.
        """
        self._response = response
        self._thread = thread
        self._gathered = gathered
        self._enough, self._most = (ENOUGH, MOST) if gathered else (FEW, FEW)
        self._loop = asyncio.get_running_loop()
        self._parts: list[bytes] = []
        self._size = 0
        self._due = False
        self._ended = False
        self._failure: Exception | None = None
        self._reader: asyncio.Future[None] | None = None
        self._state = threading.Lock()
        self._room = asyncio.Event()
        self._full = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._is_first = True
        self._receiving = self._loop.create_task(self._receive(), name="receive")

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._response.status

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; names compare whatever their case."""
        return self._response.headers

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """The body, decoded if it came compressed. Raises `Unreachable` or `Garbled`."""
        while True:
            await self._come()
            with self._state:
                parts, self._parts, size, self._size = self._parts, [], self._size, 0
                self._due = self._ended
                ended, failure = self._ended, self._failure
            if size >= self._most and not ended:
                self._thread.tell(self._room.set)
            if self._gathered and len(parts) > 1:
                parts = [b"".join(parts)]
            for part in parts:
                yield part
            if parts:
                continue
            if failure is not None:
                raise failure
            if ended:
                return

    async def begun(self) -> None:
        """Take in what came together with the head; called in the network's thread."""
        # One turn for the task to begin, one for a short body to end.
        for _ in range(2):
            await asyncio.sleep(0)

    async def filled(self) -> None:
        """Take in all of the body, or as much as may lie here; called in the network's thread."""
        await self._full.wait()

    async def close(self) -> None:
        """Let go of the connection."""
        if not self._ended:
            await self._thread.run(self._left())

    def leave(self) -> None:
        """Let go of the connection soon; called in the network's thread."""
        self._receiving.cancel()

    async def _come(self) -> None:
        """Wait until it is worth while to take what is here."""
        with self._state:
            if self._due:
                return
            self._reader = reader = asyncio.get_running_loop().create_future()
        await reader

    async def _left(self) -> None:
        self._receiving.cancel()
        await asyncio.wait({self._receiving})

    async def _receive(self) -> None:
        failure: Exception | None = None
        try:
            async with aclosing(self._response.chunks()) as chunks:
                async for chunk in chunks:
                    if self._put(chunk) >= self._most:
                        await self._room.wait()
        except Exception as error:  # noqa: BLE001 - it is raised where the body is read
            failure = error
        except BaseException:
            failure = Unreachable("cut")
            raise
        finally:
            try:
                await self._response.close()
            finally:
                self._end(failure)

    def _put(self, chunk: bytes) -> int:
        """Lay down what came; gives how much lies here."""
        with self._state:
            self._parts.append(chunk)
            self._size += len(chunk)
            size = self._size
            if size >= self._most:
                self._room.clear()
                self._full.set()
        if size >= self._enough or len(chunk) < _DROP:
            self._wake()
        elif self._timer is None:
            self._timer = self._loop.call_later(AT_ONCE if self._is_first else SOON, self._wake)
        self._is_first = False
        return size

    def _end(self, failure: Exception | None) -> None:
        with self._state:
            self._ended, self._failure = True, failure
        self._full.set()
        self._wake()

    def _wake(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        with self._state:
            self._due = True
            reader, self._reader = self._reader, None
        if reader is not None:
            # The reader's loop may have ended by now.
            with suppress(RuntimeError):
                reader.get_loop().call_soon_threadsafe(_settle, reader)


def _settle(reader: "asyncio.Future[None]") -> None:
    if not reader.done():
        reader.set_result(None)
