"""The command palette: found by any words, shown with its keys, done by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.look.theme import Theme
from playhead.ui.shell import actions
from playhead.ui.shell.actions import ACTIONS, COMMANDS
from playhead.ui.shell.actionsearch import search
from playhead.ui.shell.commandpalette import CommandPalette
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.keymap import Keymap
from support.widgets import find

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 640)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def commands(window: QWidget) -> Commands:
    return Commands(window, window)


@pytest.fixture
def palette(window: QWidget, commands: Commands, theme: Theme) -> CommandPalette:
    made = CommandPalette(commands, theme, window)
    commands.do(COMMANDS)
    return made


def names(text: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [each.key for each in search(text, Keymap().shown, recent)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mute", "play.mute"),
        ("volume down", "play.quieter"),
        ("favourite", "recording.star"),
        ("SETTINGS", "preferences"),
        ("shortcuts change", "keys.change"),
        ("Réwind", "play.back"),
        ("ctrl+e", "export.selected"),
        ("search", "filter.focus"),
        ("transcript", "transcripts.read"),
        ("pedal", "keys.change"),
        ("verify", "export.reopen"),
        ("exp all", "export.all"),
    ],
)
def test_an_action_is_found_by_words_of_its_title_or_other_words_for_it(text: str, first: str) -> None:
    assert first in names(text)[:3]


def test_every_action_is_found_by_its_title() -> None:
    for action in ACTIONS:
        assert names(action.title.removesuffix("…"))[0] == action.key


def test_without_a_word_all_are_there_what_was_used_last_first() -> None:
    found = names("", ("export.all", "gone", "play.mute"))
    assert found[:2] == ["export.all", "play.mute"]
    assert len(found) == len(ACTIONS)


def test_among_equals_what_was_used_comes_first() -> None:
    assert names("export", ("export.all",))[0] == "export.all"


def test_words_that_nothing_is_called_by_find_nothing() -> None:
    assert names("xyzzy") == []
    assert names("mute xyzzy") == []


def test_typing_choosing_and_enter_do_an_action_and_close(
    palette: CommandPalette, commands: Commands
) -> None:
    done: list[str] = []
    commands.bind(actions.LOUDER, lambda: done.append("louder"))
    commands.bind(actions.QUIETER, lambda: done.append("quieter"))
    line = find(palette, QLineEdit)
    assert line.hasFocus()
    QTest.keyClicks(line, "volume")
    titles = [row.title for row in palette.shown]
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Up)
    for _ in range(titles.index("Sound: Louder")):
        QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert done == ["louder"]
    assert palette.isHidden()
    assert palette.recent == ("play.louder",)
    commands.do(COMMANDS)
    assert palette.shown[0].title == "Sound: Louder"


def test_it_shows_the_keys_that_hold_now(palette: CommandPalette, commands: Commands) -> None:
    commands.use(Keymap().with_keys(actions.STAR, ["F13"]))
    find(palette, QLineEdit).setText("star")
    assert palette.shown[0].keys == ("F13",)


def test_what_cannot_be_done_now_says_why_and_is_not_done(
    palette: CommandPalette, commands: Commands
) -> None:
    done: list[bool] = []
    commands.bind(actions.EXPORT, lambda: done.append(True))
    commands.allow(actions.Need.LIST, met=False)
    line = find(palette, QLineEdit)
    line.setText("export selected")
    assert palette.shown[0].note == "Not now: only when an account is connected"
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert done == []
    assert palette.isVisible()


def test_escape_closes_it_and_it_opens_empty_again(palette: CommandPalette, commands: Commands) -> None:
    line = find(palette, QLineEdit)
    line.setText("star")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert palette.isHidden()
    commands.do(COMMANDS)
    assert line.text() == ""


def test_it_fits_a_small_window(palette: CommandPalette, commands: Commands, window: QWidget) -> None:
    palette.close()
    window.resize(500, 300)
    commands.do(COMMANDS)
    assert palette.width() <= 500
    assert palette.height() <= 300
