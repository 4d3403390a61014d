"""Masks: which recordings match a query, told by facets for all of them at once, as arrays of NumPy.

Import it late, in the thread that needs it: NumPy takes a tenth of a second to load.
"""

from collections.abc import Sequence

import apsw
import numpy as np
from numpy.typing import NDArray

from playhead.catalogue import healthrows
from playhead.catalogue.candidates import SearchWay, candidates
from playhead.catalogue.conditions import HEARD, Condition
from playhead.catalogue.connection import ids_of
from playhead.catalogue.facetarrays import Facets, Mask
from playhead.catalogue.fromclauses import Reach, narrowest
from playhead.catalogue.narrowing import is_of_traits, is_short, is_told
from playhead.catalogue.orders import first_micros, index_of, within
from playhead.catalogue.rows import UNDATED
from playhead.catalogue.shortwords import matching
from playhead.catalogue.speechindex import among_said, asked_of
from playhead.catalogue.sql import labelled, where
from playhead.catalogue.textmasks import TextMasks
from playhead.core.finding.query import (
    All,
    Clocked,
    ClockUnit,
    Either,
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

_OF_TRAITS = frozenset({Flag.STEREO, Flag.MONO, Flag.PLAYABLE})
_MEASURED = "select id from search indexed by search_by_health where health is not null"
_MICROS = 10**6
_AT_ONCE = 65_536
"""Recordings whose clock is read in one go."""


class Masks:
    """Masks of queries over the same facets: those of the first `number` ids, as `facets.known` has it."""

    def __init__(self, connection: apsw.Connection, number: int, reach: Reach) -> None:
        self.facets = Facets(connection, number, reach.part)
        self._of_texts = TextMasks(self.facets, reach)
        self._reach = reach

    def of(self, query: Query) -> Mask | None:
        """The ids that match, of those that facets tell of; None if they do not tell all of the query."""
        here = self.of_node(query.node)
        return (
            None if here is None else here & (self.facets.codes > 0) & ~self.facets.these(self.facets.others)
        )

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
            case Match(field) if is_of_traits(field):
                return self.facets.among(where(node))
            case Match() | Number():
                return self._of_texts.of(node)
            case Is():
                return self._flagged(node)
            case Clocked():
                return self._clocked(node)
            case Span():
                return self._within(node)
            case Spoken():
                return self.facets.these(among_said(asked_of((node,)).expression))
            case Word():
                return self._shown(node) if is_short(node) else self._of_texts.of(node)

    def _told(self, query: Query) -> Mask | None:
        """The ids that meet all conditions of which facets tell; None if there is none such."""
        masks = [mask for node in query.conditions if (mask := self.of_node(node)) is not None]
        if not masks:
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
        return mask | self.facets.among(labelled(word)) if word.accounts else mask


def _clocked(node: Clocked, newest: NDArray[np.int64]) -> Mask:
    seconds = -newest // _MICROS
    begins, ahead = np.array(node.changes).T
    shown = seconds + ahead[np.maximum(np.searchsorted(begins, seconds, "right") - 1, 0)]
    value = shown // 3600 % 24 if node.unit is ClockUnit.HOUR else (shown // 86_400 + 3) % 7
    here: Mask = (newest != UNDATED) & (node.low <= value) & (value <= node.high)
    return here
