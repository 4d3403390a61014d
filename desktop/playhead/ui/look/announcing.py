"""Words for a screen reader: announcements, and the current cell of a table or line of a tree."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QTreeView, QWidget

from playhead.ui.look.labels import plain


def spoken(text: str) -> str:
    """A text of the screen as it is said: its parts are set apart by commas, not by dots in the middle."""
    return text.replace(" · ", ", ")


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say `text`, which is about `widget`, after what it is saying; nothing if empty."""
    if not text:
        return
    event = QAccessibleAnnouncementEvent(widget, plain(text))
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)


def tell_current(table: QTableView) -> None:
    """Let a screen reader say the current cell as well, now that `table` has got the focus.

    WORKAROUND Qt 6 (QAbstractItemView::focusInEvent): it tells of the current cell only when that changes.
    The number of a cell is counted as QAccessibleTable does it, with both headers, shown or not.
    """
    index = table.currentIndex()
    if index.isValid():
        _tell(table, (index.row() + 1) * (index.model().columnCount() + 1) + index.column() + 1)


def tell_current_line(tree: QTreeView) -> None:
    """Let a screen reader say the current line as well, now that `tree`, of one column, has got the focus.

    WORKAROUND as in `tell_current`. The number is that of QAccessibleTree: open lines, after the header.
    """
    index, number = tree.currentIndex(), 0
    while index.isValid():
        index, number = tree.indexAbove(index), number + 1
    if number:
        _tell(tree, number)


def _tell(view: QAbstractItemView, child: int) -> None:
    """Say a child after the view itself, of which Qt tells when the focus is there: the last is heard."""
    if QAccessible.isActive():
        QTimer.singleShot(0, view, lambda: _say_child(view, child))


def _say_child(view: QAbstractItemView, child: int) -> None:
    if view.hasFocus():
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(child)
        QAccessible.updateAccessibility(event)
