"""Journey of who looks for something: the palette, the sheet of keys, and the guide."""

from pathlib import Path

from playhead.ui.shell.actions import GUIDE, KEYS
from playhead.ui.shell.commandpalette import CommandPalette
from playhead.ui.shell.guide import GuideWindow
from playhead.ui.shell.keysheet import KeySheet
from playhead.ui.window import Window


class HelpJourney:
    """Opens what helps to find a way; each of it is made when it is first asked for, and then kept."""

    def __init__(self, window: Window, guide: Path, program: str) -> None:
        """`guide` is the folder of the guide, `program` its name and version, for who asks for help."""
        self._window = window
        self._folder = guide
        self._program = program
        self.palette = CommandPalette(window.commands, window.theme, window)
        """The command palette."""
        self._sheet: KeySheet | None = None
        self._guide: GuideWindow | None = None
        window.commands.bind(KEYS, self._show_keys)
        window.commands.bind(GUIDE, self._show_guide)

    def _show_keys(self) -> None:
        if self._sheet is None:
            window = self._window
            self._sheet = KeySheet(window.commands, window.theme, self._program, window)
        self._bring(self._sheet)

    def _show_guide(self) -> None:
        if self._guide is None:
            self._guide = GuideWindow(self._folder, self._window.theme, self._window)
        self._bring(self._guide)

    def _bring(self, dialog: KeySheet | GuideWindow) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
