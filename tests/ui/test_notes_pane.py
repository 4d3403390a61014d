"""The notes of a recording: shown by their place, written at the place where they were begun."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from playhead.core.marks import Note
from playhead.ui.inspector.notespane import NotesPane
from playhead.ui.look.icons import Icons
from support.fakes import NOON
from support.window.accessible_events import overheard

LATE = Note(id=1, text="<b>late</b>", at=75.0, made=NOON)
EARLY = Note(id=2, text="early", at=3.0, made=NOON)
WHOLE = Note(id=3, text="all of it", made=NOON)


@pytest.fixture
def pane(qtbot: QtBot, icons: Icons) -> NotesPane:
    made = NotesPane(icons)
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.show()
    return made


def seen(pane: NotesPane) -> list[str]:
    return [each.text() for each in pane.findChildren(QLabel) if each.isVisible() and each.text()]


def button(pane: NotesPane, name: str) -> QToolButton:
    return next(each for each in pane.findChildren(QToolButton) if each.accessibleName().startswith(name))


def test_notes_are_in_the_order_of_their_places_and_those_without_one_come_last(
    pane: NotesPane, qtbot: QtBot
) -> None:
    pane.show_notes([WHOLE, LATE, EARLY])
    assert pane.notes == (EARLY, LATE, WHOLE)
    qtbot.waitUntil(lambda: seen(pane) == ["early", "<b>late</b>", "all of it"], timeout=1000)


def test_what_a_person_wrote_is_never_read_as_html(pane: NotesPane) -> None:
    pane.show_notes([LATE])
    label = next(each for each in pane.findChildren(QLabel) if each.text() == LATE.text)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_without_notes_it_says_how_to_write_one(pane: NotesPane) -> None:
    pane.show_notes([EARLY])
    pane.show_notes([])
    assert any("No notes yet" in each for each in seen(pane))


def test_a_note_belongs_to_the_place_where_it_was_begun(pane: NotesPane, qtbot: QtBot) -> None:
    pane.show_place(62.0)
    assert "1:02" in pane.line.placeholderText()
    QTest.keyClicks(pane.line, "refund")
    pane.show_place(70.0)
    with qtbot.waitSignal(pane.added, timeout=1000) as added:
        QTest.keyClick(pane.line, Qt.Key.Key_Return)
    assert added.args == ["refund", 62.0]
    pane.show_place(71.0)
    assert "1:11" in pane.line.placeholderText()


def test_a_note_that_is_written_as_another_recording_is_chosen_loses_its_place(
    pane: NotesPane, qtbot: QtBot
) -> None:
    pane.show_place(62.0)
    QTest.keyClicks(pane.line, "refund")
    pane.begin(None)
    with qtbot.waitSignal(pane.added, timeout=1000) as added:
        QTest.keyClick(pane.line, Qt.Key.Key_Return)
    assert added.args == ["refund", None]


def test_an_empty_line_adds_nothing(pane: NotesPane, qtbot: QtBot) -> None:
    QTest.keyClicks(pane.line, "   ")
    with qtbot.assertNotEmitted(pane.added):
        QTest.keyClick(pane.line, Qt.Key.Key_Return)


def test_esc_leaves_the_line_with_what_is_written_in_it(pane: NotesPane, qtbot: QtBot) -> None:
    QTest.keyClicks(pane.line, "half")
    with qtbot.waitSignal(pane.left, timeout=1000):
        QTest.keyClick(pane.line, Qt.Key.Key_Escape)
    assert pane.line.text() == "half"


def test_a_note_is_changed_in_its_place(pane: NotesPane, qtbot: QtBot) -> None:
    pane.show_notes([EARLY])
    button(pane, "Change").click()
    edit = next(each for each in pane.findChildren(QLineEdit) if each is not pane.line)
    assert edit.text() == "early"
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert not edit.isVisible()
    button(pane, "Change").click()
    edit.setText("earlier")
    with qtbot.waitSignal(pane.changed, timeout=1000) as changed:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert changed.args == [2, "earlier"]


def test_a_note_is_removed_and_its_time_is_gone_to(pane: NotesPane, qtbot: QtBot) -> None:
    pane.show_notes([LATE])
    with qtbot.waitSignal(pane.removed, timeout=1000) as removed:
        button(pane, "Remove").click()
    assert removed.args == [1]
    time = next(each for each in pane.findChildren(QPushButton) if each.text() == "1:15")
    with qtbot.waitSignal(pane.sought, timeout=1000) as sought:
        time.click()
    assert sought.args == [75.0]


def test_a_note_that_is_being_changed_stays_open_while_the_same_notes_are_shown_again(
    pane: NotesPane, qtbot: QtBot
) -> None:
    pane.show_notes([EARLY, LATE])
    button(pane, "Change the note “early”").click()
    edit = next(each for each in pane.findChildren(QLineEdit) if each.text() == "early")
    edit.setText("earlier")
    with overheard() as events:
        pane.show_notes([LATE, EARLY])
        assert events.events == []
    with qtbot.waitSignal(pane.changed) as changed:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert changed.args == [EARLY.id, "earlier"]


def test_the_place_of_a_note_is_not_counted_aloud(pane: NotesPane) -> None:
    pane.line.setFocus()
    with overheard() as events:
        for second in range(60):
            pane.show_place(float(second))
    assert events.events == []
    assert "0:59" in pane.line.placeholderText()
