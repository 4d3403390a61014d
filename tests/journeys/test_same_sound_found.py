"""One sound under several names: found as it is measured, listed beside it, and compared by one key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def playing_id(person: Person) -> str:
    """The id of what plays: its length, and with that the recording, is learnt meanwhile."""
    return "" if person.playing is None else person.playing.id


async def test_recordings_with_one_sound_are_listed_gone_to_and_compared(desk: Desk) -> None:
    async with desk.by_hand(desk.convirza, rows=40) as (person, player):
        await person.filters_by("name:welcome")
        rows = person.playable_rows()
        first, second, *_ = (row for row in rows if "archive" not in str(person.recording(row).filename))
        one, two = person.recording(first), person.recording(second)
        for row in (first, second):
            person.play(row)
            await person.sees_waveform()
            await person.job_done("peaks")
        pane = person.window.inspector.same
        await until(lambda: pane.lines, "the other one")
        (line,) = pane.lines
        assert (line.name, line.likeness) == (one.name, "99 % alike")
        assert not pane.isHidden()

        analyses = person.program.session.catalogue.analyses
        measured = await analyses.measured(one)
        assert measured is not None
        assert measured.figures.lufs is not None
        louder = replace(measured.figures, loudness=measured.figures.lufs + 6)
        await analyses.keep_measured(one, replace(measured, figures=louder))
        player.plays(0, 3)
        person.press(Qt.Key.Key_X)
        await until(lambda: playing_id(person) == one.id, "the other one")
        assert player.position == pytest.approx(3, abs=0.05)
        assert player.level == pytest.approx(0.5, abs=0.01)
        assert "B\u00a0· " in person.player_says
        person.press(Qt.Key.Key_X)
        assert playing_id(person) == two.id
        assert player.level == 1

        QTest.keyClick(pane.list, Qt.Key.Key_Down)
        QTest.keyClick(pane.list, Qt.Key.Key_Return)
        assert person.window.table.currentIndex().row() == first
        pane.group_asked.emit()
        await until(lambda: person.rows == 2, "the group")
        assert person.window.filter.text == f"same:{one.id}"
        state = person.program.journeys.browsing.state
        await until(lambda: state.measured == "measured 2 of 40", "how many are compared")


async def test_that_no_other_recording_has_a_sound_is_said(desk: Desk) -> None:
    async with desk.by_hand(desk.convirza, rows=40) as (person, _):
        person.play(person.playable_rows()[0])
        await person.sees_waveform()
        person.press(Qt.Key.Key_X)
        await until(lambda: any("No other recording" in said for said in person.notices), "a sentence")
