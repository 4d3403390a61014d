"""The others wait for an account as long as they have patience, and no longer."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from playhead.core.errors import Unreachable
from playhead.ui.listing.viewfiller import awaited

MOMENT = timedelta(microseconds=1)


def patience_of(*left: timedelta) -> Callable[[], timedelta]:
    """What is left of it, each time that it is asked for; then none."""
    rest = iter(left)
    return lambda: next(rest, timedelta())


async def played(patience: Callable[[], timedelta], *, turns: int) -> list[str]:
    """What happens, in order, to work that takes so many turns of the loop."""
    events: list[str] = []

    async def work() -> int:
        for _ in range(turns):
            await asyncio.sleep(0)
        events.append("answered")
        return 7

    async def late() -> None:
        events.append("late")

    assert await awaited(work(), patience, late) == 7
    return events


def test_what_comes_in_time_is_just_given() -> None:
    assert asyncio.run(played(patience_of(timedelta(minutes=1)), turns=3)) == ["answered"]


def test_who_is_late_is_told_once_and_waited_for_all_the_same() -> None:
    assert asyncio.run(played(patience_of(MOMENT), turns=10_000)) == ["late", "answered"]


def test_a_timer_that_goes_off_too_early_is_set_again() -> None:
    patience = patience_of(MOMENT, MOMENT, timedelta(minutes=1))
    assert asyncio.run(played(patience, turns=10_000)) == ["answered"]


def test_work_ends_with_whoever_waits_for_it() -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append("work")

    async def late() -> None:
        raise Unreachable("network")

    async def scene() -> None:
        with pytest.raises(Unreachable):
            await awaited(work(), patience_of(MOMENT), late)
        assert ended == ["work"]
        waiting = asyncio.ensure_future(awaited(work(), patience_of(timedelta(minutes=1)), late))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
        assert ended == ["work", "work"]

    asyncio.run(scene())


def test_what_goes_wrong_is_raised() -> None:
    async def work() -> None:
        raise Unreachable("timeout")

    async def late() -> None:
        raise AssertionError

    with pytest.raises(Unreachable):
        asyncio.run(awaited(work(), patience_of(timedelta(minutes=1)), late))
