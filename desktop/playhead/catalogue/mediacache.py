"""The media cache: encoded audio that was fetched before, encrypted, the least recently used out first."""

import asyncio
from pathlib import Path

import apsw

from playhead.catalogue.connection import only_row, own_words, shrink, transaction
from playhead.catalogue.desk import Desk
from playhead.catalogue.rows import to_key
from playhead.catalogue.schema import open_newest
from playhead.core.recording import Recording

_LARGEST = 500_000_000
"""Bytes of the largest media that is kept; SQLite takes no more than a thousand million in one value."""
_MOST_IN_MEMORY = 1 << 27
_MOST_ON_DISK = 1 << 62

_SCRIPTS = (
    """
    create table media (
        id integer primary key,
        account text not null,
        key blob not null,
        size integer not null,
        used integer not null,
        unique (account, key)
    ) strict;
    create index media_used on media (used);
    create table content (
        id integer primary key references media on delete cascade,
        bytes blob not null
    ) strict;
    """,
)


class MediaCache:
    """Audio by recording, at a desk of its own; at most `limit` bytes of it, and never more than `most`.

    `reading` tells which accounts are in the catalogue.
    """

    def __init__(self, desk: Desk, reading: Desk, limit: int, most: int, *, anew: bool = False) -> None:
        self.anew = anew
        """True if what was kept before could not be read, and was thrown away."""
        self._desk = desk
        self._reading = reading
        self._turn = asyncio.Lock()
        """Held while audio is kept or an account forgotten: none comes in after its account has left."""
        self._most = most
        self._limit = min(limit, most)

    async def read(self, recording: Recording) -> bytes | None:
        """The audio, if it is there; it is then the most recently used."""
        return await self._desk.run(_read, recording)

    async def keep(self, recording: Recording, content: bytes) -> None:
        """Put audio in, and as many of the least recently used out as it needs room.

        Audio of an account that was forgotten is not kept.
        """
        async with self._turn:
            limit = self._limit
            if len(content) <= min(limit, _LARGEST) and await self._reading.run(_knows, recording.account):
                await self._desk.run(_keep, recording, content, limit)

    async def usage(self) -> tuple[int, int]:
        """Bytes of audio that are there, and how many there may be."""
        return await self._desk.run(_taken), self._limit

    async def limit(self, limit: int) -> None:
        """Keep to another limit, in bytes: what is too much goes now, from the disk too."""
        room = self._limit = max(0, min(limit, self._most))
        await self._desk.run(_cut, room)

    async def empty(self) -> None:
        """Remove everything, from the disk too."""
        await self._desk.run(_cut, 0)

    async def forget(self, account: str) -> None:
        """Remove all audio of an account, from the disk too."""
        async with self._turn:
            await self._desk.run(_forget, account)

    async def close(self) -> None:
        """Finish what is being written and let go of the file."""
        await self._desk.close()


def open_media_cache(path: Path | None, key: bytes | None, limit: int, reading: Desk) -> MediaCache:
    """The media cache at `path`, or in memory; `limit` in bytes.

    What cannot be read is thrown away: it can be fetched again. Raises `CatalogueError`.
    """
    anew = False
    with own_words():
        try:
            connection = open_newest(path, key, _SCRIPTS)
        except (apsw.NotADBError, apsw.CorruptError):
            if path is None:
                raise
            anew = True
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            connection = open_newest(path, key, _SCRIPTS)
        most = _MOST_ON_DISK if path else _MOST_IN_MEMORY
        return MediaCache(Desk("media cache", connection), reading, limit, most, anew=anew)


def _read(connection: apsw.Connection, recording: Recording) -> bytes | None:
    with transaction(connection):
        row = connection.execute(
            "select id, bytes from media join content using (id) where account = ? and key = ?",
            (recording.account, to_key(recording.id)),
        ).fetchone()
        if row is None:
            return None
        connection.execute(
            "update media set used = (select max(used) + 1 from media) where id = ?", (row[0],)
        )
        return bytes(row[1])


def _keep(connection: apsw.Connection, recording: Recording, content: bytes, limit: int) -> None:
    place = (recording.account, to_key(recording.id))
    with transaction(connection):
        connection.execute("delete from media where account = ? and key = ?", place)
        _make_room(connection, limit - len(content))
        connection.execute(
            "insert into media (account, key, size, used)"
            " select ?, ?, ?, ifnull(max(used), 0) + 1 from media",
            (*place, len(content)),
        )
        connection.execute("insert into content values (last_insert_rowid(), ?)", (content,))


def _taken(connection: apsw.Connection) -> int:
    return int(only_row(connection, "select ifnull(sum(size), 0) from media")[0])


def _make_room(connection: apsw.Connection, room: int) -> None:
    taken = _taken(connection)
    while taken > room:
        number, size = only_row(connection, "select id, size from media order by used limit 1")
        connection.execute("delete from media where id = ?", (number,))
        taken -= size


def _cut(connection: apsw.Connection, room: int) -> None:
    with transaction(connection):
        _make_room(connection, room)
    shrink(connection)


def _forget(connection: apsw.Connection, account: str) -> None:
    with transaction(connection):
        connection.execute("delete from media where account = ?", (account,))
    shrink(connection)


def _knows(connection: apsw.Connection, account: str) -> bool:
    """Say whether anything of an account was stored and not forgotten since."""
    return connection.execute("select 1 from account where id = ?", (account,)).fetchone() is not None
