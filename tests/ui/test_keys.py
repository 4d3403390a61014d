"""Keys: the sheet that lists them, the map that says which does what, the page on which they are changed."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.look.labels import WrappedLabel
from playhead.ui.look.theme import Theme
from playhead.ui.shell import actions
from playhead.ui.shell.actionlist import ActionList
from playhead.ui.shell.actions import ACTIONS, Group
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.keymap import Keymap, normal
from playhead.ui.shell.keysheet import KeySheet
from playhead.ui.shell.keyspage import KeysPage
from playhead.ui.shell.placekeys import PLACE_KEYS
from support.widgets import find


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def commands(window: QWidget) -> Commands:
    return Commands(window, window)


@pytest.fixture
def sheet(qtbot: QtBot, window: QWidget, commands: Commands, theme: Theme) -> KeySheet:
    made = KeySheet(commands, theme, "Playhead 1.2.3", window)
    qtbot.addWidget(made)
    made.show()
    return made


# ---------------------------------------------------------------------------------------- the sheet


def test_every_action_and_every_key_of_a_place_is_listed_once_under_its_group(sheet: KeySheet) -> None:
    titles = [row.title for row in sheet.shown if not row.heading]
    assert titles == [each.title for group in Group for each in ACTIONS if each.group is group] + [
        each.title for each in PLACE_KEYS
    ]
    headings = [row.title for row in sheet.shown if row.heading]
    assert headings == [*Group, *dict.fromkeys(each.place for each in PLACE_KEYS)]
    assert not sheet.isModal()


def test_the_sheet_is_searched_by_what_a_key_does_and_by_the_key(sheet: KeySheet) -> None:
    line = find(sheet, QLineEdit)
    line.setText("favourite")
    assert [row.title for row in sheet.shown] == ["Recording", "Star"]
    line.setText("ctrl+shift+e")
    assert [row.title for row in sheet.shown] == ["Export", "Export all that match…"]
    line.setText("calendar")
    assert [row.title for row in sheet.shown] == [
        "List",
        "Go to a date…",
        "In a date",
        "Choose in a calendar",
    ]
    line.setText("nothing is called so")
    assert list(sheet.shown) == []


def test_the_sheet_shows_the_keys_that_hold_now(sheet: KeySheet, commands: Commands) -> None:
    commands.use(Keymap().with_keys(actions.STAR, ["F13"]))
    assert next(row.keys for row in sheet.shown if row.action is actions.STAR) == ("F13",)


def test_the_sheet_fits_a_small_screen_with_its_buttons_in_sight(sheet: KeySheet) -> None:
    for size in ((821, 469), (480, 320)):
        sheet.resize(*size)
        assert (sheet.width(), sheet.height()) == size
        close = next(each for each in sheet.findChildren(QPushButton) if each.text() == "Close")
        assert sheet.rect().contains(close.geometry())
        assert find(sheet, ActionList, "actionList").height() > 100


def test_a_long_meaning_is_wrapped_and_not_cut(sheet: KeySheet) -> None:
    rows = find(sheet, ActionList, "actionList")
    place = next(place for place, row in enumerate(rows.rows) if row.action is actions.REOPEN)
    model = rows.model()
    assert model is not None
    sheet.resize(900, 500)
    wide = rows.sizeHintForIndex(model.index(place, 0)).height()
    sheet.resize(300, 500)
    assert rows.sizeHintForIndex(model.index(place, 0)).height() > wide


def test_escape_closes_the_sheet(sheet: KeySheet) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isHidden()


# ------------------------------------------------------------------------------------------ the map


def test_a_chosen_key_is_taken_from_the_action_that_has_it(commands: Commands) -> None:
    keymap = Keymap({"play": ("S",)})
    assert keymap.of(actions.PLAY) == ("S",)
    assert keymap.of(actions.STAR) == ()
    assert keymap.holder("S") is actions.PLAY


def test_of_two_actions_with_the_same_chosen_key_the_first_has_it() -> None:
    keymap = Keymap({"play": ("F13",), "recording.star": ("F13",)})
    assert keymap.of(actions.STAR) == ("F13",)
    assert keymap.of(actions.PLAY) == ()


@pytest.mark.parametrize("text", ["", "nonsense", "Ctrl+K, Ctrl+C", "Shift", "Ctrl+", "\ud800", "Meta+Ctrl"])
def test_what_is_no_key_is_left_out(text: str) -> None:
    assert normal(text) == ""
    assert Keymap({"play": (text, "F13")}).of(actions.PLAY) == ("F13",)


def test_keys_of_actions_that_are_not_known_are_kept() -> None:
    keymap = Keymap({"of a newer program": ("F13",)}).with_keys(actions.PLAY, ["F14"])
    assert keymap.changed["of a newer program"] == ("F13",)


def test_what_is_as_at_first_is_not_kept_as_changed() -> None:
    keymap = Keymap().with_keys(actions.STAR, ["F13"])
    assert dict(keymap.changed) == {"recording.star": ("F13",)}
    assert dict(keymap.reset(actions.STAR).changed) == {}


@pytest.mark.parametrize("key", ["Tab", "Up", "Shift+Down", "Ctrl+End", "Return", "F2", "Menu", "F10"])
def test_a_key_that_lists_and_buttons_need_is_held_by_its_place(key: str) -> None:
    assert not isinstance(Keymap().holder(key), actions.Action)
    assert Keymap().holder(key) is not None


# ----------------------------------------------------------------------------------------- the page


class Changing:
    """The page as somebody uses it."""

    def __init__(self, page: KeysPage, commands: Commands) -> None:
        self.page = page
        self.commands = commands
        self.rows = find(page, ActionList, "actionList")

    def choose(self, action: actions.Action) -> None:
        model = self.rows.model()
        assert model is not None
        place = next(place for place, row in enumerate(self.rows.rows) if row.action is action)
        self.rows.setCurrentIndex(model.index(place, 0))

    def press(self, text: str) -> QPushButton:
        button = next(each for each in self.page.findChildren(QPushButton) if each.text() == text)
        button.setFocus()
        button.click()
        return button

    def catch(
        self, text: str, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.press(text), key, held)

    @property
    def said(self) -> str:
        return find(self.page, WrappedLabel, "keysSentence").whole

    @property
    def asks(self) -> bool:
        return next(
            each for each in self.page.findChildren(QPushButton) if each.text() == "Use it here"
        ).isVisible()


@pytest.fixture
def changing(qtbot: QtBot, commands: Commands, theme: Theme) -> Changing:
    page = KeysPage(commands, theme)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    return Changing(page, commands)


def test_an_action_gets_the_key_that_is_pressed(changing: Changing) -> None:
    changing.choose(actions.LEVEL)
    changing.catch("Change key", Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert changing.commands.keymap.of(actions.LEVEL) == ("Shift+L",)
    assert changing.said == "Shift+L: Make all equally loud"
    assert changing.rows.chosen is not None
    assert changing.rows.chosen.action is actions.LEVEL


@pytest.mark.parametrize("key", [Qt.Key.Key_F13, Qt.Key.Key_F24, Qt.Key.Key_MediaStop, Qt.Key.Key_Pause])
def test_a_foot_pedal_is_a_key_beside_the_others(changing: Changing, key: Qt.Key) -> None:
    changing.choose(actions.PLAY)
    before = changing.commands.keymap.of(actions.PLAY)
    changing.catch("Add key", key)
    *kept, new = changing.commands.keymap.of(actions.PLAY)
    assert tuple(kept) == before
    done: list[bool] = []
    changing.commands.bind(actions.PLAY, lambda: done.append(True))
    assert new in [each.toString() for each in changing.commands.entry(actions.PLAY).shortcuts()] or (
        changing.commands.press(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
    )


def test_a_key_of_another_action_is_told_by_its_name_and_taken_after_a_question(changing: Changing) -> None:
    changing.choose(actions.LEVEL)
    changing.catch("Change key", Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert changing.said == "Ctrl+E is the key of “Export what is selected…”."
    assert changing.commands.keymap.of(actions.LEVEL) == ()
    changing.press("Use it here")
    assert changing.commands.keymap.of(actions.LEVEL) == ("Ctrl+E",)
    assert changing.commands.keymap.of(actions.EXPORT) == ()
    assert not changing.asks


def test_a_key_that_a_place_needs_is_told_and_not_taken(changing: Changing) -> None:
    changing.choose(actions.LEVEL)
    changing.catch("Change key", Qt.Key.Key_Tab)
    assert changing.said == "Tab has its meaning everywhere: Go to the next or previous control."
    assert not changing.asks
    assert changing.commands.keymap.of(actions.LEVEL) == ()


def test_escape_and_a_click_elsewhere_leave_the_key_as_it_is(changing: Changing) -> None:
    changing.choose(actions.STAR)
    changing.catch("Change key", Qt.Key.Key_Escape)
    changing.press("Change key")
    changing.rows.setFocus()
    assert QApplication.focusWidget() is changing.rows
    assert changing.commands.keymap.of(actions.STAR) == ("S",)
    assert any(each.text() == "Change key" for each in changing.page.findChildren(QPushButton))


def test_a_modifier_alone_is_waited_out(changing: Changing) -> None:
    changing.choose(actions.STAR)
    button = changing.press("Change key")
    QTest.keyPress(button, Qt.Key.Key_Control)
    QTest.keyClick(button, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert changing.commands.keymap.of(actions.STAR) == ("Ctrl+D",)


def test_keys_are_removed_reset_one_by_one_and_all_at_once(changing: Changing) -> None:
    changing.choose(actions.STAR)
    changing.press("Remove keys")
    assert changing.commands.keymap.of(actions.STAR) == ()
    changing.press("Reset")
    assert changing.commands.keymap.of(actions.STAR) == ("S",)
    changing.catch("Change key", Qt.Key.Key_F13)
    changing.choose(actions.NOTE)
    changing.catch("Change key", Qt.Key.Key_F14)
    changing.press("Reset all")
    assert dict(changing.commands.keymap.changed) == {}


def test_resetting_a_key_that_another_action_has_now_asks_first(changing: Changing) -> None:
    changing.commands.use(Keymap().with_keys(actions.LEVEL, ["S"]))
    changing.choose(actions.STAR)
    changing.press("Reset")
    assert changing.said == "Its own key is now that of “Make all equally loud”."
    changing.press("Use it here")
    assert changing.commands.keymap.of(actions.STAR) == ("S",)
    assert changing.commands.keymap.of(actions.LEVEL) == ()
