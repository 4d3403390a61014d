"""Legend of the strip: a sample of each part that is there, and its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from playhead.core.timeline.timeline import Split
from playhead.ui.look.theme import Theme
from playhead.ui.strip.partlooks import looks

_SAMPLE: Final = 10
_GAP: Final = 5
_APART: Final = 14
_LEAST: Final = 200
"""Pixels that the sentence beside it has to leave."""
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A part that is there: its place among all parts, and its words."""

    place: int
    text: str


class StripLegend(QWidget):
    """Shows which part of a bar is which; as many as there is room for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._split, self._names = Split.KIND, tuple[str, ...]()
        self._entries: tuple[LegendEntry, ...] = ()
        self.setObjectName("stripLegend")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_parts(self, split: Split, names: tuple[str, ...], entries: Sequence[LegendEntry]) -> None:
        """Show these of all parts, whose names are `names`."""
        self._split, self._names, self._entries = split, names, tuple(entries)
        self.setToolTip(", ".join(each.text for each in entries))
        self.updateGeometry()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        palette, metrics = self._theme.palette, self.fontMetrics()
        known = looks(self._split, self._names, palette)
        shown, wide = self._shown()
        left, middle = max(0, self.width() - wide), self.height() // 2
        with QPainter(self) as painter:
            for each in shown:
                width = metrics.horizontalAdvance(each.text)
                known[each.place].paint(painter, QRectF(left, middle - _SAMPLE // 2, _SAMPLE, _SAMPLE))
                painter.setPen(palette.dim)
                room = QRect(left + _SAMPLE + _GAP, 0, width + 2, self.height())
                painter.drawText(room, _LEFT, each.text)
                left += _SAMPLE + _GAP + width + _APART

    def _shown(self) -> tuple[Sequence[LegendEntry], int]:
        """The first parts, as many as fit, and the pixels that they take."""
        wide = 0
        for number, each in enumerate(self._entries):
            more = (
                (_APART if number else 0) + _SAMPLE + _GAP + self.fontMetrics().horizontalAdvance(each.text)
            )
            if wide + more > self.width():
                return self._entries[:number], wide
            wide += more
        return self._entries, wide

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widths = [_SAMPLE + _GAP + metrics.horizontalAdvance(each.text) + _APART for each in self._entries]
        return QSize(min(_LEAST, max(0, sum(widths) - _APART)), metrics.height())
