"""The table of recordings as the person sees and drives it."""

from array import array
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableView,
    QWidget,
)
from typing_extensions import override

from playhead.core.preferences import Density
from playhead.ui.look.announcing import tell_current
from playhead.ui.look.buttons import begin_in_open_menu
from playhead.ui.look.icons import Icons
from playhead.ui.look.itemviews import as_rows
from playhead.ui.look.theme import Theme
from playhead.ui.table.cellpainter import CellPainter
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.places import FoundRows, KeptRows, Place, find_again
from playhead.ui.table.selection import Selection
from playhead.ui.table.tableheader import PASSAGE_HEIGHT, ROW_HEIGHT, ROW_HEIGHTS, TableHeader

_TRAVELS = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}
"""Keys that lead to another row; those that are no keys of the table at all are the window's."""
_STEPS = {Qt.Key.Key_Up, Qt.Key.Key_Down}
_ENDS = {Qt.Key.Key_Home, Qt.Key.Key_End}
_SIDEWAYS = {Qt.Key.Key_Left, Qt.Key.Key_Right}
"""Keys that would lead to another column: rows are gone through, and their column stays."""
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_TRAVELLING = {Qt.KeyboardModifier.NoModifier, _SHIFT, _CONTROL, _SHIFT | _CONTROL}
_HOLDING = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_BY_KEY = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}

_AT_ONCE = 20_000
"""Ids among which a selection is looked for while the first rows are shown; it takes 2 ms."""


class RecordingTable(QTableView):
    """Rows to select, open and sort. Selection stays on the same recordings whatever happens to the rows."""

    opened = Signal(int)
    """A row the person wants to hear (Enter or double click): its catalogue id."""
    chosen = Signal()
    """Another row is current, or the selection is another."""
    menu_asked = Signal(QModelIndex, QPoint)
    """The menu of a row is wanted: the cell that is pointed at (invalid for none), a place on the screen."""
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
        self._left: Place | None = None
        self._anchor = QPersistentModelIndex()
        """Where a selection begins that is widened."""
        self._widening = False
        """The current row changes, and the anchor stays."""
        self._choosing = False
        """A row is being selected alone."""
        self._going = False
        """Another row is about to become the current one, which is told; its selection just before is not."""
        self.header = TableHeader(model.columns, self)
        """The columns, and the order of the rows."""
        self._density = Density.COMFORTABLE
        self.row_height = ROW_HEIGHT
        """Pixels."""
        self.tail = 0
        """Number of rows that stay the last ones whatever comes."""
        self.selection = Selection(model, self)
        """The selection."""
        self._lent: int | None = None
        """Catalogue id of the row that is current although nobody has chosen it."""
        self.setModel(model)
        self.setSelectionModel(self.selection)
        self.setHorizontalHeader(self.header)
        # Whether a whole column is selected is nothing to see here, but Qt looks at every row to know.
        for header in (self.header, self.verticalHeader()):
            header.setSelectionModel(QItemSelectionModel(model, header))
        # Not before: a table that does not sort by itself takes the arrow from the header that it is given.
        self.header.setSortIndicatorShown(True)
        self._cells = CellPainter(model, theme, icons, self)
        self.setItemDelegate(self._cells)
        as_rows(self, ROW_HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.customContextMenuRequested.connect(self._open_menu_at)
        self.header.reset_columns()
        self.doubleClicked.connect(self._open)
        self.header.density_chosen.connect(self.show_density)
        self.verticalScrollBar().valueChanged.connect(self._look)
        theme.changed.connect(self._fill)

    @property
    def current_id(self) -> int | None:
        """The catalogue id of the current row."""
        return self._id_at(self.currentIndex().row())

    @property
    def least_width(self) -> int:
        """Pixels that the usual columns need, and the scroll bar beside them."""
        return self.header.least + self.verticalScrollBar().sizeHint().width()

    @property
    def top_id(self) -> int | None:
        """The catalogue id of the first row that the viewport shows."""
        return self._id_at(self.rowAt(0))

    @property
    def visible_rows(self) -> range:
        """The rows that the viewport shows."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        count = len(self._rows.ids)
        return range(first, count if last < 0 else min(count, last + 1))

    @property
    def room(self) -> int:
        """The number of rows that fit below the last one, or are close to being scrolled to.

        With a `tail` that is room for those above it, but for who sees nothing but the tail.
        """
        ahead = self.viewport().height() // self.row_height + 1
        rows, count = self.visible_rows, len(self._rows.ids)
        above = count - self.tail
        return max(0, rows.stop + ahead - (above if rows.start < above else count))

    def row_of(self, identifier: int) -> int | None:
        """The row of a catalogue id."""
        return self._rows.row_of(identifier)

    def selected_rows(self) -> list[int]:
        """The selected rows, from the top, as far as Qt knows of them; meant for selections one can see."""
        return [row for block in self.selection.blocks() for row in block]

    def selected_ids(self) -> "array[int]":
        """The catalogue ids of the selected rows, in the table's order; a million take some milliseconds."""
        return self.selection.ids()

    def selected_count(self) -> int:
        """The number of selected rows, without looking at each."""
        return self.selection.number

    @property
    def selection_in_view(self) -> bool:
        """True if the viewport shows a row that is selected."""
        return self.selection.within(self.visible_rows)

    def meant_ids(self) -> "array[int]":
        """The catalogue ids of the selected rows, or that of the current one where none is selected."""
        current = self.current_id
        return self.selection.ids() if self.selection.number or current is None else array("q", [current])

    def leave(self, *, hold: bool = False) -> Place:
        """The state of the table. It is asked for this before its rows are replaced.

        Between the first rows of a listing and the whole of it, what is selected and current is what was so
        before the first ones.
        """
        scrolled = self.verticalScrollBar().value()
        top = self.top_id if hold or scrolled > 0 else None
        offset = scrolled - self.visible_rows.start * self.row_height
        if self._left is not None and self._left.chosen.version == self.selection.version:
            return replace(self._left, top=top, offset=offset)
        self._left = None
        return Place(
            chosen=self.selection.chosen(),
            current=self.current_id,
            absent=self.selection.absent,
            top=top,
            offset=offset,
        )

    def show_first(self, ids: "array[int]") -> None:
        """Show the first rows of a listing that is still being made, from the top."""
        self._left = place = self.leave()
        self._restoring = True
        self._rows.show_listing(ids)
        if place.chosen.everything or place.chosen.most + len(ids) <= _AT_ONCE:
            self._find_again(place, find_again(place.chosen.kept(), ids))
        self.scrollToTop()
        # Now, not after the rows are painted: they would be painted twice.
        self.executeDelayedItemsLayout()
        self._restoring = False
        self._look()

    def show_listing(self, ids: "array[int]", *, hold: bool = False, found: FoundRows | None = None) -> None:
        """Show other rows; selection, current row and place stay on the same recordings.

        A table that stands at its top stays there, unless `hold` asks to keep the rows in place there too.
        `found` is the place of the selection in `ids`, if it was looked for already.
        """
        place, whole = self.leave(hold=hold), self._left is None
        self._left = None
        self._restoring = True
        changes = self._rows.show_listing(ids)
        if self.isVisible():
            # Until that is done, it can be scrolled no further than the rows of before reached.
            self.executeDelayedItemsLayout()
        if changes is not None and whole and self.selection.can_follow(changes, place.chosen):
            self.selection.follow(changes, place.chosen)
            self._find_current(place)
        else:
            self._find_again(place, found or find_again(place.chosen.kept(), ids))
        self._scroll_back(place)
        self._restoring = False
        if (self.selected_count(), self.current_id) != (place.chosen.number, place.current):
            self.chosen.emit()
        self._look()

    def select_ids(self, ids: Sequence[int], current: int | None = None) -> None:
        """Select these recordings, by their catalogue ids; one that is not listed is selected once it is."""
        self.selection.select(QItemSelection(), QItemSelectionModel.SelectionFlag.Clear)
        self.selection.restore(find_again(KeptRows(array("q", ids)), self._rows.ids), everything=False)
        self._make_current(current)
        self._look()
        self.chosen.emit()

    def choose_again(self) -> None:
        """Say that the current recording has arrived, or may be another than before."""
        self.chosen.emit()

    def open_current(self) -> None:
        """Open the current row, as Enter does."""
        self._open(self.currentIndex())

    def open_menu(self) -> None:
        """Ask for the menu of the current row, for who comes by key; the row is brought into view for it."""
        index = self.currentIndex()
        if not index.isValid():
            return
        self.reveal_current()
        if not self.selection.isRowSelected(index.row()):
            self.selectRow(index.row())
        # Never through a place: that of a row in the viewport is another one in the table.
        place = self.visualRect(index).center()
        room = self.viewport().rect()
        place.setX(min(max(place.x(), room.left()), room.right()))
        self.menu_asked.emit(self.currentIndex(), self.viewport().mapToGlobal(place))
        begin_in_open_menu()

    def select_everything(self) -> None:
        """Select all that is listed, and what will be."""
        self.selection.select_everything()
        self.chosen.emit()

    def settle(self) -> None:
        """Keep to the recordings that are selected now, as another question is asked."""
        if self._left is not None and self._left.chosen.everything:
            chosen = replace(self._left.chosen, everything=False, wanting=None)
            self._left = replace(self._left, chosen=chosen)
        if self.selection.everything:
            self.selection.settle()
            self.chosen.emit()

    def enter(self) -> None:
        """Take the focus; where nothing is selected, the current row or the first one is."""
        if not self.selection.number and self._rows.ids:
            self.selectRow(max(0, self.currentIndex().row()))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, row: int) -> None:
        """Make a row the current one, in the middle of the table if it was not in view."""
        self.selectRow(row)
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def show_from(self, row: int) -> None:
        """Scroll a row to the top of the viewport, as far as there are rows below it."""
        self.verticalScrollBar().setValue(row * self.row_height)

    def visit(self, row: int) -> None:
        """Go to a row, which is shown at the top and becomes current, and select nothing."""
        index = self._rows.index(row, self._edge_column())
        self.selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.show_from(row)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_density(self, density: Density) -> None:
        """Rows of another height: `comfortable` or `compact`; the first one in view stays where it is."""
        self._density = density
        self.header.show_density(density)
        self._stretch_rows()

    def show_passages(self, *, on: bool) -> None:
        """Have a line below each row for what was said, or no longer."""
        if on != self._cells.passages:
            self._cells.passages = on
            self._stretch_rows()

    def _stretch_rows(self) -> None:
        top = self.visible_rows.start if self.verticalScrollBar().value() else 0
        self.row_height = ROW_HEIGHTS[self._density] + (PASSAGE_HEIGHT if self._cells.passages else 0)
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        self.verticalScrollBar().setValue(top * self.row_height)
        self._look()

    def step(self, by: int) -> int | None:
        """Make the row `by` places from the current one current; its catalogue id, if there is one."""
        row = self.currentIndex().row() + by
        identifier = self._id_at(row)
        if identifier is not None:
            self.selectRow(row)
        return identifier

    def reveal_current(self) -> None:
        """Bring the current row into view, or the first one if nobody has chosen one.

        Nobody has chosen that which Qt makes current for one that is not listed any more, nor that which
        became current because the focus came to the table.
        """
        if self._is_lent():
            self.scrollToTop()
            self._lend(self._rows.index(0, self._edge_column()))
        elif self.currentIndex().isValid() and self.selection.absent is None:
            seen = self.currentIndex().row() in self.visible_rows
            hint = QAbstractItemView.ScrollHint
            self.scrollTo(self.currentIndex(), hint.EnsureVisible if seen else hint.PositionAtCenter)
        else:
            self.scrollToTop()

    def _id_at(self, row: int) -> int | None:
        return self._rows.ids[row] if 0 <= row < len(self._rows.ids) else None

    def _fill(self) -> None:
        # WORKAROUND QStyleSheetStyle: it switches this off whenever it dresses the table, and a viewport that
        # is not filled is painted anew as a whole for every row that it is scrolled by.
        self.viewport().setAutoFillBackground(True)
        self.viewport().update()

    def _find_again(self, place: Place, found: FoundRows) -> None:
        self.setAutoScroll(False)
        self._find_current(place)
        self.selection.restore(found, everything=place.chosen.everything)
        self.setAutoScroll(True)

    def _scroll_back(self, place: Place) -> None:
        """Show the row again that stood at the top, where it stood."""
        if place.top is None or place.top == self.top_id:
            return
        row = self.row_of(place.top)
        if row is not None:
            self.verticalScrollBar().setValue(row * self.row_height + place.offset)

    def _find_current(self, place: Place) -> None:
        there = self._make_current(place.sought)
        self.selection.absent = None if there else place.sought
        if not there:
            self._make_current(place.current)

    def _make_current(self, identifier: int | None) -> bool:
        """Make a recording the current one, if it is listed; true if it is."""
        if identifier == self.current_id:
            return True
        row = self._rows.row_of(identifier) if identifier is not None else None
        if row is not None:
            index = self._rows.index(row, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        return row is not None

    def _look(self) -> None:
        """The viewport shows other rows, or other recordings in them."""
        rows = self.visible_rows
        self._rows.look_within(rows)
        if self.state() is QAbstractItemView.State.NoState:
            self.selection.mirror(rows)
        self.scrolled.emit()

    def _open_menu_at(self, place: QPoint) -> None:
        """Ask for the menu of what is at a place of the viewport, for who comes with the pointer."""
        self.menu_asked.emit(self.indexAt(place), self.viewport().mapToGlobal(place))

    def _attend(self) -> None:
        """Make a row current if none is: one that is in view. It is not selected by that."""
        rows = self.visible_rows
        if not self.currentIndex().isValid() and rows:
            self._lend(self._rows.index(rows.start, self._edge_column()))

    def _lend(self, index: QModelIndex) -> None:
        """Make a row current that nobody has chosen."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._lent = self.current_id

    def _is_lent(self) -> bool:
        return not self.selection.number and self._lent is not None and self._lent == self.current_id

    def _edge_column(self) -> int:
        """The column at the edge where a row begins."""
        edge = self.viewport().width() - 1 if self.isRightToLeft() else 0
        return max(0, self.header.logicalIndexAt(edge))

    def _travel(self, key: int, *, extends: bool, looks: bool) -> None:
        """Go where a key leads, in the same column, and select the row.

        With `extends`, all from where one was before to there are selected; with `looks`, nothing is.
        """
        here = self.currentIndex().row()
        row = self._row_after(key, here)
        if row is None:
            return
        if key in _STEPS and not self.selection.number and here >= 0 and not (extends or looks):
            # Whoever came by Tab has not selected the row yet that the key would leave.
            row = here
        column = self.currentIndex().column()
        if column < 0 or self.header.isSectionHidden(column):
            column = self._edge_column()
        index = self._rows.index(row, column)
        if extends:
            self._extend(index)
        elif looks:
            self.selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        else:
            self._choose(index)

    def _row_after(self, key: int, here: int) -> int | None:
        """The row that a key leads to from row `here` (-1 for none); None if there are no rows."""
        page = max(1, self.viewport().height() // self.row_height - 1)
        last = len(self._rows.ids) - 1
        ways = {
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_PageUp: here - page,
            Qt.Key.Key_PageDown: here + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        return max(0, min(ways[Qt.Key(key)], last)) if last >= 0 else None

    def _extend(self, index: QModelIndex) -> None:
        """Select all rows from the anchor to a cell, which becomes current."""
        anchor = self._anchor.row() if self._anchor.isValid() else max(0, self.currentIndex().row())
        first, last = sorted((anchor, index.row()))
        self._anchor = QPersistentModelIndex(self._rows.index(anchor, 0))
        rows = QItemSelection(self._rows.index(first, 0), self._rows.index(last, len(self._rows.columns) - 1))
        self.selection.select(rows, _ALONE)
        self._widening = True
        self.selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._widening = False

    def _choose(self, index: QModelIndex) -> None:
        """Select the row of a cell alone, whatever keys are held."""
        self._choosing, self._going = True, index != self.currentIndex()
        self.setCurrentIndex(index)
        self._choosing = self._going = False

    def _open(self, index: QModelIndex) -> None:
        identifier = self._id_at(index.row())
        if identifier is not None:
            self.opened.emit(identifier)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plainly = not held & _HOLDING
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plainly:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and held == _SHIFT):
            self.open_menu()
        elif event.key() in _TRAVELS and held in _TRAVELLING:
            looks = held == _CONTROL and event.key() not in _ENDS
            self._travel(event.key(), extends=bool(held & _SHIFT), looks=looks)
        elif event.key() in _SIDEWAYS or (plainly and event.key() not in _TRAVELS):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.open_menu()
        else:
            self.customContextMenuRequested.emit(event.pos())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._widening = bool(event.modifiers() & _SHIFT)
        super().mousePressEvent(event)
        self._widening = False

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in _BY_KEY:
            # Before Qt makes the first row current, which may be far away.
            self._attend()
        known = self.currentIndex().isValid()
        super().focusInEvent(event)
        if not known:
            self._lent = self.current_id
        tell_current(self)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.fit()
        self._look()

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are the player's keys here, not a search in the first column."""

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not (self._restoring or self._going or self.selection.telling):
            self.chosen.emit()

    @override
    def selectRow(self, row: int) -> None:
        # WORKAROUND QTableView::selectRow: from right to left it looks for a column one pixel beyond the edge
        # of the viewport; where none is cut off there, it finds none and selects nothing.
        self._choose(self._rows.index(row, self._edge_column()))

    @override
    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # Without an event Qt goes by the keys that are held: Ctrl, of a shortcut, would take the row out.
        return _ALONE if self._choosing else super().selectionCommand(index, event)

    @override
    def selectAll(self) -> None:
        self.select_everything()

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        if not self._widening:
            self._anchor = QPersistentModelIndex(current)
        if not self._restoring:
            self.selection.absent = None
            self._lent = None
            self.chosen.emit()
