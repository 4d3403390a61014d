"""The window: everything in its place, within reach of the keyboard, and named for assistive tools."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from playhead.core.preferences import Preferences
from playhead.core.stores import Count
from playhead.ui.accounts.sourcetree import Health
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.showing import Showing
from playhead.ui.window import Window
from support.fakes import BIRD, CONVIRZA, NOON, outline, recording

NAMES = (
    "filterLine",
    "recordingTable",
    "sourceTree",
    "statusLine",
    "searchRestButton",
    "playButton",
    "waveform",
    "speedBox",
    "volumeSlider",
    "channelBox",
    "exportButton",
    "transfersPanel",
    "inspector",
    "noticeBar",
    "welcomePage",
)
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def model(qtbot: QtBot) -> RecordingModel:
    return RecordingModel(NOON)


@pytest.fixture
def window(qtbot: QtBot, model: RecordingModel, theme: Theme, icons: Icons) -> Window:
    made = Window()
    made.furnish(model, theme, icons, QIcon())
    list(made.complete())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.resize(1280, 800)
    return made


@pytest.fixture
def busy(window: Window, model: RecordingModel) -> Window:
    """The window in the middle of the work, with something in every pane."""
    model.fill({each: recording(each) for each in range(40)})
    window.show_recordings()
    window.table.show_listing(model.ids + type(model.ids)("q", range(40)))
    window.side_bar.show_accounts([BIRD, CONVIRZA])
    window.side_bar.show_counts([Count(BIRD.id, "call", 40)], {BIRD.id: True})
    window.side_bar.show_health(BIRD.id, Health("bad", "key refused", "Reconnect"))
    window.notices.say(key="a", sentence="Something happened.", action="Try again")
    window.status.show_sentence("40 loaded · more exist at EU support")
    window.status.show_rest(possible=True)
    window.status.show_new("3 new ↑")
    window.player.show_recording("Incoming call", "Bird · EU support", stereo=True)
    window.player.show_peaks(outline())
    window.table.selectRow(3)
    window.inspector.show_recording(recording(3), Showing(NOON, {}))
    window.export_button.setEnabled(True)
    return window


def focusable(window: QWidget) -> Iterator[QWidget]:
    """What Tab stops at now."""
    for widget in window.findChildren(QWidget):
        tab = Qt.FocusPolicy.TabFocus
        if widget.focusPolicy() & tab == tab and widget.isVisible() and widget.isEnabled():
            yield widget


def spoken_name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def described(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}".strip()


def choose_tab(window: Window, place: int) -> None:
    tabs = window.inspector.findChild(QTabBar)
    assert tabs is not None
    tabs.setCurrentIndex(place)


def test_what_tests_and_assistive_tools_address_is_there_once(window: Window) -> None:
    for name in NAMES:
        assert len(window.findChildren(QWidget, name)) == 1, name


# -------------------------------------------------------------------------------------- accessibility


def test_everything_that_takes_the_focus_has_a_name_to_be_heard(busy: Window) -> None:
    for tab in range(2):
        choose_tab(busy, tab)
        nameless = [described(each) for each in focusable(busy) if not spoken_name(each)]
        assert nameless == []


def test_the_welcome_page_can_be_heard_as_well(window: Window) -> None:
    window.show_welcome()
    found = list(focusable(window))
    assert found
    assert [described(each) for each in found if not spoken_name(each)] == []


def test_tab_goes_through_the_panes_in_the_order_in_which_they_are_read(busy: Window) -> None:
    panes = {
        "side bar": busy.side_bar,
        "filter": busy.filter,
        "export": busy.export_button,
        "more about exports": busy.export_menu,
        "notices": busy.notices,
        "timeline": busy.strip,
        "table": busy.table,
        "status": busy.status,
        "inspector": busy.inspector,
        "player": busy.player,
    }
    busy.side_bar.tree.setFocus()
    walk: list[str] = []
    for _ in range(60):
        here = QApplication.focusWidget()
        assert here is not None
        pane = next(
            (name for name, each in panes.items() if each is here or each.isAncestorOf(here)), described(here)
        )
        if not walk or walk[-1] != pane:
            walk.append(pane)
        if len(walk) > len(panes):
            break
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert walk == [*panes, "side bar"]


def test_where_the_keyboard_is_can_be_seen(busy: Window, qapp: QApplication) -> None:
    unseen = []
    for widget in list(focusable(busy)):
        busy.setFocus()
        away = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert widget.hasFocus(), described(widget)
        if widget.grab().toImage() == away:
            unseen.append(described(widget))
    assert unseen == []


# ---------------------------------------------------------------------------------------- the window


def test_closing_is_a_request_that_the_program_answers_when_it_has_finished(
    busy: Window, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(busy.closing, timeout=1000):
        busy.close()
    assert busy.isVisible()


def test_the_player_is_away_while_nothing_is_connected(window: Window) -> None:
    window.show_welcome()
    assert window.welcome.isVisible()
    assert not window.player.isVisible()
    window.show_recordings()
    assert window.table.isVisible()
    assert window.player.isVisible()


def test_an_empty_table_says_why_and_what_can_be_done(busy: Window, qtbot: QtBot) -> None:
    busy.rows.emptiness.explain("Nothing matches", "No recording matches <b>this</b> filter.", clear=True)
    busy.rows.show_emptiness()
    said = [label.text() for label in busy.rows.emptiness.findChildren(QLabel)]
    assert said == ["Nothing matches", "No recording matches <b>this</b> filter."]
    buttons = [each for each in busy.rows.emptiness.findChildren(QPushButton) if each.isVisible()]
    assert [each.text() for each in buttons] == ["Clear the filter"]
    with qtbot.waitSignal(busy.rows.emptiness.clear_asked, timeout=1000):
        QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    busy.rows.show_rows()
    assert busy.table.isVisible()


def test_keys_are_for_the_rows_at_first_sight(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.show()
    window.show_welcome()
    assert window.focusWidget() is window.welcome.first
    window.rows.show_emptiness()
    window.show_recordings()
    window.rows.show_rows()
    assert window.focusWidget() is window.table


def test_who_is_in_the_filter_stays_there_when_rows_come(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.show()
    window.rows.show_emptiness()
    window.show_recordings()
    window.filter.focus()
    window.show_recordings()
    window.rows.show_rows()
    assert window.focusWidget() is window.filter.line


def test_place_and_panes_come_back_at_the_next_start(
    window: Window, qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    window.show_recordings()
    window.resize(700, 600)
    saved = window.arrangement.saved_in(Preferences())
    later = Window()
    later.furnish(RecordingModel(NOON), theme, icons, QIcon())
    qtbot.addWidget(later)
    later.arrangement.restore(saved)
    assert later.size() == window.size()


@pytest.mark.slow
@pytest.mark.parametrize("saved", ["", " ", "xyz", "00 00", "zz 00", "\u0660 \u0660"])
def test_a_layout_that_makes_no_sense_changes_nothing(window: Window, saved: str) -> None:
    before = window.size()
    window.arrangement.restore(Preferences(layout=saved))
    assert window.size() == before


def test_what_is_made_when_it_is_first_asked_for_has_its_place_in_the_order_of_tab(window: Window) -> None:
    chain: list[QWidget] = [window.side_bar.tree]
    each = window.side_bar.tree.nextInFocusChain()
    while each is not None and each is not window.side_bar.tree:
        chain.append(each)
        each = each.nextInFocusChain()
    panel = next(each for each in chain if window.values.isAncestorOf(each))
    form = window.form
    stops = [window.filter.line, form.period, form.words, window.table, panel, window.player.waveform]
    places = [chain.index(each) for each in stops]
    assert places == sorted(places)
