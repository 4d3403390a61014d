"""What a waveform is drawn with: bars, names, ruler, playhead, and words where there is no shape."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QPolygonF

from playhead.core.peaks import Peaks
from playhead.ui.palette import Palette
from playhead.ui.timescale import TimeScale, ticks
from playhead.ui.words import clock

_BAR: Final = 2
_STEP: Final = 3
HANDLE: Final = 5
"""Half the width of the playhead's handle."""


def bars_picture(
    scale: TimeScale, palette: Palette, peaks: Peaks, colors: Sequence[QColor], ratio: float
) -> QPixmap:
    """The lanes with their bars, a colour each, for a screen of `ratio` pixels per point."""
    area = scale.area
    picture = QPixmap(round(area.width() * ratio), round(area.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for whole, channel, color in zip(scale.lanes, peaks.channels, colors, strict=False):
        lane = whole.translated(-area.topLeft())
        painter.setBrush(palette.lane)
        painter.drawRoundedRect(lane, 4, 4)
        per_pixel = scale.duration * peaks.per_second / lane.width()
        _paint_bars(painter, lane, channel, per_pixel, (color, palette.edge))
    painter.end()
    return picture


def _paint_bars(
    painter: QPainter, lane: QRect, channel: bytes, per_pixel: float, colors: tuple[QColor, QColor]
) -> None:
    middle, reach = lane.center().y() + 0.5, lane.height() / 2 - 5
    bars, silent = [], []
    for x in range(lane.left(), lane.right() - _BAR + 1, _STEP):
        begin = int((x - lane.left()) * per_pixel)
        end = max(begin + 1, int((x + _STEP - lane.left()) * per_pixel))
        if begin < len(channel):
            # The ear hears ratios: a plain scale would flatten speech to a line.
            half = max(1.0, (max(channel[begin:end]) / 255) ** 0.7 * reach)
            bars.append(QRectF(x, middle - half, _BAR, 2 * half))
        else:
            silent.append(QRectF(x, middle - 0.5, _BAR, 1))
    heard, still_to_come = colors
    painter.setBrush(still_to_come)
    painter.drawRects(silent)
    painter.setBrush(heard)
    painter.drawRects(bars)


def paint_names(painter: QPainter, scale: TimeScale, palette: Palette, font: QFont) -> None:
    """`L` and `R` before two lanes."""
    if len(scale.lanes) != 2:
        return
    painter.setFont(_small(font, QFont.Weight.DemiBold))
    for lane, name, color in zip(scale.lanes, "LR", (palette.accent, palette.right), strict=True):
        painter.setPen(palette.legible(color))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(scale.name_room(lane), flags, name)


def paint_ruler(painter: QPainter, scale: TimeScale, palette: Palette, font: QFont) -> None:
    """Ticks below the lanes, each with its time while there is room for it."""
    painter.setFont(_small(font))
    metrics = painter.fontMetrics()
    top = scale.ruler_top
    for seconds in ticks(scale.duration, scale.area.width()):
        x = scale.x(seconds)
        painter.setPen(palette.edge)
        painter.drawLine(x, top, x, top + 7)
        text = clock(seconds)
        if x + 4 + metrics.horizontalAdvance(text) <= scale.width:
            painter.setPen(palette.dim)
            painter.drawText(x + 5, top + metrics.ascent(), text)


def paint_head(painter: QPainter, scale: TimeScale, palette: Palette, x: int) -> None:
    """The playhead at pixel `x`, with its handle above."""
    area = scale.area
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.text)
    painter.drawRect(QRectF(x - 1, area.top() - 2, 2, area.height() + 6))
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
    painter.setFont(_small(font))
    painter.drawText(tip, Qt.AlignmentFlag.AlignCenter, clock(scale.seconds(x)))


def hover_tip(scale: TimeScale, font: QFont, x: int) -> QRect:
    """Where the time under the pointer is shown: beside the thin line, always inside."""
    width = QFontMetrics(_small(font)).horizontalAdvance(clock(scale.duration)) + 12
    left = x + 6 if x + 6 + width < scale.width else x - 6 - width
    return QRect(left, 1, width, 17)


def paint_sentence(painter: QPainter, area: QRect, palette: Palette, sentence: str, color: QColor) -> None:
    """Words in place of a shape."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.lane)
    painter.drawRoundedRect(area, 6, 6)
    shown = painter.fontMetrics().elidedText(sentence, Qt.TextElideMode.ElideRight, area.width() - 32)
    painter.setPen(color)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)


def paint_loading(painter: QPainter, area: QRect, palette: Palette) -> None:
    """What stands in for a shape whose media is on its way."""
    paint_sentence(painter, area, palette, "Loading…", palette.dim)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.line)
    painter.drawRoundedRect(QRect(area.left() + 16, area.center().y() + 20, area.width() - 32, 2), 1, 1)


def _small(font: QFont, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    smaller = QFont(font)
    smaller.setPixelSize(11)
    smaller.setWeight(weight)
    return smaller
