"""Saved queries and what was typed before: `core.stores.Searches` in the catalogue."""

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


def _forget_history(connection: apsw.Connection) -> None:
    with transaction(connection):
        connection.execute("delete from used")
