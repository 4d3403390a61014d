"""Masks: which recordings match a query, told by facets for all of them at once, as arrays of NumPy.

Import it late, in the thread that needs it: NumPy takes a tenth of a second to load.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from playhead.catalogue import facets, healthrows
from playhead.catalogue.candidates import SearchWay, candidates
from playhead.catalogue.conditions import HEARD, Condition
from playhead.catalogue.connection import ids_of
from playhead.catalogue.fromclauses import Reach, narrowest
from playhead.catalogue.narrowing import is_told
from playhead.catalogue.orders import first_micros, index_of, within
from playhead.catalogue.rows import UNDATED
from playhead.catalogue.shortwords import matching
from playhead.catalogue.speechindex import among_said, asked_of
from playhead.catalogue.sql import where
from playhead.core.finding.query import (
    All,
    Clocked,
    ClockUnit,
    Either,
    Field,
    Flag,
    Is,
    Leaf,
    Match,
    Measure,
    Node,
    Not,
    Number,
    Query,
    Span,
    Spoken,
    Word,
)

Mask = NDArray[np.bool_]

_OF_TRAITS = frozenset({Flag.STEREO, Flag.MONO, Flag.PLAYABLE})
_MEASURED = "select id from search indexed by search_by_health where health is not null"
_MICROS = 10**6
_AT_ONCE = 65_536
"""Recordings whose clock is read in one go."""


class Facets:
    """The facets of the first `number` ids, each read once and only if it is needed."""

    def __init__(self, connection: apsw.Connection, number: int, size: int) -> None:
        self.connection = connection
        self.number = number
        self.others = facets.others(number, size)
        """A SELECT of the recordings that they do not tell of..."""
        self.rest = facets.rest(number, size)
        """...and the FROM of these."""
        self._size = size
        self._numbers: dict[str, NDArray[Any]] = {}
        self.codes: NDArray[np.uint16] = self._read(facets.TRAIT, facets.CODE)
        """The codes of their traits, by ids."""

    def numbers(self, name: str) -> NDArray[Any]:
        """A column of numbers, by ids."""
        if name not in self._numbers:
            self._numbers[name] = self._read(name, facets.NUMBERS[name])
        return self._numbers[name]

    def texts(self, field: Field) -> tuple[NDArray[Any], Iterable[tuple[str, int]]] | None:
        """The codes of the texts that recordings have in a field, by ids, and the texts; None if not kept."""
        columns = field.value.columns if field.value is not None else ()
        column = columns[0] if len(columns) == 1 else ""
        if column in facets.TRAITS:
            values = self.by_code(Condition(column))
            return self.codes, ((str(value or ""), code) for code, value in enumerate(values))
        if facets.TEXTS.get(field.word) != column:
            return None
        codes = self._read(field.word, facets.TEXT_CODE)
        return (codes, facets.texts(self.connection, field.word)) if len(codes) == self.number else None

    def by_code(self, expression: Condition) -> list[object]:
        """Values that an SQL expression gives for each code of a trait; None where there is no such code."""
        found: list[object] = [None]
        for code, value in self.connection.execute(
            f"select code, {expression.sql} from trait as search order by code", expression.values
        ):
            found += [None] * (code - len(found))
            found.append(value)
        return found

    def among(self, condition: Condition) -> Mask:
        """The ids for whose trait a condition is true."""
        chosen = np.array([bool(each) for each in self.by_code(condition)])
        return chosen[self.codes]

    def these(self, ids: Condition) -> Mask:
        """The ids that a SELECT gives, if facets tell of them."""
        mask = np.zeros(self.number, bool)
        found = np.frombuffer(ids_of(self.connection, ids.sql, ids.values), np.int64)
        mask[found[found < self.number]] = True
        return mask

    def _read(self, name: str, form: str) -> NDArray[Any]:
        """A facet, by ids; shorter if it was given up."""
        found, filled = np.empty(self.number, f"<{form}"), 0
        for content in facets.contents(self.connection, name):
            part = np.frombuffer(content, found.dtype)
            found[filled : filled + len(part)] = part
            filled += len(part)
        return found[:filled]


class Masks:
    """Masks of queries over the same facets: those of the first `number` ids, as `facets.known` has it."""

    def __init__(self, connection: apsw.Connection, number: int, reach: Reach) -> None:
        self.facets = Facets(connection, number, reach.part)
        self._reach = reach

    def of(self, query: Query) -> Mask | None:
        """The ids that match, of those that facets tell of; None if they do not tell all of the query."""
        here = self._told(query) if is_told(query.node) else None
        return None if here is None else here & ~self.facets.these(self.facets.others)

    def near(self, query: Query, ways: Sequence[SearchWay]) -> SearchWay | None:
        """The way to all that may match, by facets and one of the `ways`; None if these are too many."""
        kept, connection = self.facets, self.facets.connection
        way, _ = narrowest(connection, ways, self._reach.many, self._reach)
        here = self._told(query)
        if here is None:
            return way
        here |= kept.these(kept.others)
        if way is not None:
            ids = np.unique(np.array(ids_of(connection, way.ids.sql, way.ids.values), np.int64))
            ids = ids[(ids >= kept.number) | here[np.minimum(ids, kept.number - 1)]]
        elif np.count_nonzero(here) > self._reach.some:
            return None
        else:
            newer = ids_of(connection, "select id from search where id >= ?", (kept.number,))
            ids = np.concatenate((np.flatnonzero(here), newer))
        # None of them: one that no recording has.
        carried = apsw.carray(ids if len(ids) else np.zeros(1, np.int64), flags=apsw.SQLITE_CARRAY_INT64)
        return SearchWay((Condition("select value as id from carray(?)", (carried,)),))

    def of_node(self, node: Node) -> Mask | None:
        """The ids for which `node` is true; None if facets, or an index alone, do not tell."""
        if not is_told(node):
            return None
        match node:
            case Not(inner):
                mask = self.of_node(inner)
                return None if mask is None else ~mask
            case All(nodes) | Either(nodes):
                masks = [mask for each in nodes if (mask := self.of_node(each)) is not None]
                join = np.logical_and if isinstance(node, All) else np.logical_or
                empty = np.full(self.facets.number, isinstance(node, All))
                return join.reduce([empty, *masks]) if len(masks) == len(nodes) else None
            case _:
                return self._of_leaf(node)

    def _of_leaf(self, node: Leaf) -> Mask | None:
        match node:
            case Match():
                return self.facets.among(where(node))
            case Is():
                return self._flagged(node)
            case Clocked():
                return self._clocked(node)
            case Span():
                return self._within(node)
            case Spoken():
                return self.facets.these(among_said(asked_of((node,)).expression))
            case Word():
                return self._shown(node)
            case Number():
                return None

    def _told(self, query: Query) -> Mask | None:
        """The ids that meet all conditions of which facets tell; None if there is none such."""
        told = [node for node in query.conditions if is_told(node)]
        masks = [mask for node in told if (mask := self.of_node(node)) is not None]
        if len(masks) < len(told) or not (masks or query.empty):
            return None
        here: Mask = np.logical_and.reduce([self.facets.codes > 0, *masks])
        return here

    def _flagged(self, node: Is) -> Mask:
        if node.flag in _OF_TRAITS:
            return self.facets.among(where(node))
        match node.flag:
            case Flag.UNHEARD:
                return ~self.facets.these(Condition(HEARD))
            case Flag.MEASURED:
                return self.facets.these(Condition(_MEASURED))
            case _:
                (way,) = candidates(Query(node=node))
                return self.facets.these(way.ids)

    def _within(self, span: Span) -> Mask:
        match span.measure:
            case Measure.DATE:
                newest = self.facets.numbers("newest")
                mask = newest != UNDATED if span.low is None else newest <= -first_micros(span.low)
                return mask if span.high is None else mask & (newest > -first_micros(span.high))
            case Measure.DURATION | Measure.SIZE:
                values = self.facets.numbers(span.measure)
                mask = ~np.isnan(values) if span.low is None else values >= span.low
                return mask if span.high is None else mask & (values < span.high)
            case Measure.HEARD:
                return self._heard(span)
            case measure:
                condition = within(span)
                index = index_of(healthrows.COLUMNS[measure])
                ids = f"select id from search indexed by {index} where {condition.sql}"
                return self.facets.these(Condition(ids, condition.values))

    def _heard(self, span: Span) -> Mask:
        condition = within(span)
        mask = self.facets.these(Condition(f"select id from heard where {condition.sql}", condition.values))
        unheard = (span.low is None or span.low <= 0) and (span.high is None or span.high > 0)
        return mask | ~self.facets.these(Condition(HEARD)) if unheard else mask

    def _clocked(self, node: Clocked) -> Mask:
        newest = self.facets.numbers("newest")
        # Not all at once: every step would take as much memory as there is in the facet.
        return np.concatenate(
            [_clocked(node, newest[start : start + _AT_ONCE]) for start in range(0, len(newest), _AT_ONCE)]
        )

    def _shown(self, word: Word) -> Mask | None:
        """The ids of a short word; None if too little is known of what recordings show."""
        here = matching(self.facets.connection, word, where(word))
        if here is None:
            return None
        mask = np.zeros(self.facets.number, bool)
        found = np.frombuffer(here, bool)[: len(mask)]
        mask[: len(found)] = found
        return mask


def _clocked(node: Clocked, newest: NDArray[np.int64]) -> Mask:
    seconds = -newest // _MICROS
    begins, ahead = np.array(node.changes).T
    shown = seconds + ahead[np.maximum(np.searchsorted(begins, seconds, "right") - 1, 0)]
    value = shown // 3600 % 24 if node.unit is ClockUnit.HOUR else (shown // 86_400 + 3) % 7
    here: Mask = (newest != UNDATED) & (node.low <= value) & (value <= node.high)
    return here
