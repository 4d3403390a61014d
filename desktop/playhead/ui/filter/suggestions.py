"""Suggestions below a line of text, which keeps the focus."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from playhead.ui.look.announcing import announce
from playhead.ui.look.labels import plain
from playhead.ui.look.lefttoright import readable
from playhead.ui.look.theme import Theme
from playhead.ui.wording.words import count

LINE = 28
WIDEST = 520
_GAP = 2
"""Pixels between the line and the list."""
_EDGE = 5
"""Pixels of border and padding of the list, on each side."""

_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.LayoutDirectionChange}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list."""

    label: str
    detail: str = ""
    act: bool = False
    """True if it does something, instead of being something to write."""


class _Role(IntEnum):
    DETAIL = Qt.ItemDataRole.UserRole
    ACT = Qt.ItemDataRole.UserRole + 1


class Suggestions(QListWidget):
    """A list above everything else in the window, right below `line`; none of it is chosen at first."""

    chosen = Signal(int)
    """The place of a suggestion that was clicked."""

    def __init__(self, line: QLineEdit, theme: Theme) -> None:
        super().__init__()
        self._line = line
        self.setObjectName("suggestions")
        self.setAccessibleName("Suggestions")
        self.setProperty("popup", "true")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Painter(theme, self))
        self.itemClicked.connect(lambda item: self.chosen.emit(self.row(item)))
        theme.changed.connect(self.viewport().update)
        # Until there is something to offer it belongs to the line, and goes with it.
        self.setParent(line)
        self.hide()

    @property
    def place(self) -> int:
        """The place of the highlighted one, from 0 on; -1 for none."""
        return self.currentRow()

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these, or hide if there are none; a screen reader is told how many."""
        self.clear()
        for each in suggestions:
            item = QListWidgetItem(readable(plain(each.label)), self)
            item.setData(_Role.DETAIL, readable(plain(each.detail)))
            item.setData(_Role.ACT, each.act)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, plain(f"{each.label}  {each.detail}"))
        self.setCurrentRow(-1)
        if not suggestions:
            self.hide()
            return
        if self.isHidden():
            announce(self._line, count(len(suggestions), "suggestion") + " below")
        self._take_place()

    def step(self, by: int) -> None:
        """Highlight the next (1) or the one before (-1); above the first there is none."""
        if self.count():
            self.setCurrentRow((self.place + 1 + by) % (self.count() + 1) - 1)
            item = self.currentItem()
            if item is not None:
                announce(self._line, str(item.data(Qt.ItemDataRole.AccessibleTextRole)))

    def _take_place(self) -> None:
        window = self._line.window()
        self.setParent(window)
        width = min(self._line.width(), WIDEST)
        top_left = self._line.mapTo(window, QPoint(0, self._line.height() + _GAP))
        if self._line.isRightToLeft():
            top_left.setX(top_left.x() + self._line.width() - width)
        room = max(LINE, window.height() - top_left.y() - 8)
        height = min(self.count() * LINE + 2 * _EDGE, room)
        self.setGeometry(QRect(top_left, QSize(width, height)))
        self.raise_()
        self.show()

    def _around(self) -> Iterator[QWidget]:
        """The line and everything it stands in: if one of them moves in its parent, the line moves too."""
        widget: QWidget | None = self._line
        while widget is not None:
            yield widget
            widget = None if widget.isWindow() else widget.parentWidget()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for each in self._around():
            each.installEventFilter(self)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for each in self._around():
            each.removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and not self.isHidden():
            self._take_place()
        return False


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, suggestions: Suggestions) -> None:
        super().__init__(suggestions)
        self._theme = theme
        self._list = suggestions

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, LINE)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette = self._theme.palette
        box = QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.selection if selected else palette.hover)
            painter.drawRoundedRect(box, 4, 4)
        painter.setFont(self._list.font())
        metrics = painter.fontMetrics()
        inner = box.adjusted(8, 0, -8, 0)
        direction = Qt.LayoutDirection(option.direction)
        begin = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        end = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.setPen(palette.link if index.data(_Role.ACT) else palette.text)
        painter.drawText(inner, begin, label)
        room = inner.width() - metrics.horizontalAdvance(label) - 16
        detail = str(index.data(_Role.DETAIL) or "")
        if detail and room > metrics.averageCharWidth() * 4:
            painter.setPen(palette.dim)
            painter.drawText(inner, end, metrics.elidedText(detail, Qt.TextElideMode.ElideRight, room))
        painter.restore()
