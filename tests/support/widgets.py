"""Widgets looked up as a test means them: by their kind and name, or as the dialog that is open."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

from support.window.driven_program import until

Widget = TypeVar("Widget", bound=QWidget)


def find(parent: QWidget, kind: type[Widget], name: str = "") -> Widget:
    """The widget of this kind and object name in `parent`."""
    found = parent.findChild(kind, name)
    assert found is not None, f"{kind.__name__} {name}"
    return found


async def appeared(parent: QWidget, kind: type[Widget]) -> Widget:
    """The dialog of this kind, once it is open."""

    def visible() -> list[Widget]:
        return [each for each in parent.findChildren(kind) if each.isVisible()]

    await until(visible, f"the {kind.__name__}")
    (dialog,) = visible()
    return dialog
