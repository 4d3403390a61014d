"""Turns of files in an export."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from playhead.core.errors import Unavailable, Unreachable
from playhead.core.exports.engine.progress import Progress, Tally
from playhead.core.exports.engine.scheduler import TRIES, Scheduler
from playhead.core.exports.engine.targetfolder import TargetFolder
from playhead.core.pace import Pace
from support.exports.export_scene import planned


class Scene:
    """A scheduler without an export; `sleep` is how it waits for an account."""

    def __init__(self, at_once: int, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.told: list[Progress] = []
        pace = Pace(sleep=sleep)
        tally = Tally(planned([], Path("/exports")), self.told.append, pace)
        self.scheduler = Scheduler(at_once, TargetFolder(Path("/exports")), tally, pace)

    async def waits(self, account: str) -> bool:
        """Wait for an account whose network is gone."""
        return await self.scheduler.again(Unreachable("network"), 1, self.scheduler.attempt(account))

    @property
    def paused(self) -> str | None:
        return self.told[-1].paused if self.told else None


async def settled() -> None:
    """Let everything go as far as it goes."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_a_file_that_waited_gets_its_turn_back_before_new_ones_and_no_more_run_than_may() -> None:
    async def scene() -> None:
        online = asyncio.Event()

        async def sleep(_: float) -> None:
            await online.wait()

        scene = Scene(1, sleep)
        scheduler = scene.scheduler
        for place, account in enumerate(("a1", "a2", "a2")):
            scheduler.add(place, account)
        assert await scheduler.next() == 0
        waiting = asyncio.create_task(scene.waits("a1"))
        await settled()
        assert scene.paused == "network"
        assert await scheduler.next() == 1
        online.set()
        third = asyncio.create_task(scheduler.next())
        await settled()
        assert not waiting.done()
        scheduler.over("a2")
        await settled()
        assert waiting.result()
        assert not third.done()
        scheduler.over("a1")
        assert await third == 2

    asyncio.run(scene())


def test_a_file_that_is_cancelled_while_it_waits_takes_no_turn() -> None:
    async def scene() -> None:
        async def sleep(_: float) -> None:
            await asyncio.Event().wait()

        scene = Scene(1, sleep)
        scheduler = scene.scheduler
        scheduler.add(0, "a1")
        scheduler.add(1, "a2")
        assert await scheduler.next() == 0
        waiting = asyncio.create_task(scene.waits("a1"))
        await settled()
        waiting.cancel()
        await settled()
        scheduler.over("a1")
        assert scene.paused is None
        assert await scheduler.next() == 1
        assert await scheduler.next() is None

    asyncio.run(scene())


def test_more_turns_are_given_as_soon_as_more_are_allowed_and_fewer_from_the_next_on() -> None:
    async def scene() -> None:
        scheduler = Scene(3).scheduler
        for place in range(6):
            scheduler.add(place, "a1")
        assert [await scheduler.next() for _ in range(3)] == [0, 1, 2]
        fourth = asyncio.create_task(scheduler.next())
        await settled()
        assert not fourth.done(), "no more than the person chose"
        assert not await scheduler.again(Unavailable(), TRIES, scheduler.attempt("a1"))
        scheduler.over("a1")
        scheduler.over("a1")
        await settled()
        assert not fourth.done(), "a server that falters gets fewer"
        scheduler.over("a1")
        assert await fourth == 3
        fifth = asyncio.create_task(scheduler.next())
        await settled()
        assert not fifth.done()
        scheduler.fetched(0.0, 1.0)
        assert await fifth == 4

    asyncio.run(scene())
