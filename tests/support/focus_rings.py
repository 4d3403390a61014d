"""Focus rings: what Tab stops at, and whether it looks another way then."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def stops(window: QWidget) -> Iterator[QWidget]:
    """What Tab stops at now."""
    for widget in window.findChildren(QWidget):
        tab = Qt.FocusPolicy.TabFocus
        if widget.focusPolicy() & tab == tab and widget.isVisible() and widget.isEnabled():
            yield widget


def unseen(window: QWidget) -> list[str]:
    """Tab stops that look the same with the focus and without, all but the blinking of a cursor."""
    found = []
    for widget in list(stops(window)):
        if (focused := QApplication.focusWidget()) is not None:
            focused.clearFocus()
        away = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if widget.hasFocus() and widget.grab().toImage() == away:
            found.append(f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}".strip())
    return found
