"""Drawing of the loudness of a recording over time: a lane for each channel, with its limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from playhead.core.figures import clock
from playhead.core.health.healthlimits import LevelLimits
from playhead.core.health.soundcourse import NOTHING, PER_SECOND, SoundCourse, lufs
from playhead.ui.look.palette import Palette
from playhead.ui.waveform.timescale import ticks
from playhead.ui.waveform.waveformdrawing import small

LOUD: Final = 0.0
"""LUFS at the upper edge of a lane."""
QUIET: Final = -70.0
"""LUFS at the lower edge: the absolute gate of ITU-R BS.1770, below which nothing counts."""
_NAME: Final = 14
"""Points before the lanes, for `L` and `R`."""
_LIMIT: Final = 26
"""Points behind them, for the limits."""
_LANE: Final = 46
_GAP: Final = 5
_RULER: Final = 16
HEIGHT: Final = 2 * _LANE + _GAP + _RULER


@dataclass(frozen=True, slots=True)
class LoudnessScale:
    """The geometry of a picture `width` points wide, of a recording of so many seconds and channels."""

    width: int
    seconds: float
    channels: int

    @property
    def area(self) -> QRect:
        """All lanes."""
        left = _NAME if self.channels > 1 else 0
        return QRect(left, 0, max(1, self.width - left - _LIMIT), 2 * _LANE + _GAP)

    @property
    def lanes(self) -> tuple[QRect, ...]:
        """One lane per channel; a single one takes the room of both."""
        area = self.area
        if self.channels < 2:
            return (area,)
        upper = QRect(area.left(), area.top(), area.width(), _LANE)
        return upper, upper.translated(0, _LANE + _GAP)

    @property
    def ruler(self) -> QRect:
        """Rectangle of the times below."""
        return QRect(self.area.left(), self.area.bottom() + 1, self.area.width(), _RULER)

    def x(self, seconds: float) -> float:
        """The point of a moment."""
        share = seconds / self.seconds if self.seconds > 0 else 0.0
        return self.area.left() + min(max(0.0, share), 1.0) * self.area.width()

    def at(self, x: float) -> float:
        """The moment of a point."""
        share = (x - self.area.left()) / self.area.width()
        return min(max(0.0, share), 1.0) * self.seconds

    def shows(self, seconds: float) -> bool:
        """True for every moment of the recording."""
        return 0 <= seconds <= self.seconds


def paint_loudness(painter: QPainter, scale: LoudnessScale, palette: Palette, course: SoundCourse) -> None:
    """A lane for each channel, in it a bar for each point: how loud it is at its loudest there."""
    painter.setPen(Qt.PenStyle.NoPen)
    for lane, line, color in zip(scale.lanes, course.loudness, (palette.accent, palette.right), strict=False):
        painter.setBrush(palette.lane)
        painter.drawRect(lane)
        painter.setBrush(color)
        edges = [len(line) * place // lane.width() for place in range(lane.width() + 1)]
        bars = []
        for place, (begin, end) in enumerate(pairwise(edges)):
            level = lufs(min(line[begin : max(end, begin + 1)], default=NOTHING))
            if level is not None and level > QUIET:
                top = height_of(lane, level)
                bars.append(QRectF(lane.left() + place, top, 1, lane.bottom() + 1 - top))
        painter.drawRects(bars)


def paint_limits(
    painter: QPainter, scale: LoudnessScale, palette: Palette, limits: LevelLimits, font: QFont
) -> None:
    """A dashed line at each limit through every lane, and its number behind it."""
    painter.setFont(_tiny(font))
    metrics = painter.fontMetrics()
    for lane in scale.lanes:
        for level in (limits.quiet, limits.loud):
            y = round(height_of(lane, level)) + 0.5
            painter.setPen(QPen(palette.text, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(lane.left(), y), QPointF(lane.right() + 1, y))
            painter.setPen(palette.dim)
            painter.drawText(QPointF(lane.right() + 4, y + metrics.ascent() / 2 - 1), f"{level:g}")


def paint_names(painter: QPainter, scale: LoudnessScale, palette: Palette, font: QFont) -> None:
    """`L` and `R` before two lanes."""
    if len(scale.lanes) < 2:
        return
    painter.setFont(small(font, QFont.Weight.DemiBold))
    for lane, name, color in zip(scale.lanes, "LR", (palette.accent, palette.right), strict=True):
        painter.setPen(palette.legible(color))
        painter.drawText(QRect(0, lane.top(), _NAME, lane.height()), Qt.AlignmentFlag.AlignVCenter, name)


def paint_times(painter: QPainter, scale: LoudnessScale, palette: Palette, font: QFont) -> None:
    """The times below the lanes, as far as there is room for them."""
    ruler = scale.ruler
    painter.setFont(small(font))
    metrics = painter.fontMetrics()
    painter.setPen(palette.dim)
    for seconds in ticks(0.0, scale.seconds, ruler.width()):
        if seconds == round(seconds):
            x = round(scale.x(seconds))
            if x + metrics.horizontalAdvance(clock(seconds)) <= scale.width:
                painter.drawLine(x, ruler.top(), x, ruler.top() + 3)
                painter.drawText(x + 2, ruler.top() + 2 + metrics.ascent(), clock(seconds))


def paint_cursor(
    painter: QPainter, scale: LoudnessScale, palette: Palette, seconds: float, *, strong: bool
) -> None:
    """A line at a moment: `strong` where it plays, else where the keys or the pointer are."""
    color = palette.text if strong else palette.dim
    width = 2 if strong else 1
    painter.fillRect(QRectF(scale.x(seconds) - width / 2, 0, width, scale.area.height()), color)


def height_of(lane: QRect, level: float) -> float:
    """The point of a loudness in a lane, from the top."""
    share = (LOUD - min(max(level, QUIET), LOUD)) / (LOUD - QUIET)
    return lane.top() + share * lane.height()


def levels_at(course: SoundCourse, seconds: float) -> Sequence[float | None]:
    """The loudness of each channel at a moment; None for silence."""
    place = int(seconds * PER_SECOND)
    return [lufs(line[min(place, len(line) - 1)]) if line else None for line in course.loudness]


def _tiny(font: QFont) -> QFont:
    smaller = QFont(font)
    smaller.setPixelSize(10)
    return smaller
