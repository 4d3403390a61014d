"""Histogram of the values of a column that have an order: a bar each, the current one marked."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QToolTip, QWidget
from typing_extensions import override

from playhead.core.figures import number
from playhead.core.finding.grouping import NOTHING
from playhead.ui.look.labels import as_tip
from playhead.ui.look.theme import Theme
from playhead.ui.values.valuerows import ValueRows

_HEIGHT: Final = 60
"""Pixels of the highest bar; below are the names of the first and the last."""
_GAP: Final = 2
_WIDEST: Final = 60
_LEAST: Final = 2
"""Pixels of a bar that stands for anything at all."""


class Histogram(QWidget):
    """Bars from the least to the most; for the pointer, as the list beneath says the same to everybody."""

    pointed = Signal(str)
    """The key of the value whose bar was clicked."""

    def __init__(self, rows: ValueRows, theme: Theme) -> None:
        super().__init__()
        self._rows = rows
        self._theme = theme
        self._keys: list[str] = []
        self._current = ""
        self.setFixedHeight(_HEIGHT + self.fontMetrics().height() + 2)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Histogram")
        theme.changed.connect(self.update)

    def show_keys(self, keys: Sequence[str]) -> None:
        """Show these values, in their order; what has none is not among them."""
        self._keys = [key for key in keys if key != NOTHING]
        self.update()

    def mark(self, key: str) -> None:
        """Mark the bar of a value."""
        self._current = key
        self.update()

    @property
    def _step(self) -> float:
        return min(float(_WIDEST), self.width() / max(1, len(self._keys)))

    def _key_at(self, place: QPoint) -> str | None:
        x = self.width() - place.x() if self.isRightToLeft() else place.x()
        at = int(x / self._step)
        return self._keys[at] if 0 <= at < len(self._keys) else None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        palette, counts = self._theme.palette, self._rows.counted.counts
        most = max((counts[key] for key in self._keys), default=0)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            room, step = float(_HEIGHT), self._step
            painter.fillRect(QRectF(0, room, self.width(), 1), palette.line)
            for place, key in enumerate(self._keys):
                count = counts[key]
                height = max(float(_LEAST), room * count / most) if count and most else 0.0
                left = place * step + _GAP / 2
                if self.isRightToLeft():
                    left = self.width() - left - (step - _GAP)
                colour = QColor(palette.accent)
                colour.setAlphaF(1.0 if key == self._current else 0.5)
                painter.setBrush(colour)
                painter.drawRect(QRectF(left, room - height, max(1.0, step - _GAP), height))
            self._paint_ends(painter)

    def _paint_ends(self, painter: QPainter) -> None:
        """Name the first and the last bar, where there are several."""
        ends = [self._keys[0], self._keys[-1]] if len(self._keys) > 1 else self._keys
        named = [value.title if value else "" for value in map(self._rows.value, ends)]
        below = QRectF(
            0, _HEIGHT + 2, min(self.width(), self._step * len(self._keys)), self.height() - _HEIGHT
        )
        if self.isRightToLeft():
            below.moveRight(self.width())
        painter.setPen(self._theme.palette.dim)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        for title, side in zip(named, sides, strict=False):
            there = QStyle.visualAlignment(self.layoutDirection(), side)
            painter.drawText(below, there | Qt.AlignmentFlag.AlignAbsolute, title)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self._key_at(event.position().toPoint())
        if key is not None:
            self.pointed.emit(key)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            key = self._key_at(event.pos())
            value = self._rows.value(key) if key is not None else None
            if key is not None and value is not None:
                told = f"{value.title}: {number(self._rows.counted.counts[key])}"
                QToolTip.showText(event.globalPos(), as_tip(told), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
