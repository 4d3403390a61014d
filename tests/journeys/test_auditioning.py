"""What is selected is heard, where somebody wants that; what plays is not begun anew, and is found again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from playhead.core.finding.query import Order
from playhead.core.playbacksettings import PlayerState
from playhead.ui.wording import words
from support.cloud.faultycloud import FaultyCloud
from support.window.cloud_requests import media_asked
from support.window.driven_program import Person, until
from support.window.hand_player import HandPlayer
from support.window.lasting_profile import Desk


def settled(person: Person) -> bool:
    """Whether no row is waiting to be heard."""
    return not any(timer.isActive() for timer in person.program.journeys.auditioning.findChildren(QTimer))


@asynccontextmanager
async def auditioning(
    desk: Desk, *, only: str = "", on: bool = True
) -> AsyncIterator[tuple[Person, HandPlayer]]:
    """A person at the rows that the filter `only` leaves, who wants to hear what is selected, or not."""
    async with desk.by_hand(desk.bird, rows=50, only=only) as (person, player):
        person.window.table.setFocus()
        person.bar.check("Audition on select", on=on)
        yield person, player


async def test_a_row_stays_silent_until_that_is_wished_and_a_held_arrow_key_plays_the_one_where_it_stops(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with auditioning(desk, only="is:playable", on=False) as (person, player):
        person.window.table.selectRow(0)
        cloud.requests.clear()
        person.press(Qt.Key.Key_Down)
        assert person.window.table.currentIndex().row() == 1
        await until(lambda: settled(person))
        assert not player.loaded
        assert not media_asked(cloud)
        person.bar.check("Audition on select", on=True)
        person.window.table.selectRow(0)
        for _ in range(20):
            person.press(Qt.Key.Key_Down)
        await until(lambda: player.loaded, "sound")
        await until(lambda: settled(person))
        assert person.playing == person.recording(20)
        assert len(player.loaded) == 1
        assert player.state == "playing"


async def test_a_click_on_the_row_that_plays_does_not_start_it_again(desk: Desk) -> None:
    async with auditioning(desk, only="is:playable") as (person, player):
        table = person.window.table
        person.press(Qt.Key.Key_Down)
        await until(lambda: player.loaded, "sound")
        row = table.currentIndex().row()
        player.plays(0, 4)
        person.type_filter("is:playable status:available")
        table.clearSelection()
        where = table.visualRect(table.model().index(row, 1)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(where))
        await until(lambda: settled(person))
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(where))
        await until(lambda: settled(person))
        assert len(player.loaded) == 1
        assert player.position == 4
        assert player.state == "playing"


async def test_a_row_that_cannot_be_heard_silences_the_one_before_and_says_why(desk: Desk) -> None:
    async with auditioning(desk) as (person, player):
        playable = set(person.playable_rows())
        row = next(row for row in range(1, person.rows) if row not in playable and row - 1 in playable)
        person.window.table.selectRow(row - 1)
        await until(lambda: player.state == "playing", "sound")
        person.press(Qt.Key.Key_Down)
        await until(lambda: player.state == "idle", "silence")
        assert person.program.journeys.listening.state == "failed"
        assert len(player.loaded) == 1
        why = words.unplayable(person.recording(row))
        # The engine tells from its thread, later, that what played before has fallen silent.
        player.state_changed.emit(PlayerState.IDLE)
        assert why in person.player_says
        assert "Nothing is playing" not in person.player_says


async def test_the_row_that_plays_is_found_again_after_filtering_sorting_and_scrolling(desk: Desk) -> None:
    async with auditioning(desk, only="is:playable", on=False) as (person, player):
        table = person.window.table
        playing = person.recording(3)
        person.play(3)
        person.type_filter("is:playable duration:>1s")
        await until(lambda: person.program.journeys.browsing.state.query.text == "is:playable duration:>1s")
        table.header.sorted_by.emit(Order("duration"))
        await person.job_done("list")
        table.scrollToBottom()
        person.bar.click("Show the playing row")
        await until(lambda: table.current_id == person.program.journeys.listening.identifier)
        row = table.currentIndex().row()
        await until(lambda: person.program.model.recording(row) == playing)
        assert row in table.visible_rows
        assert len(player.loaded) == 1
