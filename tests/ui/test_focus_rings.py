"""Focus rings: in every dialog, light and dark, it can be seen where the keyboard is."""

from pathlib import Path

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from playhead.core.preferences import Appearance, Preferences
from playhead.ui.accounts.accountdialog import AccountDialog
from playhead.ui.exports.examined import Fate, Findings, FoundFile
from playhead.ui.exports.reopendialog import ReopenDialog
from playhead.ui.filter.savedfilters import NameDialog
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme, restyle
from playhead.ui.shell.guide import GuideWindow
from playhead.ui.shell.keysheet import KeySheet
from playhead.ui.shell.keyspage import KeysPage
from playhead.ui.shell.preferencesdialog import PreferencesDialog
from playhead.ui.table.model import RecordingModel
from playhead.ui.window import Window
from support.fakes import NOON
from support.focus_rings import unseen
from support.providers.registered import PROVIDERS

NAMES = ("keys", "preferences", "changing keys", "guide", "reopen", "name", "bird", "convirza")


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, icons: Icons) -> Window:
    made = Window()
    made.furnish(RecordingModel(NOON, PROVIDERS), theme, icons, QIcon())
    list(made.complete())
    qtbot.addWidget(made)
    return made


def dialog(name: str, window: Window) -> QDialog:
    match name:
        case "keys":
            return KeySheet(window.commands, window.theme, "Playhead", window)
        case "preferences" | "changing keys":
            made = PreferencesDialog(Preferences(), KeysPage(window.commands, window.theme), window)
            if name == "changing keys":
                made.show_keys()
            return made
        case "guide":
            return GuideWindow(Path(__file__).parents[2] / "resources" / "guide", window.theme, window)
        case "reopen":
            opened = ReopenDialog("March", window)
            files = [
                FoundFile(f"{fate}.mp3", frozenset({fate}), fetchable=True)
                for fate in (Fate.MISSING, Fate.NEW)
            ]
            opened.show_findings(Findings(files=files))
            return opened
        case "name":
            return NameDialog("Save this filter", "kind:call", "Calls", window, taken={})
        case _:
            provider = next(each for each in PROVIDERS if each.name == name)
            return AccountDialog(window.icons, provider, vault_name=None, parent=window)


@pytest.mark.slow
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_where_the_keyboard_is_can_be_seen_in_every_dialog(
    qtbot: QtBot, window: Window, appearance: Appearance
) -> None:
    window.theme.choose(appearance)
    found = {}
    for name in NAMES:
        shown = dialog(name, window)
        with qtbot.waitActive(shown):
            shown.show()
        found[name] = unseen(shown)
        shown.close()
        delete(shown)
    window.theme.choose(Appearance.SYSTEM)
    assert found == {name: [] for name in NAMES}


def test_a_field_at_fault_shows_that_it_has_the_keyboard(qtbot: QtBot, window: Window) -> None:
    shown = dialog("bird", window)
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    for line in shown.findChildren(QLineEdit):
        restyle(line, "invalid", value=True)
        # A caret would be seen, too, but it blinks.
        line.setReadOnly(True)
    assert unseen(shown) == []
