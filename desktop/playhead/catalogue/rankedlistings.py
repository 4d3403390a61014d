"""Whole listings from orders that are kept: no sorting, and no memory for it."""

from array import array
from bisect import bisect_right
from datetime import datetime
from itertools import chain

import apsw

from playhead.catalogue.conditions import ALWAYS, NEVER, Condition
from playhead.catalogue.connection import ids_of, only_row
from playhead.catalogue.fromclauses import Reach, bounds_of, rows_along, source_of
from playhead.catalogue.narrowing import matching_many
from playhead.catalogue.orders import NEWEST_INDEX, TIME, Stretch, by_value, certain, is_by_time, stretches
from playhead.catalogue.rankedanswers import MERGED, RankedListing
from playhead.catalogue.ranking import ranking_of
from playhead.catalogue.rows import to_micros
from playhead.catalogue.shortwords import matching, word_of
from playhead.core.finding.query import Order, Query

_NEWEST_FIRST = Order()


def ranked_ids(
    connection: apsw.Connection, query: Query, order: Order, condition: Condition, reach: Reach
) -> "array[int] | None":
    """All ids that match, where their order is kept and it is quicker to go by it."""
    timely = order == _NEWEST_FIRST
    ranking = ranking_of(connection, TIME if timely else order.column, MERGED)
    if ranking is None:
        return _in_stretches(connection, order) if condition == ALWAYS else None
    listing = RankedListing(connection, ranking, order)
    if condition == ALWAYS:
        return listing.all(condition)
    word = word_of(query)
    here = (
        matching(connection, word, condition) if word else matching_many(connection, query, condition, reach)
    )
    if here is None and not timely:
        source = source_of(connection, query, condition, bounds_of(query), reach)
        here = listing.matching(source, condition)
    return None if here is None else listing.all(condition, here)


def certain_of(
    connection: apsw.Connection, ids: "array[int]", undated: int, not_before: datetime
) -> "array[int]":
    """Those of `ids`, which are newest first, that are not older than a moment, and those without a date."""
    if certain(not_before) == NEVER:
        return array("q")

    def newest(number: int) -> int:
        return int(only_row(connection, "select newest from search where id = ?", (number,))[0])

    dated = len(ids) - undated
    return ids[: bisect_right(ids, -to_micros(not_before), hi=dated, key=newest)] + ids[dated:]


def _in_stretches(connection: apsw.Connection, order: Order) -> "array[int] | None":
    """Everything in an order that only some recordings have a place in: the rest of them is newest first."""
    ranking = ranking_of(connection, TIME, MERGED)
    if ranking is None or is_by_time(order):
        return None
    parts = stretches(connection, order)
    rest = [part for part in parts if part.index == NEWEST_INDEX]
    if len(rest) != 1 or any(part.lead and not part.index for part in parts):
        return None
    placed = {part.condition: _along(connection, part) for part in parts if part is not rest[0]}
    here = bytearray(b"\1" * (ranking.upto + 1))
    for each in chain.from_iterable(placed.values()):
        if each < len(here):
            here[each] = 0
    others = RankedListing(connection, ranking, _NEWEST_FIRST).all(rest[0].condition, here)
    ids = array("q")
    for part in parts:
        ids.extend(placed.get(part.condition, others))
    return ids


def _along(connection: apsw.Connection, stretch: Stretch) -> "array[int]":
    ids = array("q")
    for part in by_value(connection, stretch):
        source, condition, sort = rows_along(part)
        rows = f"select id from {source.sql} where {condition.sql} order by {sort}"
        ids.extend(ids_of(connection, rows, (*source.values, *condition.values)))
    return ids
