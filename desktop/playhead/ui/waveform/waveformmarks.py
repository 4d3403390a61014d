"""Marks over a waveform: the loop, pins of notes, the line of what was heard, and the overview."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from playhead.core.marks import Spans
from playhead.ui.look.palette import Palette
from playhead.ui.waveform.timescale import TimeScale
from playhead.ui.waveform.waveformdrawing import small
from playhead.ui.waveform.waveformranges import Loop

_PIN: Final = 4.0
"""Half the width of a pin's head."""
_SHADE: Final = 0.13
"""Share of its colour that the loop's shade has."""
_LINE: Final = 0.5
"""Share of its colour that a line has through what was said."""
_LETTER: Final = 12
"""Points beside a loop's end in which its letter stands."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A note that belongs to a second of the recording."""

    id: int
    seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class SaidMark:
    """A second at which it was said what the filter asks for, and the words around."""

    seconds: float
    text: str


def paint_shade(painter: QPainter, scale: TimeScale, palette: Palette, loop: Loop) -> None:
    """The loop's stretch, over the lanes."""
    if loop.pair is None:
        return
    shade = QColor(_loop_color(palette, loop))
    shade.setAlphaF(_SHADE)
    painter.fillRect(QRectF(scale.area) & _stretch(scale, *loop.pair), shade)


def paint_loop(painter: QPainter, scale: TimeScale, palette: Palette, font: QFont, loop: Loop) -> None:
    """The lines at the loop's ends and their letters: A leads into it, B out of it."""
    area = scale.area
    painter.setFont(small(font, QFont.Weight.DemiBold))
    color = _loop_color(palette, loop)
    crowded = loop.pair is not None and scale.x(loop.pair[1]) - scale.x(loop.pair[0]) < 2 * _LETTER + 4
    for letter, seconds in (("A", loop.start), ("B", loop.end)):
        if seconds is None or not scale.shows(seconds):
            continue
        x = scale.x(seconds)
        painter.fillRect(QRectF(x - 0.5, area.top() - 2, 1, area.height() + 4), color)
        painter.setPen(palette.legible(color))
        rightwards = (letter == "A") is not crowded
        room = QRectF(x + 3 if rightwards else x - 3 - _LETTER, 0, _LETTER, area.top() - 1)
        side = Qt.AlignmentFlag.AlignLeft if rightwards else Qt.AlignmentFlag.AlignRight
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, letter)


def paint_pins(painter: QPainter, scale: TimeScale, palette: Palette, pins: tuple[Pin, ...]) -> None:
    """A pin for each note in sight: a head above the lanes, a thin line through them."""
    area = scale.area
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for pin in pins:
        if not scale.shows(pin.seconds):
            continue
        x = scale.x(pin.seconds)
        painter.fillRect(QRectF(x - 0.5, area.top() - 4, 1, area.height() + 4), palette.attention)
        painter.setPen(QPen(palette.panel, 1))
        painter.setBrush(palette.attention)
        painter.drawEllipse(QPointF(x, area.top() - 6), _PIN, _PIN)


def paint_said(painter: QPainter, scale: TimeScale, palette: Palette, said: tuple[SaidMark, ...]) -> None:
    """A wedge below the lanes for each place in sight where it was said, and a thin line through them."""
    bottom = scale.area.bottom() + 1.0
    line = QColor(palette.attention)
    line.setAlphaF(_LINE)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in said:
        if not scale.shows(mark.seconds):
            continue
        x = scale.x(mark.seconds)
        painter.fillRect(QRectF(x - 0.5, scale.area.top(), 1, scale.area.height()), line)
        painter.setPen(QPen(palette.panel, 1))
        painter.setBrush(palette.attention)
        painter.drawPolygon(
            QPolygonF([QPointF(x, bottom - 2 * _PIN), QPointF(x + _PIN, bottom), QPointF(x - _PIN, bottom)])
        )


def said_at(scale: TimeScale, said: tuple[SaidMark, ...], x: float) -> SaidMark | None:
    """The place where it was said at a point from the left, the nearest if there are several."""
    near = [each for each in said if scale.shows(each.seconds) and abs(scale.x(each.seconds) - x) <= _PIN + 1]
    return min(near, key=lambda each: abs(scale.x(each.seconds) - x), default=None)


def paint_heard(painter: QPainter, scale: TimeScale, palette: Palette, heard: Spans) -> None:
    """A thin line under what was really played."""
    line = scale.heard
    for start, end in heard.pairs:
        if end > scale.first and start < scale.last:
            stretch = _stretch(scale, start, end)
            stretch.setWidth(max(1.0, stretch.width()))
            painter.fillRect(QRectF(line) & stretch, palette.good)


def paint_overview(
    painter: QPainter, scale: TimeScale, palette: Palette, loop: Loop, position: float
) -> None:
    """The whole recording as a strip: which part fills the lanes, the loop, and the playhead."""
    strip = QRectF(scale.overview)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.edge)
    painter.drawRoundedRect(strip, 2, 2)
    painter.setBrush(palette.dim)
    painter.drawRoundedRect(overview_thumb(scale), 2, 2)
    if loop.pair is not None:
        start, end = (scale.overview_x(seconds) for seconds in loop.pair)
        painter.fillRect(QRectF(start, strip.bottom() - 1, max(2.0, end - start), 2), palette.accent)
    head = scale.overview_x(position)
    painter.fillRect(QRectF(head - 1, strip.top() - 2, 2, strip.height() + 4), palette.text)


def overview_thumb(scale: TimeScale) -> QRectF:
    """The part of the overview that stands for what fills the lanes."""
    strip = scale.overview
    left, right = scale.overview_x(scale.first), scale.overview_x(scale.last)
    width = max(8.0, right - left)
    return QRectF(min(left, strip.right() + 1 - width), strip.top(), width, strip.height())


def pin_at(scale: TimeScale, pins: tuple[Pin, ...], x: float, y: float) -> Pin | None:
    """The pin whose head is under a point, the nearest if there are several."""
    if y >= scale.area.top() - 1:
        return None
    near = [pin for pin in pins if scale.shows(pin.seconds) and abs(scale.x(pin.seconds) - x) <= _PIN + 2]
    return min(near, key=lambda pin: abs(scale.x(pin.seconds) - x), default=None)


def loop_strip(scale: TimeScale, loop: Loop) -> QRect:
    """Region in which the loop is drawn, with its letters."""
    ends = [round(scale.x(seconds)) for seconds in (loop.start, loop.end) if seconds is not None]
    room = _LETTER + 6
    left, right = min(ends, default=0) - room, max(ends, default=0) + room
    return QRect(left, 0, right - left, scale.ruler.top()) if ends else QRect()


def _loop_color(palette: Palette, loop: Loop) -> QColor:
    return palette.accent if loop.on else palette.dim


def _stretch(scale: TimeScale, start: float, end: float) -> QRectF:
    left = scale.x(start)
    return QRectF(left, 0, scale.x(end) - left, scale.overview.bottom())
