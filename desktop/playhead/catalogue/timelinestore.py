"""Timelines: `core.stores.Timelines` in the catalogue.

All moments are read, as one value, and counted in memory: so bars of any width, and their parts, cost no
further question. Along the index of time everything that they need is read from the index alone, piece by
piece, so that the newest are seen while older ones are on their way.
"""

from collections.abc import Callable

import apsw

from playhead.catalogue.conditions import ALWAYS, Condition, every
from playhead.catalogue.connection import only_row, snapshot, unpacked
from playhead.catalogue.desk import Desk, Latest
from playhead.catalogue.fromclauses import REACH, Reach, rows_of, ways_of
from playhead.catalogue.narrowing import masks_for, near, way_to_few
from playhead.catalogue.orders import DATED
from playhead.catalogue.sql import where
from playhead.catalogue.timelineparts import Parting, keys_of, parting_of
from playhead.core.finding.query import Query
from playhead.core.timeline.timekeys import PART_OF
from playhead.core.timeline.timeline import Split, Timeline

_INDEX = "search_timeline"
_FIRST = 8_000
"""Recordings in the first piece..."""
_MORE = 20
"""...and how many times as many are in each that follows."""

Told = Callable[[Timeline], object]


class TimelineStore:
    """Timelines, read at a desk where they keep nothing else waiting; a newer one ends the older."""

    def __init__(self, surveying: Desk) -> None:
        self._surveying = surveying
        self._turns = Latest()

    async def timeline(self, query: Query, split: Split, told: Told = bool) -> Timeline:
        """The moments of all that match; a newer call interrupts this one: it raises `Superseded`."""
        return await self._turns.run(self._surveying, timeline, query, split, told)

    def interrupt(self) -> None:
        """End what is being read."""
        self._turns.interrupt()


def timeline(
    connection: apsw.Connection,
    query: Query,
    split: Split,
    told: Told = bool,
    reach: Reach = REACH,
    first: int = _FIRST,
) -> Timeline:
    """The moments of all that match; `told` gets what has been read so far while that is not all.

    Unless there are few candidates, the `first` newest of all recordings are looked at before it is found out
    what facets tell of all, which takes longer.
    """
    with snapshot(connection):
        parting = parting_of(connection, split)
        ways = ways_of(connection, query)
        way, size = way_to_few(connection, query, ways, reach)
        reading = _Reading(connection, where(query.node), parting)
        if way is None or size > reach.few:
            if not reading.go_on(first):
                return reading.found
            told(reading.found)
        if way is None:
            kept = _kept(connection, query, parting, reach)
            if kept is not None:
                return kept
            way = near(connection, query, ways, reach)
        if way is not None and not way.index:
            reading.finish(rows_of(way))
            return reading.found
        index, among = (_INDEX, ALWAYS) if way is None else (way.index, way.condition)
        while reading.go_on(first := _MORE * first, index, among):
            told(reading.found)
        return reading.found


def _kept(connection: apsw.Connection, query: Query, parting: Parting, reach: Reach) -> Timeline | None:
    masks = masks_for(connection, query, reach)
    if masks is None:
        return None
    from playhead.catalogue.kepttimelines import kept_timeline

    return kept_timeline(masks, query, parting)


class _Reading:
    """A timeline that is being read, the newest first."""

    def __init__(self, connection: apsw.Connection, condition: Condition, parting: Parting) -> None:
        self._connection = connection
        self._condition = condition
        self._parting = parting
        (oldest,) = only_row(
            connection, f"select max(newest) from search indexed by {_INDEX} where {DATED.sql}"
        )
        reached = None if oldest is None else -oldest // 10**6
        self.found = Timeline(names=parting.names, whole=False, oldest=reached)
        self._left = ALWAYS
        """Recordings that were not looked at yet."""
        self._seen = 0
        (self._total,) = only_row(connection, "select ifnull(sum(number), 0) from tally")

    def go_on(self, number: int, index: str = _INDEX, among: Condition = ALWAYS) -> bool:
        """Look at the next `number` recordings along an index in the order of time; true if more are left.

        `index` may have those alone for which `among` holds.
        """
        last = self._end(number, index, among)
        piece = [] if last is None else [Condition("newest <= ?", (last,))]
        bounds = every([self._left, *piece, among])
        self._read(Condition(f"search indexed by {index}"), bounds, whole=last is None)
        self._left = self._left if last is None else Condition("newest > ?", (last,))
        self._seen += number
        return last is not None

    def _end(self, number: int, index: str, among: Condition) -> int | None:
        """End of the next piece; None if it is the last, for which nothing has to be looked for."""
        if self._seen + number >= self._total:
            return None
        bounds = every([self._left, among, DATED])
        row = self._connection.execute(
            f"select newest from search indexed by {index} where {bounds.sql}"
            " order by newest limit 1 offset ?",
            (*bounds.values, number),
        ).fetchone()
        return None if row is None else int(row[0])

    def finish(self, source: Condition) -> None:
        """Look at all that are left, those of a source."""
        self._read(source, self._left, whole=True)

    def _read(self, source: Condition, bounds: Condition, *, whole: bool) -> None:
        packed, undated = keys_of(self._connection, self._parting, source, every([bounds, self._condition]))
        more = Timeline(
            keys=unpacked(packed), parts=packed[7::8].translate(PART_OF), undated=undated, whole=whole
        )
        self.found = self.found.followed_by(more)
