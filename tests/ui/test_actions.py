"""Actions: every one of them within reach by key and menu, and each of its keys where it is meant to act."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QIcon, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from playhead.core.preferences import MenuBarChoice
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.theme import Theme
from playhead.ui.shell import actions
from playhead.ui.shell.actions import ACTIONS, Action, Group
from playhead.ui.shell.keymap import Keymap, is_plain, normal
from playhead.ui.shell.placekeys import PLACE_KEYS, SIDE_BAR, TABLE, WAVEFORM
from playhead.ui.table.model import RecordingModel
from playhead.ui.window import Window
from support.fakes import BIRD, NOON, outline, recording
from support.window.accessible_events import overheard

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYED = [(action, key) for action in ACTIONS for key in action.keys]


pytestmark = pytest.mark.qt_log_ignore("keyToAscii", "This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, icons: Icons) -> Window:
    """The window with rows and nothing bound but what concerns it alone."""
    model = RecordingModel(NOON)
    made = Window()
    made.furnish(model, theme, icons, QIcon())
    qtbot.addWidget(made)
    model.fill({each: recording(each) for each in range(40)})
    with qtbot.waitActive(made):
        made.show()
    made.show_recordings()
    made.side_bar.show_accounts([BIRD])
    made.table.show_listing(model.ids + type(model.ids)("q", range(40)))
    made.table.setFocus()
    return made


def heard(window: Window) -> list[Action]:
    """Actions that are asked for from now on."""
    found: list[Action] = []
    for action in ACTIONS:
        entry = window.commands.entry(action)
        entry.triggered.disconnect()
        entry.triggered.connect(lambda _, action=action: found.append(action))
        entry.setEnabled(True)
    return found


def type_key(widget: QWidget, key: str) -> None:
    """Press a key as it is written."""
    combination = QKeySequence.fromString(key)[0]  # type: ignore[index]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


def asked(done: list[Action], widget: QWidget, key: str) -> list[str]:
    """Press a key in `widget`; the names of the actions that this asks for, by the list of what is `done`."""
    widget.setFocus()
    done.clear()
    type_key(widget, key)
    return [action.key for action in done]


def in_menus(menus: Iterator[QMenu]) -> list[str]:
    return [entry.text().partition("\t")[0].replace("&", "") for menu in menus for entry in menu.actions()]


# ------------------------------------------------------------------------------------------- values


def test_every_action_has_a_name_and_a_title_of_its_own() -> None:
    assert len({action.key for action in ACTIONS}) == len(ACTIONS)
    assert len({action.title for action in ACTIONS}) == len(ACTIONS)


def test_no_key_stands_for_two_things() -> None:
    keys = [key for _, key in KEYED]
    assert len(set(keys)) == len(keys)
    assert all(isinstance(Keymap().holder(key), Action) for key in keys)


def test_keys_are_written_as_qt_writes_them() -> None:
    written = [key for _, key in KEYED] + [key for each in PLACE_KEYS for key in each.keys if key != "Alt"]
    assert [key for key in written if normal(key) != key] == []


# --------------------------------------------------------------------------------------------- menus


def test_every_action_is_in_the_menu_of_its_group(window: Window) -> None:
    titles = [entry.text().replace("&", "") for entry in window.menu_bar.actions()]
    assert titles == [str(group) for group in Group]
    menus = [menu for entry in window.menu_bar.actions() if isinstance(menu := entry.menu(), QMenu)]
    shown = [title for title in in_menus(iter(menus)) if title]
    assert shown == [action.title for group in Group for action in ACTIONS if action.group is group]


def test_an_entry_of_a_menu_is_chosen_by_a_letter_of_its_own(window: Window) -> None:
    for group in Group:
        marks = [
            QKeySequence.mnemonic(window.commands.entry(action).text()).toString()
            for action in ACTIONS
            if action.group is group
        ]
        assert len(set(marks)) == len(marks), group
        assert all(marks), group


def test_a_menu_shows_the_key_of_each_entry(window: Window) -> None:
    shown = {
        action.key: entry.text().partition("\t")[2] or entry.shortcut().toString()
        for action in ACTIONS
        for entry in [window.commands.entry(action)]
    }
    assert shown == {action.key: (action.keys or ("",))[0] for action in ACTIONS}


# ---------------------------------------------------------------------------------------------- keys


def test_a_key_does_what_its_action_says_in_the_table(window: Window) -> None:
    done = heard(window)
    found = {key: asked(done, window.table, key) for _, key in KEYED}
    assert found == {key: [action.key] for action, key in KEYED}


@pytest.mark.parametrize("place", ["filter", "side bar", "waveform"])
def test_a_key_that_no_text_has_a_use_for_works_wherever_the_keyboard_is(window: Window, place: str) -> None:
    here: QWidget = {
        "filter": window.filter.line,
        "side bar": window.side_bar.tree,
        "waveform": window.player.waveform,
    }[place]
    done = heard(window)
    everywhere = [(action, key) for action, key in KEYED if not is_plain(key) and not action.in_table]
    found = {key: asked(done, here, key) for _, key in everywhere}
    assert found == {key: [action.key] for action, key in everywhere}


def test_what_is_typed_into_a_text_is_no_key_of_an_action(window: Window) -> None:
    window.filter.line.setFocus()
    found = heard(window)
    QTest.keyClicks(window.filter.line, "sSnabmujk 1280,.")
    QTest.keyClick(window.filter.line, Qt.Key.Key_A, CTRL)
    QTest.keyClick(window.filter.line, Qt.Key.Key_Left, SHIFT)
    assert found == []
    assert window.filter.text == "sSnabmujk 1280,."


def test_a_digit_that_needs_shift_on_a_keyboard_is_that_digit(window: Window) -> None:
    found = heard(window)
    QTest.keyClick(window.table, Qt.Key.Key_1, SHIFT)
    QTest.keyClick(window.table, Qt.Key.Key_1, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(window.table, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert found == [actions.LEFT, actions.LEFT]


@pytest.mark.parametrize("place", ["side bar", "waveform", "export"])
def test_single_letters_act_wherever_no_text_has_the_focus(window: Window, place: str) -> None:
    here: QWidget = {
        "side bar": window.side_bar.tree,
        "waveform": window.player.waveform,
        "export": window.export_menu,
    }[place]
    window.player.show_peaks(outline())
    done = heard(window)
    letters = ["S", "A", "B", "Space", ",", "1", "M", "Esc"]
    found = {key: asked(done, here, key) for key in letters}
    expected = {key: [each.key for each, own in KEYED if own == key] for key in letters}
    # A button is pressed by it.
    assert found == expected | ({"Space": []} if place == "export" else {})


def test_a_letter_with_shift_is_another_key(window: Window) -> None:
    found = heard(window)
    QTest.keyClick(window.table, Qt.Key.Key_A, SHIFT)
    QTest.keyClick(window.table, Qt.Key.Key_S, SHIFT)
    assert found == [actions.LOOP_NONE]


def test_nothing_of_the_list_can_be_done_before_an_account_is_connected(window: Window) -> None:
    window.show_welcome()
    assert not window.commands.entry(actions.EXPORT).isEnabled()
    assert window.commands.entry(actions.PREFERENCES).isEnabled()
    window.show_recordings()
    assert window.commands.entry(actions.EXPORT).isEnabled()


# --------------------------------------------------------------------------------------------- the menu bar


def test_the_menu_bar_is_hidden_until_alt_where_the_person_wants_it_so(window: Window) -> None:
    assert window.menu_bar.isVisible()
    window.commands.do(actions.MENU_BAR)
    assert window.menu_bar.isHidden()
    QTest.keyClick(window.table, Qt.Key.Key_Alt)
    assert window.menu_bar.isVisible()
    QTest.keyClick(window.menu_bar, Qt.Key.Key_Escape)
    window.table.setFocus()
    assert window.menu_bar.isHidden()
    type_key(window.table, "Ctrl+2")
    assert window.filter.line.hasFocus()


def test_alt_with_another_key_does_not_bring_the_hidden_menu_bar(window: Window) -> None:
    window.menu_bar.choose(MenuBarChoice.UNTIL_ALT)
    QTest.keyPress(window.table, Qt.Key.Key_Alt)
    QTest.keyClick(window.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(window.table, Qt.Key.Key_Alt)
    assert window.menu_bar.isHidden()


def test_alt_with_the_letter_of_a_menu_opens_it_though_the_bar_is_hidden(window: Window) -> None:
    window.menu_bar.choose(MenuBarChoice.UNTIL_ALT)
    QTest.keyClick(window.table, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    menu = window.menu_bar.activeAction()
    assert menu is not None
    assert menu.text() == "&View"
    QTest.keyClick(window.menu_bar, Qt.Key.Key_Escape)


# -------------------------------------------------------------------------------------- told in tool tips


def shown_tip(widget: QWidget) -> str:
    """What the tool tip of a widget says to who points at it."""
    QToolTip.hideText()
    place = widget.rect().center()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place)))
    return QToolTip.text()


def test_a_tool_tip_says_the_key_that_holds_now(window: Window) -> None:
    controls = {actions_of[0]: control for control, actions_of in window.player.keyed}
    assert shown_tip(controls[actions.PLAY]) == "Play (Space)"
    assert shown_tip(controls[actions.SLOWER]) == "Speed (, · .)"
    assert shown_tip(window.export_button) == "Export what is selected (Ctrl+E)"
    window.commands.use(Keymap().with_keys(actions.PLAY, ["F13"]).with_keys(actions.EXPORT, []))
    assert shown_tip(controls[actions.PLAY]) == "Play (F13)"
    assert shown_tip(window.export_button) == "Export what is selected"


def test_the_hint_of_the_player_says_the_keys_that_hold_now(window: Window) -> None:
    hint = window.findChild(PlainLabel, "playerHint")
    assert hint is not None
    assert hint.whole == "Autoplay off · Space plays · F1 keys"
    window.commands.use(Keymap().with_keys(actions.PLAY, ["F13"]).with_keys(actions.KEYS, []))
    assert hint.whole == "Autoplay off · F13 plays"


# ------------------------------------------------------------------------------------ keys of one place


@pytest.mark.parametrize("place", [TABLE, SIDE_BAR, WAVEFORM])
def test_a_place_has_a_use_for_its_own_keys(window: Window, place: str) -> None:
    here: QWidget = {
        TABLE: window.table,
        SIDE_BAR: window.side_bar.tree,
        WAVEFORM: window.player.waveform,
    }[place]
    for key in [key for each in PLACE_KEYS if each.place == place for key in each.keys]:
        window.player.show_peaks(outline(b"\xff" * 10_000, per_second=100))
        window.player.waveform.zoom(4, 0)
        window.side_bar.show_saved([("Calls", "kind:call"), ("Others", "-kind:call")])
        window.side_bar.mark_saved(0)
        combination = QKeySequence.fromString(key)[0]  # type: ignore[index]
        event = QKeyEvent(QEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers())
        here.keyPressEvent(event)
        assert event.isAccepted(), key


def test_a_key_of_what_cannot_be_done_now_says_when_it_can(window: Window) -> None:
    window.commands.allow(actions.Need.SOUND, met=False)
    with overheard() as events:
        for key in ("Right", "Ctrl+7"):
            type_key(window.table, key)
    assert events.said == [
        "5 seconds forward: only when a recording is at the player",
        "Go to the notices: only when a notice is shown",
    ]
    with overheard() as events:
        type_key(window.filter.line, "A")
    assert events.said == []


@pytest.mark.parametrize("choice", [MenuBarChoice.SHOWN, MenuBarChoice.UNTIL_ALT])
def test_f10_opens_the_first_menu_at_its_first_entry(window: Window, choice: MenuBarChoice) -> None:
    window.menu_bar.choose(choice)
    type_key(window.filter.line, "F10")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    first = menu.activeAction()
    assert first is not None
    assert first.text().replace("&", "") == "Add account…"
    menu.close()
