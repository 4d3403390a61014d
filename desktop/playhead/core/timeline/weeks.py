"""Hours of the day and days of the week, as the clock of a zone shows them."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from playhead.core.timeline.offsets import offsets
from playhead.core.timeline.timeline import Timeline

HOURS: Final = 24
_HOUR: Final = 3600
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


def _cell(shown: int) -> int:
    """The hour of the week, from Monday 0:00 on, by the seconds that the clock has shown since 1970."""
    days, rest = divmod(shown, 86_400)
    return (days + _THURSDAY) % 7 * HOURS + rest // _HOUR
