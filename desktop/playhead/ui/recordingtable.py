"""The table of recordings as the person sees and drives it."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)
from typing_extensions import override

from playhead.ui.cellpainter import ROW_HEIGHT, CellPainter
from playhead.ui.columns import COLUMNS
from playhead.ui.icons import Icons
from playhead.ui.table import RecordingModel
from playhead.ui.tableheader import TableHeader
from playhead.ui.theme import Theme

PASSED_ON = {
    Qt.Key.Key_Space,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Comma,
    Qt.Key.Key_Period,
    Qt.Key.Key_0,
    Qt.Key.Key_1,
    Qt.Key.Key_2,
    Qt.Key.Key_A,
    Qt.Key.Key_B,
    Qt.Key.Key_N,
    Qt.Key.Key_S,
    Qt.Key.Key_Escape,
}
"""Keys that belong to the player and the window, for the table has no use for them."""


class RecordingTable(QTableView):
    """Rows to select, open and sort. Selection stays on the same recordings whatever happens to the rows."""

    opened = Signal(int)
    """A row the person wants to hear (Enter or double click): its catalogue id."""
    chosen = Signal()
    """Another row is current, or the selection is another."""
    scrolled = Signal()
    """The viewport shows other rows, or has room for more."""

    def __init__(
        self, model: RecordingModel, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recordingTable")
        self.setAccessibleName("Recordings")
        self._rows = model
        self._restoring = False
        self.header = TableHeader(self)
        """The columns, and what the rows are sorted by."""
        self.setModel(model)
        self.setHorizontalHeader(self.header)
        # Not before: a table that does not sort by itself takes the arrow from the header that it is given.
        self.header.setSortIndicatorShown(True)
        self.setItemDelegate(CellPainter(model, theme, icons, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.header.reset_columns()
        self.doubleClicked.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.scrolled.emit())
        theme.changed.connect(self._fill)

    @property
    def current_id(self) -> int | None:
        """The catalogue id of the current row."""
        row = self.currentIndex().row()
        return self._rows.ids[row] if 0 <= row < len(self._rows.ids) else None

    @property
    def top_id(self) -> int | None:
        """The catalogue id of the first row that the viewport shows."""
        row = self.rowAt(0)
        return self._rows.ids[row] if 0 <= row < len(self._rows.ids) else None

    @property
    def visible_rows(self) -> range:
        """The rows that the viewport shows."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        count = len(self._rows.ids)
        return range(first, count if last < 0 else min(count, last + 1))

    @property
    def room(self) -> int:
        """How many rows fit below the last one that is listed, or are close to being scrolled to."""
        ahead = self.viewport().height() // ROW_HEIGHT + 1
        return max(0, self.visible_rows.stop + ahead - len(self._rows.ids))

    def row_of(self, identifier: int) -> int | None:
        """The row of a catalogue id."""
        return self._rows.row_of(identifier)

    def selected_rows(self) -> list[int]:
        """The selected rows, from the top."""
        return sorted({row for block in self._blocks() for row in block})

    def selected_ids(self) -> list[int]:
        """The catalogue ids of the selected rows, in the table's order."""
        return [self._rows.ids[row] for row in self.selected_rows()]

    def selected_count(self) -> int:
        """How many rows are selected, without looking at each."""
        return sum(len(block) for block in self._blocks())

    def show_listing(self, ids: "array[int]", *, hold: bool = False) -> None:
        """Show other rows; selection, current row and place stay on the same recordings.

        A table that stands at its top stays there, unless `hold` asks to keep the rows in place there too.
        """
        place = _Place(self, hold=hold)
        before = (self.selected_count(), self.current_id)
        self._restoring = True
        in_place = self._rows.show_listing(ids)
        place.restore(selection=not in_place)
        self._restoring = False
        if (self.selected_count(), self.current_id) != before:
            self.chosen.emit()
        self.scrolled.emit()

    def select_ids(self, ids: Sequence[int], current: int | None = None) -> None:
        """Select the rows of these catalogue ids that are listed."""
        wanted = set(ids)
        selection = QItemSelection()
        start: int | None = None
        for place, identifier in enumerate(self._rows.ids):
            if identifier in wanted and start is None:
                start = place
            elif identifier not in wanted and start is not None:
                selection.select(self._rows.index(start, 0), self._rows.index(place - 1, len(COLUMNS) - 1))
                start = None
        if start is not None:
            last = len(self._rows.ids) - 1
            selection.select(self._rows.index(start, 0), self._rows.index(last, len(COLUMNS) - 1))
        row = self._rows.row_of(current) if current is not None else None
        flags = QItemSelectionModel.SelectionFlag
        if row is not None:
            self.selectionModel().setCurrentIndex(self._rows.index(row, 0), flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)

    def step(self, by: int) -> int | None:
        """Make the row `by` places from the current one current; its catalogue id, if there is one."""
        row = self.currentIndex().row() + by
        if not 0 <= row < len(self._rows.ids):
            return None
        self.selectRow(row)
        return self._rows.ids[row]

    def reveal_current(self) -> None:
        """Bring the current row into view, or the first one if there is none."""
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)
        else:
            self.scrollToTop()

    def _fill(self) -> None:
        # WORKAROUND QStyleSheetStyle: it switches this off whenever it dresses the table, and a viewport that
        # is not filled is painted anew as a whole for every row that it is scrolled by.
        self.viewport().setAutoFillBackground(True)
        self.viewport().update()

    def _blocks(self) -> list[range]:
        """The selected rows as ranges: reading ranges stays quick however many rows are selected."""
        selection = self.selectionModel().selection()
        blocks = (selection.at(each) for each in range(selection.count()))
        return [range(block.top(), block.bottom() + 1) for block in blocks]

    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._rows.ids):
            self.opened.emit(self._rows.ids[index.row()])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plainly = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plainly:
            self._open(self.currentIndex())
        elif event.key() in PASSED_ON and plainly:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.widen()
        self.scrolled.emit()

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are the player's keys here, not a search in the first column."""

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._restoring:
            self.chosen.emit()

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        if not self._restoring:
            self.chosen.emit()


class _Place:
    """Where a table stood, by recordings instead of row numbers."""

    def __init__(self, table: RecordingTable, *, hold: bool) -> None:
        self._table = table
        self._selected = table.selected_ids()
        self._current = table.current_id
        self._top = table.top_id if hold or table.verticalScrollBar().value() > 0 else None
        self._offset = table.verticalScrollBar().value() - table.visible_rows.start * ROW_HEIGHT

    def restore(self, *, selection: bool) -> None:
        """Go back there; `selection` says that the rows were reset, so that it is lost otherwise."""
        table = self._table
        if selection:
            table.setAutoScroll(False)
            table.select_ids(self._selected, self._current)
            table.setAutoScroll(True)
        if self._top is None or self._top == table.top_id:
            return
        row = table.row_of(self._top)
        if row is not None:
            table.verticalScrollBar().setValue(row * ROW_HEIGHT + self._offset)
