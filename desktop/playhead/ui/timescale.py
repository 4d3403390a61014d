"""Where what lies in the waveform: its lanes, and the pixels of its seconds."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect

_TOP: Final = 14
"""Room for the playhead's handle and the time under the pointer."""
_SIDE: Final = 20
"""Room for `L` and `R`, and as much on the other side."""
_LANE: Final = 44
_GAP: Final = 4
_RULER: Final = 20
HEIGHT: Final = _TOP + 2 * _LANE + _GAP + _RULER
"""Pixels of the whole waveform, lanes, handle and ruler."""
_TICKS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200)
"""Seconds that may lie between two ticks."""
_TICK_ROOM: Final = 72


@dataclass(frozen=True, slots=True)
class TimeScale:
    """The geometry of a waveform: `width` pixels for `duration` seconds of one channel or two."""

    width: int
    duration: float
    channels: int = 2

    @property
    def area(self) -> QRect:
        """Where the lanes are."""
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
    def ruler_top(self) -> int:
        """Where the ruler's ticks begin."""
        return self.area.bottom() + 4

    def name_room(self, lane: QRect) -> QRect:
        """Where the name of a lane stands."""
        return QRect(0, lane.top(), _SIDE - 6, lane.height())

    def x(self, seconds: float) -> int:
        """The pixel of a moment."""
        area = self.area
        share = min(1.0, seconds / self.duration) if self.duration > 0 else 0.0
        return area.left() + round(share * (area.width() - 1))

    def seconds(self, x: float) -> float:
        """The moment of a pixel, never outside the recording."""
        area = self.area
        share = (x - area.left()) / max(1, area.width() - 1)
        return min(1.0, max(0.0, share)) * self.duration


def ticks(duration: float, width: int) -> tuple[int, ...]:
    """The whole seconds that a ruler of `width` pixels names: evenly apart, never crowded."""
    if duration <= 0 or width <= 0:
        return ()
    wanted = duration * _TICK_ROOM / width
    place = bisect_left(_TICKS, wanted)
    step = _TICKS[place] if place < len(_TICKS) else _TICKS[-1] * (int(wanted / _TICKS[-1]) + 1)
    return tuple(range(0, int(duration) + 1, step))
