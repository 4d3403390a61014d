"""Keys of the strip."""

from typing import Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_CLOSER: Final = 1.5
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS: Final = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ZOOMS: Final = {
    Qt.Key.Key_Plus: _CLOSER,
    Qt.Key.Key_Equal: _CLOSER,
    Qt.Key.Key_Minus: 1 / _CLOSER,
    Qt.Key.Key_Underscore: 1 / _CLOSER,
}


class KeyedStrip(Protocol):
    """The strip that has the keyboard."""

    def step(self, by: int, *, extend: bool) -> None:
        """Go so many bars on."""

    def go_to_end(self, place: int, *, extend: bool) -> None:
        """Go to the first bar (0) or the last (-1)."""

    def turn(self, pages: int) -> None:
        """Look at what lies beside."""

    def zoom(self, factor: float) -> None:
        """Look closer, or farther if `factor` is below 1."""

    def narrow(self) -> bool:
        """Narrow to what is marked; true if anything is."""

    def step_back(self) -> bool:
        """Take the last step back; true if there was one."""


def press(strip: KeyedStrip, event: QKeyEvent) -> bool:
    """Do what a key stands for; true if it stands for something."""
    key = Qt.Key(event.key())
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held & ~Qt.KeyboardModifier.ShiftModifier:
        return False
    extend = bool(held)
    if key in _ZOOMS:
        strip.zoom(_ZOOMS[key])
    elif key in _STEPS:
        strip.step(_STEPS[key], extend=extend)
    elif key in _ENDS:
        strip.go_to_end(_ENDS[key], extend=extend)
    elif extend:
        return False
    elif key in _PAGES:
        strip.turn(_PAGES[key])
    elif key in _ENTER:
        return strip.narrow()
    else:
        return key == Qt.Key.Key_Escape and strip.step_back()
    return True
