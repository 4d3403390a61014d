"""What the person makes of recordings: what was heard, stars, notes; kept, found again, shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton

from person import Person, Run, bird_account, opened, until
from players import HandPlayer
from playhead.core.account import Account, Credential
from playhead.core.marks import Marks, Note
from playhead.core.recording import Recording
from playhead.demo.cloud import DemoCloud
from playhead.machine.vault import MemoryVault

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


def bird(cloud: DemoCloud) -> tuple[Account, Credential]:
    return (bird_account(cloud), Credential(access=cloud.access_key))


async def listed(person: Person, text: str, rows: int) -> list[str]:
    """The ids of what a filter leaves, once it is so many."""
    person.type_filter(text)
    await until(lambda: person.program.journeys.browsing.query.text == text, "the filter")
    await until(lambda: not person.program.jobs.running("list"), "the listing")
    assert person.rows == rows
    await person.sees_rows(rows)
    return [person.recording(row).id for row in range(rows)]


async def marks_of(person: Person, recording: Recording) -> Marks:
    (marks,) = await person.program.catalogue.marks([recording])
    return marks


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


def playable(person: Person, place: int = 0) -> int:
    return person.playable_rows()[place]


# Heard


def test_the_seconds_that_were_really_played_are_kept_and_shown_in_the_column(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault, player = MemoryVault(), HandPlayer()
        async with opened(tmp_path, bird(cloud), vault=vault, player=lambda: player) as person:
            await person.sees_rows(50)
            row = playable(person)
            recording = person.play(row)
            assert recording.duration
            assert person.cell(row, "heard") == "0 %"
            player.plays(0, recording.duration / 2)
            player.seek(0)
            player.plays(0, recording.duration / 4)
            await until(lambda: person.cell(row, "heard") == "50 %", "half of it")
            assert person.window.player.waveform.sight.heard.seconds == pytest.approx(recording.duration / 2)
        async with opened(tmp_path, vault=vault, player=HandPlayer) as person:
            await person.sees_rows(50)
            here = next(row for row in range(person.rows) if person.recording(row).id == recording.id)
            assert person.cell(here, "heard") == "50 %"

    run(scene())


def test_what_was_heard_just_before_the_window_is_closed_is_kept(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault, player = MemoryVault(), HandPlayer()
        async with opened(tmp_path, bird(cloud), vault=vault, player=lambda: player) as person:
            await person.sees_rows(50)
            recording = person.play(playable(person))
            player.plays(0, 3)
        assert player.closed
        async with opened(tmp_path, vault=vault, player=HandPlayer) as person:
            assert (await marks_of(person, recording)).heard.pairs == ((0, 3),)

    run(scene())


def test_the_last_moment_of_a_recording_counts_though_another_plays_already(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with opened(tmp_path, bird(cloud), player=lambda: player) as person:
            await person.sees_rows(50)
            first = person.play(playable(person))
            player.plays(0, 1)
            second = person.play(playable(person, 1))
            player.tells_of(player.loaded[0], 1, 1.5)
            player.plays(4, 5)
            await person.program.journeys.marking.close()
            assert (await marks_of(person, first)).heard.pairs == ((0, 1.5),)
            assert (await marks_of(person, second)).heard.pairs == ((4, 5),)

    run(scene())


def test_what_was_heard_can_be_looked_for(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with opened(tmp_path, bird(cloud), player=lambda: player) as person:
            await person.sees_rows(50)
            little = person.play(playable(person))
            assert little.duration
            player.plays(0, little.duration / 5)
            much = person.play(playable(person, 1))
            assert much.duration
            player.plays(0, much.duration)
            await person.program.journeys.marking.close()
            assert await listed(person, "heard:>=90%", 1) == [much.id]
            assert await listed(person, "heard:<50% -is:unheard", 1) == [little.id]
            person.type_filter("is:unheard")
            await until(lambda: person.rows > 50)
            await until(lambda: not person.program.jobs.running("list"))
            ids = [person.recording(row).id for row in person.window.table.visible_rows]
            assert ids
            assert not {little.id, much.id} & set(ids)

    run(scene())


# Stars


def test_a_star_is_given_to_all_that_is_selected_and_taken_away_when_all_have_one(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        async with opened(tmp_path, bird(cloud), vault=vault, player=HandPlayer) as person:
            await person.sees_rows(50)
            table, model = person.window.table, person.program.model

            def stars() -> list[int]:
                return [row for row in range(20) if model.marks(person.recording(row)).starred]

            table.selectRow(4)
            person.press(Qt.Key.Key_S)
            await until(lambda: stars() == [4], "one star")
            table.select_ids([model.ids[row] for row in (2, 4, 7)], model.ids[2])
            person.press(Qt.Key.Key_S)
            await until(lambda: stars() == [2, 4, 7], "three stars")
            table.select_ids([model.ids[row] for row in (2, 4)], model.ids[2])
            person.press(Qt.Key.Key_S)
            await until(lambda: stars() == [7], "one star again")
            starred = person.recording(7).id
            assert await listed(person, "is:starred", 1) == [starred]
        async with opened(tmp_path, vault=vault, player=HandPlayer) as person:
            assert await listed(person, "is:starred", 1) == [starred]

    run(scene())


def test_two_quick_presses_are_a_star_and_no_star(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud), player=HandPlayer) as person:
            await person.sees_rows(50)
            person.window.table.selectRow(0)
            recording = person.recording(0)
            person.press(Qt.Key.Key_S)
            person.press(Qt.Key.Key_S)
            await person.program.journeys.marking.close()
            assert not (await marks_of(person, recording)).starred

    run(scene())


def test_a_star_given_just_before_the_window_is_closed_is_kept(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        async with opened(tmp_path, bird(cloud), vault=vault, player=HandPlayer) as person:
            await person.sees_rows(50)
            recording = person.recording(0)
            person.window.table.selectRow(0)
            person.press(Qt.Key.Key_S)
        async with opened(tmp_path, vault=vault, player=HandPlayer) as person:
            assert (await marks_of(person, recording)).starred

    run(scene())


# Notes


def test_a_note_belongs_to_the_place_that_is_heard_when_it_is_begun(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault, player = MemoryVault(), HandPlayer()
        async with opened(tmp_path, bird(cloud), vault=vault, player=lambda: player) as person:
            await person.sees_rows(50)
            recording = person.play(playable(person))
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
        async with opened(tmp_path, vault=vault, player=HandPlayer) as person:
            for text in ("note:refund", "refund", '"asks for a refund"', "is:noted"):
                assert await listed(person, text, 1) == [recording.id]
            person.window.table.selectRow(0)
            await until(lambda: [note.at for note in notes(person)] == [12])

    run(scene())


def test_a_note_of_a_row_that_does_not_play_has_no_place(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with opened(tmp_path, bird(cloud), player=lambda: player) as person:
            await person.sees_rows(50)
            first, second = person.playable_rows()[:2]
            person.play(first)
            player.plays(0, 9)
            person.press(Qt.Key.Key_N)
            QTest.keyClicks(person.window.inspector.notes.line, "call back")
            person.window.table.selectRow(second)
            QTest.keyClick(person.window.inspector.notes.line, Qt.Key.Key_Return)
            await until(lambda: notes(person), "the note")
            assert [note.at for note in notes(person)] == [None]
            assert (await marks_of(person, person.recording(second))).notes == notes(person)
            assert not (await marks_of(person, person.recording(first))).notes

    run(scene())


def test_a_note_is_changed_and_removed(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud), player=HandPlayer) as person:
            await person.sees_rows(50)
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
            assert not (await marks_of(person, person.recording(2))).notes

    run(scene())


def test_the_time_of_a_note_and_its_pin_go_to_that_place(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with opened(tmp_path, bird(cloud), player=lambda: player) as person:
            await person.sees_rows(50)
            first, second = person.playable_rows()[:2]
            recording = person.play(first)
            player.plays(0, 7)
            await write_note(person, "seven")
            player.plays(7, 11)
            person.window.player.waveform.choose_note(notes(person)[0].id)
            assert player.position == 7
            person.play(second)
            person.window.table.selectRow(first)
            await until(lambda: notes(person), "the note")
            pane = person.window.inspector.notes
            next(each for each in pane.findChildren(QPushButton) if each.text() == "0:07").click()
            assert person.program.journeys.listening.recording == recording
            assert player.position == 7
            assert len(player.loaded) == 3

    run(scene())


def test_the_pins_of_a_recording_that_plays_again_are_there_again(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with opened(tmp_path, bird(cloud), player=lambda: player) as person:
            await person.sees_rows(50)
            first, second = person.playable_rows()[:2]
            person.play(first)
            player.plays(0, 7)
            await write_note(person, "seven")
            person.play(second)
            await until(lambda: not person.window.player.waveform.sight.pins)
            person.play(first)
            await until(lambda: person.window.player.waveform.sight.pins, "the pin")

    run(scene())
