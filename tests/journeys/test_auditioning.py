"""What plays without being asked for: on select, one after the other, and ready before it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from person import Person, Run, bird_account, opened, until
from players import HandPlayer
from playhead.core.account import Credential
from playhead.core.finding.query import Order
from playhead.core.recording import Recording
from playhead.demo.cloud import DemoCloud, Fault

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


@asynccontextmanager
async def at_rows(
    folder: Path, cloud: DemoCloud, player: HandPlayer, *, only: str = "is:playable"
) -> AsyncIterator[Person]:
    """A person who sees rows of Bird that a filter leaves."""
    bird = (bird_account(cloud), Credential(access=cloud.access_key))
    async with opened(folder, bird, player=lambda: player) as person:
        await person.sees_rows(50)
        if only:
            person.type_filter(only)
            await until(lambda: person.program.journeys.browsing.query.text == only, "the filter")
            await until(lambda: not person.program.jobs.running("list"))
            await person.sees_rows(50)
        person.window.table.setFocus()
        yield person


def audition(person: Person, *, on: bool = True) -> None:
    """Choose to hear what is selected."""
    person.check("Audition on select", on=on)


def settled(person: Person) -> bool:
    """Whether no row is waiting to be heard."""
    return not any(timer.isActive() for timer in person.program.journeys.auditioning.findChildren(QTimer))


def _plays(person: Person, recording: Recording) -> bool:
    return person.program.journeys.listening.recording == recording


def media_paths(cloud: DemoCloud) -> list[str]:
    """What was asked of the media host, in order."""
    return [asked.path for asked in cloud.requests if asked.path.startswith("/workspaceID")]


def downloads() -> list["asyncio.Task[object]"]:
    """What is being fetched now."""
    return [task for task in asyncio.all_tasks() if task.get_name() == "download"]


def test_a_row_that_is_only_selected_stays_silent(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player) as person:
            person.window.table.selectRow(0)
            cloud.requests.clear()
            person.press(Qt.Key.Key_Down)
            assert person.window.table.currentIndex().row() == 1
            await until(lambda: settled(person))
            assert not player.loaded
            assert not media_paths(cloud)

    run(scene())


def test_a_held_arrow_key_plays_only_the_row_where_it_stops(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player) as person:
            audition(person)
            person.window.table.selectRow(0)
            for _ in range(20):
                person.press(Qt.Key.Key_Down)
            await until(lambda: player.loaded, "sound")
            await until(lambda: settled(person))
            assert person.program.journeys.listening.recording == person.recording(20)
            assert len(player.loaded) == 1
            assert player.state == "playing"

    run(scene())


def test_a_click_on_the_row_that_plays_does_not_start_it_again(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player) as person:
            audition(person)
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

    run(scene())


def test_a_row_that_cannot_be_heard_silences_the_one_before_and_says_why(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player, only="") as person:
            audition(person)
            playable = set(person.playable_rows())
            row = next(row for row in range(1, person.rows) if row not in playable and row - 1 in playable)
            person.window.table.selectRow(row - 1)
            await until(lambda: player.state == "playing", "sound")
            person.press(Qt.Key.Key_Down)
            await until(lambda: player.state == "idle", "silence")
            assert person.program.journeys.listening.state == "failed"
            assert len(player.loaded) == 1

    run(scene())


def test_autoplay_goes_through_the_listing_and_leaves_out_what_cannot_be_heard(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player, only="") as person:
            person.choose("Autoplay", "listing")
            playable = person.playable_rows()
            before = next(here for here, there in pairwise(playable) if there > here + 1)
            after = playable[playable.index(before) + 1]
            person.play(before)
            player.ends()
            await until(lambda: len(player.loaded) == 2, "the next one")
            assert person.program.journeys.listening.recording == person.recording(after)
            assert player.state == "playing"

    run(scene())


def test_autoplay_ends_where_the_listing_ends(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player) as person:
            person.choose("Autoplay", "listing")
            last = person.recording(10)
            person.type_filter(f"id:{last.id} OR id:{person.recording(9).id}")
            await until(lambda: person.rows == 2, "two rows")
            person.play(0)
            player.ends()
            await until(lambda: len(player.loaded) == 2, "the last one")
            assert person.program.journeys.listening.recording == last
            player.ends()
            await until(lambda: not person.program.jobs.running("next"))
            assert len(player.loaded) == 2
            assert player.state == "ended"

    run(scene())


def test_autoplay_of_the_selection_leaves_out_every_other_row(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player) as person:
            person.choose("Autoplay", "selection")
            ids = [person.program.model.ids[row] for row in (1, 4, 6)]
            person.window.table.select_ids(ids, ids[0])
            person.press(Qt.Key.Key_Return)
            for row in (4, 6):
                player.ends()
                here = person.recording(row)
                await until(partial(_plays, person, here), "the next one")
            player.ends()
            await until(lambda: not person.program.jobs.running("next"))
            assert len(player.loaded) == 3

    run(scene())


def test_stop_after_this_one_holds_for_this_one_alone(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player) as person:
            person.choose("Autoplay", "listing")
            person.play(0)
            person.check("Stop after this one")
            player.ends()
            assert not person.program.jobs.running("next")
            assert not person.is_checked("Stop after this one")
            person.play(1)
            player.ends()
            await until(lambda: len(player.loaded) == 3, "the third")

    run(scene())


def test_without_autoplay_nothing_follows(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player) as person:
            person.play(0)
            player.ends()
            assert not person.program.jobs.running("next")
            assert len(player.loaded) == 1

    run(scene())


def test_the_next_one_is_fetched_when_this_one_has_arrived_and_not_before(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player) as person:
            cloud.faults.add(Fault(scope="media", stall=2000, times=1))
            cloud.requests.clear()
            person.play(0)
            await until(lambda: player.loaded[0].arrived >= 2000, "the beginning")
            assert not any(person.recording(1).id in asked.path for asked in cloud.requests)
            cloud.faults.release()
            await until(lambda: len(media_paths(cloud)) == 2, "the next one")
            assert person.recording(0).id in media_paths(cloud)[0]
            assert person.recording(1).id in media_paths(cloud)[1]
            cloud.requests.clear()
            person.play(1)
            await until(lambda: len(media_paths(cloud)) == 1, "the one after it")
            assert person.recording(2).id in media_paths(cloud)[0]
            assert player.loaded[1].finished

    run(scene())


def test_what_is_fetched_ahead_is_let_go_when_another_one_plays(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player) as person:
            cloud.faults.add(Fault(scope="media", path=person.recording(1).id, stall=2000, times=1))
            person.play(0)
            await until(lambda: any(person.recording(1).id in asked.path for asked in cloud.requests))
            cloud.faults.add(Fault(scope="media", path=person.recording(5).id, stall=2000, times=1))
            assert len(downloads()) == 1
            person.play(5)
            await until(lambda: player.loaded[1].arrived, "its beginning")
            assert len(downloads()) == 1
            assert not player.loaded[1].finished

    run(scene())


def test_nothing_is_asked_again_and_again_of_an_account_that_is_refused(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player) as person:
            person.play(0)
            await until(lambda: player.loaded[0].finished, "the first one")
            await until(lambda: person.program.journeys.listening.drawn)
            cloud.faults.add(Fault(scope="any", status=401))
            cloud.requests.clear()
            person.play(8)
            await until(lambda: player.loaded[1].failure is not None, "the refusal")
            person.play(0)
            await until(lambda: not person.program.jobs.running("ahead"))
            person.press(Qt.Key.Key_Space)
            asked = [each.path.rpartition("/")[2] for each in cloud.requests]
            assert len(asked) == len(set(asked))

    run(scene())


def test_the_row_that_plays_is_found_again_after_filtering_sorting_and_scrolling(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        player = HandPlayer()
        async with at_rows(tmp_path, cloud, player) as person:
            table = person.window.table
            playing = person.recording(3)
            person.play(3)
            person.type_filter("is:playable duration:>1s")
            await until(lambda: person.program.journeys.browsing.query.text == "is:playable duration:>1s")
            table.header.sorted_by.emit(Order("duration"))
            await until(lambda: not person.program.jobs.running("list"), "the listing")
            table.scrollToBottom()
            person.click("Show the playing row")
            await until(lambda: table.current_id == person.program.journeys.listening.identifier)
            row = table.currentIndex().row()
            await until(lambda: person.program.model.recording(row) == playing)
            assert row in table.visible_rows
            assert len(player.loaded) == 1

    run(scene())
