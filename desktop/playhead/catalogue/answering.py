"""What the catalogue answers to a query: the first ids, all ids, how many.

Two ways lead to an answer. Candidates (see `candidates`) are best when there are few. Otherwise one walks
along an index in the order that is wanted and takes what matches, which soon has a screen full if much does.
Which it will be is found out by trying, within bounds: first whether there are few candidates, then how far a
short walk gets.
"""

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import apsw

from playhead.catalogue.candidates import Way, candidates
from playhead.catalogue.condition import ALWAYS, Condition, every
from playhead.catalogue.connection import only_row, snapshot
from playhead.catalogue.orders import Stretch, order_by, stretches
from playhead.catalogue.ranges import within
from playhead.catalogue.rows import to_micros
from playhead.catalogue.sql import where, where_loaded
from playhead.catalogue.walking import along, among, walked, walked_by_value
from playhead.core.finding.query import Measure, Order, Query, Span
from playhead.core.ports import Listing

_NO_LIMIT = 2**62
_FARTHER = 4
"""How many times as long looking at one takes where recordings are not sorted by time, as their table is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Up to where each way is the better one; measured with a million recordings."""

    few: int = 1_500
    """Candidates that can all be looked at, wherever they are, in the time of a frame."""
    some: int = 12_000
    """Candidates that can be sorted by time, for which one need not look at them."""
    many: int = 250_000
    """Candidates that take as long to look at as all recordings, one after another."""
    walk: int = 8_000
    """Recordings that can be looked at one after another in the time of a frame."""
    long_walk: int = 100_000
    """As many as are worth a try before all are looked at."""


REACH = Reach()


def first_rows(
    connection: apsw.Connection,
    query: Query,
    order: Order,
    not_before: datetime | None,
    number: int,
    reach: Reach = REACH,
) -> "array[int]":
    """The first `number` ids of the listing."""
    found: list[int] = []
    with snapshot(connection):
        screen = _Screen(connection, query, not_before, reach)
        for stretch in stretches(connection, order):
            found += screen.first(stretch, number - len(found))
            if len(found) >= number:
                break
    return array("q", found)


def listing(
    connection: apsw.Connection,
    query: Query,
    order: Order,
    not_before: datetime | None,
    reach: Reach = REACH,
) -> Listing:
    """All ids, and how many match."""
    condition = where(query.node)
    certain = _NO_LIMIT if not_before is None else -to_micros(not_before)
    chosen = where_loaded(query)
    with snapshot(connection):
        source = _source(connection, query, condition, _bounds(query), reach)
        # One step of SQLite gives all ids as one value: no Python object each, and the interpreter stays free
        # for the window meanwhile.
        packed, matched = only_row(
            connection,
            "select unhex(group_concat(printf('%016x', id), '') filter (where newest <= ?)), count(*) from"  # noqa: S608
            f" (select id, newest from {source.sql} where {condition.sql} order by {order_by(order)})",
            (certain, *source.values, *condition.values),
        )
        (loaded,) = only_row(
            connection,
            f"select ifnull(sum(number), 0) from tally where {chosen.sql}",  # noqa: S608  built by `sql`
            chosen.values,
        )
    ids = array("q", packed or b"")
    if sys.byteorder == "little":
        ids.byteswap()
    return Listing(ids=ids, matched=matched, loaded=loaded)


def count(connection: apsw.Connection, query: Query) -> int:
    """How many match."""
    return _count(connection, query, where(query.node), _bounds(query))


def seek(
    connection: apsw.Connection, query: Query, order: Order, moment: datetime, not_before: datetime | None
) -> int:
    """How many rows of a listing by date come before `moment` is passed."""
    later = order.column != "started" or order.descending
    passed = Condition(f"newest {'<' if later else '>'} ?", (-to_micros(moment),))
    bounds = every([_bounds(query, not_before), passed])
    return _count(connection, query, every([where(query.node), bounds]), bounds)


def _count(connection: apsw.Connection, query: Query, condition: Condition, bounds: Condition) -> int:
    source = _source(connection, query, condition, bounds, REACH)
    (number,) = only_row(
        connection,
        f"select count(*) from {source.sql} where {condition.sql}",  # noqa: S608  built by `sql`
        (*source.values, *condition.values),
    )
    return int(number)


def _bounds(query: Query, not_before: datetime | None = None) -> Condition:
    """How far along the index of time a walk goes."""
    bounds = [
        within(node) for node in query.conditions if isinstance(node, Span) and node.measure is Measure.DATE
    ]
    if not_before is not None:
        bounds.append(Condition("newest <= ?", (-to_micros(not_before),)))
    return every(bounds)


def _narrowest(
    connection: apsw.Connection, ways: Sequence[Way], most: int, reach: Reach
) -> tuple[Way | None, int]:
    """The way that has the fewest candidates, and how many, if these are fewer than `most`."""
    best = None
    for way in ways:
        rows = way.at_most(most)
        if way.index or most > reach.some:
            (number,) = only_row(connection, f"select count(*) from ({rows.sql})", rows.values)  # noqa: S608  ours
            known = way
        else:
            # Finding them again would take as long as it took to find them.
            ids = array("q", dict.fromkeys(row[0] for row in connection.execute(rows.sql, rows.values)))
            number = len(ids)
            known = Way((_these(ids),))
        if number < most:
            best, most = known, number
    return best, most


def _these(ids: "array[int]") -> Condition:
    if not ids:
        return Condition("select id from search where 0")
    return Condition("select value as id from carray(?)", (apsw.carray(ids),))


def _source(
    connection: apsw.Connection, query: Query, condition: Condition, bounds: Condition, reach: Reach
) -> Condition:
    """The FROM of a query that looks at candidates, or at everything."""
    way, _ = _narrowest(connection, candidates(query), reach.many, reach)
    if way is not None:
        return _from(way)
    # Through an index, one would look for the rows of the table one by one.
    through_index = condition == ALWAYS or bounds != ALWAYS
    return Condition("search" if through_index else "search not indexed")


def _from(way: Way) -> Condition:
    return Condition(f"({way.ids.sql}) as candidate cross join search using (id)", way.ids.values)


class _Screen:
    """The first rows of one query."""

    def __init__(
        self, connection: apsw.Connection, query: Query, not_before: datetime | None, reach: Reach
    ) -> None:
        self._connection = connection
        self._query = query
        self._bounds = _bounds(query, not_before)
        self._condition = every([where(query.node), self._bounds])
        self._reach = reach
        self._ways = candidates(query)
        self._way, self._size = _narrowest(connection, self._ways, reach.some, reach)

    def first(self, stretch: Stretch, number: int) -> list[int]:
        """The first ids of a stretch."""
        condition = every([self._condition, stretch.condition])
        for steps in (self._reach.walk, self._reach.long_walk):
            found = self._walked(stretch, condition, number, steps)
            if found is not None:
                return found
        way = stretch.way or self._way
        if way is not None:
            source = _from(way)
        else:
            source = _source(self._connection, self._query, self._condition, self._bounds, self._reach)
        rows = self._connection.execute(
            f"select id from {source.sql} where {condition.sql} order by {stretch.sort} limit ?",  # noqa: S608  ours
            (*source.values, *condition.values, number),
        )
        return [row[0] for row in rows]

    def _walked(self, stretch: Stretch, condition: Condition, number: int, steps: int) -> list[int] | None:
        if stretch.way is not None or not stretch.index:
            return None
        if stretch.lead:
            few = self._way is not None and self._size < self._reach.few
            return (
                None
                if few
                else walked_by_value(
                    self._connection, stretch, self._bounds, condition, number, steps // _FARTHER
                )
            )
        bounds = every([stretch.condition, self._bounds])
        way = self._way or next((way for way in self._ways if way.index), None)
        if way is None:
            path = along(stretch.index, bounds, stretch.sort)
        elif way.index:
            path = along(way.index, every([way.condition, bounds]), stretch.sort)
        else:
            path = among(way.ids, bounds, stretch.sort)
        return walked(self._connection, path, condition, number, steps)
