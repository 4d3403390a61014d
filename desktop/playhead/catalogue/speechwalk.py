"""First rows of a question about speech, found piece by piece in the order of time.

Of a common word all recordings would be gathered before the first row is known. So the index is asked only
about those that are next in the listing, and about more of them the longer nothing is found.
"""

from typing import Final

import apsw

from playhead.catalogue.candidates import SearchWay
from playhead.catalogue.conditions import Condition, every
from playhead.catalogue.connection import ids_of
from playhead.catalogue.orders import Stretch
from playhead.catalogue.speechindex import among_said, asked_of, phrased, runs_of
from playhead.catalogue.sql import where
from playhead.core.finding.query import All, Query

_MORE: Final = 4
"""Times as many recordings as in the piece before it are in the next one..."""
_PIECES: Final = 3
"""...of so many pieces; what is left behind them is one, of which the index is asked as a whole."""


class SpeechWalk:
    """The recordings of a stretch by time, in its order; with `way`, those alone that it leads to."""

    def __init__(
        self, connection: apsw.Connection, query: Query, stretch: Stretch, way: SearchWay | None
    ) -> None:
        self._connection = connection
        self._asked = asked_of(query.conditions)
        self._stretch = stretch
        self._way = way

    def first(self, number: int, size: int) -> list[int]:
        """The first `number` ids that match; `size` recordings are in the first piece."""
        found, passed = self._in_pieces(number, size)
        if passed is None or len(found) == number:
            return found
        return found + self._met(self._path(-1, passed), "", number - len(found))

    def soon(self, number: int, size: int) -> list[int] | None:
        """The same; None if it takes more than some pieces to know."""
        found, passed = self._in_pieces(number, size)
        return found if passed is None or len(found) == number else None

    def _in_pieces(self, number: int, size: int) -> tuple[list[int], int | None]:
        """Ids found in some pieces, and the number of recordings in these; None if these are all."""
        found, passed = list[int](), 0
        for _ in range(_PIECES):
            path = self._path(size, passed)
            ids = ids_of(self._connection, path.sql, path.values)
            if not ids:
                return found, None
            piece = Condition("select value as id from carray(?)", (apsw.carray(ids),))
            found += self._met(piece, runs_of(ids), number - len(found))
            passed, size = passed + len(ids), _MORE * size
            if len(found) == number:
                break
        return found, passed

    def _path(self, number: int, passed: int) -> Condition:
        """So many recordings behind those that were passed; all of them, if `number` is negative."""
        stretch = self._stretch
        return Condition(
            f"select id from search indexed by {stretch.index} where {stretch.condition.sql}"
            f" order by {stretch.sort} limit ? offset ?",
            (*stretch.condition.values, number, passed),
        )

    def _met(self, piece: Condition, runs: str, number: int) -> list[int]:
        """The first of a piece that match; with `runs`, all of its ids lie in these."""
        near, others = self._near(runs), where(All(self._asked.others), runs)
        condition = every([*map(phrased, self._asked.phrases), others])
        rows = self._connection.execute(
            f"select id from (select id from ({piece.sql}) where {near.sql}) as near"
            f" cross join search using (id) where {condition.sql} limit ?",
            (*piece.values, *near.values, *condition.values, number),
        )
        return [row[0] for row in rows]

    def _near(self, runs: str) -> Condition:
        """The recordings of a piece that may match, as far as indexes tell."""
        ways = [] if self._way is None or self._way.in_runs else [self._way.ids]
        if self._asked.expression:
            ways.append(among_said(self._asked.expression, runs))
        return every([Condition(f"id in ({way.sql})", way.values) for way in ways])
