"""Lists of recordings on which work is to be done: `core.stores.WorkList` in the catalogue."""

import json
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import apsw

from playhead.catalogue.connection import only_row, transaction
from playhead.catalogue.desk import Desk
from playhead.catalogue.packing import TOLD
from playhead.catalogue.rows import from_row, number_of
from playhead.core.recording import Recording
from playhead.core.worklists.workstates import FAILED, NO_WORK, NOTHING_ADDED, Added, WorkFigures, WorkWish

_AT_ONCE = 5_000
"""Recordings of the list that are changed between two looks at what else is to be written."""
_CLEARING = 2
"""Value of `held` while nothing counts that is still on the list."""
_WANTED = "from carray(?) as wanted cross join search on search.id = wanted.value"


@dataclass(frozen=True, slots=True)
class WorkTable:
    """Table of a list, with its rules as SQL over `search`.

    Beside it, `<name>_held` has one row, and `<name>_wish` the wishes.
    """

    name: str
    unripe: str
    """Table of new recordings that are to be on it once they are ripe."""
    ripe: str
    """True for those with which something can be done."""
    done: str
    """True for those with which nothing is left to do."""

    @property
    def adding(self) -> str:
        """The statement that puts wanted recordings on the list."""
        return (
            f"insert into {self.name} (recording, account) select search.id, search.account {_WANTED}"
            f" where {self.ripe} and not {self.done} on conflict (recording) do update set outcome = null"
        )


CHECKUP = WorkTable(
    "checkup",
    "unripe",
    "playable = 1",
    # Of what came as something else than audio, or could not be seen whole, the next try may know better.
    "exists (select 1 from health where health.id = search.id and digest <> x'')",
)
READING = WorkTable(
    "reading",
    "reading_unripe",
    "ifnull(listed, 0) = 1",
    "exists (select 1 from transcript where transcript.id = search.id)",
)


class WorkListStore:
    """Recordings in the order in which they are to be dealt with."""

    def __init__(self, table: WorkTable, writing: Desk, reading: Desk) -> None:
        self._table = table
        self._writing = writing
        self._reading = reading

    async def add(self, ids: "array[int]") -> Added:
        """Put recordings on the list, some at a time: pages are stored between two of them."""
        return await self._in_parts(ids, _add)

    async def add_new(self, ids: "array[int]") -> Added:
        """Put new recordings on the list, and those that were new and are ripe now."""
        added = await self._in_parts(ids, _add_new)
        return added + await self._writing.run(_add_ripe, self._table)

    async def figures(self) -> WorkFigures:
        """The number of recordings on the list, and what became of them."""
        return await self._reading.run(_figures, self._table)

    async def accounts(self) -> Sequence[str]:
        """The ids of accounts of which something is left to do."""
        return await self._reading.run(_accounts, self._table)

    async def open_ones(
        self, account: str, number: int, *, after: int = 0
    ) -> Sequence[tuple[int, Recording]]:
        """The first recordings of an account that are left to do, with their places, `after` a place."""
        return await self._reading.run(_open_ones, self._table, account, number, after)

    async def settle(self, recording: Recording, outcome: str) -> None:
        """Write down what became of a recording, if it is (still) on the list."""
        await self._writing.run(_settle, self._table, recording, outcome)

    async def retry(self) -> None:
        """Let what failed be tried again."""
        place: int | None = 0
        while place is not None:
            place = await self._writing.run(_retry_some, self._table, place)

    async def hold(self, *, on: bool) -> None:
        """Write down that the person pauses it, or no longer does."""
        await self._writing.run(_hold, self._table, on=on)

    async def wish(self, wish: WorkWish) -> None:
        """Keep that somebody waits for the rest of a filter."""
        await self._writing.run(_wish, self._table, wish)

    async def wishes(self) -> Sequence[WorkWish]:
        """The wishes that were kept and neither granted nor cleared, the first one first."""
        return await self._reading.run(_wishes, self._table)

    async def grant(self, wish: WorkWish) -> None:
        """Forget a wish."""
        await self._writing.run(_grant, self._table, wish)

    async def clear(self) -> None:
        """Let nothing be on the list any more, some at a time: others write between two of them."""
        await self._writing.run(_begin_clearing, self._table)
        while await self._writing.run(_clear_some, self._table):
            pass

    async def _in_parts(
        self, ids: "array[int]", job: Callable[[apsw.Connection, WorkTable, "array[int]"], Added]
    ) -> Added:
        added = NOTHING_ADDED
        if await self._reading.run(_is_clearing, self._table):
            await self.clear()
        for start in range(0, len(ids), _AT_ONCE):
            added += await self._writing.run(job, self._table, ids[start : start + _AT_ONCE])
        return added


def _add(connection: apsw.Connection, table: WorkTable, ids: "array[int]") -> Added:
    wanted = (apsw.carray(ids, flags=apsw.SQLITE_CARRAY_INT64),)
    with transaction(connection):
        done, unripe = only_row(
            connection,
            f"select count(*) filter (where {table.done}), count(*) filter (where not {table.ripe})"
            f" {_WANTED}",
            wanted,
        )
        connection.execute(table.adding, wanted)
        return Added(connection.changes(), done, unripe)


def _add_new(connection: apsw.Connection, table: WorkTable, ids: "array[int]") -> Added:
    wanted = (apsw.carray(ids, flags=apsw.SQLITE_CARRAY_INT64),)
    with transaction(connection):
        connection.execute(
            f"insert or ignore into {table.unripe} select search.id {_WANTED} where not {table.ripe}", wanted
        )
        connection.execute(table.adding, wanted)
        return Added(connection.changes(), 0, 0)


def _add_ripe(connection: apsw.Connection, table: WorkTable) -> Added:
    with transaction(connection):
        ripe = array(
            "q",
            (
                number
                for (number,) in connection.execute(
                    f"select id from {table.unripe} join search using (id) where {table.ripe}"
                )
            ),
        )
        if not ripe:
            return NOTHING_ADDED
        wanted = (apsw.carray(ripe, flags=apsw.SQLITE_CARRAY_INT64),)
        connection.execute(table.adding, wanted)
        added = connection.changes()
        connection.execute(f"delete from {table.unripe} where id in (select value from carray(?))", wanted)
        return Added(added, 0, 0)


def _figures(connection: apsw.Connection, table: WorkTable) -> WorkFigures:
    if _is_clearing(connection, table):
        return NO_WORK
    rows = connection.execute(f"select outcome, count(*) from {table.name} group by outcome")
    numbers = {outcome: int(number or 0) for outcome, number in rows}
    (held,) = only_row(connection, f"select held from {table.name}_held")
    return WorkFigures(
        total=sum(numbers.values()),
        outcomes={outcome: number for outcome, number in numbers.items() if outcome is not None},
        held=bool(held),
    )


def _accounts(connection: apsw.Connection, table: WorkTable) -> Sequence[str]:
    rows = connection.execute(
        "select id from account where exists"
        f" (select 1 from {table.name} as its where its.account = account.key and outcome is null)"
    )
    return [account for (account,) in rows]


def _open_ones(
    connection: apsw.Connection, table: WorkTable, account: str, number: int, after: int
) -> Sequence[tuple[int, Recording]]:
    rows = connection.execute(
        f"select place, account.id, recording.key, {TOLD}"
        f" from {table.name} as its indexed by {table.name}_open"
        " join account on account.key = its.account join recording on recording.id = its.recording"
        " where its.account = (select key from account where id = ?) and outcome is null and place > ?"
        " order by place limit ?",
        (account, after, number),
    )
    return [(place, from_row(*known)) for place, *known in rows]


def _settle(connection: apsw.Connection, table: WorkTable, recording: Recording, outcome: str) -> None:
    with transaction(connection):
        connection.execute(
            f"update {table.name} set outcome = ? where recording = ?",
            (outcome, number_of(connection, recording)),
        )


def _retry_some(connection: apsw.Connection, table: WorkTable, after: int) -> int | None:
    """Let the next ones that failed be tried again; up to which place, None if that was all."""
    (last,) = only_row(
        connection,
        f"select max(place) from (select place from {table.name} where place > ? order by place limit ?)",
        (after, _AT_ONCE),
    )
    with transaction(connection):
        connection.execute(
            f"update {table.name} set outcome = null where place > ? and place <= ? and outcome = ?",
            (after, last, FAILED),
        )
    return None if last is None else int(last)


def _hold(connection: apsw.Connection, table: WorkTable, *, on: bool) -> None:
    with transaction(connection):
        connection.execute(f"update {table.name}_held set held = ?", (int(on),))


def _begin_clearing(connection: apsw.Connection, table: WorkTable) -> None:
    with transaction(connection):
        connection.execute(f"delete from {table.name}_wish")
        connection.execute(f"update {table.name}_held set held = ?", (_CLEARING,))


def _is_clearing(connection: apsw.Connection, table: WorkTable) -> bool:
    return bool(only_row(connection, f"select held from {table.name}_held")[0] == _CLEARING)


def _clear_some(connection: apsw.Connection, table: WorkTable) -> bool:
    """Take some off the list; False if nothing is left, and the next ones may count again."""
    with transaction(connection):
        connection.execute(
            f"delete from {table.name} where place in"
            f" (select place from {table.name} order by place limit ?)",
            (_AT_ONCE,),
        )
        left = connection.changes() == _AT_ONCE
        if not left:
            connection.execute(f"update {table.name}_held set held = 0")
        return left


def _wish(connection: apsw.Connection, table: WorkTable, wish: WorkWish) -> None:
    with transaction(connection):
        connection.execute(f"insert or replace into {table.name}_wish values (?, ?)", _as_kept(wish))


def _wishes(connection: apsw.Connection, table: WorkTable) -> Sequence[WorkWish]:
    rows: list[tuple[Any, ...]] = connection.execute(
        f"select text, asked from {table.name}_wish order by rowid"
    ).fetchall()
    return [WorkWish(json.loads(text), datetime.fromisoformat(asked)) for text, asked in rows]


def _grant(connection: apsw.Connection, table: WorkTable, wish: WorkWish) -> None:
    with transaction(connection):
        connection.execute(f"delete from {table.name}_wish where text = ? and asked = ?", _as_kept(wish))


def _as_kept(wish: WorkWish) -> tuple[str, str]:
    # As JSON: it may hold characters that SQLite's own text stumbles over.
    return json.dumps(wish.text), wish.asked.isoformat()
