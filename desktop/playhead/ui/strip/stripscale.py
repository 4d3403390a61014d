"""Geometry of the strip: the pixels of its seconds, and the times that its axis names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from PySide6.QtCore import QRect, QRectF

from playhead.core.timeline.grains import Grain, edges, local
from playhead.ui.wording.words import MONTHS

_TOP: Final = 6
_STEPS: Final = (
    (Grain.MINUTE, (1, 5, 10)),
    (Grain.QUARTER, (1, 2)),
    (Grain.HOUR, (1, 2, 3, 6, 12)),
    (Grain.DAY, (1, 2)),
    (Grain.WEEK, (1, 2)),
    (Grain.MONTH, (1, 2, 3, 6)),
    (Grain.YEAR, (1, 2, 5)),
    (Grain.DECADE, (1, 2, 5)),
    (Grain.CENTURY, (1, 2, 5, 10, 20, 50)),
)
"""Periods that may lie between two named times."""
_LEAST: Final = 4
"""Pixels of the narrowest bar, with the gap beside it."""


@dataclass(frozen=True, slots=True)
class StripScale:
    """A strip of `width` by `height` pixels that shows the seconds from `low` to `high`.

    `line` is the height of a line of letters.
    """

    width: int
    height: int
    low: float
    high: float
    line: int

    @property
    def area(self) -> QRect:
        """Rectangle of the bars."""
        return QRect(0, _TOP, max(1, self.width), max(8, self.height - _TOP - self.line - 6))

    @property
    def axis(self) -> QRect:
        """Rectangle of the named times."""
        area = self.area
        return QRect(0, area.bottom() + 1, self.width, self.height - area.bottom() - 1)

    @property
    def most(self) -> int:
        """Bars that there is room for."""
        return max(4, self.width // _LEAST)

    def x(self, second: float) -> float:
        """The point of a second; beyond the ends if it is not shown."""
        share = (second - self.low) / max(1.0, self.high - self.low)
        return min(max(share, -1.0), 2.0) * self.area.width()

    def second(self, x: float) -> float:
        """The second at a point."""
        return self.low + x / self.area.width() * (self.high - self.low)

    def bar(self, start: float, end: float) -> QRectF:
        """Rectangle of the whole room of a bar, with a gap to the next where that leaves enough of it."""
        left, right = round(self.x(start)), round(self.x(end))
        gap = 1 if right - left > 2 else 0
        return QRectF(left, self.area.top(), max(1, right - left - gap), self.area.height())


@dataclass(frozen=True, slots=True)
class Tick:
    """A time that the axis names."""

    second: int
    text: str
    strong: bool
    """True where a larger period begins: another day, another year."""


def ticks(scale: StripScale, zone: tzinfo, room: int) -> Sequence[Tick]:
    """The times that are named, each of which takes up to `room` pixels."""
    span, most = scale.high - scale.low, max(1, scale.width // room)
    fitting = (
        (grain, step) for grain, steps in _STEPS for step in steps if span / (grain.value * step) <= most
    )
    grain, step = next(fitting, (Grain.CENTURY, 50))
    found = [each for each in edges(grain, scale.low, scale.high, zone) if scale.low <= each < scale.high]
    moments = [(each, local(each, zone)) for each in found]
    return tuple(
        Tick(each, *_named(grain, moment)) for each, moment in moments if _place(grain, moment) % step == 0
    )


def _place(grain: Grain, moment: datetime) -> int:
    """The number of a period among those of the next larger one, from 0 on."""
    match grain:
        case Grain.MINUTE:
            return moment.minute
        case Grain.QUARTER:
            return moment.minute // 15
        case Grain.HOUR:
            return moment.hour
        case Grain.DAY:
            return moment.day - 1 if moment.day < 31 else 1
        case Grain.WEEK:
            return moment.toordinal() // 7
        case Grain.MONTH:
            return moment.month - 1
        case Grain.YEAR:
            return moment.year
        case Grain.DECADE:
            return moment.year // 10
        case _:
            return moment.year // 100


def _named(grain: Grain, moment: datetime) -> tuple[str, bool]:
    """The text of a tick, and if a larger period begins there."""
    month = MONTHS[moment.month - 1][:3]
    if grain.clocked and (moment.hour or moment.minute):
        return f"{moment:%H:%M}", False
    if grain.clocked:
        return f"{moment.day} {month}", True
    first = moment.month == 1 and (moment.day == 1 or (grain is Grain.WEEK and moment.day <= 7))
    if grain in {Grain.DAY, Grain.WEEK}:
        return (f"{moment.day} {month} {moment.year}", True) if first else (f"{moment.day} {month}", False)
    if grain is Grain.MONTH:
        return (str(moment.year), True) if first else (month, False)
    return str(moment.year), False
