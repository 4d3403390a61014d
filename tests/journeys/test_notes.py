"""A note belongs to a recording and, while that plays, to a place in it that it leads back to."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton

from playhead.core.marks import Note
from support.window.driven_program import Person, until
from support.window.hand_player import HandPlayer
from support.window.lasting_profile import Desk


def notes(person: Person) -> tuple[Note, ...]:
    """The notes that the inspector shows."""
    return person.window.inspector.notes.notes


async def write_note(person: Person, text: str) -> None:
    """Press N, write, press Enter, and wait until it is shown."""
    before = len(notes(person))
    person.press(Qt.Key.Key_N)
    line = person.window.inspector.notes.line
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    await until(lambda: len(notes(person)) == before + 1, "the note")


async def test_a_note_belongs_to_the_place_that_is_heard_when_it_is_begun(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        recording = person.play(person.playable_rows()[0])
        player.plays(0, 12)
        person.press(Qt.Key.Key_N)
        line = person.window.inspector.notes.line
        assert line.hasFocus()
        assert "0:12" in line.placeholderText()
        QTest.keyClicks(line, "asks for a refund")
        player.plays(12, 20)
        QTest.keyClick(line, Qt.Key.Key_Return)
        await until(lambda: notes(person), "the note")
        assert [(note.at, note.text) for note in notes(person)] == [(12, "asks for a refund")]
        assert not line.text()
        assert "0:20" in line.placeholderText()
        pins = person.window.player.waveform.sight.pins
        assert [(pin.seconds, pin.text) for pin in pins] == [(12, "asks for a refund")]
        QTest.keyClick(line, Qt.Key.Key_Escape)
        assert person.window.table.hasFocus()
    async with desk.opened(player=HandPlayer) as person:
        for text in ("note:refund", "refund", '"asks for a refund"', "is:noted"):
            assert await person.finds(text) == [recording.id]
        person.window.table.selectRow(0)
        await until(lambda: [note.at for note in notes(person)] == [12])


async def test_a_note_of_a_row_that_does_not_play_has_no_place(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        first, second = person.playable_rows()[:2]
        person.play(first)
        player.plays(0, 9)
        person.press(Qt.Key.Key_N)
        QTest.keyClicks(person.window.inspector.notes.line, "call back")
        person.window.table.selectRow(second)
        QTest.keyClick(person.window.inspector.notes.line, Qt.Key.Key_Return)
        await until(lambda: notes(person), "the note")
        assert [note.at for note in notes(person)] == [None]
        assert (await person.marks_of(person.recording(second))).notes == notes(person)
        assert not (await person.marks_of(person.recording(first))).notes


async def test_a_note_is_changed_and_removed(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        person.window.table.selectRow(2)
        await write_note(person, "frist")
        pane = person.window.inspector.notes
        button = next(
            each for each in pane.findChildren(QToolButton) if each.accessibleName().startswith("Change")
        )
        button.click()
        line = next(each for each in pane.findChildren(QLineEdit) if each is not pane.line)
        line.clear()
        QTest.keyClicks(line, "first")
        QTest.keyClick(line, Qt.Key.Key_Return)
        await until(lambda: [note.text for note in notes(person)] == ["first"], "the change")
        remove = [
            each
            for each in pane.findChildren(QToolButton)
            if each.accessibleName() == "Remove the note “first”"
        ]
        remove[-1].click()
        await until(lambda: not notes(person), "the removal")
        assert any("No notes yet" in label.text() for label in pane.findChildren(QLabel))
        assert not (await person.marks_of(person.recording(2))).notes


async def test_the_time_of_a_note_and_its_pin_go_to_that_place_also_when_it_plays_again(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        first, second = person.playable_rows()[:2]
        recording = person.play(first)
        player.plays(0, 7)
        await write_note(person, "seven")
        player.plays(7, 11)
        person.window.player.waveform.choose_note(notes(person)[0].id)
        assert player.position == 7
        person.play(second)
        await until(lambda: not person.window.player.waveform.sight.pins, "no pin")
        person.window.table.selectRow(first)
        await until(lambda: notes(person), "the note")
        pane = person.window.inspector.notes
        next(each for each in pane.findChildren(QPushButton) if each.text() == "0:07").click()
        assert person.playing == recording
        assert player.position == 7
        assert len(player.loaded) == 3
        await until(lambda: person.window.player.waveform.sight.pins, "the pin")
