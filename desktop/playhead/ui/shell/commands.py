"""Commands of the window: what each action does, its keys, and if it can be done now."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from playhead.ui.look.announcing import announce
from playhead.ui.look.buttons import lettered
from playhead.ui.shell.actions import ACTIONS, Action, Group, Need
from playhead.ui.shell.keymap import Keymap, is_plain, native, pressed

_SEPARATOR: Final = "\t"
"""Sets the keys apart from the words of a menu entry."""


class Commands(QObject):
    """A `QAction` for every action, for menus of every kind; journeys bind what it does.

    What is asked for before a journey has bound it is done once all have (`catch_up`).

    Keys with Ctrl, Alt or Meta, function keys and media keys are Qt's shortcuts. Plain keys (`S`, Space,
    arrows) come here when nothing that has the focus had a use for them, and never out of a text.
    """

    rekeyed = Signal()
    """Some action has other keys."""

    def __init__(self, window: QWidget, table: QWidget) -> None:
        """Let keys act in `window`; those of the table only while the focus is in `table`."""
        super().__init__(window)
        self.keymap = Keymap()
        """Keys of the actions."""
        self._titles = _marked_titles()
        self._window = window
        self._keyed: dict[str, Action] = {}
        """Actions by the keys that come to `press`: those that are plain, and of what cannot be done now."""
        self._entries: dict[str, QAction] = {}
        self._acts: defaultdict[str, list[Callable[[], object]]] = defaultdict(list)
        self._early: list[Action] = []
        """Actions that were asked for when nobody could do them yet."""
        for action in ACTIONS:
            entry = QAction(action.title, self, checkable=action.ticked)
            entry.setShortcutContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut
                if action.in_table
                else Qt.ShortcutContext.WindowShortcut
            )
            # Beside the menus: those of a menu bar that is hidden have no keys.
            (table if action.in_table else window).addAction(entry)
            entry.triggered.connect(partial(self._act, action))
            self._entries[action.key] = entry
        self.use(self.keymap)

    def bind(self, action: Action, act: Callable[[], object]) -> None:
        """Let an action do something, beside what it does already."""
        self._acts[action.key].append(act)

    def catch_up(self) -> None:
        """Do what was asked for while everything was being opened, once each, as far as it can be done."""
        early, self._early = dict.fromkeys(self._early), []
        for action in early:
            if self._entries[action.key].isEnabled():
                self._act(action)

    def entry(self, action: Action) -> QAction:
        """The entry of an action for a menu: words, keys, tick; grey while it cannot be done."""
        return self._entries[action.key]

    def key(self, action: Action) -> str:
        """First key of an action, as the system writes it; empty if it has none."""
        return next(iter(self.keymap.shown(action)), "")

    def do(self, action: Action) -> None:
        """Do an action, if it can be done now."""
        self._entries[action.key].trigger()

    def allow(self, need: Need, *, met: bool) -> None:
        """Let the actions that have `need` be done, or no longer."""
        for action in ACTIONS:
            if action.need is need:
                self._entries[action.key].setEnabled(met)

    def tick(self, action: Action, *, on: bool) -> None:
        """Show that an action is on or off."""
        self._entries[action.key].setChecked(on)

    def use(self, keymap: Keymap) -> None:
        """Let these be the keys from now on."""
        self.keymap = keymap
        self._keyed = {}
        for action in ACTIONS:
            keys = keymap.of(action)
            plain = [key for key in keys if is_plain(key)]
            entry = self._entries[action.key]
            entry.setShortcuts([QKeySequence(key) for key in keys if key not in plain])
            # Qt writes the first of its own shortcuts itself.
            shown = _SEPARATOR + native(keys[0]) if keys and keys[0] in plain else ""
            entry.setText(self._titles[action.key] + shown)
            self._keyed |= dict.fromkeys(plain if action.in_table else keys, action)
        self.rekeyed.emit()

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key stands for, for which nothing had a use; true if it stands for something.

        That is a plain key, or one of an action that cannot be done now, which is said.
        """
        focused = QApplication.focusWidget()
        key = next((each for each in pressed(event) if each in self._keyed), "")
        if not key or (is_plain(key) and _takes_text(focused)):
            return False
        found = self._keyed[key]
        possible = self._entries[found.key].isEnabled()
        if possible and is_plain(key):
            self.do(found)
        elif not possible:
            title = found.title.removesuffix("…")
            announce(focused or self._window, f"{title}: only when {found.need}")
        return is_plain(key) or not possible

    def _act(self, action: Action, _checked: object = None) -> None:
        acts = self._acts[action.key]
        if not acts:
            self._early.append(action)
        for act in acts:
            act()


def _marked_titles() -> dict[str, str]:
    """Words of every menu entry, by the action's name, with a letter of its own to choose it by."""
    marked: dict[str, str] = {}
    for group in Group:
        mine = [action for action in ACTIONS if action.group is group]
        titles = lettered([action.title for action in mine])
        marked |= {action.key: title for action, title in zip(mine, titles, strict=True)}
    return marked


def _takes_text(widget: QWidget | None) -> bool:
    """True for a widget that letters are written into."""
    match widget:
        case QLineEdit() | QTextEdit() | QPlainTextEdit() | QAbstractSpinBox():
            return not widget.isReadOnly()
        case QComboBox():
            return widget.isEditable()
        case _:
            return False
