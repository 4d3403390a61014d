"""The player bar, as a person uses it: by the names that its buttons and boxes have for a screen reader."""

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Bar:
    """What can be pressed and chosen in the player bar."""

    widget: QWidget

    def click(self, name: str) -> None:
        """Click the button of this name."""
        self._named(QAbstractButton, name).click()

    def check(self, name: str, *, on: bool = True) -> None:
        """Bring a switch into a state, as a click does."""
        if self.is_checked(name) != on:
            self.click(name)

    def is_checked(self, name: str) -> bool:
        """Whether a switch is on."""
        return self._named(QAbstractButton, name).isChecked()

    def choose(self, name: str, value: object) -> None:
        """Choose a value in a box."""
        box = self._named(QComboBox, name)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())

    def focus(self, name: str) -> None:
        """Go to the box of this name."""
        self._named(QComboBox, name).setFocus()

    def chosen(self, name: str) -> object:
        """What a box shows."""
        return self._named(QComboBox, name).currentData()

    def _named(self, kind: type[W], name: str) -> W:
        return next(each for each in self.widget.findChildren(kind) if each.accessibleName() == name)
