"""Timelines, values and listings from facets that are kept: as if every recording was read."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.catalogue.answering import count, first_rows, listing
from playhead.catalogue.connection import only_row
from playhead.catalogue.desk import Desk
from playhead.catalogue.fromclauses import Reach
from playhead.catalogue.mediacache import open_media_cache
from playhead.catalogue.narrowing import masks_for
from playhead.catalogue.orders import TIME
from playhead.catalogue.schema import open_newest
from playhead.catalogue.store import DESKS, Store
from playhead.catalogue.timelinestore import timeline
from playhead.catalogue.valuekeys import key_of
from playhead.catalogue.valuestore import values
from playhead.catalogue.writing import add, forget
from playhead.core.finding import fields
from playhead.core.finding.grouping import NOTHING, Alternatives, Grouping, Kins, Quarters, Steps, Texts
from playhead.core.finding.query import (
    EVERYTHING,
    NEWEST_FIRST,
    Either,
    Flag,
    Is,
    Match,
    Measure,
    Node,
    Not,
    Number,
    Query,
    Way,
    Word,
)
from playhead.core.timeline.timekeys import STEP
from playhead.core.timeline.timeline import Split
from support.catalogue.arbitrary_recordings import Made, made, nodes, pages, tries
from support.catalogue.catalogue_examples import feed, recording
from support.catalogue.kept_facets import PART, keep_facets
from support.catalogue.kept_orders import sort_by
from support.catalogue.marked_recordings import mark

READING = Reach(few=0, some=0)
COUNTING = Reach(few=0, some=0, part=PART)
LOOKING = Reach(few=0, some=0, plenty=0, walk=1, long_walk=1, part=PART)
GROUPINGS: tuple[Grouping, ...] = (
    *(Texts(each) for each in fields.FIELDS.values() if each.value and len(each.value.columns) == 1),
    *(Steps(each, (0.0, 1.0, 60.0, 1e9)) for each in Measure if each is not Measure.HEARD),
    Alternatives((Is(Flag.STEREO), Is(Flag.UNHEARD), Match(fields.KIND, "call", Way.WHOLE))),
    Kins(),
    Quarters(),
)


def assert_alike(
    plain: apsw.Connection,
    kept: apsw.Connection,
    query: Query,
    splits: Iterable[Split] = Split,
    groupings: Iterable[Grouping] = GROUPINGS,
) -> None:
    """Fail unless both tell the same of a query."""
    rows = listing(plain, query, NEWEST_FIRST, None, READING)
    assert listing(kept, query, NEWEST_FIRST, None, COUNTING) == rows
    assert count(kept, query, COUNTING) == rows.matched
    for number in (1, 3, 100):
        assert first_rows(kept, query, NEWEST_FIRST, None, number, LOOKING) == rows.ids[:number]
    for split in splits:
        read, counted = (
            timeline(each, query, split, reach=reach) for each, reach in ((plain, READING), (kept, COUNTING))
        )
        # Of those of one moment nobody can tell the order.
        assert sorted(counted.keys) == sorted(read.keys)
        assert counted.parts == bytes(key % STEP for key in counted.keys)
        assert counted.names == read.names
        assert (counted.undated, counted.whole) == (read.undated, True)
    for grouping in groupings:
        expected, found = (
            values(each, query, grouping, reach=reach) for each, reach in ((plain, READING), (kept, COUNTING))
        )
        assert (found.number, +found.counts, found.names) == (
            expected.number, +expected.counts, expected.names,
        )  # fmt: skip
        if isinstance(grouping, Texts | Kins):
            assert found.samples.keys() - {NOTHING} == expected.samples.keys() - {NOTHING}
            for value, sample in found.samples.items():
                sql = f"select ifnull({key_of(grouping).sql}, '') from search where id = ?"
                assert str(*only_row(kept, sql, (sample,))) == value


def store_of(connection: apsw.Connection) -> Store:
    desk = Desk("test", connection)
    return Store(open_media_cache(None, None, 0, desk), dict.fromkeys(DESKS, desk))


@pytest.mark.slow
@tries(15)
@given(st.data())
def test_what_is_kept_tells_the_same_as_reading_also_once_recordings_have_come_and_changed(
    data: st.DataObject,
) -> None:
    page = data.draw(pages)
    its: list[Made] = data.draw(st.lists(made, min_size=len(page), max_size=len(page)))
    later = [
        replace(each, account=was.account, id=was.id)
        for each, was in zip(data.draw(pages), data.draw(st.permutations(page)), strict=False)
    ]
    trees = data.draw(st.lists(nodes([*page, *later], its), min_size=1, max_size=4))
    asked = data.draw(st.tuples(*(st.sets(st.sampled_from(each), max_size=2) for each in (Split, GROUPINGS))))
    plain, kept = open_newest(None, None), open_newest(None, None)

    async def fill() -> None:
        for connection in (plain, kept):
            store = store_of(connection)
            await store.recordings.add(page, feed())
            for each, marks in zip(page, its, strict=True):
                await mark(store, each, marks)

    asyncio.run(fill())
    keep_facets(kept)
    sort_by(kept, TIME)
    for changed in ([], later):
        for connection in (plain, kept):
            add(connection, changed, feed())
        for tree in trees:
            assert_alike(plain, kept, Query(node=tree), *asked)
    keep_facets(kept)
    assert_alike(plain, kept, EVERYTHING)


def test_nothing_is_left_of_an_account_that_leaves() -> None:
    connection = open_newest(None, None)
    add(connection, [recording(each, account="first") for each in range(9)], feed("first"))
    keep_facets(connection)
    forget(connection, "first")
    for table in ("facet", "facet_side", "facet_name", "facet_channel", "faceted", "trait"):
        assert only_row(connection, f"select count(*) from {table}") == (0,)


def test_a_column_in_which_most_recordings_differ_is_counted_by_reading() -> None:
    plain, kept = open_newest(None, None), open_newest(None, None)
    for connection in (plain, kept):
        add(connection, [recording(each, name=f"name {each}") for each in range(9)], feed())
    keep_facets(kept, most=2)
    assert only_row(kept, "select count(*) from facet where name = 'name'") == (0,)
    assert_alike(plain, kept, EVERYTHING)


@pytest.mark.parametrize(
    ("node", "matching"),
    [
        (Word("name 3"), 1),
        (Word("nam", accounts=("acme",)), 7),
        (Number(fields.WITH, "555", Way.PART), 0),
        (Match(fields.FROM, "*", Way.WILD), 0),
        (Match(fields.NAME, "e"), 7),
        (Match(fields.ID, "r-3"), 1),
        (Either((Word("name 4"), Not(Word("name")))), 1),
    ],
    ids=str,
)
def test_texts_are_told_by_what_is_kept_and_by_few_candidates(node: Node, matching: int) -> None:
    kept = open_newest(None, None)
    add(kept, [recording(each, name=f"name {each}", id=f"r-{each}") for each in range(8)], feed())
    keep_facets(kept)
    masks = masks_for(kept, Query(node=node), COUNTING)
    assert masks is not None
    mask = masks.of(Query(node=node))
    assert mask is not None
    assert mask.tolist().count(True) == matching


def test_values_of_a_word_are_told_while_they_are_counted() -> None:
    connection = open_newest(None, None)
    add(connection, [recording(each, name=f"name {each % 3}") for each in range(60)], feed())
    told = list[int]()
    found = values(
        connection,
        Query(node=Word("name")),
        Texts(fields.NAME),
        lambda counted: told.append(counted.number),
        Reach(few=0, some=0),
        first=16,
    )
    assert told == [2, 6, 14, 30]
    assert found.counts == {"name 0": 20, "name 1": 20, "name 2": 20}
