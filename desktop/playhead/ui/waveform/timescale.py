"""Geometry of the waveform: its lanes, ruler and overview, and the pixels of its seconds."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect

_TOP: Final = 14
"""Room for the playhead's handle, pins, the letters of the loop and the time under the pointer."""
_SIDE: Final = 20
"""Room for `L` and `R`, and as much on the other side."""
_LANE: Final = 44
_GAP: Final = 4
_HEARD: Final = 6
_RULER: Final = 18
_OVERVIEW: Final = 8
HEIGHT: Final = _TOP + 2 * _LANE + _GAP + _HEARD + _RULER + _OVERVIEW
"""Pixels of the whole waveform, from the handle down to the overview."""
_STEPS: Final = tuple(
    10 * seconds for seconds in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200)
)
_TENTHS: Final = (1, 2, 5, *_STEPS)
"""Tenths of a second that may lie between two ticks."""
_TICK_ROOM: Final = 72


@dataclass(frozen=True, slots=True)
class TimeScale:
    """The geometry of a waveform: `width` pixels for a recording of `duration` seconds.

    `shown` seconds of it, from `first` on, are as wide as the lanes; 0 is all of it. Pixels are rounded to
    those of a screen with `ratio` pixels per point.
    """

    width: int
    duration: float
    channels: int = 2
    first: float = 0.0
    shown: float = 0.0
    ratio: float = 1.0

    @property
    def span(self) -> float:
        """Seconds from the left end of the lanes to the right one."""
        return self.shown or self.duration

    @property
    def last(self) -> float:
        """The second at the right end."""
        return self.first + self.span

    @property
    def zoomed(self) -> bool:
        """True while only a part is shown."""
        return self.shown > 0

    @property
    def area(self) -> QRect:
        """Rectangle of the lanes."""
        return QRect(_SIDE, _TOP, max(1, self.width - 2 * _SIDE), 2 * _LANE + _GAP)

    @property
    def lanes(self) -> tuple[QRect, ...]:
        """One lane per channel; a single one takes the room of both."""
        area = self.area
        if self.channels == 1:
            return (area,)
        upper = QRect(area.left(), area.top(), area.width(), _LANE)
        return upper, upper.translated(0, _LANE + _GAP)

    @property
    def heard(self) -> QRect:
        """Rectangle of the thin line of what was heard, under the lanes."""
        area = self.area
        return QRect(area.left(), area.bottom() + 3, area.width(), 2)

    @property
    def ruler(self) -> QRect:
        """Rectangle of the ruler's ticks and times."""
        area = self.area
        return QRect(area.left(), area.bottom() + 1 + _HEARD, area.width(), _RULER)

    @property
    def overview(self) -> QRect:
        """Rectangle of the slim strip that is the whole recording while a part of it fills the lanes."""
        return QRect(self.area.left(), self.ruler.bottom() + 4, self.area.width(), 4)

    def name_room(self, lane: QRect) -> QRect:
        """Rectangle of the name of a lane."""
        return QRect(0, lane.top(), _SIDE - 6, lane.height())

    @property
    def per_second(self) -> float:
        """Points for a second."""
        return (self.area.width() - 1) / self.span if self.span > 0 else 0.0

    @property
    def resolution(self) -> float:
        """Seconds that a pixel of the screen lasts; 0 while nothing is shown."""
        return 1 / (self.per_second * self.ratio) if self.per_second > 0 else 0.0

    def x(self, seconds: float) -> float:
        """The point of a moment; outside the lanes if it is not shown."""
        width = self.area.width()
        reached = (min(seconds, self.duration) - self.first) * self.per_second
        return self.area.left() + self.snap(min(max(reached, -width), 2.0 * width))

    def snap(self, x: float) -> float:
        """The whole pixel of the screen that is nearest."""
        return round(x * self.ratio) / self.ratio

    def seconds(self, x: float) -> float:
        """The moment of a point, never outside of what is shown."""
        area = self.area
        share = (x - area.left()) / max(1, area.width() - 1)
        return self.first + min(1.0, max(0.0, share)) * self.span

    def shows(self, seconds: float) -> bool:
        """True if a moment is between the two ends."""
        return self.first <= seconds <= self.last

    def overview_x(self, seconds: float) -> float:
        """The point of a moment in the overview."""
        strip = self.overview
        share = min(1.0, max(0.0, seconds / self.duration)) if self.duration > 0 else 0.0
        return strip.left() + self.snap(share * strip.width())

    def overview_seconds(self, x: float) -> float:
        """The moment of a point in the overview."""
        strip = self.overview
        return min(1.0, max(0.0, (x - strip.left()) / strip.width())) * self.duration


def ticks(first: float, span: float, width: int) -> tuple[float, ...]:
    """The seconds that a ruler of `width` pixels names: evenly apart, never crowded, round numbers."""
    if span <= 0 or width <= 0:
        return ()
    wanted = 10 * span * _TICK_ROOM / width
    place = bisect_left(_TENTHS, wanted)
    step = _TENTHS[place] if place < len(_TENTHS) else _TENTHS[-1] * (int(wanted / _TENTHS[-1]) + 1)
    begin = -int(-round(10 * first, 3) // step)
    return tuple(place * step / 10 for place in range(begin, int(round(10 * (first + span), 3) // step) + 1))
