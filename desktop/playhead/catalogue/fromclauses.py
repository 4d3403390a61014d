"""FROM clauses: the candidates of a query if there are few enough, otherwise all recordings."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import apsw

from playhead.catalogue import healthrows
from playhead.catalogue.candidates import SearchWay, candidates
from playhead.catalogue.conditions import ALWAYS, NEVER, Condition, Rarity, every
from playhead.catalogue.connection import ids_of, only_row
from playhead.catalogue.facets import FACET_PART
from playhead.catalogue.orders import MEASURED, Stretch, certain, has_index, index_of, within
from playhead.catalogue.rankedanswers import between
from playhead.catalogue.ranking import ranking_of
from playhead.catalogue.rows import to_micros
from playhead.core.finding.query import Measure, Query, Span

_MEASURES = {Measure.DURATION: "duration", Measure.SIZE: "size", **healthrows.COLUMNS}
"""Columns of the table by what they measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Up to where each way is the better one; measured with a million recordings."""

    few: int = 1_500
    """Candidates that can all be looked at, wherever they are, in the time of a frame."""
    some: int = 20_000
    """Candidates that can be sorted by time, for which one need not look at them."""
    many: int = 250_000
    """Candidates that take as long to look at as all recordings, one after another."""
    walk: int = 8_000
    """Recordings that can be looked at one after another in the time of a frame."""
    long_walk: int = 100_000
    """As many as are worth a try before all are looked at."""
    plenty: int = 50_000
    """Candidates that take less to find than a long walk takes."""
    passed: int = 100_000
    """Recordings whose age is read in a few milliseconds, to meet those that are candidates."""
    part: int = FACET_PART
    """Recordings of one part of facets."""
    piece: int = 256
    """Recordings that are asked at once what was said in them: more than a screen has, and few."""
    checked: int = 20_000
    """Recordings whose text is looked at where facets tell of all others what they show."""
    texts: int = 1_000
    """Transcripts that can all be looked through for a plain word."""


REACH = Reach()


def bounds_of(query: Query, not_before: datetime | None = None) -> Condition:
    """Bounds of a walk along the index of time; with `not_before`, among what has a date."""
    bounds = [
        within(node) for node in query.conditions if isinstance(node, Span) and node.measure is Measure.DATE
    ]
    if not_before is not None:
        bounds.append(Condition("newest <= ?", (-to_micros(not_before),)))
    return every(bounds)


def bounded(stretch: Stretch, query: Query, not_before: datetime | None) -> Stretch:
    """The rows of a stretch that are certain, and lie where the query looks.

    By time, of rows with a date: one upper bound is enough, and of two SQLite might take the farther one.
    """
    if stretch.dated:
        bounds = bounds_of(query, not_before)
        return stretch if bounds == ALWAYS else replace(stretch, condition=bounds)
    limit = certain(not_before)
    if stretch.dated is False and limit != NEVER:
        limit = ALWAYS
    return replace(stretch, condition=every([stretch.condition, bounds_of(query), limit]))


def ways_of(connection: apsw.Connection, query: Query) -> list[SearchWay]:
    """All ways to candidates."""
    return [*candidates(query, Rarity(connection).telling), *_measured(connection, query)]


def narrowest(
    connection: apsw.Connection, ways: Sequence[SearchWay], most: int, reach: Reach
) -> tuple[SearchWay | None, int]:
    """The way that has the fewest candidates, and how many, if these are fewer than `most`."""
    best = None
    for way in ways:
        limit = min(most, reach.some) if way.quick else most
        if way.in_runs and most <= reach.some:
            limit = min(most, reach.few)
        rows = way.at_most(limit)
        if way.index or way.quick or most > reach.some:
            (number,) = only_row(connection, f"select count(*) from ({rows.sql})", rows.values)
            known = way
        else:
            # Finding them again would take as long as it took to find them.
            ids = ids_of(connection, rows.sql, rows.values)
            number = len(ids)
            known = SearchWay((_these(ids, distinct=len(way.parts) == 1),))
        if number < limit:
            best, most = known, number
    return best, most


def narrowed(
    connection: apsw.Connection, ways: Sequence[SearchWay], reach: Reach
) -> tuple[SearchWay | None, int]:
    """The same for a few candidates; still many of them are narrowed by what other indexes know of them."""
    way, size = narrowest(connection, ways, reach.some, reach)
    for other in ways:
        if way is None or size < reach.few:
            break
        if other is way or not (other.index or other.quick):
            continue
        rows = other.at_most(reach.plenty)
        (number,) = only_row(connection, f"select count(*) from ({rows.sql})", rows.values)
        if number < reach.plenty:
            # Not in SQL: it would look for each of the one in the index of the other.
            others = set(ids_of(connection, other.ids.sql, other.ids.values))
            ids = array("q", filter(others.__contains__, ids_of(connection, way.ids.sql, way.ids.values)))
            way, size = SearchWay((_these(ids, distinct=True),)), len(ids)
    return way, size


def _these(ids: "array[int]", *, distinct: bool) -> Condition:
    if not ids:
        return Condition("select id from search where 0")
    return Condition(
        f"select {'' if distinct else 'distinct'} value as id from carray(?)", (apsw.carray(ids),)
    )


def source_of(
    connection: apsw.Connection,
    query: Query,
    condition: Condition,
    bounds: Condition,
    reach: Reach,
    index: str = "",
) -> Condition:
    """The FROM of a query that looks at candidates, or at everything, then along `index` if there is one."""
    way, _ = narrowest(connection, ways_of(connection, query), reach.many, reach)
    if way is not None:
        return rows_of(way)
    if index:
        return Condition(f"search indexed by {index}")
    # Through an index, one would look for the rows of the table one by one.
    through_index = condition == ALWAYS or bounds != ALWAYS
    return Condition("search" if through_index else "search not indexed")


def rows_of(way: SearchWay) -> Condition:
    """The FROM of what a way leads to."""
    return Condition(f"({way.ids.sql}) as candidate cross join search using (id)", way.ids.values)


def rows_along(part: Stretch) -> tuple[Condition, Condition, str]:
    """FROM, WHERE and ORDER BY of a stretch of the listing of everything."""
    source = rows_of(part.way) if part.way else Condition(f"search indexed by {part.index}")
    return source, part.condition, part.sort


def _measured(connection: apsw.Connection, query: Query) -> list[SearchWay]:
    """The ways that ranges of a query give; found again at once, so that they need not be remembered."""
    ways = []
    for node in query.conditions:
        column = _MEASURES.get(node.measure) if isinstance(node, Span) else None
        if not isinstance(node, Span) or column is None:
            continue
        ranking = None if column in MEASURED else ranking_of(connection, column)
        if ranking is not None:
            ways.append(between(connection, ranking, column, node))
        elif has_index(connection, column):
            bounds = within(node)
            ids = f"select id from search indexed by {index_of(column)} where {bounds.sql}"
            ways.append(SearchWay((Condition(ids, bounds.values),), quick=True))
    return ways
