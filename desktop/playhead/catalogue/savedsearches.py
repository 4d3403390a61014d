"""Saved queries, what was typed before, and where it was left: `core.stores.Searches` in the catalogue."""

import json
from collections.abc import Sequence

import apsw

from playhead.catalogue.connection import transaction
from playhead.catalogue.desk import Desk
from playhead.core.stores import Saved

REMEMBERED = 50
"""Filters that were used and are remembered, at most."""


class SavedSearches:
    """Saved queries, and the history of filters that were used."""

    def __init__(self, writing: Desk, reading: Desk) -> None:
        self._writing = writing
        self._reading = reading

    async def saved(self) -> list[Saved]:
        """The saved queries, in the order that the person gave them."""
        return await self._reading.run(_saved)

    async def save(self, saved: Sequence[Saved]) -> None:
        """Keep these instead of those that were there."""
        await self._writing.run(_save, saved)

    async def history(self) -> list[str]:
        """The filters that were used, the latest first, each once."""
        return await self._reading.run(_history)

    async def used(self, text: str) -> None:
        """A filter was used."""
        await self._writing.run(_used, text)

    async def forget_history(self) -> None:
        """Forget the filters that were used."""
        await self._writing.run(_forget_history)

    async def left_off(self) -> str:
        """The text that `leave_off` was given last; empty without."""
        return await self._reading.run(_left_off)

    async def leave_off(self, text: str) -> None:
        """Keep what the window was like when it was left."""
        await self._writing.run(_leave_off, text)


# Text is kept as JSON: it may hold characters that SQLite's own text stumbles over.


def _saved(connection: apsw.Connection) -> list[Saved]:
    rows = connection.execute("select name, value from saved order by place")
    return [Saved(json.loads(name), json.loads(value)) for name, value in rows]


def _save(connection: apsw.Connection, saved: Sequence[Saved]) -> None:
    with transaction(connection):
        connection.execute("delete from saved")
        connection.executemany(
            "insert into saved (name, value) values (?, ?)",
            [(json.dumps(each.name), json.dumps(each.text)) for each in saved],
        )


def _history(connection: apsw.Connection) -> list[str]:
    return [json.loads(value) for (value,) in connection.execute("select value from used order by id desc")]


def _used(connection: apsw.Connection, text: str) -> None:
    value = json.dumps(text)
    with transaction(connection):
        connection.execute("delete from used where value = ?", (value,))
        connection.execute("insert into used (value) values (?)", (value,))
        connection.execute(
            "delete from used where id not in (select id from used order by id desc limit ?)", (REMEMBERED,)
        )


# Made when it is first needed: it holds nothing that an older Playhead would miss.
_LEFT_OFF = "create table if not exists left_off (value text not null) strict"


def _left_off(connection: apsw.Connection) -> str:
    if not connection.table_exists(None, "left_off"):
        return ""
    rows = connection.execute("select value from left_off").fetchall()
    return str(rows[0][0]) if rows else ""


def _leave_off(connection: apsw.Connection, text: str) -> None:
    with transaction(connection):
        connection.execute(_LEFT_OFF)
        connection.execute("delete from left_off")
        connection.execute("insert into left_off values (?)", (text,))


def _forget_history(connection: apsw.Connection) -> None:
    with transaction(connection):
        connection.execute("delete from used")
