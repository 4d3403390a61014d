"""The one HTTP client that all accounts share, made when it is first needed."""

import asyncio
from typing import TYPE_CHECKING

from playhead.core.pace import USUAL_PACE, Pace
from playhead.providers.http.request import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from playhead.providers.http.client import Client
from playhead.core.account import safe_address
from playhead.core.errors import Refused, Rejected


class Web:
    """Opens connections for every account of the process. Belongs to one event loop."""

    def __init__(self, pace: Pace = USUAL_PACE) -> None:
        self.pace = pace
        self._client: Client | None = None
        self._making = asyncio.Lock()

    async def open(self, call: HttpRequest) -> HttpResponse:
        """Send a request and wait for the head of its answer. Raises `Unreachable` or `Garbled`."""
        async with self._making:
            # Importing the library and reading the certificates take longer than a frame.
            if self._client is None:
                self._client = await asyncio.to_thread(_make)
        return await self._client.open(call)

    async def close(self) -> None:
        """Let go of all connections."""
        if self._client is not None:
            await self._client.close()


def _make() -> "Client":
    from playhead.providers.http.client import Client

    return Client()


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
