"""Values of columns and how many recordings have each: `core.stores.ValueCounts` in the catalogue.

Where an index, the tally or facets know them, these are asked. Otherwise keys are read as one value, piece by
piece in the order of their table, and counted in memory: SQLite would have to sort them first, which takes
four times as long, and nothing could be shown before.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

import apsw

from playhead.catalogue.conditions import ALWAYS, Condition, every
from playhead.catalogue.connection import IDS_IN_HEX, ids_of, only_row, snapshot, unpacked
from playhead.catalogue.desk import Desk, Latest
from playhead.catalogue.fromclauses import REACH, Reach, ways_of
from playhead.catalogue.narrowing import masks_for, near, way_to_few
from playhead.catalogue.orders import has_index, index_of, within
from playhead.catalogue.sql import where, where_loaded
from playhead.catalogue.valuekeys import BETWEEN, MEASURES, key_of
from playhead.core.finding.grouping import (
    NOTHING,
    Alternatives,
    Counted,
    Grouping,
    Kins,
    Quarters,
    Steps,
    Texts,
)
from playhead.core.finding.matching import among
from playhead.core.finding.query import EVERYTHING, Measure, Query, Span

_FIRST = 20_000
"""Recordings in the first piece; each that follows has twice as many, up to `_MOST`."""
_MOST = 80_000
_SOON = 5_000
"""Recordings that are looked at before facets are read: a few milliseconds."""
_SCATTERED = 8
"""Factor by which looking at one takes longer where they are all over the table."""
_LETTERS = 500_000
"""Letters of keys that are counted at once, which keeps the interpreter from the window for milliseconds."""
_TALLIED = frozenset({"provider", "kind", "direction", "status", "format"})

Told = Callable[[Counted], object]


class ValueStore:
    """Values of columns, counted where they keep nothing else waiting; a newer question ends the older."""

    def __init__(self, counting: Desk) -> None:
        self._counting = counting
        self._turns = Latest()

    async def values(self, query: Query, grouping: Grouping, told: Told = bool) -> Counted:
        """The values of all that match; a newer call interrupts this one: it raises `Superseded`."""
        return await self._turns.run(self._counting, values, query, grouping, told)

    def interrupt(self) -> None:
        """End what is being counted."""
        self._turns.interrupt()


def values(
    connection: apsw.Connection,
    query: Query,
    grouping: Grouping,
    told: Told = bool,
    reach: Reach = REACH,
    first: int = _FIRST,
) -> Counted:
    """The values of all that match; `told` gets what was counted so far while that is not all."""
    with snapshot(connection):
        known = _known(connection, query, grouping)
        if known is not None:
            return known
        condition, ways = where(query.node), ways_of(connection, query)
        way, _ = way_to_few(connection, query, ways, reach)
        counting = _Counting(connection, condition, grouping)
        if way is None:
            kept = _kept(counting, query, told, reach)
            if kept is not None:
                return kept
            way = near(connection, query, ways, reach)
        if way is not None:
            counting.read_these(ids_of(connection, way.ids.sql, way.ids.values), first // _SCATTERED, told)
        else:
            counting.read_all(first, told)
        counting.name(told)
        counting.found.whole = True
        return counting.found


def _kept(counting: "_Counting", query: Query, told: Told, reach: Reach) -> Counted | None:
    """The values by facets, and by reading what these do not tell of; None if they do not tell.

    `told` gets those of some recordings first.
    """
    masks = masks_for(counting.connection, query, reach)
    if masks is None:
        return None
    told(counting.of_first(_SOON))
    from playhead.catalogue.keptvalues import kept_values

    found = kept_values(masks, query, counting.grouping)
    if found is not None:
        counting.read(masks.facets.rest)
        counting.name(bool)
        found.include(counting.found)
        found.whole = True
    return found


def _pieces(number: int, size: int) -> Iterator[tuple[int, int, bool]]:
    """Begin and end of pieces of so many, larger and larger; true if what was found by then is to be told."""
    start, then = 0, size
    while start < number:
        end = min(start + size, number)
        # What is shown of it takes time, too.
        telling = then <= end < number
        yield start, end, telling
        start, size = end, min(2 * size, _MOST)
        then = 2 * end if telling else then


class _Counting:
    """Counts that are being made."""

    def __init__(self, connection: apsw.Connection, condition: Condition, grouping: Grouping) -> None:
        self.found = Counted()
        self.connection = connection
        self.grouping = grouping
        self._condition = condition

    def read_all(self, size: int, told: Told) -> None:
        """Look at all recordings, piece by piece in the order of their table."""
        # The index has the moments in the same order as the table.
        aged = isinstance(self.grouping, Quarters) and self._condition == ALWAYS
        source = Condition("search indexed by search_age" if aged else "search not indexed")
        (last,) = only_row(self.connection, "select ifnull(max(id), 0) from search")
        for start, end, telling in _pieces(last, size):
            self.read(source, Condition("id > ? and id <= ?", (start, end)))
            if telling:
                told(self.found)

    def of_first(self, number: int) -> Counted:
        """The values of so many recordings, counted by themselves."""
        counting = _Counting(self.connection, self._condition, self.grouping)
        counting.read(Condition("search not indexed"), Condition("id <= ?", (number,)))
        return counting.found

    def read_these(self, ids: "array[int]", size: int, told: Told) -> None:
        """Look at some recordings, piece by piece."""
        ids = array("q", sorted(ids))
        for start, end, telling in _pieces(len(ids), size):
            carried = apsw.carray(ids[start:end], flags=apsw.SQLITE_CARRAY_INT64)
            self.read(
                Condition(
                    "(select value as id from carray(?)) as near cross join search using (id)", (carried,)
                )
            )
            if telling:
                told(self.found)

    def read(self, source: Condition, bounds: Condition = ALWAYS) -> None:
        """Count those of a FROM within bounds."""
        condition = every([bounds, self._condition])
        if isinstance(self.grouping, Alternatives):
            self._read_choices(source, condition, self.grouping)
        else:
            self._read_keys(source, condition, self.grouping)

    def _read_keys(self, source: Condition, condition: Condition, grouping: Grouping) -> None:
        key = key_of(grouping)
        keys, packed = only_row(
            self.connection,
            f"select group_concat(key, char({ord(BETWEEN)})), unhex({IDS_IN_HEX})"
            f" from (select id, ifnull({key.sql}, '') as key from {source.sql} where {condition.sql})",
            (*key.values, *source.values, *condition.values),
        )
        ids, start, place = unpacked(packed), 0, 0
        while place < len(ids):
            # Not all at once: that would keep the interpreter from the window.
            end = keys.find(BETWEEN, start + _LETTERS)
            part = keys[start : end if end >= 0 else len(keys)].split(BETWEEN)
            self.found.add(part, ids[place : place + len(part)])
            place, start = place + len(part), end + 1

    def _read_choices(self, source: Condition, condition: Condition, grouping: Alternatives) -> None:
        chosen = [where(each) for each in grouping.nodes]
        sums = "".join(f", count(*) filter (where {each.sql})" for each in chosen)
        number, *counts = only_row(
            self.connection,
            f"select count(*){sums} from {source.sql} where {condition.sql}",
            (*(value for each in chosen for value in each.values), *source.values, *condition.values),
        )
        self.found.number += number
        self.found.counts.update({str(place): count for place, count in enumerate(counts)})

    def name(self, told: Told) -> None:
        """Look up the names of values that have such, of one recording each, once their counts are told."""
        grouping = self.grouping
        if not isinstance(grouping, Texts) or not grouping.named or not self.found.samples:
            return
        told(self.found)
        numbers = array("q", sorted(self.found.samples.values()))
        named = self.connection.execute(
            f"select ifnull({key_of(grouping).sql}, ''), {grouping.named}"
            f" from search where id in (select value from carray(?)) and {grouping.named} <> ''",
            (apsw.carray(numbers, flags=apsw.SQLITE_CARRAY_INT64),),
        )
        self.found.names.update(dict(named))


def _known(connection: apsw.Connection, query: Query, grouping: Grouping) -> Counted | None:
    """The counts that stand in the tally or in an index; None if they have to be made."""
    if among(query).node != query.node:
        return None
    column = grouping.field.value.columns[0] if isinstance(grouping, Texts) and grouping.field.value else ""
    if column in _TALLIED:
        return _tallied(connection, query, column)
    if query.node != EVERYTHING.node:
        return None
    match grouping:
        case Steps(measure) if measure is Measure.DATE or has_index(connection, MEASURES[measure]):
            return _ranged(connection, grouping)
        case Kins():
            return _kins(connection)
        case _:
            return None


def _tallied(connection: apsw.Connection, query: Query, column: str) -> Counted:
    chosen = where_loaded(query)
    rows = connection.execute(
        f"select {column}, sum(number) from tally where {chosen.sql} group by 1 having sum(number) > 0",
        chosen.values,
    )
    found = Counted(Counter(dict(rows)), whole=True)
    found.number = found.counts.total()
    if has_index(connection, column):
        one = f"select id from search indexed by {index_of(column)} where {column} = ? limit 1"
        for key in found.counts:
            for (number,) in connection.execute(one, (key,)):
                found.samples[key] = number
    return found


def _ranged(connection: apsw.Connection, steps: Steps) -> Counted:
    found = Counted(number=_all(connection), whole=True)
    ends = (None, *steps.edges, None)
    for place, (low, high) in enumerate(pairwise(ends)):
        condition = within(Span(steps.measure, low, high))
        (number,) = only_row(
            connection, f"select count(*) from search where {condition.sql}", condition.values
        )
        found.counts[str(place)] = number
    found.counts[NOTHING] = found.number - found.counts.total()
    found.counts += Counter()
    return found


def _kins(connection: apsw.Connection) -> Counted:
    found = Counted(number=_all(connection), whole=True)
    for kin, number, sample in connection.execute(
        "select kin, count(*), max(id) from search indexed by search_by_same"
        " where kin is not null group by kin"
    ):
        found.counts[str(kin)] = number
        found.samples[str(kin)] = sample
    found.counts[NOTHING] = found.number - found.counts.total()
    found.counts += Counter()
    return found


def _all(connection: apsw.Connection) -> int:
    (number,) = only_row(connection, "select ifnull(sum(number), 0) from tally")
    return int(number)
