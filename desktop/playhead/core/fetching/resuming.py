"""Reading audio from a provider to its end, however often the connection is cut."""

import logging
from collections.abc import AsyncGenerator, Callable

from playhead.core.errors import Disconnected, Garbled, Unavailable, Unreachable
from playhead.core.pace import Pace
from playhead.core.ports import Delivery, Source
from playhead.core.recording import Recording

_log = logging.getLogger(__name__)

TRIES = 5
"""How often in a row a broken download is resumed without getting any further to speak of."""
_STEP = 65_536
"""Bytes that count as getting further."""

Announce = Callable[[Delivery], None]
"""Told of every answer before its bytes."""


async def resumed(
    recording: Recording,
    source_of: Callable[[str], Source],
    announce: Announce,
    *,
    offset: int = 0,
    validator: str | None = None,
    pace: Pace,
) -> AsyncGenerator[tuple[int, bytes], None]:
    """The audio of `recording` from its provider, as `(offset, chunk)`; a cut is taken up where it was.

    It begins at `offset` if the provider still has what `validator` names, else anew. An offset of 0 after
    others means that the host gave everything anew. `announce` is told of every answer. Raises
    `PlayheadError`; `Unreachable` and `Unavailable` only before the first answer, or after `TRIES` attempts
    in a row that got no further.
    """
    source = source_of(recording.account)
    at, mark, tries = offset, offset, 0
    begun = False
    total: int | None = None
    while True:
        try:
            async with source.open(recording, offset=at if validator else 0, validator=validator) as delivery:
                validator = None
                total = _length_of(delivery, at, total)
                at, validator, begun = delivery.offset, delivery.validator, True
                announce(delivery)
                async for chunk in delivery.chunks:
                    yield at, chunk
                    at += len(chunk)
                    if at >= mark + _STEP:
                        mark, tries = at, 0
                _check_length(at, total)
                return
        except Disconnected:
            # Of an account that was connected anew, the next door goes on.
            before, source = source, source_of(recording.account)
            if source is before:
                raise
            continue
        except (Unreachable, Unavailable) as failure:
            # What failed before the first byte has been repeated already; a slow host would be slow again.
            if not begun or tries == TRIES or failure.reason == "slow":
                raise
            _log.info("download cut, resuming: %s", type(failure).__name__)
        await pace.sleep(min(15.0, 0.5 * 2**tries) * (0.5 + pace.chance()))
        tries += 1


def _length_of(delivery: Delivery, at: int, known: int | None) -> int | None:
    """Bytes of the whole audio. Raises `ProviderError` for a delivery that is no part of those `known`."""
    if delivery.offset not in {0, at}:
        raise Garbled("length", "resumed at another place")
    if not delivery.offset or known is None:
        return delivery.total
    if delivery.total not in {None, known}:
        # It is another edition, whatever names it: only all of that belongs together.
        raise Unreachable("cut", "another length than before")
    return known


def _check_length(arrived: int, total: int | None) -> None:
    if arrived == 0:
        raise Garbled("length", "empty")
    if total is not None and arrived < total:
        raise Unreachable("cut")
    if total is not None and arrived > total:
        raise Garbled("length", "longer than announced")
