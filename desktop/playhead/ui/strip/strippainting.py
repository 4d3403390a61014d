"""Painting of the strip: bars, axis, what is not loaded, and what is marked."""

from typing import Final

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter

from playhead.core.figures import number
from playhead.ui.look.palette import Palette, mix
from playhead.ui.strip.partlooks import PartLook, looks
from playhead.ui.strip.stripscale import StripScale, ticks
from playhead.ui.strip.stripsight import StripSight

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_ROUND: Final = (1, 2, 5)
_PAD: Final = 4
_DIMMED: Final = 0.4
"""Opacity of bars beside those that are marked."""


def paint_strip(painter: QPainter, scale: StripScale, sight: StripSight, palette: Palette) -> None:
    """Paint all of it; where something may be missing it is hatched."""
    area = scale.area
    if sight.subject.unloaded is not None:
        _paint_hatch(painter, scale, palette, sight.subject.unloaded)
    _paint_marked(painter, scale, sight, palette)
    top = _paint_level(painter, area, sight.most, palette)
    parts = looks(sight.subject.split, sight.subject.timeline.names, palette)
    for place, bar in enumerate(sight.bars):
        painter.setOpacity(1.0 if _stands_out(sight, place) else _DIMMED)
        _paint_bar(painter, scale.bar(bar.start, bar.end), bar.counts, parts, area.height() / max(1, top))
    painter.setOpacity(1.0)
    painter.setPen(palette.edge)
    painter.drawLine(area.left(), area.bottom() + 1, area.right(), area.bottom() + 1)
    _paint_axis(painter, scale, sight, palette)
    _paint_cursor(painter, scale, sight, palette)


def _stands_out(sight: StripSight, place: int) -> bool:
    """True unless other bars are marked."""
    return sight.marked is None or sight.marked[0] <= place <= sight.marked[1]


def missing_room(scale: StripScale, unloaded: float, sentence: str, metrics: QFontMetrics) -> QRect | None:
    """Rectangle within the hatched part for the sentence on what is not loaded, if that has room for it."""
    width = metrics.horizontalAdvance(sentence) + 2 * _PAD
    left = round((min(scale.x(unloaded), scale.area.width()) - width) / 2)
    if not sentence or left < metrics.horizontalAdvance("10 000"):
        return None
    return QRect(left, scale.area.top() + 4, width, scale.line + 2)


def paint_missing(
    painter: QPainter, scale: StripScale, sight: StripSight, sentence: str, palette: Palette
) -> None:
    """Say what is not loaded within the hatched part, if it has room for that."""
    unloaded = sight.subject.unloaded
    room = None if unloaded is None else missing_room(scale, unloaded, sentence, painter.fontMetrics())
    if room is not None:
        painter.fillRect(room, palette.ground)
        painter.setPen(palette.dim)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, sentence)


def paint_sentence(painter: QPainter, area: QRect, text: str, palette: Palette) -> None:
    """Paint a sentence where the bars would be."""
    painter.setPen(palette.dim)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width() - 16)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)


def _paint_bar(
    painter: QPainter, room: QRectF, counts: tuple[int, ...], parts: tuple[PartLook, ...], per_one: float
) -> None:
    """Stack the parts of a bar; whatever there is at all can be seen."""
    total = sum(counts)
    if not total:
        return
    height = max(2.0, round(total * per_one))
    bottom, below = room.bottom(), 0
    for look, each in zip(parts, counts, strict=True):
        if each:
            low, high = round(below / total * height), round((below + each) / total * height)
            below += each
            look.paint(painter, QRectF(room.left(), bottom - high, room.width(), max(1, high - low)))


def _paint_hatch(painter: QPainter, scale: StripScale, palette: Palette, unloaded: float) -> None:
    right = scale.x(unloaded)
    if right <= 0:
        return
    area = scale.area
    room = QRectF(area.left(), area.top(), min(right, area.width()), area.height())
    painter.fillRect(room, QBrush(mix(palette.line, palette.dim, 0.15), Qt.BrushStyle.BDiagPattern))
    if right < area.width():
        painter.setPen(palette.dim)
        painter.drawLine(QLineF(right, area.top(), right, area.bottom()))


def _paint_marked(painter: QPainter, scale: StripScale, sight: StripSight, palette: Palette) -> None:
    if sight.marked is None:
        return
    first, last = sight.marked
    left, right = scale.x(sight.bars[first].start), scale.x(sight.bars[last].end)
    painter.fillRect(QRectF(left, 0, right - left, scale.axis.top()), palette.selection)


def _paint_cursor(painter: QPainter, scale: StripScale, sight: StripSight, palette: Palette) -> None:
    if sight.cursor is None:
        return
    bar = sight.bars[sight.cursor]
    left, right = scale.x(bar.start), scale.x(bar.end)
    painter.fillRect(QRectF(left, scale.area.bottom() + 1, max(2.0, right - left), 2), palette.text)


def _paint_level(painter: QPainter, area: QRect, most: int, palette: Palette) -> int:
    """Paint a line at a round number, and give the number that is as high as the area."""
    level = _round_below(most)
    if level < 1:
        return most
    y = round(area.bottom() + 1 - level / most * area.height())
    painter.setPen(palette.line)
    painter.drawLine(area.left(), y, area.right(), y)
    return most


def paint_level_name(painter: QPainter, scale: StripScale, most: int, palette: Palette) -> None:
    """Name the line, on a ground of its own so that it can be read over bars."""
    level, area = _round_below(most), scale.area
    if level < 1:
        return
    y = round(area.bottom() + 1 - level / most * area.height())
    text, metrics = number(level), painter.fontMetrics()
    top = min(max(0, y - scale.line // 2), area.bottom() - scale.line)
    room = QRect(0, top, metrics.horizontalAdvance(text) + 2 * _PAD, scale.line)
    ground = QColor(palette.ground)
    ground.setAlphaF(0.85)
    painter.fillRect(room, ground)
    painter.setPen(palette.dim)
    painter.drawText(room.adjusted(_PAD, 0, 0, 0), _LEFT, text)


def _round_below(most: int) -> int:
    """The highest round number that is at most `most` (1, 2, 5, 10, 20 …)."""
    power = 10 ** (len(str(most)) - 1)
    return max((each * power for each in _ROUND if each * power <= most), default=0) if most > 0 else 0


def _paint_axis(painter: QPainter, scale: StripScale, sight: StripSight, palette: Palette) -> None:
    metrics, axis = painter.fontMetrics(), scale.axis
    free = 0.0
    for tick in ticks(scale, sight.subject.zone, metrics.horizontalAdvance("30 Sep 2026") + 16):
        x, width = round(scale.x(tick.second)), metrics.horizontalAdvance(tick.text)
        painter.setPen(palette.edge)
        painter.drawLine(x, axis.top(), x, axis.top() + 4)
        left = x + _PAD
        if left < free or left + width > axis.right():
            continue
        painter.setPen(palette.text if tick.strong else palette.dim)
        painter.drawText(QRect(left, axis.top() + 2, width + 2, axis.height() - 2), _LEFT, tick.text)
        free = left + width + 8
