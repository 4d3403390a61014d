"""List of the fields of a recording: the inspector's first page.

One list, not a label for each field: another recording is one change, which is laid out whole and told to a
screen reader once, however fast rows change.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from playhead.ui.inspector.detaillines import COPIED, IDS, DetailLine
from playhead.ui.look.icons import Icons
from playhead.ui.look.itemviews import NOWHERE, AnyIndex
from playhead.ui.look.labels import as_tip, fitted
from playhead.ui.look.lefttoright import below, loosened
from playhead.ui.look.theme import Theme, monospace

_CAPTION: Final = 80
"""Pixels of the column of names, at least."""
_GAP: Final = 8
"""Pixels between names and values, and from line to line."""
_SIGN: Final = 18
"""Pixels of the place for the sign that copies."""
_DRAWING: Final = 12
_TALLEST: Final = 100_000
_WRAPPED: Final = int(
    Qt.TextFlag.TextWordWrap
    | Qt.AlignmentFlag.AlignTop
    | Qt.AlignmentFlag.AlignLeft
    | Qt.AlignmentFlag.AlignAbsolute
)
_PASSED_ON: Final = {Qt.Key.Key_Left, Qt.Key.Key_Right}
"""Keys that belong to the player, like every letter: the list has no use for them."""
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class _Role(IntEnum):
    LINE = Qt.ItemDataRole.UserRole


class Details(QListView):
    """A line for each field that has a value; Enter, a double click or its sign copies it."""

    copied = Signal(str, str)
    """The text, and what it is."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = _Fields(self)
        self._painter = _LinePainter(self, theme, icons)
        self.setObjectName("detailsList")
        self.setAccessibleName("Details")
        self.setAccessibleDescription("Enter copies a line")
        self.setProperty("panel", "true")
        self.setModel(self._fields)
        self.setItemDelegate(self._painter)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        theme.changed.connect(self._look_anew)

    @property
    def lines(self) -> Sequence[DetailLine]:
        """The lines, from the top."""
        return self._fields.lines

    def show_lines(self, lines: Sequence[DetailLine]) -> None:
        """Show these in place of all others."""
        self._painter.forget()
        self._fields.show(lines)

    def sign_of(self, index: QModelIndex) -> QRect:
        """The place of the sign that copies a line, in the viewport; empty if it has none."""
        line: DetailLine = index.data(_Role.LINE)
        box = self.visualRect(index)
        return _sign_in(box) if line.name in COPIED else QRect()

    def tip_of(self, index: AnyIndex) -> str:
        """The whole value of a line as a tool tip, if not all of it can be seen."""
        line: DetailLine = index.data(_Role.LINE)
        return as_tip(line.whole) if "…" in self._painter.text(line, self.viewport().width()) else ""

    def _look_anew(self) -> None:
        self._painter.forget()
        self.viewport().update()

    def _copy(self, index: QModelIndex) -> None:
        if index.isValid():
            line = self.lines[index.row()]
            self.copied.emit(line.whole, line.name)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Lines are as high as their values need in the new width.
        self.scheduleDelayedItemsLayout()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._painter.forget()
        super().changeEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and self.sign_of(index).contains(place):
            self._copy(index)
        super().mouseReleaseEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and not self.sign_of(index).contains(place):
            self._copy(index)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.viewport().setCursor(self._cursor_at(event.position().toPoint()))

    def _cursor_at(self, place: QPoint) -> Qt.CursorShape:
        index = self.indexAt(place)
        over = index.isValid() and self.sign_of(index).contains(place)
        return Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER or event.matches(QKeySequence.StandardKey.Copy):
            self._copy(self.currentIndex())
        elif (event.text().isprintable() and event.text()) or event.key() in _PASSED_ON:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        # The key of the window that copies rows must not take the one that copies a line.
        copies = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy)
        if copies and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


class _Fields(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: Sequence[DetailLine] = ()

    def show(self, found: Sequence[DetailLine]) -> None:
        """Have these lines from now on."""
        if found != self.lines:
            self.beginResetModel()
            self.lines = found
            self.endResetModel()

    @override
    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken
            case _Role.LINE:
                return line
            case _:
                return None


class _LinePainter(QStyledItemDelegate):
    """Paints the name of a field, its value beside it, and the sign that copies it."""

    def __init__(self, view: Details, theme: Theme, icons: Icons) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._copy = icons.get("copy", "dim")
        self._caption: int | None = None
        self._laid: dict[tuple[DetailLine, int], Sequence[tuple[str, QRect]]] = {}
        """The parts of a value in a line of so many pixels: Qt asks for its height several times a layout."""

    def forget(self) -> None:
        """Lay everything out anew: lines or fonts are others."""
        self._caption = None
        self._laid.clear()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        width = self._view.viewport().width()
        line: DetailLine = index.data(_Role.LINE)
        heights = [box.height() for _, box in self._parts(line, width)]
        return QSize(width, max(sum(heights), self._view.fontMetrics().height()) + _GAP)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        palette, box = self._theme.palette, QRect(option.rect)
        line: DetailLine = index.data(_Role.LINE)
        painter.save()
        painter.setFont(self._view.font())
        painter.setPen(palette.dim)
        inner = box.adjusted(0, _GAP // 2, 0, 0)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignTop), line.name)
        painter.setFont(self._font(line))
        painter.setPen(palette.text)
        place = QPoint(inner.left() + self._captions, inner.top())
        for text, part in self._parts(line, box.width()):
            painter.drawText(part.translated(place), _WRAPPED, text)
            place.setY(place.y() + part.height())
        if line.name in COPIED:
            sign = _sign_in(box)
            corner = QRect(0, 0, _DRAWING, _DRAWING)
            corner.moveCenter(sign.center())
            self._copy.paint(painter, corner)
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(palette.focus)
            # Around the value: the name stands at the very edge.
            painter.drawRoundedRect(box.adjusted(self._captions - 5, 1, -1, -2), 4, 4)
        painter.restore()

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        tip = self._view.tip_of(index) if index.isValid() else ""
        QToolTip.showText(event.globalPos(), tip, view)
        return True

    @property
    def _captions(self) -> int:
        """Width of the column of names, with the gap behind it."""
        if self._caption is None:
            metrics = self._view.fontMetrics()
            widest = max((metrics.horizontalAdvance(line.name) for line in self._view.lines), default=0)
            self._caption = max(_CAPTION, widest + _GAP)
        return self._caption

    def _font(self, line: DetailLine) -> QFont:
        return monospace() if line.name in IDS else self._view.font()

    def text(self, line: DetailLine, width: int) -> str:
        """The value as it is drawn in a line of so many pixels."""
        return "\n".join(text for text, _ in self._parts(line, width))

    def _parts(self, line: DetailLine, width: int) -> Sequence[tuple[str, QRect]]:
        """The texts of a value as they are drawn, and the room of each: the first stands beside the sign."""
        if (line, width) not in self._laid:
            self._laid[line, width] = tuple(self._lay(line, width))
        return self._laid[line, width]

    def _lay(self, line: DetailLine, width: int) -> Iterator[tuple[str, QRect]]:
        metrics = QFontMetrics(self._font(line))
        room = self._room(width, beside_sign=line.name in COPIED)
        for text in line.shown:
            for part in [text] if metrics.horizontalAdvance(text) <= room else below(text):
                drawn = part if fitted(part, metrics, room) == part else fitted(loosened(part), metrics, room)
                box = metrics.boundingRect(QRect(0, 0, room, _TALLEST), _WRAPPED, drawn)
                yield drawn, QRect(0, 0, room, box.height())
                room = self._room(width)

    def _room(self, width: int, *, beside_sign: bool = False) -> int:
        return max(40, width - self._captions - 2 - (_SIGN if beside_sign else 0))


def _sign_in(box: QRect) -> QRect:
    return QRect(box.right() - _SIGN + 1, box.top() + _GAP // 2, _SIGN, _SIGN)
