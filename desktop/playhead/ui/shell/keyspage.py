"""Page of the preferences on which keys are changed."""

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.ui.look.labels import wrapped
from playhead.ui.look.theme import Theme
from playhead.ui.shell.actionlist import ActionList
from playhead.ui.shell.actions import Action
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.keymap import Keymap, native, pressed
from playhead.ui.shell.keysheet import key_rows
from playhead.ui.shell.placekeys import PlaceKey

_HINT: Final = "Choose what to do, then press a key for it. A foot pedal that sends a key will do."
_WAITING: Final = "Press the key…"


class KeysPage(QWidget):
    """Lists the actions; gives the chosen one another key, a further one, none, or its own again.

    Changes take effect at once. A key that does something else is only taken from there after a question.
    """

    def __init__(self, commands: Commands, theme: Theme) -> None:
        super().__init__()
        self._commands = commands
        self._wanted: tuple[Action, Keymap] | None = None
        """What a key would be taken for, while the question stands."""
        self._line = QLineEdit()
        self._line.setPlaceholderText("Search: what it does, or a key")
        self._line.setAccessibleName("Search the keys")
        self._line.setClearButtonEnabled(True)
        self._list = ActionList(theme, "Actions and their keys")
        self._said = wrapped(_HINT, role="dim")
        self._said.setObjectName("keysSentence")
        self._change = KeyCatcher("Change key")
        self._further = KeyCatcher("Add key")
        self._take = QPushButton("Use it here")
        self._none = QPushButton("Remove keys")
        self._own = QPushButton("Reset")
        self._all = QPushButton("Reset all")
        self._lay_out()
        self._line.textChanged.connect(self._show)
        self._list.selectionModel().currentChanged.connect(lambda *_: self._turn_to_another())
        self._change.caught.connect(lambda key: self._give(key, further=False))
        self._further.caught.connect(lambda key: self._give(key, further=True))
        self._take.clicked.connect(self._take_it)
        self._none.clicked.connect(self._remove)
        self._own.clicked.connect(self._reset)
        self._all.clicked.connect(lambda: self._use(Keymap(), "All keys are as at first."))
        self._show()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for line, buttons in (
            (first, (self._change, self._further, self._none)),
            (second, (self._own, self._all)),
        ):
            line.setSpacing(8)
            for button in buttons:
                button.setAutoDefault(False)
                line.addWidget(button)
        first.addStretch(1)
        self._take.setAutoDefault(False)
        first.addLayout(second)
        said = QHBoxLayout()
        said.addWidget(self._said, 1)
        said.addWidget(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        column.addLayout(said)
        column.addLayout(first)
        self._take.hide()

    @property
    def _action(self) -> Action | None:
        row = self._list.chosen
        return row.action if row is not None else None

    def _show(self) -> None:
        chosen = self._action
        self._list.show_rows(key_rows(self._commands.keymap, self._line.text(), bare=True), chosen)
        for button in (self._change, self._further, self._none, self._own):
            button.setEnabled(self._action is not None)

    def _turn_to_another(self) -> None:
        self._say(_HINT)

    def _give(self, key: str, *, further: bool) -> None:
        action, keymap = self._action, self._commands.keymap
        if action is None:
            return
        keys = keymap.of(action) if further else ()
        wanted = keymap.with_keys(action, (*keys, key))
        match keymap.holder(key):
            case PlaceKey() as fixed:
                self._say(f"{native(key)} has its meaning {_within(fixed.place)}: {fixed.title}.")
            case Action() as other if other is not action:
                self._say(f"{native(key)} is the key of “{other.title}”.", ask=(action, wanted))
            case _:
                self._use(wanted, f"{native(key)}: {action.title}")

    def _take_it(self) -> None:
        if self._wanted is not None:
            action, keymap = self._wanted
            self._use(keymap, f"{' · '.join(keymap.shown(action))}: {action.title}")
            self._change.setFocus()

    def _remove(self) -> None:
        if (action := self._action) is not None:
            self._use(self._commands.keymap.with_keys(action, ()), f"No key: {action.title}")

    def _reset(self) -> None:
        if (action := self._action) is None:
            return
        keymap = self._commands.keymap
        holders = [keymap.holder(key) for key in action.keys]
        others = [each for each in holders if isinstance(each, Action) and each is not action]
        if others:
            names = " and ".join(f"“{each.title}”" for each in dict.fromkeys(others))
            self._say(f"Its own key is now that of {names}.", ask=(action, keymap.reset(action)))
        else:
            self._use(keymap.reset(action), f"As at first: {action.title}")

    def _use(self, keymap: Keymap, said: str) -> None:
        self._commands.use(keymap)
        self._show()
        self._say(said)

    def _say(self, sentence: str, ask: tuple[Action, Keymap] | None = None) -> None:
        self._wanted = ask
        self._said.show_text(sentence)
        self._take.setVisible(ask is not None)
        if ask is not None:
            self._take.setFocus()


class KeyCatcher(QPushButton):
    """A button that takes the next key that is pressed; Esc or a click elsewhere leaves it at that."""

    caught = Signal(str)
    """A key, as Qt writes it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text = text
        self._waits = False
        self.clicked.connect(lambda: self._wait(on=not self._waits))

    def _wait(self, *, on: bool) -> None:
        self._waits = on
        self.setText(_WAITING if on else self._text)
        self.setAccessibleDescription("Esc leaves the key as it is" if on else "")

    @override
    def event(self, event: QEvent) -> bool:
        # Here, for Tab and what is a shortcut elsewhere would never come as a key.
        if self._waits and isinstance(event, QKeyEvent):
            event.accept()
            if event.type() is QEvent.Type.KeyPress:
                self._catch(event)
            return True
        return super().event(event)

    def _catch(self, event: QKeyEvent) -> None:
        names = pressed(event)
        if not names:
            return
        self._wait(on=False)
        if names[0] != "Esc":
            self.caught.emit(names[0])

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._wait(on=False)


def _within(place: str) -> str:
    return place[:1].lower() + place[1:]
