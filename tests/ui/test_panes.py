"""Panes: each within one key, one after the other with F6, and two of them to be hidden."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from playhead.core.exports.plan import plan
from playhead.core.preferences import Appearance
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.shell import actions
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.showing import Showing
from playhead.ui.window import Window
from support.fakes import BIRD, NOON, outline, recording
from support.focus_rings import unseen
from support.providers.registered import PROVIDERS

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, icons: Icons) -> Window:
    """The window with something in every pane."""
    model = RecordingModel(NOON, PROVIDERS)
    made = Window()
    made.furnish(model, theme, icons, QIcon())
    list(made.complete())
    qtbot.addWidget(made)
    model.fill({each: recording(each) for each in range(40)})
    with qtbot.waitActive(made):
        made.show()
    made.resize(1280, 800)
    made.show_recordings()
    made.table.show_listing(model.ids + type(model.ids)("q", range(40)))
    made.side_bar.show_accounts([BIRD])
    made.notices.say(key="a", sentence="Something happened.", action="Try again")
    made.status.show_rest(possible=True)
    made.transfers.add(1, plan([recording(1)], Path("out"), labels={}))
    made.player.show_recording("Incoming call", "Bird · EU support", stereo=True)
    made.player.show_peaks(outline())
    made.table.selectRow(3)
    made.inspector.show_recording(recording(3), Showing(NOON, {}))
    made.side_bar.tree.setFocus()
    return made


def places(window: Window) -> list[tuple[str, QWidget]]:
    """The panes in the order of the screen."""
    return [
        ("side bar", window.side_bar),
        ("filter", window.filter),
        ("notices", window.notices),
        ("timeline", window.strip),
        ("table", window.rows),
        ("exports", window.transfers),
        ("status", window.status),
        ("details", window.inspector),
        ("player", window.player),
    ]


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, held)


def here(window: Window) -> str:
    focused = QApplication.focusWidget()
    assert focused is not None
    return next((name for name, place in places(window) if place.isAncestorOf(focused)), "elsewhere")


def test_f6_goes_through_all_panes_in_the_order_of_the_screen_and_back_with_shift(window: Window) -> None:
    names = [name for name, _ in places(window)]
    walk = []
    for _ in names:
        press(Qt.Key.Key_F6)
        walk.append(here(window))
    assert walk == [*names[1:], names[0]]
    back = []
    for _ in names:
        press(Qt.Key.Key_F6, SHIFT)
        back.append(here(window))
    assert back == [*reversed(names[1:]), names[0]]


def test_f6_leaves_out_what_is_not_there(window: Window) -> None:
    window.notices.withdraw("a")
    window.transfers.remove(1)
    window.status.show_rest(possible=False)
    window.rows.emptiness.explain("Opening…", "")
    window.rows.show_emptiness()
    walk = []
    for _ in range(5):
        press(Qt.Key.Key_F6)
        walk.append(here(window))
    assert walk == ["filter", "timeline", "details", "player", "side bar"]


KEYS = {
    Qt.Key.Key_1: "side bar",
    Qt.Key.Key_2: "filter",
    Qt.Key.Key_3: "table",
    Qt.Key.Key_4: "details",
    Qt.Key.Key_5: "player",
    Qt.Key.Key_6: "exports",
    Qt.Key.Key_7: "notices",
    Qt.Key.Key_8: "status",
    Qt.Key.Key_9: "timeline",
}


def test_every_pane_has_a_key(window: Window) -> None:
    gone_to = {}
    for key in KEYS:
        QTest.keyClick(window.side_bar.tree, key, CTRL)
        gone_to[key] = here(window)
    assert gone_to == KEYS


def test_tab_comes_by_the_exports_between_the_table_and_the_status_line(window: Window) -> None:
    window.table.setFocus()
    walk = [here(window)]
    for _ in range(40):
        press(Qt.Key.Key_Tab)
        if here(window) != walk[-1]:
            walk.append(here(window))
    assert walk[:5] == ["table", "exports", "status", "details", "player"]


def test_a_side_is_hidden_and_comes_back_with_its_key(window: Window) -> None:
    for key, pane in ((Qt.Key.Key_B, window.side_bar), (Qt.Key.Key_I, window.inspector)):
        QTest.keyClick(window.table, key, CTRL)
        assert pane.isHidden()
        QTest.keyClick(window.table, key, CTRL)
        assert pane.isVisible()


def test_the_focus_of_a_side_that_is_hidden_goes_to_the_table(window: Window) -> None:
    window.side_bar.tree.setFocus()
    window.commands.do(actions.SIDE_BAR)
    assert window.table.hasFocus()
    assert not window.commands.entry(actions.SIDE_BAR).isChecked()


def test_to_go_to_a_hidden_side_shows_it(window: Window) -> None:
    window.commands.do(actions.DETAILS)
    window.commands.do(actions.GO_DETAILS)
    assert window.inspector.isVisible()
    assert window.commands.entry(actions.DETAILS).isChecked()
    assert here(window) == "details"


def test_what_is_not_there_cannot_be_gone_to(window: Window) -> None:
    assert window.commands.entry(actions.GO_EXPORTS).isEnabled()
    window.transfers.remove(1)
    window.notices.withdraw("a")
    assert not window.commands.entry(actions.GO_EXPORTS).isEnabled()
    assert not window.commands.entry(actions.GO_NOTICES).isEnabled()


def test_the_next_tab_of_the_details_has_a_key_wherever_the_keyboard_is(window: Window) -> None:
    tabs = window.inspector.findChild(QTabBar)
    assert tabs is not None
    window.inspector.offer_words(possible=False)
    seen = []
    for _ in range(4):
        QTest.keyClick(window.table, Qt.Key.Key_Tab, CTRL)
        seen.append(tabs.tabText(tabs.currentIndex()))
    assert seen == ["Notes", "Health", "Raw", "Details"]
    QTest.keyClick(window.table, Qt.Key.Key_Backtab, CTRL | SHIFT)
    assert tabs.tabText(tabs.currentIndex()) == "Raw"


# ------------------------------------------------------------------------------------- Enter and the ring


def test_enter_presses_whatever_button_has_the_focus_as_space_does(window: Window) -> None:
    buttons: list[QPushButton | QToolButton] = [
        *window.findChildren(QPushButton),
        *window.findChildren(QToolButton),
    ]
    tried = 0
    for button in buttons:
        unmoved = button.isVisible() and button.isEnabled() and button.window() is window
        if not unmoved or button.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        presses: list[bool] = []
        button.clicked.disconnect()
        button.clicked.connect(lambda *_, presses=presses: presses.append(True))
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert len(presses) == 2, button.accessibleName() or button.text()
        tried += 1
    assert tried > 10


def test_the_first_card_of_the_welcome_page_has_the_focus_and_enter_chooses_it(
    window: Window, qtbot: QtBot
) -> None:
    window.show_welcome()
    first = window.welcome.first
    assert first.hasFocus()
    with qtbot.waitSignal(window.welcome.connect_asked, timeout=1000):
        QTest.keyClick(first, Qt.Key.Key_Return)


def test_the_welcome_page_itself_is_no_stop(window: Window) -> None:
    window.show_welcome()
    stops = set()
    for _ in range(8):
        focused = QApplication.focusWidget()
        assert focused is not None
        stops.add(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert stops == {"Connect Convirza", "Connect Bird", "Try the demo"}


@pytest.mark.slow
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("page", ["recordings", "welcome"])
def test_where_the_keyboard_is_can_be_seen(
    window: Window, theme: Theme, appearance: Appearance, page: str
) -> None:
    theme.choose(appearance)
    if page == "welcome":
        window.show_welcome()
    found = unseen(window)
    theme.choose(Appearance.SYSTEM)
    assert found == []


def test_where_the_keyboard_is_can_be_seen_where_nothing_is_chosen(window: Window) -> None:
    window.table.clearSelection()
    window.side_bar.show_scope("kind:conference")
    fold = window.transfers.findChild(QToolButton, "unfoldTransferButton")
    assert fold is not None
    fold.click()
    assert unseen(window) == []
