"""The next one is fetched before it is asked for, and nothing that nobody will hear."""

import asyncio

from PySide6.QtCore import Qt

from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.cloud_requests import media_asked
from support.window.driven_program import until
from support.window.lasting_profile import Desk


def downloads() -> list["asyncio.Task[object]"]:
    """What is being fetched now."""
    return [task for task in asyncio.all_tasks() if task.get_name() == "download"]


async def test_the_next_one_is_fetched_when_this_one_has_arrived_and_not_before(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.by_hand(desk.bird, rows=50, only="is:playable") as (person, player):
        cloud.faults.add(Fault(scope="media", stall=2000, times=1))
        cloud.requests.clear()
        person.play(0)
        await until(lambda: player.loaded[0].arrived >= 2000, "the beginning")
        assert not any(person.recording(1).id in asked.path for asked in cloud.requests)
        cloud.faults.release()
        await until(lambda: len(media_asked(cloud)) == 2, "the next one")
        assert person.recording(0).id in media_asked(cloud)[0].path
        assert person.recording(1).id in media_asked(cloud)[1].path
        cloud.requests.clear()
        person.play(1)
        await until(lambda: len(media_asked(cloud)) == 1, "the one after it")
        assert person.recording(2).id in media_asked(cloud)[0].path
        assert player.loaded[1].finished


async def test_what_is_fetched_ahead_is_let_go_when_another_one_plays(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.by_hand(desk.bird, rows=50, only="is:playable") as (person, player):
        cloud.faults.add(Fault(scope="media", path=person.recording(1).id, stall=2000, times=1))
        person.play(0)
        await until(lambda: any(person.recording(1).id in asked.path for asked in cloud.requests))
        cloud.faults.add(Fault(scope="media", path=person.recording(5).id, stall=2000, times=1))
        # What has come whole is still being put into the cache.
        await until(lambda: len(downloads()) == 1, "the end of the first")
        person.play(5)
        await until(lambda: player.loaded[1].arrived, "its beginning")
        await until(lambda: len(downloads()) == 1, "the end of what was fetched ahead")
        assert not player.loaded[1].finished


async def test_nothing_is_asked_again_and_again_of_an_account_that_is_refused(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.by_hand(desk.bird, rows=50, only="is:playable") as (person, player):
        person.play(0)
        await until(lambda: player.loaded[0].finished, "the first one")
        await person.sees_waveform()
        cloud.faults.add(Fault(scope="any", status=401))
        cloud.requests.clear()
        person.play(8)
        await until(lambda: player.loaded[1].failure is not None, "the refusal")
        person.play(0)
        await person.job_done("ahead")
        person.press(Qt.Key.Key_Space)
        asked = [each.path.rpartition("/")[2] for each in cloud.requests]
        assert len(asked) == len(set(asked))
