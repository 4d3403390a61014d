"""Answers of the catalogue to a query: the first ids, all ids, how many.

Two ways lead to an answer. Candidates (see `candidates`) are best when there are few. Otherwise one walks
along an index in the order that is wanted and takes what matches, which soon has a screen full if much does.
Which it will be is found out by trying, within bounds: first whether there are few candidates, then how far a
short walk gets.
"""

from array import array
from dataclasses import replace
from datetime import datetime

import apsw

from playhead.catalogue.candidates import SearchWay
from playhead.catalogue.conditions import ALWAYS, Condition, every
from playhead.catalogue.connection import IDS_IN_HEX, only_row, snapshot, unpacked
from playhead.catalogue.fromclauses import (
    REACH,
    Reach,
    bounded,
    bounds_of,
    narrowed,
    narrowest,
    rows_along,
    rows_of,
    source_of,
    ways_of,
)
from playhead.catalogue.narrowing import matching_many, newest_kept
from playhead.catalogue.orders import (
    DATED,
    MEASURED,
    NEWEST_FIRST,
    NEWEST_INDEX,
    WITHOUT_DATE,
    Stretch,
    by_time,
    by_value,
    certain,
    is_by_time,
    order_by,
    stretches,
)
from playhead.catalogue.rankedanswers import RankedListing
from playhead.catalogue.rankedlistings import certain_of, ranked_ids
from playhead.catalogue.ranking import ranking_of
from playhead.catalogue.rows import to_micros
from playhead.catalogue.shortwords import word_of
from playhead.catalogue.speechwalk import SpeechWalk
from playhead.catalogue.sql import (
    along,
    walked,
    walked_among,
    walked_by_value,
    walked_past,
    where,
    where_loaded,
)
from playhead.core.finding.query import All, Either, Node, Not, Order, Query, Word
from playhead.core.finding.speechcoverage import asks_of_speech
from playhead.core.stores import Listing


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
        if order == Order() and word_of(query) is not None:
            short = _first_of_short(connection, query, not_before, number, reach)
            if short is not None:
                return short
        screen = _Screen(connection, query, order, not_before, reach)
        # An index has the first rows sooner than an order that is kept.
        ranking = None if order.column in MEASURED else ranking_of(connection, order.column)
        if ranking is not None:
            ranked = screen.ranked(RankedListing(connection, ranking, order), number)
            if ranked is not None:
                return array("q", ranked)
        for stretch in stretches(connection, order):
            found += screen.first(stretch, number - len(found))
            if len(found) >= number:
                break
    return array("q", found)


def _first_of_short(
    connection: apsw.Connection, query: Query, not_before: datetime | None, number: int, reach: Reach
) -> "array[int] | None":
    """The first ids of a short word, newest first: most such words are shown everywhere, some nowhere."""
    condition = where(query.node)
    newest = bounded(by_time(Order())[0], query, not_before)
    path = along(newest.index, newest.condition, newest.sort)
    found = walked(connection, path, condition, number, reach.walk)
    if found is not None and len(found) == number:
        return array("q", found)
    ids = ranked_ids(connection, query, Order(), condition, reach)
    if ids is not None and not_before is not None:
        ids = certain_of(connection, ids, _undated(connection, condition), not_before)
    return None if ids is None else ids[:number]


def listing(
    connection: apsw.Connection,
    query: Query,
    order: Order,
    not_before: datetime | None,
    reach: Reach = REACH,
) -> Listing:
    """All ids, and how many match."""
    condition = where(query.node)
    with snapshot(connection):
        loaded = _loaded(connection, query)
        ranked = None
        if not_before is None or order == Order():
            ranked = ranked_ids(connection, query, order, condition, reach)
        if ranked is not None:
            undated = _undated(connection, condition)
            ids = ranked if not_before is None else certain_of(connection, ranked, undated, not_before)
            return Listing(ids=ids, matched=len(ranked), loaded=loaded, undated=undated)
        if condition == ALWAYS:
            parts = _whole(connection, order)
        else:
            # Along the index of time nothing has to be sorted, which would take a lot of memory. It takes no
            # longer: recordings were stored page after page, so that neighbours in time are neighbours there.
            index = NEWEST_INDEX if is_by_time(order) else ""
            source = source_of(connection, query, condition, bounds_of(query), reach, index)
            walks = index and source == Condition(f"search indexed by {index}")
            parts = (
                [(source, every([each.condition, condition]), each.sort) for each in by_time(order)]
                if walks
                else [(source, condition, order_by(order))]
            )
        listed = [_listed(connection, *part, certain(not_before)) for part in parts]
    ids = unpacked(b"".join(packed for packed, _, _ in listed))
    matched, undated = (sum(numbers) for numbers in zip(*(each[1:] for each in listed), strict=True))
    return Listing(ids=ids, matched=matched, loaded=loaded, undated=undated)


def _loaded(connection: apsw.Connection, query: Query) -> int:
    """The number of recordings of the accounts that the query speaks of."""
    chosen = where_loaded(query)
    (loaded,) = only_row(
        connection, f"select ifnull(sum(number), 0) from tally where {chosen.sql}", chosen.values
    )
    return int(loaded)


def _undated(connection: apsw.Connection, condition: Condition) -> int:
    """The number of recordings that match and have no date."""
    (number,) = only_row(
        connection,
        f"select count(*) from search indexed by {NEWEST_INDEX} where {WITHOUT_DATE.sql} and {condition.sql}",
        condition.values,
    )
    return int(number)


def _whole(connection: apsw.Connection, order: Order) -> list[tuple[Condition, Condition, str]]:
    """FROM, WHERE and ORDER BY of what makes the listing of everything, one after another.

    Where indexes have every stretch in its order, nothing has to be sorted.
    """
    parts = stretches(connection, order)
    if any(part.lead and not part.index for part in parts):
        return [(Condition("search"), ALWAYS, order_by(order))]
    return [rows_along(part) for stretch in parts for part in by_value(connection, stretch)]


def _listed(
    connection: apsw.Connection, source: Condition, condition: Condition, sort: str, limit: Condition
) -> tuple[bytes, int, int]:
    """The ids of rows within a limit, eight bytes each; the number of all rows, and of the undated."""
    # One step of SQLite gives all ids as one value: no Python object each, and the interpreter stays free
    # for the window meanwhile.
    packed, number, undated = only_row(
        connection,
        f"select unhex({IDS_IN_HEX} filter (where {limit.sql})), count(*),"
        f" count(*) filter (where {WITHOUT_DATE.sql}) from"
        f" (select id, newest from {source.sql} where {condition.sql} order by {sort})",
        (*limit.values, *source.values, *condition.values),
    )
    return packed or b"", int(number), int(undated)


def count(connection: apsw.Connection, query: Query, reach: Reach = REACH) -> int:
    """The number of recordings that match."""
    condition = where(query.node)
    with snapshot(connection):
        here = matching_many(connection, query, condition, reach)
        return here.count(1) if here is not None else _count(connection, query, condition, bounds_of(query))


def seek(
    connection: apsw.Connection, query: Query, order: Order, moment: datetime, not_before: datetime | None
) -> int:
    """The number of rows of a listing by date come before `moment` is passed."""
    later = order.column != "started" or order.descending
    passed = Condition(f"newest {'<' if later else '>'} ?", (-to_micros(moment),))
    bounds = every([bounds_of(query, not_before), passed, *([] if later else [DATED])])
    return _count(connection, query, every([where(query.node), bounds]), bounds)


def _count(connection: apsw.Connection, query: Query, condition: Condition, bounds: Condition) -> int:
    source = source_of(connection, query, condition, bounds, REACH)
    (number,) = only_row(
        connection,
        f"select count(*) from {source.sql} where {condition.sql}",
        (*source.values, *condition.values),
    )
    return int(number)


def _has_words(node: Node) -> bool:
    """True if plain words are looked for, which may be said in any transcript."""
    match node:
        case All(nodes) | Either(nodes):
            return any(map(_has_words, nodes))
        case Not(inner):
            return _has_words(inner)
        case _:
            return isinstance(node, Word)


def _has_more_texts(connection: apsw.Connection, number: int) -> bool:
    """True if more transcripts are kept."""
    some = "select 1 from transcript indexed by transcript_used limit 1 offset ?"
    return connection.execute(some, (number,)).fetchone() is not None


_UNSORTED = 4
"""Factor by which looking at one takes longer where recordings are not sorted by time, as their table is."""
_PASSED = 20
"""Recordings that are passed in the time that it takes to find out how old one candidate is."""


class _Screen:
    """The first rows of one query."""

    def __init__(
        self,
        connection: apsw.Connection,
        query: Query,
        order: Order,
        not_before: datetime | None,
        reach: Reach,
    ) -> None:
        self._connection = connection
        self._query = query
        self._by_time = is_by_time(order)
        self._node = where(query.node)
        self._asks_of_speech = asks_of_speech(query.node)
        self._has_many_texts = _has_words(query.node) and _has_more_texts(connection, reach.texts)
        self._not_before = not_before
        self._reach = reach
        self._ways = ways_of(connection, query)
        self._way, self._size = narrowed(connection, self._ways, reach)
        self._kept: SearchWay | None = None
        """The way to the newest by facets, once that was tried."""
        self._tried = False

    def ranked(self, listing: RankedListing, number: int) -> list[int] | None:
        """The first ids of an order that is kept; None if there is a better way."""
        if self._way is not None and self._size < self._reach.few:
            return None
        condition = every([self._node, bounds_of(self._query), certain(self._not_before)])
        return listing.first(condition, number, self._reach.long_walk // _UNSORTED)

    def first(self, stretch: Stretch, number: int) -> list[int]:
        """The first ids of a stretch."""
        stretch = bounded(stretch, self._query, self._not_before)
        few = self._way is not None and self._size < self._reach.few
        if not few and stretch.index == NEWEST_INDEX and stretch.way is None:
            walk = SpeechWalk(self._connection, self._query, stretch, self._way)
            if self._asks_of_speech:
                return walk.first(number, self._reach.piece)
            soon = walk.soon(number, self._reach.piece) if self._has_many_texts else None
            if soon is not None:
                return soon
        condition = every([self._node, stretch.condition])
        if self._way is None:
            found = self._met_of_more(stretch, condition, number)
        elif self._size >= self._reach.few and not self._way.index:
            # So many that one soon meets them from the newest on.
            found = self._met(self._way, self._size, stretch, condition, number)
        else:
            found = None
        if found is None:
            stretch = self._narrowed_by_facets(stretch, number)
            found = self._walked(self._reach.long_walk, stretch, condition, number)
        if found is not None:
            return found
        way = stretch.way or self._way
        if way is not None:
            source = rows_of(way)
        else:
            source = source_of(self._connection, self._query, condition, stretch.condition, self._reach)
        rows = self._connection.execute(
            f"select id from {source.sql} where {condition.sql} order by {stretch.sort} limit ?",
            (*source.values, *condition.values, number),
        )
        return [row[0] for row in rows]

    def _narrowed_by_facets(self, stretch: Stretch, number: int) -> Stretch:
        """The stretch among the newest that match, where facets tell these and no way to few does.

        In an order by something else the newest of all are not those of each stretch: it is all or none.
        """
        if self._way is not None or stretch.sort != NEWEST_FIRST:
            return stretch
        # The same for all stretches: a second one is looked at only where there are too few in all.
        if not self._tried:
            self._kept = newest_kept(
                self._connection, self._query, number, self._reach, whole=not self._by_time
            )
            self._tried = True
        return replace(stretch, way=self._kept or stretch.way)

    def _met_of_more(self, stretch: Stretch, condition: Condition, number: int) -> list[int] | None:
        """The first ids, met among many candidates, if a short walk shows that matches are far apart."""
        if stretch.index != NEWEST_INDEX:
            return None
        found = self._walked(self._reach.walk, stretch, condition, number)
        if found is not None:
            return found
        ways = [way for way in self._ways if not way.index]
        way, size = narrowest(self._connection, ways, self._reach.plenty, self._reach)
        return None if way is None else self._met(way, size, stretch, condition, number)

    def _met(
        self, way: SearchWay, size: int, stretch: Stretch, condition: Condition, number: int
    ) -> list[int] | None:
        """The first ids, met among candidates from the newest recording on."""
        if stretch.index != NEWEST_INDEX or stretch.sort != NEWEST_FIRST:
            return None
        # No longer than it takes to sort the candidates by time instead, if hardly any of them match.
        steps = min(self._reach.passed, _PASSED * size)
        return walked_past(self._connection, way.ids, stretch.condition, condition, number, steps)

    def _walked(self, steps: int, stretch: Stretch, condition: Condition, number: int) -> list[int] | None:
        """The first ids, if so many steps of a walk in the order of the stretch tell."""
        if stretch.way is not None or not stretch.index:
            return None
        if stretch.lead:
            few = self._way is not None and self._size < self._reach.few
            return (
                None
                if few
                else walked_by_value(self._connection, stretch, condition, number, steps // _UNSORTED)
            )
        way = self._way or next((way for way in self._ways if way.index), None)
        if way is None:
            path = along(stretch.index, stretch.condition, stretch.sort)
        elif way.index:
            path = along(way.index, every([way.condition, stretch.condition]), stretch.sort)
        else:
            path = walked_among(way.ids, stretch.condition, stretch.sort)
        return walked(self._connection, path, condition, number, steps)
