"""What is inside a widget."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

Widget = TypeVar("Widget", bound=QWidget)


def find(parent: QWidget, kind: type[Widget], name: str = "") -> Widget:
    """The widget of a kind, and of a name if there is one, within `parent`; there has to be one."""
    child = parent.findChild(kind, name)
    assert child is not None
    return child
