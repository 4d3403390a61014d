"""Journey of who looks for something: the palette, the sheet of keys, and the guide."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from playhead.ui.look.dialogs import keep
from playhead.ui.look.theme import Theme
from playhead.ui.shell.actions import GUIDE, KEYS
from playhead.ui.shell.commandpalette import CommandPalette
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.guide import GuideWindow
from playhead.ui.shell.keysheet import KeySheet


class HelpJourney:
    """Opens what helps to find a way; each of it is made when it is first asked for, and then kept."""

    def __init__(self, commands: Commands, theme: Theme, parent: QWidget, guide: Path, program: str) -> None:
        """Open everything above `parent`.

        `guide` is the folder of the guide, `program` its name and version, for who asks for help.
        """
        self._commands = commands
        self._theme = theme
        self._parent = parent
        self._folder = guide
        self._program = program
        self.palette = CommandPalette(commands, theme, parent)
        """The command palette."""
        keep(self.palette)
        self._sheet: KeySheet | None = None
        self._guide: GuideWindow | None = None
        commands.bind(KEYS, self._show_keys)
        commands.bind(GUIDE, self._show_guide)

    def _show_keys(self) -> None:
        if self._sheet is None:
            self._sheet = KeySheet(self._commands, self._theme, self._program, self._parent)
            keep(self._sheet)
        self._bring(self._sheet)

    def _show_guide(self) -> None:
        if self._guide is None:
            self._guide = GuideWindow(self._folder, self._theme, self._parent)
            keep(self._guide)
        self._bring(self._guide)

    def _bring(self, dialog: KeySheet | GuideWindow) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
