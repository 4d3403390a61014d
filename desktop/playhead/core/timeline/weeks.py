"""Hours of the day and days of the week, as the clock of a zone shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from playhead.core.timeline.grains import local
from playhead.core.timeline.timeline import Timeline

HOURS: Final = 24
_HOUR: Final = 3600
_LOOK: Final = 7 * 86_400
"""Seconds within which a clock is not put forward and back again."""
_THURSDAY: Final = 3
"""Day of the week of the first day of 1970."""


@dataclass(frozen=True, slots=True)
class Week:
    """Numbers of recordings by hour of the day and day of the week."""

    cells: tuple[tuple[int, ...], ...] = ((0,) * HOURS,) * 7
    """For each day from Monday on, those of its 24 hours."""

    @property
    def most(self) -> int:
        """The highest number."""
        return max(map(max, self.cells))

    @property
    def number(self) -> int:
        """All of them."""
        return sum(map(sum, self.cells))


def week(timeline: Timeline, zone: tzinfo) -> Week:
    """The recordings of a timeline by the hours of the week in which they began."""
    extent = timeline.extent
    if extent is None:
        return Week()
    counts = [0] * (7 * HOURS)
    few = len(timeline) * _HOUR < extent[1] - extent[0]
    for start, end, offset in offsets(zone, *extent):
        if few:
            for second in timeline.seconds(start, end):
                counts[_cell(second + offset)] += 1
            continue
        # Hours between two changes of the clock: at each of them the number of what is newer is looked up.
        begin = start
        newer = timeline.number_since(begin)
        while begin < end:
            following = min(end, begin + _HOUR - (begin + offset) % _HOUR)
            left = timeline.number_since(following)
            counts[_cell(begin + offset)] += newer - left
            begin, newer = following, left
    return Week(tuple(tuple(counts[day * HOURS : (day + 1) * HOURS]) for day in range(7)))


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
    offset = local(second, zone).utcoffset()
    return 0 if offset is None else round(offset.total_seconds())


def _cell(shown: int) -> int:
    """The hour of the week, from Monday 0:00 on, by the seconds that the clock has shown since 1970."""
    days, rest = divmod(shown, 86_400)
    return (days + _THURSDAY) % 7 * HOURS + rest // _HOUR
