"""The side bar: accounts with their counts and health, and what a click or a key on them does."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from playhead.core.account import Account
from playhead.core.finding.parser import parse
from playhead.core.stores import Count
from playhead.ui.accounts.sidebar import SideBar, scope_of
from playhead.ui.accounts.sourcetree import Health, SourceRole
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from support.fakes import BIRD, CONVIRZA, NOON
from support.providers.registered import PROVIDERS
from support.window.accessible_events import overheard

COUNTS = (
    Count(BIRD.id, "conference", 4),
    Count(BIRD.id, "call", 1200),
    Count(BIRD.id, "jingle", 1),
    Count(CONVIRZA.id, "prompt", 40),
)
THIN = "\N{NARROW NO-BREAK SPACE}"


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, icons: Icons) -> SideBar:
    made = SideBar(theme, icons, PROVIDERS)
    qtbot.addWidget(made)
    made.resize(216, 600)
    made.show_accounts([BIRD, CONVIRZA])
    made.show()
    return made


def lines(bar: SideBar) -> Iterator[tuple[str, str]]:
    """Every line from the top, with its count."""
    for item in every(bar):
        yield item.text(0), str(item.data(0, SourceRole.COUNT) or "")


def every(bar: SideBar) -> Iterator[QTreeWidgetItem]:
    for place in range(bar.tree.topLevelItemCount()):
        top = bar.tree.topLevelItem(place)
        assert top is not None
        yield top
        for each in range(top.childCount()):
            child = top.child(each)
            assert child is not None
            yield child


def line(bar: SideBar, text: str) -> QTreeWidgetItem:
    return next(item for item in every(bar) if item.text(0) == text)


def click(bar: SideBar, text: str) -> None:
    place = bar.tree.visualItemRect(line(bar, text)).topLeft() + QPoint(30, 10)
    QTest.mouseClick(bar.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def spots_that_act(bar: SideBar, text: str, heard: Sequence[str]) -> list[QPoint]:
    """Where in a line a click is the action's: a column of points through its lower part."""
    box = bar.tree.visualItemRect(line(bar, text))
    found = []
    for x in range(box.left(), box.right() + 1, 2):
        before = len(heard)
        QTest.mouseClick(bar.tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, box.bottom() - 8))
        if len(heard) > before:
            found.append(QPoint(x, box.bottom() - 8))
    return found


def test_accounts_are_listed_in_their_order_with_their_provider(bar: SideBar) -> None:
    assert list(lines(bar)) == [
        ("LIBRARY", ""),
        ("All recordings", ""),
        ("ACCOUNTS", ""),
        ("Bird · EU support", ""),
        ("Convirza · Marketing", ""),
    ]


def test_a_label_that_begins_with_its_provider_is_not_doubled(bar: SideBar) -> None:
    bar.show_accounts([replace(BIRD, label="Bird EU")])
    assert [text for text, _ in lines(bar)][-1] == "Bird EU"


def test_without_an_account_there_is_no_heading_for_them(bar: SideBar) -> None:
    bar.show_accounts([])
    assert [text for text, _ in lines(bar)] == ["LIBRARY", "All recordings"]


def test_counts_say_what_is_loaded_and_a_plus_that_it_is_not_all(bar: SideBar) -> None:
    bar.show_counts(COUNTS, {BIRD.id: True, CONVIRZA.id: False})
    assert list(lines(bar))[1:] == [
        ("All recordings", f"1{THIN}245+"),
        ("ACCOUNTS", ""),
        ("Bird · EU support", f"1{THIN}205+"),
        ("Calls", f"1{THIN}200"),
        ("Conferences", "4"),
        ("Convirza · Marketing", "40"),
        ("Prompts", "40"),
    ]


def test_newer_counts_take_the_place_of_the_older(bar: SideBar) -> None:
    bar.show_counts(COUNTS, {})
    bar.show_counts([Count(BIRD.id, "call", 7)], {})
    assert dict(lines(bar))["Calls"] == "7"
    assert len([text for text, _ in lines(bar) if text == "Calls"]) == 1


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("All recordings", ""),
        ("Bird · EU support", 'account:"EU support"'),
        ("Calls", 'account:"EU support" kind:call'),
    ],
)
def test_a_click_narrows_to_what_was_clicked(qtbot: QtBot, bar: SideBar, text: str, scope: str) -> None:
    bar.show_counts(COUNTS, {})
    with qtbot.waitSignal(bar.chosen, timeout=1000) as heard:
        click(bar, text)
    assert heard.args == [scope]


def test_a_click_on_a_heading_does_nothing(qtbot: QtBot, bar: SideBar) -> None:
    with qtbot.assertNotEmitted(bar.chosen):
        click(bar, "ACCOUNTS")


@pytest.mark.parametrize("label", ["EU support", "a:b (c) -d OR e", 'The "big" one', '"', "*"])
def test_the_words_for_an_account_find_that_account(label: str) -> None:
    account = replace(BIRD, label=label)
    found = parse(scope_of(account), NOON, [account, CONVIRZA])
    assert found.node == parse(f"account:{account.id}", NOON, [account, CONVIRZA]).node


def test_the_line_of_the_scope_is_marked_without_asking_again(qtbot: QtBot, bar: SideBar) -> None:
    bar.show_counts(COUNTS, {})
    with qtbot.assertNotEmitted(bar.chosen):
        bar.show_scope('account:"EU support" kind:call')
        current = bar.tree.marked
        assert current is not None
        assert current.text(0) == "Calls"
        bar.show_scope("something else")
    assert bar.tree.marked is None


def test_health_is_shown_and_heard(bar: SideBar) -> None:
    bar.show_health(BIRD.id, Health("bad", "key refused", "Reconnect"))
    shown = line(bar, "Bird · EU support")
    assert shown.data(0, SourceRole.HEALTH).text == "key refused"
    heard = shown.data(0, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "key refused" in heard
    bar.show_health("an account that is gone", Health("bad", "x"))


def test_health_makes_room_below_its_account(bar: SideBar) -> None:
    before = bar.tree.visualItemRect(line(bar, "Bird · EU support")).height()
    bar.show_health(BIRD.id, Health("good", "complete"))
    assert bar.tree.visualItemRect(line(bar, "Bird · EU support")).height() > before


@pytest.mark.parametrize("text", ["key refused", "a much longer story than there is room for in a side bar"])
def test_the_action_of_an_account_is_clicked_where_it_is_painted(bar: SideBar, text: str) -> None:
    heard: list[str] = []
    bar.action_asked.connect(heard.append)
    bar.show_health(BIRD.id, Health("dim", text, "Reconnect"))
    spots = spots_that_act(bar, "Bird · EU support", heard)
    assert set(heard) == {BIRD.id}
    bar.show_scope("nothing")
    picture = bar.tree.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    row = bar.tree.visualItemRect(line(bar, "Bird · EU support"))
    pixels = {
        x: [
            picture.pixelColor(round(x * ratio), round(y * ratio))
            for y in range(row.top() + 28, row.bottom())
        ]
        for x in range(row.left(), row.right())
    }
    # Only the action is blue; the letters' edges are paler.
    inked = [x for x, colors in pixels.items() if any(each.blue() - each.red() > 60 for each in colors)]
    assert inked
    assert min(each.x() for each in spots) <= min(inked)
    assert max(each.x() for each in spots) >= max(inked) - 2
    assert max(each.x() for each in spots) - max(inked) < 12


def test_a_click_beside_the_action_narrows_to_the_account(qtbot: QtBot, bar: SideBar) -> None:
    bar.show_health(BIRD.id, Health("bad", "key refused", "Reconnect"))
    with qtbot.assertNotEmitted(bar.action_asked), qtbot.waitSignal(bar.chosen, timeout=1000):
        click(bar, "Bird · EU support")


def test_from_right_to_left_the_action_is_where_it_is_painted(bar: SideBar) -> None:
    heard: list[str] = []
    bar.action_asked.connect(heard.append)
    bar.show_health(BIRD.id, Health("bad", "key refused", "Reconnect"))
    width = bar.tree.viewport().width()
    spots = [each.x() for each in spots_that_act(bar, "Bird · EU support", heard)]
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = [width - each.x() for each in spots_that_act(bar, "Bird · EU support", heard)]
    assert spots
    assert abs(min(spots) - min(mirrored)) < 4
    assert abs(max(spots) - max(mirrored)) < 4


def test_enter_narrows_and_arrows_go_from_line_to_line(qtbot: QtBot, bar: SideBar) -> None:
    bar.show_counts(COUNTS, {})
    bar.tree.setFocus()
    for _ in range(2):
        QTest.keyClick(bar.tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(bar.chosen, timeout=1000) as heard:
        QTest.keyClick(bar.tree, Qt.Key.Key_Return)
    assert heard.args == ['account:"EU support" kind:call']


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(
    ("entry", "signal"),
    [
        ("Look for new recordings", "refresh_asked"),
        ("Reconnect…", "reconnect_asked"),
        ("Disconnect…", "disconnect_asked"),
    ],
)
def test_the_menu_key_offers_what_can_be_done_about_an_account(
    qtbot: QtBot, bar: SideBar, entry: str, signal: str
) -> None:
    bar.tree.setCurrentItem(line(bar, "Bird · EU support"))
    QTest.keyClick(bar.tree, Qt.Key.Key_Menu)
    menu = next(each for each in bar.findChildren(QMenu) if each.isVisible())
    with qtbot.waitSignal(getattr(bar, signal), timeout=1000) as heard:
        next(action for action in menu.actions() if action.text() == entry).trigger()
    assert heard.args == [BIRD.id]
    menu.close()


def test_an_account_can_be_added(qtbot: QtBot, bar: SideBar) -> None:
    with qtbot.waitSignal(bar.connect_asked, timeout=1000):
        QTest.mouseClick(bar.connect_button, Qt.MouseButton.LeftButton)


def test_a_hostile_label_is_painted_as_text_in_one_line(bar: SideBar) -> None:
    hostile: Account = replace(BIRD, label="<b>x</b>\n\u202e" + "y" * 5000)
    bar.show_accounts([hostile])
    bar.show_counts([Count(BIRD.id, "call", 10**12)], {BIRD.id: True})
    bar.show_health(BIRD.id, Health("bad", "z" * 500, "Reconnect"))
    assert not bar.grab().isNull()


SAVED = (("Failed", "status:failed"), ("<b>Long</b> " + "name " * 40, "is:starred"), ("Third", "x"))


def test_saved_filters_stand_between_the_library_and_the_accounts(bar: SideBar) -> None:
    bar.show_saved(SAVED)
    texts = [text for text, _ in lines(bar)]
    assert texts[:4] == ["LIBRARY", "All recordings", "SAVED FILTERS", "Failed"]
    assert texts[6] == "ACCOUNTS"
    bar.show_saved_count(0, "12+", "status:failed — 12 recordings among the loaded")
    assert dict(lines(bar))["Failed"] == "12+"
    heard = line(bar, "Failed").data(0, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "12 recordings" in heard
    assert line(bar, "Failed").toolTip(0).startswith("Failed — status:failed")
    assert not bar.grab().isNull()
    bar.mark_saved(0)
    bar.show_saved([])
    assert "SAVED FILTERS" not in [text for text, _ in lines(bar)]
    current = bar.tree.marked
    assert current is not None
    assert current.text(0) == "All recordings"


def test_saved_filters_stay_when_the_accounts_change(bar: SideBar) -> None:
    bar.show_saved(SAVED)
    bar.show_accounts([BIRD])
    texts = [text for text, _ in lines(bar)]
    assert texts.count("SAVED FILTERS") == 1
    assert texts.index("Third") < texts.index("ACCOUNTS")


def test_a_click_on_a_saved_filter_asks_for_it(qtbot: QtBot, bar: SideBar) -> None:
    bar.show_saved(SAVED)
    with qtbot.waitSignal(bar.saved_chosen, timeout=1000) as heard:
        click(bar, "Third")
    assert heard.args == [2]
    with qtbot.assertNotEmitted(bar.saved_chosen):
        bar.mark_saved(0)
    current = bar.tree.marked
    assert current is not None
    assert current.text(0) == "Failed"


@pytest.mark.parametrize(
    ("key", "held", "verb"),
    [
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, "rename"),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "remove"),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, "up"),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier, "down"),
    ],
)
def test_keys_change_saved_filters_and_nothing_else(
    qtbot: QtBot, bar: SideBar, key: Qt.Key, held: Qt.KeyboardModifier, verb: str
) -> None:
    bar.show_saved(SAVED)
    bar.mark_saved(2)
    with qtbot.waitSignal(bar.saved_verb, timeout=1000) as heard:
        QTest.keyClick(bar.tree, key, held)
    assert heard.args == [verb, 2]
    bar.show_scope("")
    with qtbot.assertNotEmitted(bar.saved_verb):
        QTest.keyClick(bar.tree, key, held)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_offers_what_can_be_done_with_a_saved_filter(qtbot: QtBot, bar: SideBar) -> None:
    bar.show_saved(SAVED)
    bar.mark_saved(0)
    QTest.keyClick(bar.tree, Qt.Key.Key_Menu)
    menu = next(each for each in bar.findChildren(QMenu) if each.isVisible())
    assert [action.text() for action in menu.actions()] == [
        "Rename…",
        "Use the present filter",
        "Move up",
        "Move down",
        "Remove",
    ]
    with qtbot.waitSignal(bar.saved_verb, timeout=1000) as heard:
        menu.actions()[1].trigger()
    assert heard.args == ["update", 0]
    menu.close()


def test_a_screen_reader_hears_the_current_line_whenever_one_comes_to_the_side_bar(
    qtbot: QtBot, bar: SideBar
) -> None:
    bar.show_counts(COUNTS, {})
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    for item in [each for each in every(bar) if each.flags() & Qt.ItemFlag.ItemIsEnabled]:
        bar.tree.setCurrentItem(item)
        bar.tree.clearFocus()
        with overheard() as events:
            bar.tree.setFocus(Qt.FocusReason.TabFocusReason)
            qtbot.waitUntil(lambda: len(events.focused) > 1)
            assert events.focused == ["Accounts", item.text(0)]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("way", ["event", "menu", "shift and F10"])
def test_the_menu_that_a_key_opens_begins_at_its_first_entry(bar: SideBar, way: str) -> None:
    bar.tree.mark(line(bar, "Bird · EU support"))
    bar.tree.setFocus()
    if way == "event":
        middle = bar.tree.rect().center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, bar.tree.mapToGlobal(middle))
        QApplication.sendEvent(bar.tree, asked)
    elif way == "menu":
        QTest.keyClick(bar.tree, Qt.Key.Key_Menu)
    else:
        QTest.keyClick(bar.tree, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = next(each for each in bar.findChildren(QMenu) if each.isVisible())
    assert menu.activeAction() is menu.actions()[0]
    menu.close()
