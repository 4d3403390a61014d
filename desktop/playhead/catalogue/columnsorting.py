"""Sorting of all recordings by a column, some at a time, in little memory (see module `ranking`)."""

import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import apsw

from playhead.catalogue.conditions import ALWAYS, Condition, every
from playhead.catalogue.connection import only_row, snapshot
from playhead.catalogue.orders import MEASURED, NEWEST_FIRST, NEWEST_INDEX, RANKED, TIME
from playhead.catalogue.packedids import FIRST, FURTHER, IN_PACK, pack, pack_flags

_AT_ONCE: Final = 120_000
"""Recordings that are sorted in memory together, which takes some 20 MB; fewer take longer."""
_SAMPLE: Final = 1_000
_NUMBER_IN_HEX: Final = "group_concat(printf('%08x', id), '')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The order of a column as it was found, packed."""

    column: str
    upto: int
    moved: int
    known: int
    size: int
    flags: bytes
    parts: Sequence[bytes]


def log_of(column: str) -> str:
    """The table that notes the changes after which a recording may have another place in an order."""
    # What is measured changes far more often than anything else of many recordings, one after another.
    return "remeasured" if RANKED[column] in MEASURED else "moved"


def ranked(connection: apsw.Connection, column: str, at_once: int = _AT_ONCE, size: int = IN_PACK) -> Ranked:
    """Sort all recordings by a column, some at a time, as they are at this moment."""
    value = RANKED[column]
    ids, flags = array("i"), bytearray()
    with snapshot(connection):
        upto, moved = only_row(
            connection,
            "select (select ifnull(max(id), 0) from recording),"
            f" (select ifnull(max(number), 0) from {log_of(column)})",
        )
        if column == TIME:
            ids.extend(_by_time(connection))
        else:
            for part, firsts in _parts(connection, value, upto, at_once):
                ids.extend(part)
                flags += firsts
            ids.extend(_by_time(connection, Condition(f"{value} is null")))
    return Ranked(
        column=column,
        upto=upto,
        moved=moved,
        known=len(flags),
        size=size,
        flags=pack_flags(bytes(flags)),
        parts=pack(ids, size),
    )


def _parts(
    connection: apsw.Connection, value: str, last: int, at_once: int
) -> Iterator[tuple["array[int]", bytes]]:
    """The ids by rising values, in parts, with flags of the first recording of each value."""
    lower: list[Condition] = [Condition(f"{value} is not null")]
    for bound, often in _bounds(connection, value, last, at_once):
        yield _sorted(connection, value, every([*lower, Condition(f"{value} < ?", (bound,))]))
        lower = [Condition(f"{value} {'>' if often else '>='} ?", (bound,))]
        if often:
            # However many have the same value, an index has them in order.
            alike = _by_time(connection, Condition(f"{value} = ?", (bound,)))
            yield alike, (FIRST + FURTHER * len(alike))[: len(alike)]
    yield _sorted(connection, value, every(lower))


def _bounds(connection: apsw.Connection, value: str, last: int, at_once: int) -> list[tuple[object, bool]]:
    """Values that share out the recordings, and whether many have just that value."""
    number = -(-last // at_once)
    if number < 2:
        return []
    chosen = apsw.carray(array("q", range(1, last + 1, max(1, last // _SAMPLE))))
    sample = [
        found
        for (found,) in connection.execute(
            f"select {value} as found from carray(?) as chosen cross join search on id = chosen.value"
            " where found is not null order by found",
            (chosen,),
        )
    ]
    bounds = dict.fromkeys(sample[len(sample) * each // number] for each in range(1, number) if sample)
    return [(bound, sample.count(bound) * number * 2 > len(sample)) for bound in bounds]


def _sorted(connection: apsw.Connection, value: str, condition: Condition) -> tuple["array[int]", bytes]:
    """The ids of some recordings by rising values, and the flags; ties are newest first."""
    ids, flags, last = array("i"), bytearray(), None
    # Row by row: a window of SQL that tells where another value begins holds all rows in memory once more.
    for number, each in connection.execute(
        f"select id, {value} as value from search not indexed where {condition.sql}"
        f" order by value, {NEWEST_FIRST}",
        condition.values,
    ):
        flags += FURTHER if each == last else FIRST
        last = each
        ids.append(number)
    return ids, bytes(flags)


def _by_time(connection: apsw.Connection, condition: Condition = ALWAYS) -> "array[int]":
    """The ids of some recordings, newest first."""
    (packed,) = only_row(
        connection,
        f"select unhex({_NUMBER_IN_HEX}) from (select id from search indexed by {NEWEST_INDEX}"
        f" where {condition.sql} order by {NEWEST_FIRST})",
        condition.values,
    )
    ids = array("i", packed or b"")
    if sys.byteorder == "little":
        ids.byteswap()
    return ids
