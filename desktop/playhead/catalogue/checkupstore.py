"""List of recordings whose health is to be measured: `core.stores.Checkups` in the catalogue."""

from array import array
from collections.abc import Callable, Sequence

import apsw

from playhead.catalogue.connection import only_row, transaction
from playhead.catalogue.desk import Desk
from playhead.catalogue.packing import TOLD
from playhead.catalogue.rows import from_row, number_of
from playhead.core.health.checkupstates import NOTHING_ADDED, Added, Checked, CheckupFigures
from playhead.core.recording import Recording

_AT_ONCE = 5_000
"""Recordings that are put on the list between two looks at what else is to be written."""
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
        await self._writing.run(_retry)

    async def hold(self, *, on: bool) -> None:
        """Write down that the person pauses it, or no longer does."""
        await self._writing.run(_hold, on=on)

    async def clear(self) -> None:
        """Let nothing be on the list any more."""
        await self._writing.run(_clear)

    async def _in_parts(
        self, ids: "array[int]", job: Callable[[apsw.Connection, "array[int]"], Added]
    ) -> Added:
        added = NOTHING_ADDED
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


def _retry(connection: apsw.Connection) -> None:
    with transaction(connection):
        connection.execute("update checkup set outcome = null where outcome = ?", (Checked.FAILED.value,))


def _hold(connection: apsw.Connection, *, on: bool) -> None:
    with transaction(connection):
        connection.execute("update checkup_held set held = ?", (int(on),))


def _clear(connection: apsw.Connection) -> None:
    with transaction(connection):
        connection.execute("delete from checkup")
        connection.execute("update checkup_held set held = 0")
