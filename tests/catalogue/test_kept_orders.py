"""Orders of columns that are kept tell the same as sorting, whatever has come or changed since."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from playhead.catalogue.answering import first_rows, listing
from playhead.catalogue.columnsorting import ranked
from playhead.catalogue.connection import connect, only_row
from playhead.catalogue.fromclauses import Reach
from playhead.catalogue.orders import LARGE, MEASURED, RANKED, TIME
from playhead.catalogue.ranking import due, expect, keep, lacking, ranking_of
from playhead.catalogue.schema import open_newest
from playhead.catalogue.writing import add, forget
from playhead.core.finding.parser import parse
from playhead.core.finding.query import NEWEST_FIRST, Order, Query, Word
from playhead.core.stores import Listing
from support.catalogue.catalogue_examples import KEY, NOON, catalogue, feed, recording
from support.catalogue.kept_orders import sort_by

PAGE = [
    recording(each, name=f"name {each % 11}", size=each % 7 or None, started=None if each % 9 == 4 else NOON)
    for each in range(90)
]
COLUMNS = ("size", "name", "health", "loudness", "starred", "status")
ORDERS = [Order(column, descending=falling) for column in COLUMNS for falling in (False, True)]
MOMENTS = (None, NOON - timedelta(hours=5), NOON + timedelta(hours=5), datetime.max.replace(tzinfo=UTC))


def answers(connection: apsw.Connection) -> list[Listing]:
    """Listings in several orders, of everything and of what a word finds."""
    words = (Query(), Query(node=Word("8")))
    sorted_by = [listing(connection, query, order, None) for query in words for order in ORDERS]
    return sorted_by + [
        listing(connection, query, NEWEST_FIRST, moment) for query in words for moment in MOMENTS
    ]


def sort(connection: apsw.Connection) -> None:
    """Keep the orders that are asked for."""
    for column in (TIME, "size", "name", "health"):
        sort_by(connection, column, 20)


def test_what_is_kept_tells_the_same_as_sorting_also_once_recordings_have_come_and_changed() -> None:
    plain, kept = open_newest(None, None), open_newest(None, None)
    changed = [recording(each, name="name 3", size=each) for each in range(0, 90, 13)]
    for page in (PAGE[:70], PAGE[60:], changed):
        for connection in (plain, kept):
            add(connection, page, feed())
            connection.execute(
                "update search set health = id % 4, loudness = -(id % 7) where id % 5 = 0;"
                " insert or ignore into star select id from search where id % 6 = 0"
            )
        assert answers(kept) == answers(plain)
        if page is not changed:
            sort(kept)
            assert answers(kept) == answers(plain)
    for connection in (plain, kept):
        connection.execute("update search set health = (id % 3) + 1 where id % 4 = 0")
    assert answers(kept) == answers(plain)
    for word in ("8", "zz"):
        query = Query(node=Word(word))
        for moment in MOMENTS:
            first = first_rows(kept, query, NEWEST_FIRST, moment, 5, Reach(walk=3))
            assert first == listing(plain, query, NEWEST_FIRST, moment).ids[:5]
    for order in ORDERS:
        for steps in (12, 240, 400_000):
            first = first_rows(kept, Query(), order, None, 30, Reach(long_walk=steps))
            assert first == listing(plain, Query(), order, None).ids[:30]
    ranking = ranking_of(kept, "size")
    assert ranking is not None
    assert lacking(kept, ranking) == len(changed)


@pytest.mark.parametrize("values", [1, 2, 5, 90])
def test_the_beginning_of_an_order_is_that_of_the_whole_however_many_have_the_same_value(values: int) -> None:
    connection = open_newest(None, None)
    page = [recording(each, size=each * 37 % 90 // (90 // values) + 1) for each in range(85)]
    add(connection, [*page, *(recording(each) for each in range(85, 90))], feed())
    sort_by(connection, "size")
    ranking = ranking_of(connection, "size")
    assert ranking is not None
    for falling in (False, True):
        whole = ranking.ids(connection, descending=falling)
        assert whole == listing(connection, Query(), Order("size", falling), None).ids
        for most in (1, 7, 8, 9, 40, 84, 85, 86, 95):
            assert ranking.ids(connection, descending=falling, most=most) == whole[:most]


@pytest.mark.parametrize("asked", ["size:>=3", "size:2..4", "size:<1", "size:>9"])
def test_a_range_of_values_is_found_in_their_order_also_once_some_have_changed(asked: str) -> None:
    plain, kept = open_newest(None, None), open_newest(None, None)
    query = parse(asked, NOON)
    for connection in (plain, kept):
        add(connection, PAGE[:80], feed())
    sort_by(kept, "size")
    for page in ([recording(each, size=each % 3) for each in range(0, 80, 2)], PAGE[70:]):
        for connection in (plain, kept):
            add(connection, page, feed())
        assert listing(kept, query, NEWEST_FIRST, None) == listing(plain, query, NEWEST_FIRST, None)


def test_what_is_measured_again_takes_no_place_from_what_it_does_not_concern() -> None:
    connection = open_newest(None, None)
    add(connection, PAGE, feed())
    for column in ("size", "health"):
        sort_by(connection, column)
    connection.execute("update search set health = 3 where id <= 5")
    add(connection, [recording(20, name="another")], feed())
    lacked = {column: ranking_of(connection, column) for column in ("size", "health")}
    numbers = [lacking(connection, each) for each in lacked.values() if each is not None]
    assert numbers == [1, 6]
    sort_by(connection, "health")
    assert only_row(connection, "select count(*) from remeasured") == (0,)


def test_nothing_is_kept_of_an_account_that_has_left() -> None:
    connection = open_newest(None, None)
    add(connection, PAGE, feed())
    sort(connection)
    expect(connection, "id")
    found = ranked(connection, "id")
    forget(connection, "first")
    keep(connection, found)
    assert ranking_of(connection, "id") is None
    add(connection, PAGE[:3], feed())
    assert listing(connection, Query(), ORDERS[0], None).matched == 3


@pytest.mark.slow
def test_orders_are_kept_once_a_catalogue_is_large(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    connection = open_newest(path, KEY)
    connection.execute(
        "insert into account values (1, 'first', 'first');"
        " with recursive counted(number) as"
        f" (select 1 union all select number + 1 from counted where number < {LARGE})"
        " insert into recording (id, account, key, value, raw)"
        " select number, 1, cast(number as blob), '{}', '{}' from counted where number < 20000;"
        " insert into search (id, account, newest, place, playable, provider, ident)"
        " select id, 1, id, 0, 1, 'bird', 'id' from recording"
    )
    assert due(connection) is None
    connection.execute(
        f"insert into recording (id, account, key, value, raw) values ({LARGE}, 1, x'00', '{{}}', '{{}}');"
        " insert into search (id, account, newest, place, playable, provider, ident)"
        f" values ({LARGE}, 1, 0, 0, 1, 'bird', 'last')"
    )
    assert due(connection) == TIME
    connection.close()

    async def kept() -> None:
        async with catalogue(path) as store:
            await store.upkeep.finished()

    asyncio.run(kept())
    connection = connect(path, KEY)
    assert only_row(connection, "select count(*) from ranking where upto > 0") == (
        len(RANKED) - len(MEASURED),
    )
    assert due(connection) is None
    # As if there were half as many again.
    connection.execute(
        f"update ranking set upto = upto + {LARGE // 2};"
        " insert into moved (recording) select id from search where id < 1100"
    )
    assert due(connection) == TIME
    connection.execute("update ranking set moved = 1100 where sorted = ?", (RANKED[TIME],))
    assert due(connection) is None
    assert due(connection, at_rest=True) in RANKED
    connection.close()
