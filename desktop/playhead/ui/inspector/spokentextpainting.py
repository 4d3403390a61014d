"""Painting of a transcript's rows: the time, a sign of who speaks, and the words, wrapped and marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from playhead.core.transcript import Side
from playhead.ui.inspector.spokentext import Parts, SpokenText
from playhead.ui.look.palette import Palette
from playhead.ui.look.theme import Theme

PADDING: Final = 6
"""Pixels above and below the words."""
_SIGN: Final = 14
"""Pixels of the sign of who speaks."""
_GAP: Final = 8
_KEPT: Final = 300
"""Rows whose layout is kept: some screens of them."""
_LETTERS: Final = {Side.LEFT: "L", Side.RIGHT: "R"}


@dataclass(frozen=True, slots=True)
class RowState:
    """State of a row that is painted."""

    heard: bool = False
    focused: bool = False
    hovered: bool = False


class SpokenTextPainter:
    """Measures and paints the rows of one transcript in one width."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._spoken: SpokenText | None = None
        self._marks: Mapping[int, Sequence[tuple[int, Parts]]] = {}
        self._current = -1
        self._font = QFont()
        self._width = 0
        self._times = 0
        self._layouts: dict[int, QTextLayout] = {}

    def lay(self, spoken: SpokenText | None, font: QFont, width: int) -> None:
        """Paint this from now on, in so many pixels."""
        self._spoken, self._font, self._width = spoken, font, width
        self._layouts.clear()
        last = spoken.clock(len(spoken.rows) - 1) if spoken is not None and spoken.rows else ""
        self._times = max(36, QFontMetrics(font).horizontalAdvance(last) + 2 * _GAP - 2) if last else _GAP

    def mark(self, marks: Mapping[int, Sequence[tuple[int, Parts]]], current: int) -> None:
        """Mark the parts of rows that are hits, the hit with the number `current` stronger."""
        self._marks, self._current = marks, current

    def guesses(self) -> Sequence[int]:
        """Heights of all rows, as far as their numbers of letters tell."""
        if self._spoken is None:
            return ()
        metrics = QFontMetrics(self._font)
        letters, line = max(1, self._room // max(1, metrics.averageCharWidth())), metrics.height()
        return [line * (1 + length // letters) + 2 * PADDING for length in self._spoken.lengths]

    def height(self, row: int) -> int:
        """Exact height of a row."""
        return max(_SIGN, round(self._layout(row).boundingRect().height())) + 2 * PADDING

    def paint(self, painter: QPainter, box: QRect, row: int, state: RowState) -> None:
        """Paint a row."""
        spoken, palette = self._spoken, self._theme.palette
        if spoken is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state.heard or state.hovered:
            painter.setBrush(palette.selection if state.heard else palette.hover)
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        painter.setFont(self._font)
        painter.setPen(palette.dim)
        painter.drawText(box.topLeft() + QPoint(_GAP - 2, self._ascent), spoken.clock(row))
        self._paint_sign(
            painter, palette, QRectF(box.left() + self._times, box.top() + PADDING + 1, _SIGN, _SIGN), row
        )
        painter.setPen(palette.text)
        words = QPointF(box.left() + self._times + _SIGN + _GAP, box.top() + PADDING)
        self._layout(row).draw(painter, words, self._formats(row, state))
        if state.focused:
            painter.setPen(palette.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0, 1, -1, -2), 6, 6)
        painter.restore()

    @property
    def _room(self) -> int:
        return max(60, self._width - self._times - _SIGN - 2 * _GAP)

    @property
    def _ascent(self) -> int:
        return PADDING + QFontMetrics(self._font).ascent()

    def _paint_sign(self, painter: QPainter, palette: Palette, place: QRectF, row: int) -> None:
        """L or R in the colour of its channel; a dot for who is told apart otherwise."""
        spoken = self._spoken
        if spoken is None:
            return
        side, speaker = spoken.side(row), spoken.speaker(row)
        color = _color(palette, side, speaker)
        if side is None and speaker < 0:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        if side is None:
            painter.drawEllipse(place.adjusted(3, 3, -4, -4))
            return
        painter.drawRoundedRect(place, 4, 4)
        small = QFont(self._font)
        small.setPixelSize(10)
        small.setWeight(QFont.Weight.Bold)
        painter.setFont(small)
        painter.setPen(palette.panel)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), _LETTERS[side])

    def _formats(self, row: int, state: RowState) -> list[QTextLayout.FormatRange]:
        spoken, palette = self._spoken, self._theme.palette
        if spoken is None or row not in self._marks:
            return []
        text, made = spoken.text(row), []
        for number, parts in self._marks[row]:
            look = QTextCharFormat()
            if number == self._current:
                look.setBackground(palette.attention)
                look.setForeground(palette.panel)
            else:
                look.setBackground(palette.found_selected if state.heard else palette.found)
            for start, end in parts:
                span = QTextLayout.FormatRange()
                span.start = _units(text[:start])
                span.length = _units(text[start:end])
                span.format = look
                made.append(span)
        return made

    def _layout(self, row: int) -> QTextLayout:
        if row not in self._layouts:
            if len(self._layouts) >= _KEPT:
                self._layouts.clear()
            self._layouts[row] = self._laid("" if self._spoken is None else self._spoken.text(row))
        return self._layouts[row]

    def _laid(self, text: str) -> QTextLayout:
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._room)
            line.setPosition(QPointF(0, y))
            y += line.height()
        layout.endLayout()
        return layout


def _color(palette: Palette, side: Side | None, speaker: int) -> QColor:
    if side is Side.RIGHT or (side is None and speaker == 1):
        return palette.right
    return palette.accent if side is Side.LEFT or speaker == 0 else palette.dim


def _units(text: str) -> int:
    """Qt counts in UTF-16."""
    return len(text) + sum(letter > "\uffff" for letter in text)
