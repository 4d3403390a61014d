"""Answers in the order of a column that is kept (see module `ranking`), and ranges of its values."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress
from operator import itemgetter
from typing import Any, Final

import apsw
from typing_extensions import override

from playhead.catalogue.candidates import SearchWay
from playhead.catalogue.conditions import Condition, every
from playhead.catalogue.connection import ids_of, only_row
from playhead.catalogue.orders import RANKED, TIME, is_by_time, order_by
from playhead.catalogue.ranking import Ranking
from playhead.catalogue.sql import walked
from playhead.core.finding.query import Order, Span

MERGED: Final = 1_000
"""Recordings whose place is looked for one by one, each in a fifth of a millisecond."""
_AT_ONCE: Final = 20_000
"""Ids that are handled together: the interpreter is free for the window in between."""


class RankedListing:
    """The recordings in the order of a column."""

    def __init__(self, connection: apsw.Connection, ranking: Ranking, order: Order) -> None:
        self._connection = connection
        self._ranking = ranking
        self._order = order
        by_time = is_by_time(order)
        self._value = RANKED[TIME if by_time else order.column]
        self._falling = order.descending and not by_time

    def first(self, condition: Condition, number: int, steps: int) -> list[int] | None:
        """The first ids that match; None if so many steps of a walk do not tell."""
        head = self._ranking.ids(self._connection, descending=self._falling, most=steps)
        path = Condition(
            "(select value from carray(?) limit ?) as near cross join search on id = near.value",
            (_carried(head),),
        )
        placed = every([self._ranking.settled, condition])
        found = walked(self._connection, path, placed, number, steps)
        if found is None:
            return None
        others = self._ranking.others
        rows = self._connection.execute(
            f"select id from (select value as id from carray(?) union all {others.sql}) as near"
            f" cross join search using (id) where {condition.sql} order by {order_by(self._order)} limit ?",
            (_carried(array("q", found)), *others.values, *condition.values, number),
        )
        return [row[0] for row in rows]

    def all(self, condition: Condition, here: bytearray | None = None) -> "array[int]":
        """All ids that match: those with a byte in `here` that is set, or all if there is none."""
        ids = self._ranking.ids(self._connection, descending=self._falling)
        changed = self._ranking.changed
        moved = ids_of(self._connection, changed.sql, changed.values)
        if here is None and moved:
            here = bytearray(b"\1" * (self._ranking.upto + 1))
        if here is not None:
            for each in moved:
                here[each] = 0
            ids = _those(ids, here)
        return self._merged(ids, self._others(condition))

    def matching(self, source: Condition, condition: Condition) -> bytearray:
        """A byte for each id: 1 if the recording matches."""
        here = bytearray(self._ranking.upto + 1)
        rows = f"select id from {source.sql} where {condition.sql}"
        for each in ids_of(self._connection, rows, (*source.values, *condition.values)):
            if each < len(here):
                here[each] = 1
        return here

    def _others(self, condition: Condition) -> list[tuple[Any, ...]]:
        others = self._ranking.others
        return self._connection.execute(
            f"select {self._value}, newest, account, place, id from ({others.sql}) as near"
            f" cross join search using (id) where {condition.sql} order by {order_by(self._order)}",
            (*others.values, *condition.values),
        ).fetchall()

    def _merged(self, ids: "array[int]", rows: Sequence[tuple[Any, ...]]) -> "array[int]":
        """`ids` with what has no place among them yet, at the place that it has."""
        merged, done = array("q"), 0
        for row in rows:
            key = self._key(row)
            # Pages bring neighbours: most have their place right behind the one before.
            here = done < len(ids) and self._key_of(ids[done]) < key
            place = bisect_left(ids, key, lo=done, key=self._key_of) if here else done
            merged.extend(ids[done:place])
            merged.append(row[-1])
            done = place
        return merged + ids[done:] if rows else ids

    def _key_of(self, number: int) -> tuple[object, ...]:
        return self._key(
            only_row(
                self._connection,
                f"select {self._value}, newest, account, place, id from search where id = ?",
                (number,),
            )
        )

    def _key(self, row: tuple[Any, ...]) -> tuple[object, ...]:
        value, *rest = row
        turned = _Falling(value) if self._falling else value
        return (value is None, None if value is None else turned, *rest)


class _Falling:
    """A value that comes before those that are less."""

    def __init__(self, value: Any) -> None:
        self._value = value

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Falling) and bool(self._value == other._value)

    @override
    def __hash__(self) -> int:
        return hash(self._value)

    def __lt__(self, other: "_Falling") -> bool:
        return bool(other._value < self._value)


def between(connection: apsw.Connection, ranking: Ranking, value: str, span: Span) -> SearchWay:
    """The recordings whose value lies in a range, and those that may."""
    changed = ranking.changed
    moved = frozenset(ids_of(connection, changed.sql, changed.values))
    values = _Values(connection, ranking, value, moved)
    low = 0 if span.low is None else values.place_of(float(span.low))
    high = ranking.known if span.high is None else values.place_of(float(span.high))
    ids = ranking.rising(connection, low, high)
    if moved:
        ids = array("q", [each for each in ids if each not in moved])
    others = ranking.others
    found = Condition(
        f"select value as id from carray(?) union all {others.sql}", (_carried(ids), *others.values)
    )
    return SearchWay((found,), quick=True)


class _Values:
    """The values of a column in their order, as far as they still have that place."""

    def __init__(
        self, connection: apsw.Connection, ranking: Ranking, value: str, moved: frozenset[int]
    ) -> None:
        self._connection = connection
        self._ranking = ranking
        self._value = value
        self._moved = moved
        self._parts: dict[int, array[int]] = {}

    def place_of(self, bound: float) -> int:
        """The first place whose value is not less."""
        low, high = 0, self._ranking.known
        while low < high:
            middle = (low + high) // 2
            settled = next((each for each in range(middle, high) if self._id(each) not in self._moved), None)
            if settled is None or self._read(settled) >= bound:
                high = middle
            else:
                low = settled + 1
        return low

    def _read(self, place: int) -> float:
        (value,) = only_row(
            self._connection, f"select {self._value} from search where id = ?", (self._id(place),)
        )
        return float(value)

    def _id(self, place: int) -> int:
        size = self._ranking.size
        part = place // size
        if part not in self._parts:
            self._parts[part] = self._ranking.rising(self._connection, part * size, (part + 1) * size)
        return self._parts[part][place % size]


def _carried(ids: "array[int]") -> object:
    """Ids as SQLite takes them; for none of them, one that no recording has."""
    return apsw.carray(ids if ids else array("q", (0,)))


def _those(ids: "array[int]", here: bytearray) -> "array[int]":
    """The ids with a byte that is set, in their order."""
    chosen = array("q")
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE].tolist()
        # A list, and all its bytes at once: half of what it takes one by one.
        flags = itemgetter(*part)(here) if len(part) > 1 else [here[each] for each in part]
        chosen.fromlist(list(compress(part, flags)))
    return chosen
