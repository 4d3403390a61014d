"""Connections as httpcore's pools make them: bodies read in buffers, not packets, heads in small pieces."""

import asyncio
import ipaddress
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any, cast

import httpcore
from httpcore._async import connection, connection_pool, http_proxy
from typing_extensions import override

from playhead.providers.http.limits import HEAD_BYTES

BUFFER_BYTES = 256 * 1024
"""Bytes of a body that are read at once: asyncio gives no more at a time."""
GATHERED = "playhead.gathered"
"""Name of what says of a request that its answer's packets are to be read together."""
_WANTED = BUFFER_BYTES // 2
"""Bytes that are worth a read."""
_GATHERING = 0.1
"""Seconds at most for which packets are left to the system until they are so many."""
_DROP = 1024
"""Bytes; less than that is read as it comes: it costs little, and its host is perhaps too slow."""
_HEAD_PIECE = 8 * 1024
"""Bytes; all provisional answers (1xx) among them are looked at in one go, some hundred of them in 10 ms."""


class CarefulConnection(httpcore.AsyncHTTP11Connection):
    """One connection. It reads a head in small pieces, and is closed when more came than an answer."""

    MAX_INCOMPLETE_EVENT_SIZE = HEAD_BYTES

    @property
    @override
    def READ_NUM_BYTES(self) -> int:  # type: ignore[override] # a constant of the class there
        """Bytes that are read at once."""
        awaits_head = self._h11_state.their_state.__name__ == "SEND_RESPONSE"
        return _HEAD_PIECE if awaits_head else BUFFER_BYTES

    @override
    async def _receive_response_headers(self, request: httpcore.Request) -> Any:
        found = await super()._receive_response_headers(request)
        if request.extensions.get(GATHERED) and isinstance(self._network_stream, BufferedStream):
            length = next((value for name, value in found[3] if name.lower() == b"content-length"), b"")
            self._network_stream.gathering = Gathering(int(length) if length.isdigit() else None)
        return found

    @override
    async def _response_closed(self) -> None:
        if isinstance(self._network_stream, BufferedStream):
            self._network_stream.rest()
        # What has been read behind the end of an answer would be taken for the answer to the next request.
        if self._h11_state.trailing_data[0]:
            await self.aclose()
        else:
            await super()._response_closed()


class Gathering:
    """Pauses between two looks at a body that comes more slowly than it can be read.

    Each is as long as a good read, or the rest, takes at the speed so far; after a full buffer there is none.
    `left` are the bytes of the body, if somebody said so.
    """

    def __init__(self, left: int | None, now: Callable[[], float] = time.monotonic) -> None:
        self._left = left
        self._now = now
        self._since = now()
        self.pause = 0.0
        """Seconds to wait before the next look."""

    def note(self, received: int) -> None:
        """So many bytes were read at once."""
        now = self._now()
        taken, self._since = now - self._since, now
        if self._left is not None:
            self._left = max(0, self._left - received)
        if _DROP <= received < BUFFER_BYTES:
            wanted = _WANTED if self._left is None else min(_WANTED, self._left)
            self.pause = min(_GATHERING, taken * wanted / received)
        else:
            self.pause = 0.0


class _Arriving(asyncio.Protocol):
    """Bytes that came over one connection. Nothing is read from the system while something is here already.

    Encrypted, there is a transport `below` that carries the one that this is given.
    """

    def __init__(self, below: asyncio.Transport | None = None) -> None:
        self.here = bytearray()
        self.ended = False
        self.failure: Exception | None = None
        self._below = below
        self._transport: asyncio.Transport | None = None
        self._news: asyncio.Future[None] | None = None
        self._writable = asyncio.Event()
        self._writable.set()

    @property
    def transport(self) -> asyncio.Transport:
        """The transport below; there is one from the beginning."""
        assert self._transport is not None
        return self._transport

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._rest()

    @override
    def data_received(self, data: bytes) -> None:
        self.here += data
        self._rest()
        self._tell()

    @override
    def eof_received(self) -> None:
        self.ended = True
        self._tell()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.ended, self.failure = True, exc
        self._writable.set()
        self._tell()

    @override
    def pause_writing(self) -> None:
        self._writable.clear()

    @override
    def resume_writing(self) -> None:
        self._writable.set()

    async def received(self) -> None:
        """Wait until something is here, or nothing will come any more."""
        while not self.here and not self.ended:
            self._news = asyncio.get_running_loop().create_future()
            self.listen()
            await self._news

    def listen(self) -> None:
        """Take in what comes next; nothing after that."""
        if not self.here and not self.ended:
            self.transport.resume_reading()
            if self._below is not None:
                self._below.resume_reading()

    async def writable(self) -> None:
        """Wait until what was written before has gone far enough."""
        await self._writable.wait()

    def _rest(self) -> None:
        # What is encrypted may come before the handshake has ended here.
        if self._transport is not None:
            self._transport.pause_reading()
        if self._below is not None:
            self._below.pause_reading()

    def _tell(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)


class BufferedStream(httpcore.AsyncNetworkStream):
    """Stream of bytes to and from a server, on asyncio alone."""

    def __init__(self, arriving: _Arriving) -> None:
        self._arriving = arriving
        self.gathering: Gathering | None = None
        """Pauses while the body of an answer is read."""

    def rest(self) -> None:
        """Be ready for another request, or for the server to close the connection."""
        self.gathering = None
        self._arriving.listen()

    @override
    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        arriving = self._arriving
        if not arriving.here and not arriving.ended:
            if self.gathering is not None and self.gathering.pause:
                await asyncio.sleep(self.gathering.pause)
            try:
                async with asyncio.timeout(timeout):
                    await arriving.received()
            except TimeoutError:
                raise httpcore.ReadTimeout from None
            if self.gathering is not None:
                self.gathering.note(len(arriving.here))
        if not arriving.here and arriving.failure is not None:
            raise httpcore.ReadError(type(arriving.failure).__name__) from None
        if len(arriving.here) <= max_bytes:
            piece, arriving.here = arriving.here, bytearray()
            return cast(bytes, piece)  # whoever reads it takes either
        piece = arriving.here[:max_bytes]
        del arriving.here[:max_bytes]
        return bytes(piece)

    @override
    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        if self._arriving.failure is not None or self._arriving.transport.is_closing():
            raise httpcore.WriteError
        self._arriving.transport.write(buffer)
        try:
            async with asyncio.timeout(timeout):
                await self._arriving.writable()
        except TimeoutError:
            raise httpcore.WriteTimeout from None

    @override
    async def aclose(self) -> None:
        # Nothing that was written is of use any more, and nobody waits for the server to agree.
        self._arriving.transport.abort()
        await asyncio.sleep(0)

    @override
    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        below = self._arriving.transport
        inner = _Arriving(below)
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                transport = await loop.start_tls(below, inner, ssl_context, server_hostname=server_hostname)
        except TimeoutError:
            below.abort()
            raise httpcore.ConnectTimeout from None
        except OSError as error:
            below.abort()
            raise httpcore.ConnectError(type(error).__name__) from error
        except BaseException:
            below.abort()
            raise
        assert transport is not None
        inner.connection_made(transport)
        return BufferedStream(inner)

    @override
    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            # The system need not be asked: between two answers whatever comes is noticed.
            return bool(self._arriving.here) or self._arriving.ended
        if info == "ssl_object":
            return self._arriving.transport.get_extra_info("ssl_object")
        return None


class BufferedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections by asyncio alone: a layer less than anyio, which looks at every packet."""

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                _, arriving = await loop.create_connection(
                    _Arriving, host, port, happy_eyeballs_delay=_delay_for(host)
                )
        except TimeoutError:
            raise httpcore.ConnectTimeout from None
        except (OSError, UnicodeError) as error:  # the second of a name that cannot be one
            raise httpcore.ConnectError(type(error).__name__) from error
        return BufferedStream(arriving)

    @override
    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


_NEXT_ADDRESS = 0.25
"""Seconds after which another address of a host is tried beside the first (RFC 8305)."""


def use_careful_connections() -> None:
    """Have httpcore make these and no others."""
    # WORKAROUND httpcore 1.0: there is no other way to choose what a pool is made of.
    for module in (connection, http_proxy):
        module.AsyncHTTP11Connection = CarefulConnection  # type: ignore[attr-defined]
    connection_pool.AutoBackend = BufferedBackend  # type: ignore[attr-defined, assignment]


def _delay_for(host: str) -> float | None:
    """Seconds until another address of a host is tried as well; None where there is but one.

    WORKAROUND CPython `asyncio.staggered`: who is cancelled while addresses are tried leaves a socket to the
    garbage collector if it had just been connected (https://github.com/python/cpython/issues/131728).
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _NEXT_ADDRESS
    return None
