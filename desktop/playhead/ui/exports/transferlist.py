"""The files of one export: a tab for each state, and below it the list of those that are in it."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from playhead.core.figures import number
from playhead.ui.exports.transferfiles import NAME, SHARE, SIZE, STATE_WORDS, WHY, FileState, TransferFiles
from playhead.ui.look.itemviews import as_rows, is_letter
from playhead.ui.wording.words import count

_ROW_HEIGHT: Final = 24
_ROWS: Final = 5.5
"""How many rows are seen at most; the half one says that there are more."""
_SIZE_WIDTH: Final = 140
_REMARK_WIDTH: Final = 180
_EXPLAINED: Final = (FileState.DOUBTFUL, FileState.SKIPPED, FileState.FAILED, FileState.LEFT)
_STOPPABLE: Final = (FileState.RUNNING, FileState.WAITING)


class TransferList(QWidget):
    """Shows the files in one state at a time; files that are still to come can be cancelled one by one."""

    cancel_asked = Signal(object)
    """Files are no longer wanted: their places in the plan (a tuple of int)."""

    def __init__(self, files: TransferFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._stoppable = True
        self._tabs = QTabBar()
        self._tabs.setObjectName("transferTabs")
        self._tabs.setAccessibleName("Files by state")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for state in FileState:
            self._tabs.addTab(STATE_WORDS[state])
        self._table = _FileTable()
        self._table.setObjectName("transferFiles")
        self._table.setModel(files)
        self._table.setItemDelegate(_FilePainter(self._table))
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(SIZE, _SIZE_WIDTH)
        header.resizeSection(WHY, _REMARK_WIDTH)
        self._table.delete_asked.connect(self._cancel_selected)
        self._table.customContextMenuRequested.connect(self._menu)
        self._tabs.currentChanged.connect(lambda tab: self.show_state(FileState(tab)))
        files.counted.connect(self._count)
        files.counted.connect(self._grow)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 0, 8, 6)
        column.setSpacing(2)
        column.addWidget(self._tabs)
        column.addWidget(self._table)
        self.stops: tuple[QWidget, ...] = (self._tabs, self._table)
        """Where Tab stops, in order."""
        self._tabs.setCurrentIndex(files.shown)
        self._count()

    def show_state(self, state: FileState) -> None:
        """List the files in `state`."""
        self._tabs.setCurrentIndex(state)
        if self._files.shown is not state:
            self._files.show_state(state)
        self._table.setAccessibleName(f"{STATE_WORDS[state]} files")
        told = state in _EXPLAINED
        self._table.setColumnHidden(SIZE, told)
        self._table.setColumnHidden(WHY, not (told or (state is FileState.DONE and self._files.remarks)))
        mode = QHeaderView.ResizeMode.Stretch if told else QHeaderView.ResizeMode.Interactive
        self._table.horizontalHeader().setSectionResizeMode(WHY, mode)
        self._table.setFixedHeight(_ROW_HEIGHT)
        self._grow()
        self._count()

    def begin(self) -> None:
        """The export works, or is going to."""
        self._stoppable = True
        self._count()

    def end(self) -> None:
        """Nothing of the export is to come any more: no file of it can be cancelled."""
        self._stoppable = False
        self._count()

    def _grow(self) -> None:
        """Make room for the rows. It never shrinks by itself: the lines below would jump while one reads."""
        needed = round(min(self._files.rowCount(), _ROWS) * _ROW_HEIGHT)
        if needed > self._table.height():
            self._table.setFixedHeight(needed)

    def _count(self) -> None:
        for state in FileState:
            files = self._files.count(state)
            text = f"{STATE_WORDS[state]} {number(files)}"
            if self._tabs.tabText(state) != text:
                self._tabs.setTabText(state, text)
            usual = state is FileState.DONE or (self._stoppable and state in _STOPPABLE)
            visible = usual or files > 0 or state == self._tabs.currentIndex()
            if self._tabs.isTabVisible(state) != visible:
                # Only then: Qt forgets to lay out what another call has changed before.
                self._tabs.setTabVisible(state, visible)

    def _selected(self) -> tuple[int, ...]:
        selection = self._table.selectionModel().selection()
        blocks = (selection.at(each) for each in range(selection.count()))
        rows = sorted({row for block in blocks for row in range(block.top(), block.bottom() + 1)})
        return tuple(self._files.place(row) for row in rows)

    def _cancel_selected(self) -> None:
        places = self._selected()
        if places and self._stoppable and self._files.shown in _STOPPABLE:
            self.cancel_asked.emit(places)

    def _menu(self, at: QPoint) -> None:
        chosen = len(self._selected())
        if not (chosen and self._stoppable and self._files.shown in _STOPPABLE):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Files")
        menu.addAction(f"Cancel {count(chosen, 'file')}\tDel", self._cancel_selected)
        menu.popup(self._table.viewport().mapToGlobal(at))


class _FileTable(QTableView):
    """Rows of files, by keyboard and pointer."""

    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        as_rows(self, _ROW_HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.delete_asked.emit()
        elif is_letter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _FilePainter(QStyledItemDelegate):
    """Keeps the end of a path in sight, and draws how far a running file is below its size."""

    @override
    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        name = index.column() == NAME
        option.textElideMode = Qt.TextElideMode.ElideMiddle if name else Qt.TextElideMode.ElideRight

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(SHARE) if index.column() == SIZE else None
        if share is None:
            return
        box: QRect = option.rect
        palette: QPalette = option.palette
        line = QRect(box.left() + 6, box.bottom() - 3, box.width() - 12, 2)
        painter.fillRect(line, palette.mid())
        line.setWidth(round(line.width() * min(1.0, max(0.0, share))))
        painter.fillRect(line, palette.accent())
