"""Lengths that were measured: they count where the provider tells none, and nowhere else."""

import asyncio
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.catalogue.store import Store
from playhead.core.finding.matching import matches
from playhead.core.finding.query import NEWEST_FIRST, Measure, Node, Not, Order, Query, Span
from playhead.core.marks import Spans
from playhead.core.recording import Recording
from support.catalogue.arbitrary_recordings import tries
from support.catalogue.catalogue_examples import catalogue, feed, listed, recording

UNTOLD, TOLD = recording(1), recording(2, duration=8.0)


async def kept(store: Store) -> dict[str, Recording]:
    """The recordings of a catalogue by their provider's ids."""
    ids = (await store.listings.listing(Query(), NEWEST_FIRST)).ids
    return {each.id: each for each in await store.recordings.read(ids) if each is not None}


def test_what_was_measured_is_shown_sorted_filtered_and_summed_where_nothing_was_told(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, UNTOLD, TOLD, recording(3)) as store:
            for each in (UNTOLD, TOLD):
                await store.analyses.keep_length(each, 6.25)
        async with catalogue(path) as store:
            found = await kept(store)
            assert [found[each].length for each in "123"] == [6.25, 8.0, None]
            assert found["1"].duration is None
            assert await listed(store, Span(Measure.DURATION, 6, 7)) == ["1"]
            assert await listed(store, Not(Span(Measure.DURATION, 6, 7))) == ["2", "3"]
            assert await listed(store, order=Order("duration")) == ["2", "1", "3"]
            assert await listed(store, order=Order("duration", descending=False)) == ["1", "2", "3"]
            ids = (await store.listings.listing(Query(), NEWEST_FIRST)).ids
            totals = await store.listings.totals(ids)
            assert (totals.seconds, totals.timed) == (14.25, 2)
            await store.marks.keep_heard(UNTOLD, Spans.of([(0, 6)]))
            assert await listed(store, Span(Measure.HEARD, 0.9, 0.99)) == ["1"]

    asyncio.run(scene())


@pytest.mark.parametrize("changed", [{"name": "renamed"}, {"started": None}, {"duration": 9.0}])
def test_what_was_measured_stays_when_the_recording_changes(changed: dict[str, object]) -> None:
    async def scene() -> None:
        async with catalogue(None, UNTOLD) as store:
            await store.analyses.keep_length(UNTOLD, 6.0)
            await store.recordings.add([recording(1, **changed)], feed())
            told = changed.get("duration", 6.0)
            assert (await kept(store))["1"].length == told
            assert await listed(store, Span(Measure.DURATION, 5, 7)) == (["1"] if told == 6.0 else [])

    asyncio.run(scene())


@pytest.mark.parametrize("seconds", [0.0, -1.0, math.nan, math.inf])
def test_what_is_no_length_is_not_kept(seconds: float) -> None:
    async def scene() -> None:
        async with catalogue(None, UNTOLD) as store:
            await store.analyses.keep_length(UNTOLD, seconds)
            assert (await kept(store))["1"].length is None

    asyncio.run(scene())


def test_what_was_measured_goes_with_its_account_and_of_what_is_not_there_nothing_is_kept() -> None:
    async def scene() -> None:
        async with catalogue(None, UNTOLD) as store:
            await store.analyses.keep_length(UNTOLD, 6.0)
            await store.analyses.keep_length(recording(9), 6.0)
            await store.forget("first")
            await store.recordings.add([UNTOLD], feed())
            assert (await kept(store))["1"].length is None

    asyncio.run(scene())


lengths = st.none() | st.sampled_from([1.0, 2.5, 4.0, 30.0])
ends = st.none() | st.sampled_from([0.0, 1.0, 2.5, 5.0])


@tries(100)
@given(pairs=st.lists(st.tuples(lengths, lengths), max_size=8), low=ends, high=ends)
def test_sql_compares_lengths_as_the_plain_definition_does(
    pairs: list[tuple[float | None, float | None]], low: float | None, high: float | None
) -> None:
    page = [recording(each, duration=told) for each, (told, _) in enumerate(pairs)]

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            for each, (_, measured) in zip(page, pairs, strict=True):
                if measured is not None:
                    await store.analyses.keep_length(each, measured)
            known = [
                replace(each, measured=measured) for each, (_, measured) in zip(page, pairs, strict=True)
            ]
            node: Node = Span(Measure.DURATION, low, high)
            assert set(await listed(store, node)) == {each.id for each in known if matches(node, each)}

    asyncio.run(scene())
