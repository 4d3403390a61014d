"""Values of columns: what asks for one finds exactly the recordings that were counted."""

import asyncio
from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.catalogue.store import Store
from playhead.core.account import Account
from playhead.core.finding.choosing import ValueCondition, with_choice, without_choice
from playhead.core.finding.grouping import Counted
from playhead.core.finding.parser import parse
from playhead.core.finding.query import EVERYTHING, All, Node, Query
from playhead.core.recording import Party, Recording
from playhead.ui.table.column import Column
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.showing import Showing
from playhead.ui.table.valuekinds import ColumnValue
from support.catalogue.arbitrary_recordings import made, pages, tries
from support.catalogue.catalogue_examples import NOON, catalogue, recording
from support.catalogue.marked_recordings import mark
from support.providers.registered import PROVIDERS

ACCOUNTS = tuple(
    Account(id=each, provider="bird", label=label, base_url="https://example.invalid")
    for each, label in (("first", "EU support"), ("Second", "Support"), ("dr\u00eftte", "support"))
)
SHOWING = Showing(NOON, {each.id: each.label for each in ACCOUNTS}, providers=PROVIDERS)


def meaning(text: str) -> Node:
    return parse(text, NOON, ACCOUNTS, providers=PROVIDERS.names).node


def column(key: str) -> Column:
    return next(each for each in COLUMNS if each.key == key)


async def values(store: Store, column: Column, query: Query) -> tuple[Counted, list[tuple[ColumnValue, int]]]:
    """What was counted, and the values with their numbers: those that most have first."""
    kind = column.values
    assert kind is not None
    found = await store.values.values(query, kind.grouping(SHOWING, meaning))
    counted = kind.gathered(found, SHOWING)
    named = []
    for key, number in counted.counts.most_common():
        sample = counted.samples.get(key)
        one = (await store.recordings.read([sample]))[0] if sample is not None else None
        value = kind.value(key, one, SHOWING)
        assert value is not None
        named.append((value, number))
    return counted, named


async def shown(store: Store, key: str, text: str = "") -> dict[str, int]:
    """The values of a column by what they are called."""
    _, found = await values(store, column(key), Query(node=meaning(text)))
    return {value.title: number for value, number in found if number}


@pytest.mark.slow
@tries(25)
@given(st.data())
def test_what_stands_for_a_value_finds_as_many_as_have_it(data: st.DataObject) -> None:
    page = data.draw(pages)
    marked = data.draw(st.lists(made, min_size=len(page), max_size=len(page)))
    texts = ("", "kind:call", "is:stereo,mono a", "-status:failed", "account:first")

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            for each, its in zip(page, marked, strict=True):
                await mark(store, each, its)
            for text in texts:
                query = Query(text, meaning(text))
                for one in COLUMNS:
                    counted, found = await values(store, one, query)
                    assert counted.number == await store.listings.count(query)
                    for value, number in found:
                        if value.condition is None:
                            # No provider has ids that cannot be written.
                            assert one.key == "same"
                            continue
                        asked = Query(node=All((query.node, meaning(value.condition.text))))
                        assert await store.listings.count(asked) == number, (one.key, value)

    asyncio.run(scene())


def test_a_number_is_one_value_however_it_was_written_and_is_called_as_the_table_calls_it() -> None:
    page = [
        recording(1, caller=Party(number="0031205550123", name="Maria")),
        recording(2, caller=Party(number="+31 20 555 0123")),
        recording(3, caller=Party(number="+31205550199")),
        recording(4, caller=None),
    ]

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            _, found = await values(store, column("from"), EVERYTHING)
            (value, number), *_ = found
            assert (number, value.condition and value.condition.text) == (2, "from:=+31205550123")
            assert {each.title for each, _ in found[1:]} == {"+31 20 555 0199", "Nobody known"}
            assert await shown(store, "from_number", "from:=") == {"Nobody known": 1}

    asyncio.run(scene())


def test_amounts_are_in_steps_between_which_nothing_is_lost() -> None:
    lengths = (0.5, 4.999, 5.0, 59.9996, 60.0, 7200.0, None)
    page = [recording(place, duration=each) for place, each in enumerate(lengths)]

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            assert await shown(store, "duration") == {
                "below 5 s": 2, "5 s \u2013 10 s": 1, "30 s \u2013 1 min": 1, "1 min \u2013 2 min": 1,
                "2 h or more": 1, "Not known": 1,
            }  # fmt: skip
            assert await shown(store, "duration", "duration:30s..<1m") == {"30 s \u2013 1 min": 1}

    asyncio.run(scene())


def test_times_are_counted_by_what_there_are_several_of() -> None:
    hours = [recording(each) for each in range(30)]
    years = [replace(each, started=NOON.replace(year=2020 + place % 4)) for place, each in enumerate(hours)]

    async def scene(page: list[Recording]) -> dict[str, int]:
        async with catalogue(None, *page) as store:
            return await shown(store, "started")

    assert "Sun 1 Mar 2026, 12:00" in asyncio.run(scene(hours))
    assert asyncio.run(scene(years)) == {"2020": 8, "2021": 8, "2022": 7, "2023": 7}


def test_a_recording_may_be_in_several_states() -> None:
    page = [recording(each, direction=("incoming", "outgoing")[each % 2]) for each in range(50)]

    async def scene() -> None:
        async with catalogue(None, *page) as store:
            ids = array("q", (await store.listings.matching(EVERYTHING))[:5])
            await store.marks.star(ids, on=True)
            states = await shown(store, "state")
            assert (states["Starred"], states["Not heard yet"]) == (5, 50)

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("before", "chosen", "after", "without"),
    [
        ("", ("a",), "status:a", "-status:a"),
        ("maria status:a,b,c", ("a", "b"), "maria status:a,b", "maria status:c"),
        ("-status:x", ("a",), "status:a", "-status:x,a"),
        ("a OR b", ("a",), "status:a (a OR b)", "-status:a (a OR b)"),
        ("", ("=",), "status:=", "-status:="),
    ],
)
def test_choosing_narrows_and_leaves_out(
    before: str, chosen: tuple[str, ...], after: str, without: str
) -> None:
    conditions = [ValueCondition("status", (each,)) for each in chosen]
    assert with_choice(before, conditions, meaning) == after
    assert without_choice(before, conditions, meaning) == without
