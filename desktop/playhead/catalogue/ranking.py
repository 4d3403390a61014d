"""The order of a column, kept: the ids of all recordings that there were, sorted by it, packed.

It is made at leisure and holds for what was there by then. Recordings that came later, or were written anew,
are few and looked at besides (`Ranking.others`), until it is made again. Falling
values are rising ones, read backwards; only recordings with the same value keep their order, so it is kept
where another value begins.
"""

import sys
from array import array
from dataclasses import dataclass
from typing import Final

import apsw

from playhead.catalogue import facets, shortwords
from playhead.catalogue.columnsorting import Ranked, log_of
from playhead.catalogue.conditions import Condition
from playhead.catalogue.connection import only_row, transaction
from playhead.catalogue.orders import LARGE, MEASURED, RANKED, TIME, index_of
from playhead.catalogue.packedids import FIRST, IN_PACK, turned, unpack, unpack_flags

_FEW: Final = 1_000
"""Recordings that an order may lack without being found anew..."""
_GROWN: Final = 20
"""...or the share of all, if that is more: each of them takes time in every answer."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order of a column as it is kept."""

    number: int
    upto: int
    """The id of the last recording in it..."""
    moved: int
    """...and of the last change of a recording that it knows of."""
    known: int
    """Recordings that have a value; the others come after them, newest first."""
    size: int
    """Ids that are packed together."""
    log: str
    """The table that notes the changes after which a recording may have another place."""

    @property
    def changed(self) -> Condition:
        """A SELECT of the ids that have a place, and may have another one by now."""
        return Condition(
            f"select distinct recording as id from {self.log} where number > ? and recording <= ?",
            (self.moved, self.upto),
        )

    @property
    def others(self) -> Condition:
        """A SELECT of the ids that it has no place for, or another one by now; none of them twice."""
        changed = self.changed
        return Condition(
            f"select id from search where id > ? union all {changed.sql}", (self.upto, *changed.values)
        )

    @property
    def settled(self) -> Condition:
        """True for the rows whose place holds."""
        return Condition(f"id not in (select recording from {self.log} where number > ?)", (self.moved,))

    def ids(self, connection: apsw.Connection, *, descending: bool, most: int | None = None) -> "array[int]":
        """The ids in their order, `most` of them at most."""
        if not descending:
            return self.rising(connection, 0, most)
        flags = self._flags(connection)
        if most is not None:
            ids = self._last(connection, flags, most)
            return ids + self.rising(connection, self.known, self.known + most - len(ids))
        ids = self.rising(connection)
        return turned(ids[: self.known], flags) + ids[self.known :]

    def rising(self, connection: apsw.Connection, start: int = 0, end: int | None = None) -> "array[int]":
        """The ids by rising values from one place to another, as far as there are any."""
        ids = array("q")
        if end is not None and end <= start:
            return ids
        first = start // self.size
        last = sys.maxsize if end is None else (end - 1) // self.size
        for (packed,) in connection.execute(
            "select ids from ranking_part where ranking = ? and part between ? and ? order by part",
            (self.number, first, last),
        ):
            ids.extend(unpack(packed))
        from_first = first * self.size
        return ids[start - from_first : None if end is None else end - from_first]

    def _last(self, connection: apsw.Connection, flags: bytes, most: int) -> "array[int]":
        """The first ids by falling values, `most` of them at most."""
        low = max(0, self.known - most)
        start, end = max(0, flags.rfind(FIRST, 0, low + 1)), flags.find(FIRST, low + 1)
        end = self.known if end < 0 else end
        # However many have the value in whose midst that ends, only those that are missing are read.
        missing = most - (self.known - end)
        ids = turned(self.rising(connection, end, self.known), flags[end:])
        return ids + self.rising(connection, start, min(end, start + missing))

    def _flags(self, connection: apsw.Connection) -> bytes:
        (packed,) = only_row(connection, "select flags from ranking where number = ?", (self.number,))
        return unpack_flags(packed, self.known)


def ranking_of(connection: apsw.Connection, column: str, most: int = LARGE) -> Ranking | None:
    """The order of a column that is kept, unless it lacks more than `most` recordings."""
    if column not in RANKED:
        return None
    row = connection.execute(
        "select number, upto, moved, known, size from ranking where sorted = ?", (RANKED[column],)
    ).fetchone()
    if row is None:
        return None
    number, upto, moved, known, size = row
    ranking = Ranking(number, upto, moved, known, size, log_of(column))
    return ranking if lacking(connection, ranking) <= most else None


def lacking(connection: apsw.Connection, ranking: Ranking) -> int:
    """The number of recordings that a ranking has no place for, or another one by now."""
    last, moved = only_row(
        connection,
        "select (select ifnull(max(id), 0) from recording),"
        f" (select count(*) from {ranking.log} where number > ?)",
        (ranking.moved,),
    )
    return max(0, int(last) - ranking.upto) + int(moved)


def due(connection: apsw.Connection, *, at_rest: bool = False) -> str | None:
    """A column whose order is to be found, for the first time or anew; None if there is none.

    While much is loaded an order may lack a share of all; `at_rest` no more than can be placed one by one.
    """
    (last,) = only_row(connection, "select ifnull(max(id), 0) from recording")
    if last < LARGE:
        return None
    for column, value in RANKED.items():
        if value in MEASURED and not _many_measured(connection):
            continue
        ranking = ranking_of(connection, column, last)
        if ranking is None:
            expect(connection, column)
            return column
        # What everybody looks at is kept up to date; an index has it in order, so that takes no time.
        most = _FEW if column == TIME or at_rest else max(_FEW, ranking.upto // _GROWN)
        if lacking(connection, ranking) > most:
            return column
    return None


def expect(connection: apsw.Connection, column: str) -> None:
    """Note from now on which recordings are written anew: the order of a column is going to be found."""
    with transaction(connection):
        connection.execute(
            "insert or ignore into ranking (sorted, upto, moved, known, size, flags)"
            " values (?, 0, 0, 0, ?, x'')",
            (RANKED[column], IN_PACK),
        )


def keep(connection: apsw.Connection, found: Ranked) -> None:
    """Keep the order of a column in place of an earlier one, and of the index that an older Playhead made.

    Nothing is kept if all were forgotten since.
    """
    with transaction(connection):
        row = connection.execute(
            "update ranking set upto = ?, moved = ?, known = ?, size = ?, flags = ? where sorted = ?"
            " returning number",
            (found.upto, found.moved, found.known, found.size, found.flags, RANKED[found.column]),
        ).fetchone()
        if row is not None:
            connection.execute("delete from ranking_part where ranking = ?", row)
            connection.executemany(
                "insert into ranking_part values (?, ?, ?)",
                ((*row, part, ids) for part, ids in enumerate(found.parts)),
            )
        measured = ", ".join(f"'{each}'" for each in sorted(MEASURED))
        # Whoever else goes by changes has to have looked at them, too.
        done = " and ".join(
            f"number <= ifnull((select {table}.moved from {table} where part = recording / {size}), number)"
            for table, size in (("lettered", shortwords.LETTER_PART), ("faceted", facets.FACET_PART))
        )
        connection.execute(
            "delete from moved where number <="
            f" (select min(moved) from ranking where sorted not in ({measured})) and {done}"
        )
        connection.execute(
            "delete from remeasured where number <="
            f" (select min(moved) from ranking where sorted in ({measured}))"
        )
        if RANKED[found.column] not in MEASURED:
            connection.execute(f"drop index if exists {index_of(found.column)}")


def forget_all(connection: apsw.Connection) -> None:
    """Forget every order: ids that were in it may be given to others."""
    connection.execute("delete from ranking")
    connection.execute("delete from moved")
    connection.execute("delete from remeasured")


def _many_measured(connection: apsw.Connection) -> bool:
    return bool(
        connection.execute(
            "select 1 from search indexed by search_by_health where health is not null limit 1 offset ?",
            (LARGE - 1,),
        ).fetchone()
    )
