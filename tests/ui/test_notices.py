"""Notices: stacked, replaced, dismissed, acted upon, and never read as HTML."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from playhead.ui.look.icons import Icons
from playhead.ui.shell.notices import NoticeBar
from support.child_widgets import find


@pytest.fixture
def bar(qtbot: QtBot, icons: Icons) -> NoticeBar:
    made = NoticeBar(icons)
    qtbot.addWidget(made)
    made.resize(800, 100)
    return made


def shown(bar: NoticeBar) -> list[str]:
    labels = [label for label in bar.findChildren(QLabel) if not label.isHidden() and label.text()]
    return [label.text() for label in labels if label.isVisibleTo(bar)]


def rows(bar: NoticeBar) -> list[QFrame]:
    return [row for row in bar.findChildren(QFrame) if row.property("notice") and not row.isHidden()]


def test_the_bar_is_hidden_while_there_is_nothing_to_say(bar: NoticeBar) -> None:
    assert bar.isHidden()
    bar.say("a", "One.")
    assert not bar.isHidden()
    bar.withdraw("a")
    assert bar.isHidden()


def test_the_newest_is_first_and_those_beyond_three_are_counted(qtbot: QtBot, bar: NoticeBar) -> None:
    for word in ("one", "two", "three", "four", "five"):
        bar.say(word, word)
    qtbot.waitExposed(bar)
    assert [notice.key for notice in bar.notices] == ["five", "four", "three", "two", "one"]
    assert set(shown(bar)) == {"five", "four", "three", "and 2 more notices"}
    bar.withdraw("four")
    assert set(shown(bar)) == {"five", "three", "two", "and 1 more notice"}


def test_a_newer_notice_of_the_same_key_replaces_the_older(bar: NoticeBar) -> None:
    bar.say("bird", "Bird asks to wait.")
    bar.say("bird", "Bird is not reachable.", "bad")
    assert shown(bar) == ["Bird is not reachable."]


def test_acting_takes_the_notice_away_before_it_acts(bar: NoticeBar) -> None:
    left: list[int] = []
    bar.say("a", "The key was refused.", "bad", "Reconnect", lambda: left.append(len(bar.notices)))
    button = find(bar, QPushButton)
    assert button.text() == "Reconnect"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert left == [0]


def test_an_action_may_show_the_next_notice_of_the_same_key(bar: NoticeBar) -> None:
    bar.say("a", "Failed.", "bad", "Again", lambda: bar.say("a", "Trying."))
    QTest.mouseClick(find(bar, QPushButton), Qt.MouseButton.LeftButton)
    assert [notice.sentence for notice in bar.notices] == ["Trying."]


def test_a_notice_can_be_dismissed_by_button_and_by_escape(bar: NoticeBar) -> None:
    bar.say("a", "One.")
    bar.say("b", "Two.")
    close = find(rows(bar)[-1], QToolButton)
    assert close.accessibleName() == "Dismiss"
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert len(bar.notices) == 1
    QTest.keyClick(find(rows(bar)[0], QToolButton), Qt.Key.Key_Escape)
    assert not bar.notices


def test_a_hostile_sentence_is_text_and_widens_nothing(bar: NoticeBar) -> None:
    bar.say("a", "<img src=x>" + "x" * 10_000, "attention")
    label = find(rows(bar)[0], QLabel)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text().startswith("<img src=x>")
    assert bar.minimumSizeHint().width() < 400


def test_a_screen_reader_can_reach_the_sentence(bar: NoticeBar) -> None:
    bar.say("a", "3 exported.")
    assert rows(bar)[0].accessibleName() == "3 exported."
    assert rows(bar)[0].focusPolicy() is Qt.FocusPolicy.TabFocus


def test_in_a_low_window_one_notice_is_shown_and_the_others_are_a_click_away(bar: NoticeBar) -> None:
    bar.fit(low=True)
    for word in ("one", "two", "three"):
        bar.say(word, word)
    assert shown(bar) == ["three"]
    more = find(rows(bar)[0], QPushButton)
    assert (more.text(), more.accessibleName()) == ("2 more", "Show 2 more notices")
    QTest.keyClick(more, Qt.Key.Key_Space)
    assert set(shown(bar)) == {"three", "two", "one"}
    assert more.isHidden()
    for word in ("three", "two"):
        bar.withdraw(word)
    bar.say("four", "four")
    assert shown(bar) == ["four"]
    bar.fit(low=False)
    assert set(shown(bar)) == {"four", "one"}
