"""List of recordings whose health is to be measured: `core.stores.Checkups` in the catalogue."""

import json
from array import array
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import apsw

from playhead.catalogue.connection import only_row, transaction
from playhead.catalogue.desk import Desk
from playhead.catalogue.packing import TOLD
from playhead.catalogue.rows import from_row, number_of
from playhead.core.health.checkupstates import (
    NO_CHECKUP,
    NOTHING_ADDED,
    Added,
    Checked,
    CheckupFigures,
    CheckupWish,
)
from playhead.core.recording import Recording

_AT_ONCE = 5_000
"""Recordings of the list that are changed between two looks at what else is to be written."""
_CLEARING = 2
"""Value of `checkup_held` while nothing counts that is still on the list."""
# Of what came as something else than audio, or could not be seen whole, the next try may know better.
_MEASURED = "exists (select 1 from health where health.id = search.id and digest <> x'')"
_WANTED = "from carray(?) as wanted cross join search on search.id = wanted.value"
_ADD = (
    f"insert into checkup (recording, account) select search.id, search.account {_WANTED}"
    f" where playable = 1 and not {_MEASURED}"
    " on conflict (recording) do update set outcome = null"
)


class CheckupStore:
    """Recordings in the order in which they are to be measured."""

    def __init__(self, writing: Desk, reading: Desk) -> None:
        self._writing = writing
        self._reading = reading

    async def add(self, ids: "array[int]") -> Added:
        """Put recordings on the list, some at a time: pages are stored between two of them."""
        return await self._in_parts(ids, _add)

    async def add_new(self, ids: "array[int]") -> Added:
        """Put new recordings on the list, and those that were new and have their audio now."""
        added = await self._in_parts(ids, _add_new)
        return added + await self._writing.run(_add_ripe)

    async def figures(self) -> CheckupFigures:
        """The number of recordings on the list, and what became of them."""
        return await self._reading.run(_figures)

    async def accounts(self) -> Sequence[str]:
        """The ids of accounts of which something is left to do."""
        return await self._reading.run(_accounts)

    async def open_ones(
        self, account: str, number: int, *, after: int = 0
    ) -> Sequence[tuple[int, Recording]]:
        """The first recordings of an account that are left to do, with their places, `after` a place."""
        return await self._reading.run(_open_ones, account, number, after)

    async def settle(self, recording: Recording, outcome: Checked) -> None:
        """Write down what became of a recording, if it is (still) on the list."""
        await self._writing.run(_settle, recording, outcome)

    async def retry(self) -> None:
        """Let what failed be tried again."""
        place: int | None = 0
        while place is not None:
            place = await self._writing.run(_retry_some, place)

    async def hold(self, *, on: bool) -> None:
        """Write down that the person pauses it, or no longer does."""
        await self._writing.run(_hold, on=on)

    async def wish(self, wish: CheckupWish) -> None:
        """Keep that somebody waits for the rest of a filter to be checked."""
        await self._writing.run(_wish, wish)

    async def wishes(self) -> Sequence[CheckupWish]:
        """The wishes that were kept and neither granted nor cleared, the first one first."""
        return await self._reading.run(_wishes)

    async def grant(self, wish: CheckupWish) -> None:
        """Forget a wish."""
        await self._writing.run(_grant, wish)

    async def clear(self) -> None:
        """Let nothing be on the list any more, some at a time: others write between two of them."""
        await self._writing.run(_begin_clearing)
        while await self._writing.run(_clear_some):
            pass

    async def _in_parts(
        self, ids: "array[int]", job: Callable[[apsw.Connection, "array[int]"], Added]
    ) -> Added:
        added = NOTHING_ADDED
        if await self._reading.run(_is_clearing):
            await self.clear()
        for start in range(0, len(ids), _AT_ONCE):
            added += await self._writing.run(job, ids[start : start + _AT_ONCE])
        return added


def _add(connection: apsw.Connection, ids: "array[int]") -> Added:
    wanted = (apsw.carray(ids, flags=apsw.SQLITE_CARRAY_INT64),)
    with transaction(connection):
        measured, silent = only_row(
            connection,
            f"select count(*) filter (where {_MEASURED}), count(*) filter (where playable = 0) {_WANTED}",
            wanted,
        )
        connection.execute(_ADD, wanted)
        return Added(connection.changes(), measured, silent)


def _add_new(connection: apsw.Connection, ids: "array[int]") -> Added:
    wanted = (apsw.carray(ids, flags=apsw.SQLITE_CARRAY_INT64),)
    with transaction(connection):
        connection.execute(
            f"insert or ignore into unripe select search.id {_WANTED} where playable = 0", wanted
        )
        connection.execute(_ADD, wanted)
        return Added(connection.changes(), 0, 0)


def _add_ripe(connection: apsw.Connection) -> Added:
    with transaction(connection):
        ripe = array(
            "q",
            (
                number
                for (number,) in connection.execute(
                    "select id from unripe join search using (id) where playable"
                )
            ),
        )
        if not ripe:
            return NOTHING_ADDED
        wanted = (apsw.carray(ripe, flags=apsw.SQLITE_CARRAY_INT64),)
        connection.execute(_ADD, wanted)
        added = connection.changes()
        connection.execute("delete from unripe where id in (select value from carray(?))", wanted)
        return Added(added, 0, 0)


def _figures(connection: apsw.Connection) -> CheckupFigures:
    if _is_clearing(connection):
        return NO_CHECKUP
    rows = connection.execute("select outcome, count(*) from checkup group by outcome")
    numbers = {str(outcome): int(number or 0) for outcome, number in rows}
    (held,) = only_row(connection, "select held from checkup_held")
    return CheckupFigures(
        total=sum(numbers.values()),
        outcomes={outcome: numbers[outcome] for outcome in Checked if outcome in numbers},
        held=bool(held),
    )


def _accounts(connection: apsw.Connection) -> Sequence[str]:
    rows = connection.execute(
        "select id from account where exists"
        " (select 1 from checkup where checkup.account = account.key and outcome is null)"
    )
    return [account for (account,) in rows]


def _open_ones(
    connection: apsw.Connection, account: str, number: int, after: int
) -> Sequence[tuple[int, Recording]]:
    rows = connection.execute(
        f"select place, account.id, recording.key, {TOLD} from checkup indexed by checkup_open"
        " join account on account.key = checkup.account"
        " join recording on recording.id = checkup.recording"
        " where checkup.account = (select key from account where id = ?) and outcome is null and place > ?"
        " order by place limit ?",
        (account, after, number),
    )
    return [(place, from_row(*known)) for place, *known in rows]


def _settle(connection: apsw.Connection, recording: Recording, outcome: Checked) -> None:
    with transaction(connection):
        connection.execute(
            "update checkup set outcome = ? where recording = ?",
            (outcome.value, number_of(connection, recording)),
        )


def _retry_some(connection: apsw.Connection, after: int) -> int | None:
    """Let the next ones that failed be tried again; up to which place, None if that was all."""
    (last,) = only_row(
        connection,
        "select max(place) from (select place from checkup where place > ? order by place limit ?)",
        (after, _AT_ONCE),
    )
    with transaction(connection):
        connection.execute(
            "update checkup set outcome = null where place > ? and place <= ? and outcome = ?",
            (after, last, Checked.FAILED.value),
        )
    return None if last is None else int(last)


def _hold(connection: apsw.Connection, *, on: bool) -> None:
    with transaction(connection):
        connection.execute("update checkup_held set held = ?", (int(on),))


def _begin_clearing(connection: apsw.Connection) -> None:
    with transaction(connection):
        connection.execute("delete from checkup_wish")
        connection.execute("update checkup_held set held = ?", (_CLEARING,))


def _is_clearing(connection: apsw.Connection) -> bool:
    return bool(only_row(connection, "select held from checkup_held")[0] == _CLEARING)


def _clear_some(connection: apsw.Connection) -> bool:
    """Take some off the list; False if nothing is left, and the next ones may count again."""
    with transaction(connection):
        connection.execute(
            "delete from checkup where place in (select place from checkup order by place limit ?)",
            (_AT_ONCE,),
        )
        left = connection.changes() == _AT_ONCE
        if not left:
            connection.execute("update checkup_held set held = 0")
        return left


def _wish(connection: apsw.Connection, wish: CheckupWish) -> None:
    with transaction(connection):
        connection.execute("insert or replace into checkup_wish values (?, ?)", _as_kept(wish))


def _wishes(connection: apsw.Connection) -> Sequence[CheckupWish]:
    rows: list[tuple[Any, ...]] = connection.execute(
        "select text, asked from checkup_wish order by rowid"
    ).fetchall()
    return [CheckupWish(json.loads(text), datetime.fromisoformat(asked)) for text, asked in rows]


def _grant(connection: apsw.Connection, wish: CheckupWish) -> None:
    with transaction(connection):
        connection.execute("delete from checkup_wish where text = ? and asked = ?", _as_kept(wish))


def _as_kept(wish: CheckupWish) -> tuple[str, str]:
    # As JSON: it may hold characters that SQLite's own text stumbles over.
    return json.dumps(wish.text), wish.asked.isoformat()
