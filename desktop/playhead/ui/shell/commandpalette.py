"""The command palette: a line in which one types what one wants to do, and the actions that are meant."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.ui.look.announcing import announce
from playhead.ui.look.theme import Theme
from playhead.ui.shell.actionlist import ActionList, ActionRow
from playhead.ui.shell.actions import COMMANDS, Action
from playhead.ui.shell.actionsearch import search
from playhead.ui.shell.commands import Commands

_WIDTH: Final = 560
_HEIGHT: Final = 420
_REMEMBERED: Final = 12
"""Actions that are remembered as used."""
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class CommandPalette(QDialog):
    """A small window over the main one, for the keyboard: type, choose with the arrows, Enter does it.

    Esc or a click beside it closes it. What was done last is offered first.
    """

    def __init__(self, commands: Commands, theme: Theme, window: QWidget) -> None:
        # A dialog, not a popup: a screen reader is not told where the keyboard is in those.
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._commands = commands
        self._window = window
        self.recent: tuple[str, ...] = ()
        """Names of the actions that were done from here, the latest first."""
        self.setObjectName("commandPalette")
        self.setWindowTitle("Find a command")
        self._line = QLineEdit()
        self._line.setPlaceholderText("What do you want to do?")
        self._line.setAccessibleName("Find a command")
        self._line.installEventFilter(self)
        self._list = ActionList(theme, "Commands")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        self._line.textChanged.connect(self._find)
        self._list.clicked.connect(lambda _index: self._do())
        commands.bind(COMMANDS, self.appear)

    def appear(self) -> None:
        """Appear below the upper edge of the window, as large as there is room."""
        window = self._window
        width = min(_WIDTH, window.width() - 32)
        self.resize(width, min(_HEIGHT, window.height() - 48))
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, 24)))
        self._line.clear()
        self._find("")
        self.show()
        self.activateWindow()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _find(self, text: str) -> None:
        found = search(text, self._commands.keymap.shown, self.recent)
        self._list.show_rows([self._row(each) for each in found if each is not COMMANDS])
        self._fit()
        if text:
            # Of an empty line its own name is said, as it gets the focus.
            self._say()

    def _fit(self) -> None:
        """Be as high as what is offered needs, and no higher than the window."""
        most = min(_HEIGHT, self._window.height() - 48)
        around = self.sizeHint().height() - self._list.sizeHint().height()
        self.resize(self.width(), min(most, around + max(40, self._list.wanted_height)))

    def _row(self, action: Action) -> ActionRow:
        possible = self._commands.entry(action).isEnabled()
        note = action.sentence if possible else f"Not now: only when {action.need}"
        keys = self._commands.keymap.shown(action)
        title = f"{action.group}: {action.title.removesuffix('…')}"
        return ActionRow(title, keys, note, action, possible=possible)

    def _do(self) -> None:
        row = self._list.chosen
        if row is None or row.action is None or not row.possible:
            return
        names = dict.fromkeys((row.action.key, *self.recent))
        self.recent = tuple(names)[:_REMEMBERED]
        # Closed first: what is done may open a window or move the keyboard.
        self.close()
        self._commands.do(row.action)

    def _say(self) -> None:
        row = self._list.chosen
        text = row.spoken if row is not None else "No command matches"
        announce(self._line, text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            self.close()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._list.step(_STEPS[key])
            self._say()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._do()
        else:
            return False
        return True

    @property
    def shown(self) -> Sequence[ActionRow]:
        """Rows that are offered."""
        return self._list.rows
