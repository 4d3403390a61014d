"""List of a transcript's rows, of any number: only those in sight are laid out.

Qt's own list would measure all rows whenever its width changes, which takes a second for hours of speech.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView
from typing_extensions import override

from playhead.core.finding.speechhits import Hit
from playhead.core.transcript import Transcript
from playhead.ui.inspector.rowheights import RowHeights
from playhead.ui.inspector.spokentext import SpokenText
from playhead.ui.inspector.spokentextpainting import RowState, SpokenTextPainter
from playhead.ui.look.itemviews import NOWHERE, AnyIndex, is_letter
from playhead.ui.look.labels import as_tip
from playhead.ui.look.theme import Theme

_PASSED_ON: Final = {Qt.Key.Key_Left, Qt.Key.Key_Right}
"""Keys that belong to the player, like every letter: the rows have no use for them."""
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_NOTHING: Final = SpokenText(Transcript(id="", locale=None, lines=()))
_Move = QAbstractItemView.CursorAction


class TranscriptLines(QListView):
    """Rows with their times; a click or Enter goes there, and the row that is heard is marked and followed.

    Who scrolls elsewhere is left there, until the row that is heard is in sight again.
    """

    entered_row = Signal(int)
    """A click on a row, or Enter."""
    find_asked = Signal()
    """The person wants to look for words in it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._spoken = _NOTHING
        self._rows = _Rows(self)
        self._heights = RowHeights()
        self._painter = SpokenTextPainter(theme)
        self._heard = -1
        self._strayed = False
        """The person has gone through the rows since what is heard was last followed."""
        self.setObjectName("transcriptLines")
        self.setAccessibleName("Transcript")
        self.setAccessibleDescription("Enter plays from a line")
        self.setProperty("panel", "true")
        self.setModel(self._rows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().actionTriggered.connect(lambda _: self._stray())
        theme.changed.connect(self.viewport().update)

    @property
    def spoken(self) -> SpokenText:
        """The rows that are shown."""
        return self._spoken

    @property
    def heard(self) -> int:
        """The row that is heard now; -1 if none is."""
        return self._heard

    def show_spoken(self, spoken: SpokenText | None) -> None:
        """Show these rows from the top, none of them heard or marked."""
        self._spoken = spoken or _NOTHING
        self._heard, self._strayed = -1, False
        self._painter.mark({}, -1)
        self._rows.show(self._spoken)
        self.verticalScrollBar().setValue(0)
        self._lay()

    def show_hits(self, hits: Sequence[Hit], current: int) -> None:
        """Mark hits, the one with the number `current` stronger."""
        self._painter.mark(self._spoken.marks(hits), current)
        self.viewport().update()

    def show_heard(self, row: int) -> None:
        """Mark the row that is heard, and keep it in sight unless the person reads elsewhere."""
        if row == self._heard:
            return
        met = self.visualRect(self._rows.index(self._heard, 0)).intersects(self.viewport().rect())
        self._strayed = self._strayed and not met
        self._heard = row
        self.viewport().update()
        if row >= 0 and not self._strayed:
            self.scrollTo(self._rows.index(row, 0))

    def show_row(self, row: int) -> None:
        """Bring a row into the middle, to be read there."""
        self.setCurrentIndex(self._rows.index(row, 0))
        self.scrollTo(self._rows.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._strayed = True

    def follow(self) -> None:
        """Go along with what is heard from now on."""
        self._strayed = False

    # Geometry

    @override
    def visualRect(self, index: AnyIndex) -> QRect:
        row = index.row()
        if not 0 <= row < len(self._spoken.rows):
            return QRect()
        top = self._heights.top(row) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self._heights.height(row))

    @override
    def indexAt(self, p: QPoint) -> QModelIndex:
        y = p.y() + self.verticalOffset()
        inside = 0 <= y < self._heights.total
        return self._rows.index(self._heights.at(y), 0) if inside else QModelIndex()

    @override
    def scrollTo(
        self,
        index: AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid():
            return
        # What is around it may turn out higher or lower than was guessed once it comes into sight.
        for _ in range(2):
            self.verticalScrollBar().setValue(self._value_for(index.row(), hint))
            self._measure()

    @override
    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    @override
    def horizontalOffset(self) -> int:
        return 0

    @override
    def moveCursor(self, cursorAction: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        last, here = len(self._spoken.rows) - 1, max(0, self.currentIndex().row())
        page = self.viewport().height()
        place = self._heights.top(here) if last >= 0 else 0
        row = {
            _Move.MoveUp: here - 1,
            _Move.MovePrevious: here - 1,
            _Move.MoveDown: here + 1 if self.currentIndex().isValid() else 0,
            _Move.MoveNext: here + 1,
            _Move.MoveHome: 0,
            _Move.MoveEnd: last,
            _Move.MovePageUp: min(self._heights.at(place - page), here - 1),
            _Move.MovePageDown: max(self._heights.at(place + page), here + 1),
        }.get(cursorAction, here)
        self._stray()
        return self._rows.index(min(max(0, row), last), 0)

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Nothing is selected here."""

    @override
    def visualRegionForSelection(self, selection: object) -> QRegion:
        return QRegion()

    @override
    def isIndexHidden(self, index: AnyIndex) -> bool:
        return False

    @override
    def doItemsLayout(self) -> None:
        self._lay()

    @override
    def updateGeometries(self) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setSingleStep(max(1, self.fontMetrics().height()))
        bar.setRange(0, max(0, self._heights.total - page))

    # Events

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        top, bottom = event.rect().top(), event.rect().bottom()
        if not self._spoken.rows:
            return
        first, last = (self._heights.at(y + self.verticalOffset()) for y in (top, bottom))
        current = self.currentIndex().row() if self.hasFocus() else -1
        over = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())).row()
        hovered = over if self.viewport().underMouse() else -1
        for row in range(first, last + 1):
            state = RowState(heard=row == self._heard, focused=row == current, hovered=row == hovered)
            self._painter.paint(painter, self.visualRect(self._rows.index(row, 0)), row, state)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._lay()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._measure()
        self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._enter(index.row())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._enter(self.currentIndex().row())
        elif is_letter(event) or event.key() in _PASSED_ON:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _enter(self, row: int) -> None:
        self._strayed = False
        self.entered_row.emit(row)

    def _stray(self) -> None:
        """Leave the person where they go; what is heard is followed again once it is met."""
        self._strayed = True

    # Heights

    def _lay(self) -> None:
        """Take the heights anew: other rows, or another width; what is at the top stays there."""
        top = self._heights.at(self.verticalOffset()) if self._heights.total else 0
        self._painter.lay(self._spoken, self.font(), self.viewport().width())
        self._heights = RowHeights(self._painter.guesses())
        self.updateGeometries()
        if 0 < top < len(self._spoken.rows):
            self.verticalScrollBar().setValue(self._heights.top(top))
        self._measure()
        self.viewport().update()

    def _measure(self) -> None:
        """Measure what is in sight and the page above; what is in sight stays where it is."""
        offset, page = self.verticalOffset(), self.viewport().height()
        rows = self._heights.unmeasured(offset - page, offset + page)
        if not rows:
            return
        first = self._heights.at(offset)
        into = offset - self._heights.top(first)
        self._heights.learn({row: self._painter.height(row) for row in rows})
        self.updateGeometries()
        if self._heights.top(first) + into != offset:
            self.verticalScrollBar().setValue(self._heights.top(first) + into)

    def _value_for(self, row: int, hint: QAbstractItemView.ScrollHint) -> int:
        top, height = self._heights.top(row), self._heights.height(row)
        page, offset = self.viewport().height(), self.verticalOffset()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            return top - (page - height) // 2
        return min(top, max(offset, top + height - page))


class _Rows(QAbstractListModel):
    """Rows of a spoken text, for a view and a screen reader."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._spoken = _NOTHING

    def show(self, spoken: SpokenText) -> None:
        """Show these in place of all others."""
        self.beginResetModel()
        self._spoken = spoken
        self.endResetModel()

    @override
    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._spoken.rows)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._spoken.text(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken.spoken(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(self._spoken.who(index.row())) or None
        return None
