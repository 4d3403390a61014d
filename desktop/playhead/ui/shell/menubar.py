"""The menu bar: a menu for each group of actions, always there or hidden until Alt."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenuBar

from playhead.core.preferences import MenuBarChoice
from playhead.ui.look.buttons import begin_in_open_menu
from playhead.ui.shell.actions import ACTIONS, MENU_BAR, Group
from playhead.ui.shell.commands import Commands


class MenuBar(QMenuBar):
    """Holds every action. While hidden it comes with Alt, and goes when the keyboard is elsewhere again."""

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self.setAccessibleName("Menu bar")
        self._commands = commands
        self._choice = MenuBarChoice.SHOWN
        self._alone = False
        """True while Alt is held and nothing else was pressed."""
        for group in Group:
            menu = self.addMenu(f"&{group}")
            for action in ACTIONS:
                if action.group is group:
                    if action.apart:
                        menu.addSeparator()
                    menu.addAction(commands.entry(action))
        commands.bind(MENU_BAR, self._turn)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._leave)
        self.choose(MenuBarChoice.SHOWN)

    @property
    def choice(self) -> MenuBarChoice:
        """Choice of the person, for the settings."""
        return self._choice

    @property
    def hides(self) -> bool:
        """True if it is hidden until Alt. One that the system shows outside of the window never is."""
        # Programs of Windows themselves do so.
        usual = self._choice is MenuBarChoice.SYSTEM and sys.platform == "win32"
        wanted = usual or self._choice is MenuBarChoice.UNTIL_ALT
        return wanted and not self.isNativeMenuBar()

    def choose(self, choice: MenuBarChoice) -> None:
        """Be there always, hidden until Alt, or as is usual on the system."""
        self._choice = choice
        self.setVisible(not self.hides)
        self._commands.tick(MENU_BAR, on=not self.hides)

    def press(self, event: QKeyEvent) -> bool:
        """Note a key that nothing had a use for; true if it opens a menu."""
        if event.key() == Qt.Key.Key_F10 and not event.modifiers():
            self._begin()
            return True
        self._alone = event.key() == Qt.Key.Key_Alt and self.isHidden()
        if not self.isHidden() or event.modifiers() != Qt.KeyboardModifier.AltModifier:
            return False
        wanted = QKeySequence(event.modifiers().value | event.key())
        for entry in self.actions():
            if QKeySequence.mnemonic(entry.text()) == wanted:
                self.show()
                self.setActiveAction(entry)
                return True
        return False

    def release(self, event: QKeyEvent) -> None:
        """Note a key that is let go; Alt alone brings the hidden bar."""
        if self._alone and event.key() == Qt.Key.Key_Alt:
            self._begin()
        self._alone = False

    def _begin(self) -> None:
        """Open the first menu, at its first entry."""
        self.show()
        self.setFocus(Qt.FocusReason.MenuBarFocusReason)
        self.setActiveAction(self.actions()[0])
        begin_in_open_menu()

    def _turn(self) -> None:
        self.choose(MenuBarChoice.SHOWN if self.hides else MenuBarChoice.UNTIL_ALT)

    def _leave(self) -> None:
        """Hide again when the keyboard is elsewhere and no menu is open."""
        if (
            self.hides
            and self.isVisible()
            and not self.hasFocus()
            and QApplication.activePopupWidget() is None
        ):
            self.hide()
