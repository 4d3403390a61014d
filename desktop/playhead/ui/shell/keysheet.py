"""The sheet of keys: every key and what it does, by group, to look through or to search."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.core.text import fold
from playhead.ui.look.buttons import press_button
from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.screenroom import room_for
from playhead.ui.look.theme import Theme
from playhead.ui.shell.actionlist import ActionList, ActionRow
from playhead.ui.shell.actions import ACTIONS, CHANGE_KEYS, GUIDE, Group
from playhead.ui.shell.actionsearch import search
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.keymap import Keymap, native
from playhead.ui.shell.placekeys import PLACE_KEYS

_WANTED: Final = QSize(620, 640)
NEWER: Final = "Playhead never looks for a newer version of itself: where you had this one from has it."


class KeySheet(QDialog):
    """Shows what each key does, beside the main window, as it is now; `program` is its name and version.

    It is never larger than the screen, and its buttons are always in sight.
    """

    def __init__(self, commands: Commands, theme: Theme, program: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self.setObjectName("keysDialog")
        self.setWindowTitle("Keys")
        self.setModal(False)
        self._line = QLineEdit()
        self._line.setPlaceholderText("Search: what it does, or a key")
        self._line.setAccessibleName("Search the keys")
        self._line.setClearButtonEnabled(True)
        self._line.textChanged.connect(self._find)
        self._list = ActionList(theme, "Keys")
        about = PlainLabel(program, role="dim")
        about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        newer = PlainLabel(NEWER, role="small")
        buttons = QHBoxLayout()
        buttons.addWidget(about, 1)
        for action in (GUIDE, CHANGE_KEYS):
            button = _button(action.title)
            button.clicked.connect(commands.entry(action).trigger)
            buttons.addWidget(button)
        close = _button("Close")
        close.clicked.connect(self.close)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        column.addWidget(newer)
        column.addLayout(buttons)
        commands.rekeyed.connect(lambda: self._find(self._line.text()))
        self._find("")

        self.resize(_WANTED.boundedTo(room_for(self)))

    @property
    def shown(self) -> Sequence[ActionRow]:
        """Rows that are shown."""
        return self._list.rows

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_button(event, ticks=False):
            super().keyPressEvent(event)

    def _find(self, text: str) -> None:
        self._list.show_rows(key_rows(self._commands.keymap, text))


def key_rows(keymap: Keymap, text: str = "", *, bare: bool = False) -> list[ActionRow]:
    """Rows of the actions in which the words of `text` occur, and of the keys of single places, by group.

    With `bare`, those of the places are left out.
    """
    found = set(search(text, keymap.shown))
    rows: list[ActionRow] = []
    for group in Group:
        actions = [each for each in ACTIONS if each.group is group and each in found]
        rows += _under(
            group, (ActionRow(each.title, keymap.shown(each), each.sentence, each) for each in actions)
        )
    for place in () if bare else dict.fromkeys(each.place for each in PLACE_KEYS):
        meant = (
            ActionRow(each.title, tuple(map(native, each.keys)))
            for each in PLACE_KEYS
            if each.place == place and _has(text, each.title, place, *each.keys)
        )
        rows += _under(place, meant)
    return rows


def _has(text: str, *where: str) -> bool:
    return all(any(word in fold(each) for each in where) for word in fold(text).split())


def _under(heading: str, rows: Iterable[ActionRow]) -> list[ActionRow]:
    found = list(rows)
    return [ActionRow(heading, heading=True), *found] if found else []


def _button(text: str) -> QPushButton:
    # Not a standard button: some systems put an icon of their own on those.
    button = QPushButton(text)
    button.setAutoDefault(False)
    return button
