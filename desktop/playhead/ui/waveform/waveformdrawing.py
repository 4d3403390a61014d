"""Drawing of the parts of a waveform: bars, names, ruler and playhead."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap, QPolygonF, QRegion

from playhead.core.figures import clock
from playhead.core.marks import Spans
from playhead.ui.look.palette import Palette
from playhead.ui.waveform.bars import Outline
from playhead.ui.waveform.timescale import TimeScale, ticks

_BAR: Final = 2
_STEP: Final = 3
_GAP: Final = 1
_FINE: Final = 60.0
"""Seconds on the screen below which tenths are told."""
HANDLE: Final = 5
"""Half the width of the playhead's handle."""


def lane_pictures(
    scale: TimeScale, palette: Palette, outline: Outline, silences: Spans
) -> tuple[QPixmap, QPixmap]:
    """The lanes with their bars, as they look when played and before."""
    played = _bare_lanes(scale, palette, silences)
    unplayed = played.copy()
    lanes = _inner_lanes(scale)[: outline.channels]
    bars = [_bars(scale, lane, outline, channel) for channel, lane in enumerate(lanes)]
    for picture, colors in (
        (played, (palette.accent, palette.right)),
        (unplayed, (palette.left_unplayed, palette.right_unplayed)),
    ):
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for lane, color, shapes in zip(lanes, colors, bars, strict=False):
            painter.setClipRect(lane)
            for rects, brush in zip(shapes, (color, palette.edge), strict=True):
                painter.setBrush(brush)
                painter.drawRects(rects)
        painter.end()
    return played, unplayed


def _inner_lanes(scale: TimeScale) -> tuple[QRect, ...]:
    return tuple(lane.translated(-scale.area.topLeft()) for lane in scale.lanes)


def _bare_lanes(scale: TimeScale, palette: Palette, silences: Spans) -> QPixmap:
    picture = QPixmap((QSizeF(scale.area.size()) * scale.ratio).toSize())
    picture.setDevicePixelRatio(scale.ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    left = scale.area.left()
    quiet = [
        (scale.x(start) - left, scale.x(end) - left)
        for start, end in silences.pairs
        if end > scale.first and start < scale.last
    ]
    for lane in _inner_lanes(scale):
        painter.setBrush(palette.lane)
        painter.drawRoundedRect(lane, 4, 4)
        painter.setBrush(palette.quiet)
        painter.setClipRect(lane)
        painter.drawRects([QRectF(x, lane.top(), end - x, lane.height()) for x, end in quiet if end > x])
        painter.setClipping(False)
    painter.end()
    return picture


def _bars(scale: TimeScale, lane: QRect, outline: Outline, channel: int) -> tuple[list[QRectF], list[QRectF]]:
    """The bars of what has arrived, and thin ones for what is still to come."""
    middle, reach = lane.center().y() + 0.5, lane.height() / 2 - 5
    bars: list[QRectF] = []
    silent: list[QRectF] = []
    per_second = scale.per_second
    if per_second <= 0:
        return bars, silent
    for start, end, loudest in outline.bars(channel, scale.first, scale.last, _STEP / per_second):
        x = scale.snap((start - scale.first) * per_second)
        width = max(_BAR, scale.snap((end - scale.first) * per_second) - x - _GAP)
        if loudest is None:
            silent.append(QRectF(x, middle - 0.5, width, 1))
        else:
            # The ear hears ratios: a plain scale would flatten speech to a line.
            half = max(1.0, (loudest / 255) ** 0.7 * reach)
            bars.append(QRectF(x, middle - half, width, 2 * half))
    return bars, silent


def paint_lanes(painter: QPainter, scale: TimeScale, pictures: tuple[QPixmap, QPixmap], head: float) -> None:
    """The lanes: played up to the playhead at point `head`, unplayed after it."""
    area = QRectF(scale.area)
    met = min(max(area.left(), head), area.right())
    for picture, left, right in zip(pictures, (area.left(), met), (met, area.right()), strict=True):
        if right > left:
            painter.save()
            part = QRectF(left, area.top(), right - left, area.height())
            painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
            painter.drawPixmap(area.topLeft(), picture)
            painter.restore()


def paint_names(painter: QPainter, scale: TimeScale, palette: Palette, font: QFont) -> None:
    """`L` and `R` before two lanes."""
    if len(scale.lanes) != 2:
        return
    painter.setFont(small(font, QFont.Weight.DemiBold))
    for lane, name, color in zip(scale.lanes, "LR", (palette.accent, palette.right), strict=True):
        painter.setPen(palette.legible(color))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(scale.name_room(lane), flags, name)


def paint_ruler(painter: QPainter, scale: TimeScale, palette: Palette, font: QFont, region: QRegion) -> None:
    """Ticks below the lanes, each with its time while there is room for it."""
    ruler = scale.ruler
    painter.setFont(small(font))
    metrics = painter.fontMetrics()
    marks = ticks(scale.first, scale.span, ruler.width())
    fine = len(marks) > 1 and marks[1] - marks[0] < 1
    anew = region.boundingRect()
    # Measured once: of the few pixels around the playhead, which moves often, most times are far away.
    widest = metrics.horizontalAdvance(told(scale.duration, fine=fine)) + 16
    for seconds in marks:
        x = round(scale.x(seconds))
        if not anew.left() - widest <= x <= anew.right():
            continue
        text = told(seconds, fine=fine)
        room = QRect(x, ruler.top(), metrics.horizontalAdvance(text) + 6, ruler.height())
        if not region.intersects(room):
            continue
        painter.setPen(palette.edge)
        painter.drawLine(x, ruler.top(), x, ruler.top() + 6)
        if room.right() <= scale.width:
            painter.setPen(palette.dim)
            painter.drawText(x + 5, ruler.top() + 1 + metrics.ascent(), text)


def paint_head(painter: QPainter, scale: TimeScale, palette: Palette, x: float) -> None:
    """The playhead at point `x`, with its handle above."""
    area = scale.area
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.text)
    painter.drawRect(QRectF(x - 1, area.top() - 2, 2, area.height() + 8))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tip, top = area.top() + 2, area.top() - 7
    painter.drawPolygon(QPolygonF([QPointF(x - HANDLE, top), QPointF(x + HANDLE, top), QPointF(x, tip)]))


def paint_hover(painter: QPainter, scale: TimeScale, palette: Palette, font: QFont, x: int) -> None:
    """A thin line under the pointer, and its time beside it."""
    area = scale.area
    painter.setPen(palette.dim)
    painter.drawLine(x, area.top(), x, area.bottom())
    tip = hover_tip(scale, font, x)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(palette.edge)
    painter.setBrush(palette.panel)
    painter.drawRoundedRect(QRectF(tip).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(palette.text)
    painter.setFont(small(font))
    text = told(scale.seconds(x), fine=scale.span < _FINE)
    painter.drawText(tip, Qt.AlignmentFlag.AlignCenter, text)


def hover_tip(scale: TimeScale, font: QFont, x: int) -> QRect:
    """Rectangle of the time under the pointer: beside the thin line, always inside."""
    widest = told(scale.duration, fine=scale.span < _FINE)
    width = QFontMetrics(small(font)).horizontalAdvance(widest) + 12
    left = x + 6 if x + 6 + width < scale.width else x - 6 - width
    return QRect(left, 1, width, 17)


def told(seconds: float, *, fine: bool) -> str:
    """A moment as the ruler tells it: `4:12`, or `4:12.5` where tenths can be told apart."""
    if not fine:
        return clock(seconds)
    tenths = round(seconds * 10)
    return f"{clock(tenths // 10)}.{tenths % 10}"


def small(font: QFont, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """`font` in the size of rulers and labels."""
    smaller = QFont(font)
    smaller.setPixelSize(11)
    smaller.setWeight(weight)
    return smaller
