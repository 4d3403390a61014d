"""Arrangement of the window: what the person has put where, and how it looks, for the settings and back."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter

from playhead.core.preferences import Preferences
from playhead.ui.look.screenroom import pull_in
from playhead.ui.look.theme import Theme
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.keymap import Keymap
from playhead.ui.shell.menubar import MenuBar
from playhead.ui.shell.panes import Panes
from playhead.ui.strip.strippane import StripPane
from playhead.ui.table.recordingtable import RecordingTable

if TYPE_CHECKING:
    from playhead.ui.shell.preferencesdialog import PreferencesDialog


class Arrangement:
    """Sizes of window and panes, columns, density, keys, menu bar and appearance, as one thing to keep."""

    def __init__(
        self,
        window: QMainWindow,
        splitter: QSplitter,
        views: tuple[RecordingTable, StripPane],
        commands: Commands,
        menu_bar: MenuBar,
        panes: Panes,
        theme: Theme,
    ) -> None:
        """Pass as `views` what shows the recordings."""
        self.commands = commands
        self._window = window
        self._splitter = splitter
        self._table, self._strip = views
        self._menu_bar = menu_bar
        self._panes = panes
        self._theme = theme

    def restore(self, preferences: Preferences) -> None:
        """Take up what `saved_in` gave, as far as it fits; the appearance was needed before."""
        self._place(preferences.layout)
        self._table.header.restore(preferences.columns)
        self._table.show_density(preferences.density)
        self.commands.use(Keymap(preferences.keys))
        self._menu_bar.choose(preferences.menu_bar)
        self._strip.show_split(preferences.timeline)
        self._strip.show_picture(weekly=preferences.timeline_week)
        self._panes.restore(preferences.hidden_panes, preferences.narrow_panes)

    def change(self, preferences: Preferences) -> None:
        """Let appearance, density and menu bar be as they are chosen in the preferences."""
        self._theme.choose(preferences.theme)
        self._table.show_density(preferences.density)
        self._menu_bar.choose(preferences.menu_bar)

    def saved_in(self, preferences: Preferences) -> Preferences:
        """Copy `preferences` with the arrangement as it is now."""
        window = bytes(self._window.saveGeometry().data()).hex()
        return replace(
            preferences,
            layout=f"{window} {bytes(self._splitter.saveState().data()).hex()}",
            columns=self._table.header.save(),
            density=self._table.header.density,
            keys=self.commands.keymap.changed,
            menu_bar=self._menu_bar.choice,
            timeline=self._strip.split,
            timeline_week=self._strip.weekly,
            hidden_panes=self._panes.hidden,
            narrow_panes=self._panes.insisted,
        )

    def dialog(self, preferences: Preferences) -> "PreferencesDialog":
        """Make the dialog that changes it, over the window."""
        from playhead.ui.shell.keyspage import KeysPage
        from playhead.ui.shell.preferencesdialog import PreferencesDialog

        return PreferencesDialog(preferences, KeysPage(self.commands, self._theme), self._window)

    def _place(self, layout: str) -> None:
        window, _, panes = layout.partition(" ")
        try:
            placed = self._window.restoreGeometry(QByteArray(bytes.fromhex(window)))
            self._splitter.restoreState(QByteArray(bytes.fromhex(panes)))
        except ValueError:
            return
        if placed and not self._window.isMaximized() and not self._window.isFullScreen():
            # The screen of then may have been larger.
            pull_in(self._window)
