"""Connections of httpcore that a server cannot lead astray."""

import httpcore
from httpcore._async import connection, http_proxy
from typing_extensions import override

from playhead.providers.http.limits import HEAD_BYTES

_HEAD_PIECE = 8 * 1024
"""Bytes; all provisional answers (1xx) among them are looked at in one go, some hundred of them in 10 ms."""
_BODY_PIECE = 256 * 1024
"""Bytes; asyncio gives no more at a time, and with httpcore's 64 KiB each quarter goes through the loop."""


class CarefulConnection(httpcore.AsyncHTTP11Connection):
    """One connection. It reads a head in small pieces, and is closed when more came than an answer."""

    MAX_INCOMPLETE_EVENT_SIZE = HEAD_BYTES

    @property
    @override
    def READ_NUM_BYTES(self) -> int:  # type: ignore[override]
        """Bytes that are read at once."""
        awaits_head = self._h11_state.their_state.__name__ == "SEND_RESPONSE"
        return _HEAD_PIECE if awaits_head else _BODY_PIECE

    @override
    async def _response_closed(self) -> None:
        # What has been read behind the end of an answer would be taken for the answer to the next request.
        if self._h11_state.trailing_data[0]:
            await self.aclose()
        else:
            await super()._response_closed()


def use_careful_connections() -> None:
    """Have httpcore make these and no others."""
    # WORKAROUND httpcore 1.0: there is no other way to choose what a pool is made of.
    for module in (connection, http_proxy):
        module.AsyncHTTP11Connection = CarefulConnection  # type: ignore[attr-defined]
