"""What is asked beside the listing: counts, totals, the place of a date; and orders that become quick."""

import asyncio
from array import array
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from playhead.catalogue.connection import connect, only_row
from playhead.catalogue.orders import LARGE
from playhead.core.errors import Superseded
from playhead.core.finding.query import NEWEST_FIRST, Not, Order, Query, Word
from playhead.core.stores import Listing, Totals
from support.catalogue.catalogue_examples import KEY, NOON, catalogue, feed, listed, recording


def test_totals_are_of_what_is_there_and_known() -> None:
    page = [recording(number, duration=number / 2, size=number) for number in range(1, 4)]

    async def scene() -> None:
        async with catalogue(None, *page, recording(4), recording(5, size=2**62)) as store:
            ids = (await store.listings.listing(Query(), NEWEST_FIRST)).ids
            assert await store.listings.totals(ids[:4]) == Totals(4, 3.0, bytes=6, timed=3, sized=3)
            assert await store.listings.totals(array("q", [*reversed(ids), 999])) == Totals(
                5, 3.0, 6 + 2**62, 3, 4
            )
            assert await store.listings.totals(array("q")) == Totals(0, 0, 0, 0, 0)

    asyncio.run(scene())


def test_newer_totals_end_the_older_but_not_a_listing() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1)) as store:
            ids = array("q", [1])
            results = await asyncio.gather(
                store.listings.listing(Query(), NEWEST_FIRST),
                store.listings.totals(ids),
                store.listings.totals(ids),
                store.listings.count(Query()),
                return_exceptions=True,
            )
            assert isinstance(results[1], Superseded)
            assert list(results[2:]) == [Totals(1, 0, 0, 0, 0), 1]
            assert not isinstance(results[0], BaseException)
            assert results[0].matched == 1

    asyncio.run(scene())


def test_a_count_that_is_no_longer_wanted_leaves_the_next_alone() -> None:
    async def scene() -> None:
        async with catalogue(None, *(recording(number, name="words") for number in range(3000))) as store:
            counting = asyncio.ensure_future(store.listings.count(Query(node=Word("or"))))
            await asyncio.sleep(0)
            counting.cancel()
            assert await store.listings.count(Query(node=Word("words"))) == 3000
            await asyncio.gather(counting, return_exceptions=True)

    asyncio.run(scene())


@pytest.mark.parametrize("hours", [2, 2.5, 99, -1])
def test_a_date_has_a_row_in_both_directions(hours: float) -> None:
    page = [recording(number) for number in range(1, 5)] + [recording(9, started=None)]

    async def scene() -> None:
        async with catalogue(None, *page, recording(7, name="other")) as store:
            query = Query(node=Not(Word("other")))
            moment = NOON - timedelta(hours=hours)
            rows = (await store.listings.listing(query, NEWEST_FIRST)).ids
            place = await store.listings.seek(query, NEWEST_FIRST, moment)
            dated = [each.moment for each in await store.recordings.read(rows) if each is not None]
            assert all(each is not None and each > moment for each in dated[:place])
            assert all(each is None or each <= moment for each in dated[place:])
            rising = Order("started", descending=False)
            rows = (await store.listings.listing(query, rising)).ids
            place = await store.listings.seek(query, rising, moment)
            dated = [each.moment for each in await store.recordings.read(rows) if each is not None]
            assert all(each is not None and each < moment for each in dated[:place])
            assert all(each is None or each >= moment for each in dated[place:])
            held = NOON - timedelta(hours=3)
            assert (
                await store.listings.seek(query, NEWEST_FIRST, NOON - timedelta(hours=90), not_before=held)
                == 3
            )

    asyncio.run(scene())


def test_first_rows_are_the_first_and_a_newer_listing_ends_them() -> None:
    async def scene() -> None:
        async with catalogue(None, *(recording(number) for number in range(1, 300))) as store:
            ids = (await store.listings.listing(Query(), NEWEST_FIRST)).ids
            assert await store.listings.first_rows(Query(), NEWEST_FIRST) == ids[:100]
            assert await store.listings.first_rows(Query(), NEWEST_FIRST, number=3) == ids[:3]
            held = NOON - timedelta(hours=2)
            assert await store.listings.first_rows(Query(), NEWEST_FIRST, not_before=held) == ids[:2]
            older = asyncio.ensure_future(store.listings.first_rows(Query(), NEWEST_FIRST))
            newer = asyncio.ensure_future(store.listings.listing(Query(), NEWEST_FIRST))
            results = await asyncio.gather(older, newer, return_exceptions=True)
            assert isinstance(results[0], Superseded)

    asyncio.run(scene())


@pytest.mark.slow
def test_the_order_of_a_column_is_kept_in_a_large_catalogue_and_not_in_a_small_one(tmp_path: Path) -> None:
    async def sort(number: int) -> int:
        path = tmp_path / str(number) / "catalogue.db"
        page = [recording(each, size=each % 7, name=f"name {each % 11}") for each in range(number)]
        async with catalogue(path, *page) as store:
            orders = [
                Order(column, descending=descending)
                for column in ("size", "name")
                for descending in (False, True)
            ]
            moments = (None, NOON - timedelta(hours=50), datetime.max.replace(tzinfo=UTC))
            words = (Query(), Query(node=Word("11")))

            async def answers() -> list[Listing]:
                whole = [await store.listings.listing(Query(), order) for order in orders]
                return whole + [
                    await store.listings.listing(query, NEWEST_FIRST, not_before=moment)
                    for query in words
                    for moment in moments
                ]

            before = await answers()
            await store.upkeep.finished()
            assert await answers() == before
            for order, whole in zip(orders, before, strict=False):
                assert await store.listings.first_rows(Query(), order) == whole.ids[:100]
            await store.forget("first")
            assert (await store.listings.listing(Query(), orders[0])).matched == 0
            await store.recordings.add(page[:3], feed())
            assert await listed(store, order=Order("size")) == ["2", "1", "0"]
        connection = connect(path, KEY)
        (kept,) = only_row(connection, "select count(*) from sqlite_schema where name = 'search_by_duration'")
        connection.close()
        return int(kept)

    async def scene() -> None:
        assert [await sort(number) for number in (100, LARGE)] == [1, 0]

    asyncio.run(scene())
