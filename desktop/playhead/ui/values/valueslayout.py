"""Layout of the panel of values: its parts one above the other, or the list beside them where it is low."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QWidget

from playhead.ui.values.histogram import Histogram
from playhead.ui.values.valuelist import ValueList

MARGIN: Final = 12
_SPACING: Final = 8
_WIDTH: Final = 400
_BESIDE: Final = 300
"""Pixels of the list where it stands beside the other parts."""
_ROWS: Final = 4
"""Rows that are to be in view."""


class ValuesLayout(QGridLayout):
    """Gives the list the room that there is; the histogram is shown where it leaves enough of that."""

    def __init__(
        self,
        panel: QWidget,
        above: Sequence[QWidget],
        histogram: Histogram,
        rows: ValueList,
        below: Sequence[QWidget],
    ) -> None:
        super().__init__(panel)
        self._above = above
        self._histogram = histogram
        self._rows = rows
        self._below = below
        self._beside: bool | None = None
        self.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.setHorizontalSpacing(MARGIN)
        self.setVerticalSpacing(_SPACING)
        self._lay(beside=False)

    def fit(self, room: QSize, *, charted: bool) -> int:
        """Arrange the parts within a room; `charted` values have a histogram. Gives the width, in pixels."""
        parts = (*self._above, *self._below)
        taken = sum(each.sizeHint().height() + _SPACING for each in parts) - _SPACING + 2 * MARGIN
        chart, rows = self._histogram.height() + _SPACING, _SPACING + _ROWS * self._rows.row_height
        width = max(_WIDTH, *(each.sizeHint().width() + 2 * MARGIN for each in parts))
        beside = room.height() < taken + rows and room.width() >= width + _BESIDE
        self._histogram.setVisible(charted and room.height() >= taken + chart + (0 if beside else rows))
        self._lay(beside=beside)
        return min(width + (_BESIDE if beside else 0), room.width())

    def _lay(self, *, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        above, below = [*self._above, self._histogram], list(self._below)
        for each in (*above, self._rows, *below):
            self.removeWidget(each)
        column = [*above, None, *below] if beside else [*above, self._rows, *below]
        for row, part in enumerate(column):
            if part is not None:
                self.addWidget(part, row, int(beside))
            self.setRowStretch(row, int(part in {None, self._rows}))
        if beside:
            self.addWidget(self._rows, 0, 0, len(column), 1)
        self.setColumnStretch(0, 1)
