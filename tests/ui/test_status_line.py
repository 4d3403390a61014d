"""The status line: what the table speaks of, and what can be done about the rest."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.theme import Theme
from playhead.ui.panes.statusline import NOTE_WIDTH, StatusLine


@pytest.fixture
def status(qtbot: QtBot, theme: Theme) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    made.resize(1000, 34)
    made.show()
    return made


def texts(status: StatusLine) -> list[str]:
    return [each.whole for each in status.findChildren(PlainLabel) if each.isVisible() and each.whole]


def button(status: StatusLine, text: str) -> QPushButton:
    return next(each for each in status.findChildren(QPushButton) if each.text() == text)


def test_the_sentence_and_its_note_are_shown_and_heard(status: StatusLine) -> None:
    status.show_sentence("37 match in 120 loaded · more exist at Bird", "sorted among the loaded")
    assert texts(status) == ["37 match in 120 loaded · more exist at Bird", "· sorted among the loaded"]
    assert status.accessibleDescription() == (
        "37 match in 120 loaded · more exist at Bird sorted among the loaded"
    )
    status.show_sentence("120 loaded")
    assert texts(status) == ["120 loaded"]


def test_in_a_narrow_window_the_note_makes_room_for_the_sentence(status: StatusLine) -> None:
    status.show_sentence("120 loaded", "sorted among the loaded")
    status.resize(NOTE_WIDTH - 1, 34)
    assert texts(status) == ["120 loaded"]


def test_the_rest_is_offered_only_where_there_is_one(status: StatusLine) -> None:
    assert not status.search_rest.isVisible()
    status.show_rest(possible=True)
    assert status.search_rest.isVisible()
    status.show_rest(possible=False)
    assert not status.search_rest.isVisible()


def test_searching_the_rest_can_be_asked_for_and_stopped(status: StatusLine, qtbot: QtBot) -> None:
    status.show_rest(possible=True)
    with qtbot.waitSignal(status.search_rest_asked, timeout=1000):
        QTest.mouseClick(button(status, "Search the rest"), Qt.MouseButton.LeftButton)
    status.show_rest(possible=True, searching=True)
    with qtbot.assertNotEmitted(status.search_rest_asked), qtbot.waitSignal(status.stop_asked, timeout=1000):
        QTest.keyClick(button(status, "Stop"), Qt.Key.Key_Space)


def test_newer_recordings_are_offered_until_they_are_seen(status: StatusLine, qtbot: QtBot) -> None:
    status.show_new("12 new ↑")
    with qtbot.waitSignal(status.new_asked, timeout=1000):
        QTest.mouseClick(button(status, "12 new ↑"), Qt.MouseButton.LeftButton)
    status.show_new("")
    assert not any(each.isVisible() for each in status.findChildren(QPushButton))


def test_the_selection_is_never_cut_for_the_sentence(status: StatusLine) -> None:
    status.show_sentence("x" * 1000)
    status.show_selection("12 selected · 1 h 03 min")
    label = next(each for each in status.findChildren(PlainLabel) if each.whole.startswith("12 selected"))
    status.resize(400, 34)
    assert label.text() == "12 selected · 1 h 03 min"
    status.show_selection("")
    assert label.text() == ""


def test_the_line_can_be_addressed(status: StatusLine) -> None:
    assert status.objectName() == "statusLine"
    assert status.search_rest.objectName() == "searchRestButton"
