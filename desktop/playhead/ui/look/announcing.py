"""Words for a screen reader: announcements, whatever has the focus, and the current cell of a table."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QTableView, QWidget

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
    if index.isValid() and QAccessible.isActive():
        event = QAccessibleEvent(table, QAccessible.Event.Focus)
        columns = index.model().columnCount() + 1
        event.setChild((index.row() + 1) * columns + index.column() + 1)
        QAccessible.updateAccessibility(event)
