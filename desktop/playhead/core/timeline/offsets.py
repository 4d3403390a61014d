"""Offsets of a zone: how far its clock is ahead of UTC, and when it is put forward or back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LOOK: Final = 7 * 86_400
"""Seconds within which a clock is not put forward and back again: in Tucumán 13 days were between (2004)."""
_KNOWN_FROM: Final = round(datetime(1990, 1, 1, tzinfo=UTC).timestamp())
_KNOWN_TO: Final = round(datetime(2038, 1, 1, tzinfo=UTC).timestamp())

Changes = tuple[tuple[int, int], ...]
"""Seconds since 1970 UTC from which on the clock is so many seconds ahead of UTC, rising."""


@lru_cache(maxsize=8)
def changes(zone: tzinfo) -> Changes:
    """The changes of a zone's clock from 1990 to 2037; before and after it counts as it is then.

    Kept, as reading those of the computer's own zone takes as long as a frame.
    """
    return tuple((begin, ahead) for begin, _, ahead in offsets(zone, _KNOWN_FROM, _KNOWN_TO))


def offsets(zone: tzinfo, low: int, high: int) -> Iterator[tuple[int, int, int]]:
    """Stretches of seconds since 1970 UTC in which the clock of a zone is not put forward or back.

    Gives begin, end and seconds by which the clock is ahead of UTC.
    """
    begin, ahead = low, _ahead(low, zone)
    seen = low
    while seen < high:
        following = min(high, seen + _LOOK)
        other = _ahead(following, zone)
        if other != ahead:
            change = _change(zone, seen, following, ahead)
            yield begin, change, ahead
            begin, ahead = change, other
        seen = following
    if begin < high:
        yield begin, high, ahead


def _change(zone: tzinfo, low: int, high: int, ahead: int) -> int:
    """The first second at which the clock is not `ahead` any more."""
    while high - low > 1:
        middle = (low + high) // 2
        if _ahead(middle, zone) == ahead:
            low = middle
        else:
            high = middle
    return high


def _ahead(second: int, zone: tzinfo) -> int:
    offset = (_EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
    return 0 if offset is None else round(offset.total_seconds())
