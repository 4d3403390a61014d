"""What is asked beside the listing: counts, totals, the place of a date."""

import asyncio
from array import array
from datetime import timedelta

import pytest

from playhead.core.errors import Superseded
from playhead.core.finding.query import NEWEST_FIRST, Not, Order, Query, Word
from playhead.core.stores import Totals
from support.catalogue.catalogue_examples import NOON, catalogue, recording


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
