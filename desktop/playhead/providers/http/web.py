"""The one HTTP client that all accounts share, made when it is first needed."""

from typing import TYPE_CHECKING

from playhead.core.account import safe_address
from playhead.core.errors import Refused, Rejected
from playhead.core.pace import USUAL_PACE, Pace
from playhead.providers.http.networkthread import NetworkThread
from playhead.providers.http.received import Received
from playhead.providers.http.request import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from playhead.providers.http.client import Client


class Web:
    """Opens connections for every account of the process, in a thread of their own."""

    def __init__(self, pace: Pace = USUAL_PACE) -> None:
        self.pace = pace
        self._client: Client | None = None
        self._thread: NetworkThread | None = None

    async def open(self, call: HttpRequest, *, whole: bool = False) -> HttpResponse:
        """Send a request and wait for the head of its answer. Raises `Unreachable` or `Garbled`.

        For who will read the `whole` body, a short one of a success is waited for, too: each thing that is
        waited for by itself is a turn of a loop that may be busy.
        """
        if self._thread is None:
            self._thread = NetworkThread()
        return await self._thread.run(self._opened(call, self._thread, whole=whole), Received.leave)

    async def close(self) -> None:
        """Let go of all connections."""
        if self._thread is None:
            return
        if self._client is not None:
            await self._thread.run(self._client.close())
        await self._thread.close()
        self._client = self._thread = None

    async def _opened(self, call: HttpRequest, thread: NetworkThread, *, whole: bool) -> Received:
        if self._client is None:
            # Only now: importing the library and reading the certificates take longer than a frame.
            from playhead.providers.http.client import Client

            self._client = Client()
        received = Received(await self._client.open(call), thread, gathered=call.gathered)
        try:
            await (received.filled() if whole and received.status < 400 else received.begun())
        except BaseException:
            received.leave()
            raise
        return received


def base_of(address: str) -> str:
    """The address of an API without its final slash. Raises `Rejected` if no credential may go there."""
    base = address.rstrip("/")
    if not safe_address(base):
        raise Rejected("the address is not https", reason="address")
    return base


def shown(secret: str) -> str:
    """Text of `secret` in a header. Raises `Refused` for what no header can carry."""
    bare = secret.strip()
    if not bare or not bare.isascii() or not bare.isprintable():
        raise Refused("this cannot be a key")
    return bare
