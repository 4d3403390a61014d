"""Announcements: sentences that a screen reader says, whatever has the focus."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

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
