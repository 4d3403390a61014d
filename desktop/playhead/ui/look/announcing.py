"""Announcements: sentences that a screen reader says, whatever has the focus."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from playhead.ui.look.labels import plain


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say `text`, which is about `widget`, after what it is saying; nothing if empty."""
    if not text:
        return
    event = QAccessibleAnnouncementEvent(widget, plain(text))
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)
