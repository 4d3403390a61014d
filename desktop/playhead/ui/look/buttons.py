"""Flat buttons that show an icon, and say what they do to who points or listens."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QToolButton


def tool_button(icon: QIcon, name: str, *, side: int = 16, width: int = 0) -> QToolButton:
    """A button with an icon of `side` pixels that leaves the keyboard where it is when clicked.

    It is `width` pixels wide and high; without one, as large as the style makes it.
    """
    button = QToolButton()
    button.setIcon(icon)
    button.setIconSize(QSize(side, side))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if width:
        button.setFixedSize(width, width)
    call(button, name)
    return button


def call(button: QToolButton, name: str) -> None:
    """Give a button another name."""
    button.setAccessibleName(name)
    button.setToolTip(name)
