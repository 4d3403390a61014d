"""Whose turn it is in an export."""

import asyncio

from playhead.core.exports.scheduler import Turns


async def settled() -> None:
    """Let everything go as far as it goes."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_a_file_that_waited_gets_its_turn_back_before_new_ones_and_no_more_run_than_may() -> None:
    async def scene() -> None:
        turns = Turns(1)
        for place, account in enumerate(("a1", "a2", "a2")):
            turns.add(place, account)
        online = asyncio.Event()
        back = asyncio.Event()

        async def waits() -> None:
            async with turns.aside():
                await online.wait()
            back.set()

        assert await turns.next() == 0
        waiting = asyncio.create_task(waits())
        await settled()
        assert turns.all_wait
        assert await turns.next() == 1
        online.set()
        third = asyncio.create_task(turns.next())
        await settled()
        assert not back.is_set()
        turns.over("a2")
        await settled()
        assert back.is_set()
        assert not third.done()
        turns.over("a1")
        assert await third == 2
        await waiting

    asyncio.run(scene())


def test_a_file_that_is_cancelled_while_it_waits_takes_no_turn() -> None:
    async def scene() -> None:
        turns = Turns(1)
        turns.add(0, "a1")
        turns.add(1, "a2")
        assert await turns.next() == 0

        async def waits() -> None:
            async with turns.aside():
                await asyncio.Event().wait()

        waiting = asyncio.create_task(waits())
        await settled()
        waiting.cancel()
        await settled()
        turns.over("a1")
        assert not turns.all_wait
        assert await turns.next() == 1
        assert await turns.next() is None

    asyncio.run(scene())


def test_more_turns_are_given_as_soon_as_more_are_allowed_and_fewer_from_the_next_on() -> None:
    async def scene() -> None:
        turns = Turns(3)
        for place in range(6):
            turns.add(place, "a1")
        turns.allow(1)
        assert await turns.next() == 0
        second = asyncio.create_task(turns.next())
        await settled()
        assert not second.done()
        turns.allow(9)
        assert await second == 1
        assert await turns.next() == 2
        fourth = asyncio.create_task(turns.next())
        await settled()
        assert not fourth.done(), "more may be allowed than the person chose, and are not given"
        turns.allow(1)
        turns.over("a1")
        turns.over("a1")
        await settled()
        assert not fourth.done()
        turns.over("a1")
        assert await fourth == 3

    asyncio.run(scene())
