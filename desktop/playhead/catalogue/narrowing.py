"""Narrowing: all that may match a query, by what facets and indexes tell together."""

from collections.abc import Sequence

import apsw

from playhead.catalogue import facets
from playhead.catalogue.candidates import SearchWay
from playhead.catalogue.fromclauses import Reach, narrowest
from playhead.core.finding.query import Query


def near(
    connection: apsw.Connection, query: Query, ways: Sequence[SearchWay], reach: Reach
) -> SearchWay | None:
    """The way to all that may match; None if they are too many."""
    number = facets.known(connection, reach.part)
    if number is None:
        return narrowest(connection, ways, reach.many, reach)[0]
    from playhead.catalogue.masks import Masks

    return Masks(connection, number, reach).near(query, ways)
