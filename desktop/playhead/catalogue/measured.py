"""Candidates by length, and by size once the table was sorted by it: the index is there then."""

import apsw

from playhead.catalogue.candidates import Way
from playhead.catalogue.condition import Condition
from playhead.catalogue.orders import has_index, index_of
from playhead.catalogue.ranges import within
from playhead.core.finding.query import Measure, Query, Span

_COLUMNS = {Measure.DURATION: "duration", Measure.SIZE: "size"}


def measured(connection: apsw.Connection, query: Query) -> list[Way]:
    """The ways that ranges of a query give; found again at once, so that they need not be remembered."""
    ways = []
    for node in query.conditions:
        column = _COLUMNS.get(node.measure) if isinstance(node, Span) else None
        if isinstance(node, Span) and column is not None and has_index(connection, column):
            bounds = within(node)
            ids = f"select id from search indexed by {index_of(column)} where {bounds.sql}"
            ways.append(Way((Condition(ids, bounds.values),), quick=True))
    return ways
