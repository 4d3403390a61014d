"""The list of recordings whose health is to be measured: what is on it, and what survives a restart."""

import asyncio
from array import array
from pathlib import Path

import pytest

from playhead.catalogue.connection import connect
from playhead.catalogue.store import Store
from playhead.core.finding.query import Query
from playhead.core.health.audiofigures import Measured
from playhead.core.health.checked import Checked
from playhead.core.health.undecodable import undecoded
from playhead.core.worklists.workstates import Added, WorkWish
from support.catalogue.catalogue_examples import KEY, NOON, catalogue, feed, recording
from support.health.figures_examples import figures

ONE, TWO, THREE = recording(1), recording(2), recording(3, status="ongoing")


async def everything(store: Store) -> "array[int]":
    return await store.listings.matching(Query())


async def left(store: Store, account: str = "first") -> list[str]:
    """The provider's ids of what is left to do."""
    return [each.id for _, each in await store.checkups.open_ones(account, 10)]


def test_what_is_measured_or_has_no_audio_is_not_put_on_the_list() -> None:
    async def scene() -> None:
        async with catalogue(None, ONE, TWO, THREE, recording(4)) as store:
            await store.analyses.keep_measured(ONE, Measured(figures(), b"digest"))
            await store.analyses.keep_measured(recording(4), Measured(undecoded("page"), b""))
            assert await store.checkups.add(await everything(store)) == Added(2, done=1, unripe=1)
            assert await left(store) == ["2", "4"]

    asyncio.run(scene())


def test_the_list_keeps_its_order_and_what_became_of_each_over_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        pages = [recording(each) for each in range(1, 6)]
        async with catalogue(path, *pages) as store:
            ids = await everything(store)
            await store.checkups.add(ids[::-1])
            await store.checkups.settle(recording(5), Checked.FAILED)
            await store.checkups.settle(recording(3), Checked.MEASURED)
            await store.checkups.hold(on=True)
        async with catalogue(path) as store:
            assert await left(store) == ["4", "2", "1"]
            state = await store.checkups.figures()
            assert (state.total, state.left, state.held) == (5, 3, True)
            assert state.outcomes == {Checked.FAILED: 1, Checked.MEASURED: 1}
            await store.checkups.retry()
            assert await left(store) == ["5", "4", "2", "1"]
            [(place, _)] = await store.checkups.open_ones("first", 1)
            assert [each.id for _, each in await store.checkups.open_ones("first", 2, after=place)] == [
                "4",
                "2",
            ]
            await store.checkups.clear()
            state = await store.checkups.figures()
            assert (state.total, state.held) == (0, False)
            assert await store.checkups.accounts() == []

    asyncio.run(scene())


def test_a_list_that_is_being_cleared_counts_no_more_and_is_cleared_before_anything_is_put_on_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, ONE, TWO) as store:
            await store.checkups.add(await everything(store))
        connection = connect(path, KEY)  # as a program leaves it that is killed in the middle
        connection.execute("update checkup_held set held = 2")
        connection.close()
        async with catalogue(path) as store:
            state = await store.checkups.figures()
            assert (state.total, state.left, state.held) == (0, 0, False)
            await store.checkups.add((await everything(store))[:1])
            assert (await store.checkups.figures()).total == 1
            assert len(await left(store)) == 1

    asyncio.run(scene())


def test_wishes_for_the_rest_outlast_a_restart_until_they_are_granted_or_cleared(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    first, second = WorkWish('date:today "\0\ud800', NOON), WorkWish("", NOON)

    async def scene() -> None:
        async with catalogue(path, ONE) as store:
            for each in (first, second):
                await store.checkups.wish(each)
        async with catalogue(path) as store:
            assert await store.checkups.wishes() == [first, second]
            await store.checkups.grant(first)
            assert await store.checkups.wishes() == [second]
            await store.checkups.clear()
            assert await store.checkups.wishes() == []

    asyncio.run(scene())


def test_an_account_that_leaves_takes_its_recordings_off_the_list() -> None:
    async def scene() -> None:
        other = recording(7, account="second")
        async with catalogue(None, ONE, other) as store:
            await store.checkups.add(await everything(store))
            assert sorted(await store.checkups.accounts()) == ["first", "second"]
            await store.forget("first")
            assert await store.checkups.accounts() == ["second"]
            assert await left(store, "second") == ["7"]
            assert (await store.checkups.figures()).total == 1

    asyncio.run(scene())


def test_a_new_call_that_still_goes_on_is_put_on_the_list_once_it_has_audio(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, ONE, THREE) as store:
            assert (await store.checkups.add_new(await everything(store))).number == 1
            assert await left(store) == ["1"]
        async with catalogue(path) as store:
            await store.recordings.add([recording(3, status="available")], feed())
            assert (await store.checkups.add_new(array("q"))).number == 1
            assert await left(store) == ["1", "3"]
            assert (await store.checkups.add_new(array("q"))).number == 0

    asyncio.run(scene())


def test_what_failed_is_tried_again_when_it_is_asked_for_once_more() -> None:
    async def scene() -> None:
        async with catalogue(None, ONE, TWO) as store:
            ids = await everything(store)
            await store.checkups.add(ids)
            await store.checkups.settle(ONE, Checked.GONE)
            assert (await store.checkups.add(ids)).number == 2
            assert await left(store) == ["1", "2"]
            assert (await store.checkups.figures()).total == 2

    asyncio.run(scene())


@pytest.mark.parametrize(("changed", "again"), [({"duration": 9.0}, True), ({"name": "renamed"}, False)])
def test_what_its_provider_says_otherwise_of_the_audio_is_measured_again(
    changed: dict[str, object], *, again: bool
) -> None:
    async def scene() -> None:
        async with catalogue(None, ONE) as store:
            await store.analyses.keep_measured(ONE, Measured(figures(), b"digest"))
            await store.recordings.add([recording(1, **changed)], feed())
            assert await store.analyses.measured(ONE) is not None
            assert (await store.checkups.add(await everything(store))).number == int(again)

    asyncio.run(scene())
