"""Which key does what in the waveform."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class Wish(Enum):
    """What a key is pressed for."""

    BACK = auto()
    FORWARD = auto()
    FAR_BACK = auto()
    FAR_FORWARD = auto()
    BEGINNING = auto()
    END = auto()
    PAGE_BACK = auto()
    PAGE_FORWARD = auto()
    CLOSER = auto()
    FARTHER = auto()
    MARK_START = auto()
    MARK_END = auto()
    CLEAR_LOOP = auto()
    PREVIOUS_NOTE = auto()
    NEXT_NOTE = auto()


_PLAIN: Final = {
    Qt.Key.Key_Left: Wish.BACK,
    Qt.Key.Key_Right: Wish.FORWARD,
    Qt.Key.Key_Home: Wish.BEGINNING,
    Qt.Key.Key_End: Wish.END,
    Qt.Key.Key_PageUp: Wish.PAGE_BACK,
    Qt.Key.Key_PageDown: Wish.PAGE_FORWARD,
    Qt.Key.Key_A: Wish.MARK_START,
    Qt.Key.Key_B: Wish.MARK_END,
}
_SHIFTED: Final = {
    Qt.Key.Key_Left: Wish.FAR_BACK,
    Qt.Key.Key_Right: Wish.FAR_FORWARD,
    Qt.Key.Key_A: Wish.CLEAR_LOOP,
}
_CONTROLLED: Final = {Qt.Key.Key_Left: Wish.PREVIOUS_NOTE, Qt.Key.Key_Right: Wish.NEXT_NOTE}
# Where these stand, and whether with Shift, is another matter on every keyboard.
_ANYHOW: Final = {
    Qt.Key.Key_Plus: Wish.CLOSER,
    Qt.Key.Key_Equal: Wish.CLOSER,
    Qt.Key.Key_Minus: Wish.FARTHER,
    Qt.Key.Key_Underscore: Wish.FARTHER,
}


def wish_of(event: QKeyEvent) -> Wish | None:
    """What a press is for; None if it is for nothing here."""
    key = Qt.Key(event.key())
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
        return None
    if key in _ANYHOW:
        return _ANYHOW[key]
    if held == Qt.KeyboardModifier.ControlModifier:
        return _CONTROLLED.get(key)
    if held == Qt.KeyboardModifier.ShiftModifier:
        return _SHIFTED.get(key)
    return None if held else _PLAIN.get(key)
