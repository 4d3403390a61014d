"""The order of a listing, its counts, and its end when a newer one is asked for."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.catalogue.store import open_catalogue
from playhead.core.errors import Superseded
from playhead.core.finding import fields
from playhead.core.finding.matching import matches
from playhead.core.finding.query import NEWEST_FIRST, All, Either, Match, Node, Not, Order, Query, Way, Word
from playhead.core.marks import Spans
from playhead.core.recording import Party
from support.catalogue.arbitrary_recordings import tries
from support.catalogue.catalogue_examples import KEY, NOON, catalogue, feed, listed, recording, star


def test_newest_come_first_and_the_undated_last_in_the_order_of_their_provider() -> None:
    page = (
        recording(2),
        recording(1),
        recording(8, started=None, position=8),
        recording(7, started=None, position=7),
        recording(3, started=None, created=NOON),
        recording(4, started=NOON - timedelta(hours=1)),
    )

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            assert await listed(store) == ["3", "1", "4", "2", "7", "8"]
            assert await listed(store, order=Order("nonsense")) == ["3", "1", "4", "2", "7", "8"]
            oldest = Order("started", descending=False)
            assert await listed(store, order=oldest) == ["2", "4", "1", "3", "8", "7"]
            assert (await store.listings.listing(Query(), oldest)).undated == 2

    asyncio.run(scene())


BY_TIME = (NEWEST_FIRST, Order("started", descending=False))
moments = st.none() | st.integers(0, 5).map(lambda hours: NOON - timedelta(hours=hours))


@tries(100)
@given(
    times=st.lists(moments, max_size=12),
    order=st.sampled_from(BY_TIME),
    not_before=moments,
    number=st.integers(1, 9),
    node=st.sampled_from([All(()), Word("x"), Not(Word("y"))]),
)
def test_by_time_what_has_no_date_comes_last_whichever_way(
    times: list[datetime | None], order: Order, not_before: datetime | None, number: int, node: Node
) -> None:
    page = [
        recording(each, started=time, position=each, name="x" if each % 3 else "y")
        for each, time in enumerate(times)
    ]

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            query = Query(node=node)
            listing = await store.listings.listing(query, order, not_before=not_before)
            rows = [each for each in await store.recordings.read(listing.ids) if each is not None]
            found = [each for each in page if matches(node, each)]
            certain = [
                each for each in found if not (each.moment and not_before and each.moment < not_before)
            ]
            assert {each.id for each in rows} == {each.id for each in certain}
            dates = [each.moment for each in rows if each.moment]
            assert dates == sorted(dates, reverse=order.descending)
            assert [each.moment for each in rows] == [*dates, *[None] * (len(rows) - len(dates))]
            assert (listing.matched, listing.undated) == (
                len(found),
                sum(each.moment is None for each in found),
            )
            first = await store.listings.first_rows(query, order, not_before=not_before, number=number)
            assert first == listing.ids[:number]

    asyncio.run(scene())


@pytest.mark.parametrize("node", [All(()), Word("x")])
@pytest.mark.parametrize("order", [*BY_TIME, Order("name"), Order("heard")])
def test_before_anything_is_certain_nothing_is_listed_with_or_without_a_date(
    order: Order, node: Node
) -> None:
    page = (recording(1, name="x"), recording(2, name="x", started=None))
    latest = datetime.max.replace(tzinfo=UTC)

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            query = Query(node=node)
            listing = await store.listings.listing(query, order, not_before=latest)
            assert (list(listing.ids), listing.matched) == ([], 2)
            assert not await store.listings.first_rows(query, order, not_before=latest)

    asyncio.run(scene())


@pytest.mark.parametrize("column", ["status", "kind", "provider", "starred", "heard", "account"])
def test_among_equals_what_has_no_date_comes_last(column: str) -> None:
    page = (recording(9, started=None), recording(2), recording(1), recording(8, started=None, position=8))

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            for falls in (True, False):
                assert await listed(store, order=Order(column, descending=falls)) == ["1", "2", "8", "9"]

    asyncio.run(scene())


COLUMNS: dict[str, dict[str, object]] = {
    "ended": {"ended": NOON},
    "created": {"created": NOON},
    "duration": {"duration": 2.5},
    "name": {"name": "welcome"},
    "direction": {"direction": "incoming"},
    "status": {"status": "available"},
    "format": {"format": "mp3"},
    "from": {"caller": Party(number="+31205550100")},
    "to": {"callee": Party(name="Maria")},
    "size": {"size": 9},
    "stereo": {"stereo": False},
    "transcribed": {"transcribed": True},
    "channel": {"channel": "c"},
    "call": {"call": "c"},
}


@pytest.mark.parametrize("column", COLUMNS)
def test_missing_values_come_last_both_ways_and_ties_are_newest_first(column: str) -> None:
    page = (recording(4), recording(3), recording(2, **COLUMNS[column]), recording(1, **COLUMNS[column]))

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            assert await listed(store, order=Order(column, descending=True)) == ["1", "2", "3", "4"]
            assert await listed(store, order=Order(column, descending=False)) == ["1", "2", "3", "4"]

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("column", "low", "high"),
    [
        ("duration", {"duration": 9.5}, {"duration": 10.0}),
        (
            "from",
            {"caller": Party(name="Ádam", number="+31205550199")},
            {"caller": Party(name="Bea", number="+31205550100")},
        ),
        ("name", {"name": "ábc"}, {"filename": "ABD"}),
        ("size", {"size": 9}, {"size": 10}),
        ("kind", {"kind": "call"}, {"kind": "voicemail"}),
        ("account", {"account": "A"}, {"account": "b"}),
        ("provider", {"provider": "bird"}, {"provider": "convirza"}),
        ("id", {"id": "A"}, {"id": "b"}),
        ("stereo", {"stereo": False}, {"stereo": True}),
    ],
)
def test_a_column_sorts_both_ways(column: str, low: dict[str, object], high: dict[str, object]) -> None:
    page = (recording(1, **{"id": "low", **low}), recording(2, **{"id": "high", **high}))

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            rising = await listed(store, order=Order(column, descending=False))
            falling = await listed(store, order=Order(column, descending=True))
            assert rising == [page[0].id, page[1].id] == falling[::-1]

    asyncio.run(scene())


def test_stars_and_heard_shares_sort_both_ways_and_nothing_is_missing() -> None:
    page = [recording(number, duration=10.0 * number) for number in range(1, 5)]

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            for each, seconds in ((page[1], 10), (page[3], 30)):
                await star(store, each)
                await store.marks.keep_heard(each, Spans.of([(0, seconds)]))
            for column, rising, falling in (
                ("starred", ["1", "3", "2", "4"], ["2", "4", "1", "3"]),
                ("heard", ["1", "3", "2", "4"], ["4", "2", "1", "3"]),
            ):
                assert await listed(store, order=Order(column, descending=False)) == rising
                assert await listed(store, order=Order(column, descending=True)) == falling

    asyncio.run(scene())


@pytest.mark.parametrize("order", [NEWEST_FIRST, Order("name", descending=False)])
def test_only_what_is_certain_is_listed_but_everything_that_matches_is_counted(order: Order) -> None:
    page = [recording(number, name="x") for number in range(5)]
    page.append(recording(9, name="x", started=None))
    page.append(recording(10))

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            query = Query(node=Match(fields.NAME, "x", Way.WHOLE))
            listing = await store.listings.listing(query, order, not_before=NOON - timedelta(hours=2))
            certain = {each.id for each in await store.recordings.read(listing.ids) if each is not None}
            assert certain == {"9", "0", "1", "2"}
            assert (listing.matched, listing.loaded) == (6, 7)

    asyncio.run(scene())


def test_loaded_counts_the_accounts_that_the_query_may_concern() -> None:
    page = [recording(number) for number in range(3)]
    page += [recording(number, account="other", provider="convirza") for number in range(2)]
    other = Match(fields.ACCOUNT, "other", Way.WHOLE)
    bird = Match(fields.PROVIDER, "bird", Way.WHOLE)

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            cases = (
                (All(()), 5),
                (Word("nothing"), 5),
                (other, 2),
                (All((other, Word("nothing"))), 2),
                (Not(bird), 2),
                (Either((other, bird)), 5),
                (Either((other, Word("nothing"))), 5),
            )
            for node, loaded in cases:
                assert (await store.listings.listing(Query(node=node), NEWEST_FIRST)).loaded == loaded

    asyncio.run(scene())


def test_a_newer_listing_ends_the_older() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1)) as store:
            older = asyncio.ensure_future(store.listings.listing(Query(), NEWEST_FIRST))
            newer = asyncio.ensure_future(store.listings.listing(Query(), NEWEST_FIRST))
            results = await asyncio.gather(older, newer, return_exceptions=True)
            assert isinstance(results[0], Superseded)
            assert not isinstance(results[1], BaseException)
            assert len(results[1].ids) == 1

    asyncio.run(scene())


def test_a_cancelled_listing_leaves_the_catalogue_as_usable_as_before() -> None:
    async def scene() -> None:
        store = await open_catalogue(None, KEY)
        await store.recordings.add([recording(number, name="some words") for number in range(3000)], feed())
        for turns in range(12):
            task = asyncio.ensure_future(store.listings.listing(Query(node=Word("me wo")), Order("name")))
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert task.cancelled() or task.result().matched == 3000
            assert len(await store.recordings.read([1, 2])) == 2
        assert (await store.listings.listing(Query(), NEWEST_FIRST)).matched == 3000
        await store.close()

    asyncio.run(scene())
