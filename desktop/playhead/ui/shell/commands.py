"""Commands of the window: every key and button that asks a journey for something."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Commands(QObject):
    """Signals of the commands, with their keys in a window."""

    pressed = Signal(int, bool)
    """A key that no widget had a use for (Qt.Key, with Shift): the player's."""
    escaped = Signal()
    """Esc, where no widget had a use for it."""
    find_asked = Signal()
    export_asked = Signal()
    export_all_asked = Signal()
    reopen_asked = Signal()
    """An earlier export is to be opened again."""
    refresh_asked = Signal()
    jump_asked = Signal()
    """The rows of a date are to be shown."""
    keys_asked = Signal()
    preferences_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        for keys, signal in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.find_asked),
            (QKeySequence("Ctrl+E"), self.export_asked),
            (QKeySequence("Ctrl+Shift+E"), self.export_all_asked),
            (QKeySequence("F5"), self.refresh_asked),
            (QKeySequence("Ctrl+G"), self.jump_asked),
            (QKeySequence("F1"), self.keys_asked),
            (QKeySequence("Ctrl+,"), self.preferences_asked),
        ):
            QShortcut(keys, window).activated.connect(signal)

    def press(self, key: int, *, shift: bool = False) -> None:
        """Pass a key on for which no widget had a use."""
        if key == Qt.Key.Key_Escape:
            self.escaped.emit()
        self.pressed.emit(key, shift)

    def export(self) -> None:
        """Ask for an export of what is selected."""
        self.export_asked.emit()
