"""The tree of the side bar: how its lines are painted, and what is hit in them."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)
from typing_extensions import override

from playhead.ui.look.announcing import tell_current_line
from playhead.ui.look.buttons import begin_in_open_menu
from playhead.ui.look.itemviews import is_letter
from playhead.ui.look.labels import plain
from playhead.ui.look.lefttoright import readable
from playhead.ui.look.theme import Theme, semibold

LINE = 28
NOTE = 20


@dataclass(frozen=True, slots=True)
class Health:
    """Health of an account: a colour's name, a few words, and what can be done about it."""

    role: str = "busy"
    text: str = ""
    action: str = ""


class SourceRole(IntEnum):
    """Values that an item of the tree carries beside its text."""

    SCOPE = Qt.ItemDataRole.UserRole
    COUNT = Qt.ItemDataRole.UserRole + 1
    HEALTH = Qt.ItemDataRole.UserRole + 2
    ACCOUNT = Qt.ItemDataRole.UserRole + 3
    CAPTION = Qt.ItemDataRole.UserRole + 4
    SAVED = Qt.ItemDataRole.UserRole + 5
    """The place of a saved filter."""


class SourceTree(QTreeWidget):
    """The accounts and their kinds, each line with its count and each account with its health."""

    entered_item = Signal(object, int)
    """Enter was pressed on an item."""
    action_hit = Signal(str)
    """The action of an account's health was clicked: the account's id."""
    verb_hit = Signal(object, str)
    """A key that stands for something that can be done with an item: `rename`, `remove`, `up`, `down`."""
    dragged = Signal(int, int)
    """A saved filter was dragged: the place that it has, and the one that it is to have."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sourceTree")
        self.setAccessibleName("Accounts")
        self.setProperty("panel", "true")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(16)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setDragDropMode(QTreeWidget.DragDropMode.InternalMove)
        self.setItemDelegate(_SourcePainter(theme, self))

    @property
    def marked(self) -> QTreeWidgetItem | None:
        """The line that the table is narrowed to."""
        return next(iter(self.selectedItems()), None)

    def mark(self, item: QTreeWidgetItem | None) -> None:
        """Show what the table is narrowed to; the keyboard goes there if it is in the tree."""
        self.clearSelection()
        if item is not None:
            item.setSelected(True)
        if self.hasFocus():
            self._stand_at(item)

    def saved_items(self) -> list[QTreeWidgetItem]:
        """The lines of the saved filters, in their order."""
        return [item for item in self.every_item() if item.data(0, SourceRole.SAVED) is not None]

    def every_item(self) -> list[QTreeWidgetItem]:
        """Every line, the captions included."""
        tops = [self.topLevelItem(each) for each in range(self.topLevelItemCount())]
        found = [item for item in tops if item is not None]
        return found + [child for item in found for child in children_of(item)]

    @override
    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Nothing: the indentation says enough."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            # Where the keyboard is can be seen though the table is narrowed to none of the lines.
            able = (each for each in self.every_item() if each.flags() & Qt.ItemFlag.ItemIsEnabled)
            with QSignalBlocker(self.selectionModel()):
                # It is said below, after the name of the tree.
                self._stand_at(self.marked or next(able, None))
            self.viewport().update()
        super().focusInEvent(event)
        tell_current_line(self)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stand nowhere while the keyboard is elsewhere.

        WORKAROUND Qt 6 (QAccessibleTableCell::state): the current line claims the focus for a screen reader,
        which takes the first that does for where the keyboard is when it comes back to the window.
        """
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self._stand_at(None)

    def _stand_at(self, item: QTreeWidgetItem | None) -> None:
        index = QModelIndex() if item is None else self.indexFromItem(item)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    @override
    def event(self, event: QEvent) -> bool:
        keyboard = QContextMenuEvent.Reason.Keyboard
        if isinstance(event, QContextMenuEvent) and event.reason() is keyboard:
            self._open_menu()
            return True
        return super().event(event)

    def _open_menu(self) -> None:
        """Ask for the menu of the current line, for who comes by key."""
        item = self.currentItem() or self.marked
        if item is not None:
            self.customContextMenuRequested.emit(self.visualItemRect(item).center())
            begin_in_open_menu()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem() or self.marked
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self.entered_item.emit(item, 0)
        elif _asks_for_menu(event):
            self._open_menu()
        elif is_letter(event):
            event.ignore()
        elif item is not None and item.data(0, SourceRole.SAVED) is not None and (verb := _verb(event)):
            self.verb_hit.emit(item, verb)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        account = self._action_at(event.position().toPoint())
        if account and event.button() == Qt.MouseButton.LeftButton:
            self.action_hit.emit(account)
        else:
            super().mousePressEvent(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._gap_at(event.position().toPoint()) is None:
            event.ignore()
        else:
            super().dragMoveEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        # Who keeps the filters shows them in their new order; Qt must not move the line, nor take it out.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        item, gap = self.marked, self._gap_at(event.position().toPoint())
        place = item.data(0, SourceRole.SAVED) if item is not None else None
        if place is None or gap is None:
            return
        to = gap - 1 if gap > place else gap
        if to != place:
            self.dragged.emit(place, to)

    def _gap_at(self, place: QPoint) -> int | None:
        """Before which saved filter something lands that is dropped here; None if not among them."""
        item, saved = self.itemAt(place), self.saved_items()
        row = self.indexOfTopLevelItem(item) if item is not None else -1
        if item is None or row < 0 or not saved:
            return None
        gap = row - self.indexOfTopLevelItem(saved[0])
        gap += place.y() > self.visualItemRect(item).center().y()
        return gap if 0 <= gap <= len(saved) else None

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            hand = Qt.CursorShape.PointingHandCursor if self._action_at(event.position().toPoint()) else None
            self.viewport().setCursor(hand or Qt.CursorShape.ArrowCursor)
        return super().viewportEvent(event)

    def _action_at(self, place: QPoint) -> str:
        item = self.itemAt(place)
        health = item.data(0, SourceRole.HEALTH) if item is not None else None
        if item is None or not isinstance(health, Health) or not health.action:
            return ""
        action = _HealthLine(self.visualItemRect(item), health, self).action_box
        inside = action.adjusted(-4, 0, 4, 0).contains(place)
        return str(item.data(0, SourceRole.ACCOUNT)) if inside else ""


def _asks_for_menu(event: QKeyEvent) -> bool:
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shift)


class _SourcePainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, tree: SourceTree) -> None:
        super().__init__(tree)
        self._theme = theme
        self._tree = tree

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        if index.data(SourceRole.CAPTION):
            return QSize(80, LINE + (12 if index.row() else 0))
        health = index.data(SourceRole.HEALTH)
        return QSize(120, LINE + (NOTE if isinstance(health, Health) and health.text else 0))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette = self._theme.palette
        box = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(SourceRole.CAPTION):
            font = semibold(self._tree.font())
            font.setPixelSize(11)
            painter.setFont(font)
            painter.setPen(palette.dim)
            painter.drawText(box.adjusted(8, 0, -8, -6), Qt.AlignmentFlag.AlignBottom, str(index.data()))
        else:
            self._paint_line(painter, option, index)
        painter.restore()

    def _paint_line(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        palette, box, state = self._theme.palette, QRect(option.rect), option.state
        direction = Qt.LayoutDirection(option.direction)
        whole = QRect(0, box.top(), self._tree.viewport().width(), box.height())
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.selection if selected else palette.hover)
            painter.drawRoundedRect(whole.adjusted(0, 1, 0, -1), 6, 6)
        if self._tree.hasFocus() and index == self._tree.currentIndex():
            painter.setPen(palette.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(0, 1, -1, -2), 6, 6)
        line = QRect(box.left(), box.top(), box.width(), LINE)
        health = index.data(SourceRole.HEALTH)
        child = index.parent().isValid()
        left = line.left() + (14 if child else 8)
        if isinstance(health, Health):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._dot(health.role))
            dot = QRect(left, line.center().y() - 3, 8, 8)
            painter.drawEllipse(QStyle.visualRect(direction, line, dot))
            left += 16
        painter.setFont(self._tree.font())
        number = str(index.data(SourceRole.COUNT) or "")
        painter.setPen(palette.dim)
        at_end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QStyle.visualRect(direction, line, line.adjusted(0, 0, -10, 0)), at_end, number)
        room = line.right() - 18 - painter.fontMetrics().horizontalAdvance(number) - left
        painter.setPen(palette.accent if selected else palette.dim if child else palette.text)
        text = painter.fontMetrics().elidedText(
            readable(plain(str(index.data()))), Qt.TextElideMode.ElideRight, room
        )
        place = QStyle.visualRect(direction, line, QRect(left, line.top(), room, LINE))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        if isinstance(health, Health) and health.text:
            self._paint_health(painter, _HealthLine(box, health, self._tree))

    def _paint_health(self, painter: QPainter, line: "_HealthLine") -> None:
        palette, health = self._theme.palette, line.health
        painter.setFont(line.font)
        painter.setPen({"bad": palette.bad, "attention": palette.attention}.get(health.role, palette.dim))
        painter.drawText(line.box, Qt.AlignmentFlag.AlignVCenter, line.text)
        if health.action:
            painter.setPen(palette.accent)
            painter.drawText(line.action_box, Qt.AlignmentFlag.AlignVCenter, health.action)

    def _dot(self, role: str) -> QColor:
        palette = self._theme.palette
        return {"good": palette.good, "attention": palette.attention, "bad": palette.bad}.get(
            role, palette.dim
        )


def _verb(event: QKeyEvent) -> str:
    """Verb that a key asks for of an item; empty if none."""
    if event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}.get(Qt.Key(event.key()), "")
    # What a Mac calls Delete is Backspace elsewhere.
    verbs = {Qt.Key.Key_F2: "rename", Qt.Key.Key_Delete: "remove", Qt.Key.Key_Backspace: "remove"}
    return verbs.get(Qt.Key(event.key()), "")


def children_of(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """The kinds below an account."""
    children = (item.child(each) for each in range(item.childCount()))
    return [child for child in children if child is not None]


class _HealthLine:
    """Places of the words of a health and of its action below an account's line."""

    def __init__(self, item: QRect, health: Health, tree: QTreeWidget) -> None:
        self.health = health
        self.font = QFont(tree.font())
        self.font.setPixelSize(12)
        metrics = QFontMetrics(self.font)
        box = QRect(item.left() + 24, item.top() + LINE - 5, item.width() - 33, NOTE)
        action = metrics.horizontalAdvance(health.action)
        room = box.width() - (action + 12 if action else 0)
        self.text = metrics.elidedText(plain(health.text), Qt.TextElideMode.ElideRight, room)
        left = box.left() + metrics.horizontalAdvance(self.text) + 12
        self.box = QStyle.visualRect(tree.layoutDirection(), item, box)
        self.action_box = QStyle.visualRect(
            tree.layoutDirection(), item, QRect(left, box.top(), action, NOTE)
        )
