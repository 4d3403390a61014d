"""Narrowing of a query by facets, and by its candidates where no facets are kept.

NumPy, which takes a tenth of a second to load, is asked for only where facets tell something.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import apsw

from playhead.catalogue import facets
from playhead.catalogue.candidates import SearchWay, groups_of
from playhead.catalogue.conditions import ALWAYS, Condition, all_groups
from playhead.catalogue.connection import ids_of, only_row
from playhead.catalogue.fromclauses import Reach, bounds_of, narrowest, ways_of
from playhead.catalogue.orders import NEWEST_INDEX
from playhead.catalogue.shortwords import word_of
from playhead.core.finding import fields
from playhead.core.finding.query import All, Either, Field, Match, Node, Not, Number, Query, Spoken, Word

if TYPE_CHECKING:
    from playhead.catalogue.masks import Masks


def is_told(node: Node) -> bool:
    """Tell whether facets, or an index alone, may tell which recordings `node` is true for."""
    match node:
        case Not(inner):
            return is_told(inner)
        case All(nodes) | Either(nodes):
            return all(map(is_told, nodes))
        case Match(field):
            return is_of_traits(field) or facets.keeps(field.columns) or bool(groups_of(node, all_groups))
        case Word():
            return is_short(node) or bool(groups_of(replace(node, accounts=()), all_groups))
        case Spoken(words):
            return len(words) == 1
        case _:
            return True


def is_of_traits(field: Field) -> bool:
    """Tell whether a field is about columns of few values."""
    return field is fields.ACCOUNT or set(field.columns) <= set(facets.TRAITS)


def is_short(word: Word) -> bool:
    """Tell whether it is kept which recordings show a word (see `shortwords`), but for names of accounts."""
    return word_of(Query(node=replace(word, accounts=()))) is not None


def way_to_few(
    connection: apsw.Connection, query: Query, ways: Sequence[SearchWay], reach: Reach
) -> tuple[SearchWay | None, int]:
    """A way to so few candidates that facets would take longer, and how many; None if there is none."""
    bounds = bounds_of(query)
    quick = [way for way in ways if way.index or way.quick]
    if bounds != ALWAYS:
        ids = f"select id from search indexed by {NEWEST_INDEX} where {bounds.sql}"
        quick.append(SearchWay((Condition(ids, bounds.values),), NEWEST_INDEX, bounds))
    found = narrowest(connection, ways, reach.some if _asks_of_texts(query.node) else reach.few, reach)
    return narrowest(connection, quick, reach.some, reach) if found[0] is None else found


def prepare(connection: apsw.Connection) -> None:
    """Load NumPy where it will be asked for, before somebody waits for it."""
    if facets.known(connection) is not None:
        import playhead.catalogue.masks  # noqa: F401 - to load it is all


def masks_for(connection: apsw.Connection, query: Query, reach: Reach) -> "Masks | None":
    """The masks that may tell all of a query; None if nothing does."""
    number = facets.known(connection, reach.part)
    return None if number is None or not is_told(query.node) else _masks(connection, number, reach)


def near(
    connection: apsw.Connection, query: Query, ways: Sequence[SearchWay], reach: Reach
) -> SearchWay | None:
    """The way to all that may match; None if they are too many."""
    number = facets.known(connection, reach.part)
    if number is None or not any(map(is_told, query.conditions)):
        return narrowest(connection, ways, reach.many, reach)[0]
    return _masks(connection, number, reach).near(query, ways)


def matching_many(
    connection: apsw.Connection, query: Query, condition: Condition, reach: Reach
) -> bytearray | None:
    """A byte for each id: 1 if it matches; None if facets do not tell, or if there is a better way."""
    if (
        not is_told(query.node)
        or way_to_few(connection, query, ways_of(connection, query), reach)[0] is not None
    ):
        return None
    masks = masks_for(connection, query, reach)
    if masks is None:
        return None
    mask, rest = masks.of(query), masks.facets.rest
    if mask is None:
        return None
    (last,) = only_row(connection, "select ifnull(max(id), 0) from search")
    here = bytearray(mask.tobytes())
    here.extend(bytes(max(0, last + 1 - len(here))))
    sql = f"select id from {rest.sql} where {condition.sql}"
    for each in ids_of(connection, sql, (*rest.values, *condition.values)):
        here[each] = 1
    return here


def newest_kept(
    connection: apsw.Connection, query: Query, number: int, reach: Reach, *, whole: bool
) -> SearchWay | None:
    """The way to the newest `number` that match by facets; None if these do not tell, or not soon.

    If `whole`, to all that match, if these are hardly more.
    """
    masks = None if _asks_of_texts(query.node) else masks_for(connection, query, reach)
    if masks is None:
        return None
    from playhead.catalogue.keptrows import newest_of

    return newest_of(masks, query, number, whole=whole)


def _asks_of_texts(node: Node) -> bool:
    """Tell whether facets have more to read for `node` than traits and numbers."""
    match node:
        case Not(inner):
            return _asks_of_texts(inner)
        case All(nodes) | Either(nodes):
            return any(map(_asks_of_texts, nodes))
        case Match(field):
            return not is_of_traits(field)
        case Word():
            return not is_short(node)
        case _:
            return isinstance(node, Number)


def _masks(connection: apsw.Connection, number: int, reach: Reach) -> "Masks":
    from playhead.catalogue.masks import Masks

    return Masks(connection, number, reach)
