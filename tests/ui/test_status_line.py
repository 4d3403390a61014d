"""The status line: what the table speaks of, and what can be done about the rest."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.listing.statusline import StatusLine
from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.theme import Theme
from support.window.accessible_events import overheard


@pytest.fixture
def status(qtbot: QtBot, theme: Theme) -> Iterator[StatusLine]:
    # A window of its own would not become narrower than what it shows.
    around = QWidget()
    qtbot.addWidget(around)
    made = StatusLine(around)
    made.resize(1000, 34)
    around.show()
    yield made
    around.close()


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
    sentence = "1 389 loaded · more exist at Bird Demo"
    status.show_sentence(sentence, "153 older ones follow as you scroll")
    status.show_rest(possible=True)
    assert len(texts(status)) == 2
    status.show_selection("all 73 loaded that match selected · 3 h 34 min" * 2)
    assert texts(status)[0] == status.sentence.text() == sentence
    assert len(texts(status)) == 2
    status.show_selection("")
    assert len(texts(status)) == 2
    status.resize(400, 34)
    assert texts(status) == [sentence]


def test_a_note_is_said_in_short_before_it_goes(status: StatusLine) -> None:
    whole, short = "8 match in 125 transcripts read, 129 exist, 1 260 recordings have none", "125 of 129 read"
    status.show_sentence("8 match in 1 389 loaded", whole, short)
    assert texts(status)[1] == f"· {whole}"
    status.resize(400, 34)
    assert texts(status)[1] == f"· {short}"
    assert whole in status.accessibleDescription()
    status.resize(240, 34)
    assert len(texts(status)) == 1


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


def test_where_there_is_little_room_the_selection_is_said_in_brief(status: StatusLine, qtbot: QtBot) -> None:
    sentence = "92 match in 399 loaded · more exist at Bird Demo"
    status.show_sentence(sentence, "1 older one follows as you scroll")
    status.show_selection("all 91 loaded that match selected · 49 min 03 s", "91 selected")
    assert status.selection.text() == "all 91 loaded that match selected · 49 min 03 s"
    status.resize(500, 34)
    qtbot.waitUntil(lambda: status.sentence.text() == sentence)
    assert status.selection.text() == "91 selected"
    status.resize(1000, 34)
    assert status.selection.text() == "all 91 loaded that match selected · 49 min 03 s"


def test_the_line_can_be_addressed(status: StatusLine) -> None:
    assert status.objectName() == "statusLine"
    assert status.search_rest.objectName() == "searchRestButton"


def test_a_screen_reader_is_told_of_what_is_shown_and_not_of_what_was_tried(status: StatusLine) -> None:
    status.resize(560, 34)
    with overheard() as events:
        status.show_selection("1 234 selected · 12 h 30 min · 1.2 GB · not in view", "1 234 selected")
        status.show_undated(12)
        status.show_sentence("37 match in 120 loaded · more exist at Bird", "sorted among the loaded")
        changed = [what for kind, what in events.events if kind is QAccessible.Event.NameChanged]
        assert len(changed) <= 8, changed
        events.forget()
        status.show_sentence("37 match in 120 loaded · more exist at Bird", "sorted among the loaded")
        status.show_undated(12)
    assert not [what for kind, what in events.events if kind is QAccessible.Event.NameChanged]
