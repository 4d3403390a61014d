"""Stars, notes and seconds that were heard: `core.stores.Annotations` in the catalogue."""

import asyncio
import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import apsw

from playhead.catalogue import samesounds
from playhead.catalogue.connection import only_row, transaction
from playhead.catalogue.desk import Desk, Latest
from playhead.catalogue.healthrows import health_of
from playhead.catalogue.rows import from_micros, number_of, to_key, to_micros
from playhead.core.errors import CatalogueError, Superseded
from playhead.core.marks import Marks, Note, SameSound, Spans
from playhead.core.recording import Recording
from playhead.core.text import fold

_KIN = 7
"""Place of the kin among the columns that marks are read from."""
_AT_ONCE = 10_000
"""Recordings that are starred between two looks at whether that is still wanted."""


class MarkStore:
    """The person's marks of recordings."""

    def __init__(self, writing: Desk, reading: Desk) -> None:
        self._writing = writing
        self._reading = reading
        self._starring = Latest()
        self._turn = asyncio.Lock()
        """Held while stars are given or taken: only a note makes it begin anew."""

    async def read(self, recordings: Sequence[Recording]) -> Sequence[Marks]:
        """The marks of each recording, in that order."""
        return await self._reading.run(_read, recordings)

    async def all_starred(self, ids: "array[int]") -> bool:
        """Say whether every one of these recordings that is still there has a star."""
        return await self._reading.run_while_wanted(_all_starred, ids)

    async def star(self, ids: "array[int]", *, on: bool, told: Callable[[int], object] = bool) -> None:
        """Give recordings their stars, or take them away, in one transaction: none if this is cancelled.

        `told` gets how many are done, in the thread of the catalogue. A note that comes meanwhile is written
        at once, after which this begins anew.
        """
        async with self._turn:
            while True:
                with suppress(Superseded):
                    return await self._starring.run(self._writing, _star, ids, on=on, told=told)

    async def add_note(self, recording: Recording, text: str, at: float | None) -> Note:
        """Keep a note of a recording that is in the catalogue."""
        self._starring.interrupt()
        return await self._writing.run(_add_note, recording, text, at)

    async def change_note(self, note: int, text: str) -> None:
        """Give the note with this id another text."""
        self._starring.interrupt()
        await self._writing.run(_change_note, note, text)

    async def remove_note(self, note: int) -> None:
        """Remove the note with this id."""
        self._starring.interrupt()
        await self._writing.run(_remove_note, note)

    async def keep_heard(self, recording: Recording, spans: Spans) -> None:
        """Add seconds that were heard to those that were heard before."""
        await self._writing.run(_keep_heard, recording, spans)


def _read(connection: apsw.Connection, recordings: Sequence[Recording]) -> Sequence[Marks]:
    """The marks of each recording, in that order; nothing for one that is no longer there."""
    rows = connection.execute(
        "select wanted.key, star.id, heard.spans, gone.moment,"
        " (select max(moment) from exported where exported.id = recording.id),"
        " health.figures, search.health, search.kin, search.listed, note.id, note.value, note.at, note.made"
        " from json_each(?) as wanted"
        " left join account on account.id = wanted.value ->> 0"
        " left join recording"
        " on recording.account = account.key and recording.key = unhex(wanted.value ->> 1)"
        " left join star on star.id = recording.id"
        " left join heard on heard.id = recording.id"
        " left join gone on gone.id = recording.id"
        " left join health on health.id = recording.id"
        " left join search on search.id = recording.id"
        " left join note on note.recording = recording.id"
        " order by wanted.key, note.at nulls first, note.id",
        (json.dumps([(each.account, to_key(each.id).hex()) for each in recordings]),),
    )
    found = [list(group) for _, group in groupby(rows, lambda row: row[0])]
    same = samesounds.groups(connection, {group[0][_KIN] for group in found} - {None})
    return [_marks(group, same.get(group[0][_KIN])) for group in found]


def _all_starred(connection: apsw.Connection, ids: "array[int]") -> bool:
    return not any(
        only_row(
            connection,
            "select exists (select 1 from carray(?) as wanted join recording on recording.id = wanted.value"
            " where recording.id not in (select id from star))",
            (apsw.carray(part, flags=apsw.SQLITE_CARRAY_INT64),),
        )[0]
        for part in _parts(ids)
    )


def _star(connection: apsw.Connection, ids: "array[int]", *, on: bool, told: Callable[[int], object]) -> None:
    chosen = "(select value from carray(?))"
    give = f"insert or ignore into star select id from recording where id in {chosen}"
    take = f"delete from star where id in {chosen}"
    done = 0
    with transaction(connection):
        for part in _parts(ids):
            connection.execute(give if on else take, (apsw.carray(part, flags=apsw.SQLITE_CARRAY_INT64),))
            done += len(part)
            told(done)


def _parts(ids: "array[int]") -> Iterator["array[int]"]:
    """Ids in parts, each in order: not all at once, which would keep the interpreter from the window."""
    for start in range(0, len(ids), _AT_ONCE):
        yield array("q", sorted(ids[start : start + _AT_ONCE]))


def _add_note(connection: apsw.Connection, recording: Recording, text: str, at: float | None) -> Note:
    """Write a note; raises `CatalogueError` if its recording is no longer there."""
    made = datetime.now(UTC)
    with transaction(connection):
        number = number_of(connection, recording)
        if number is None:
            raise CatalogueError("gone")
        connection.execute(
            "insert into note (recording, folded, at, made, value) values (?, ?, ?, ?, ?)",
            (number, fold(text), at, to_micros(made), json.dumps(text)),
        )
        return Note(id=connection.last_insert_rowid(), text=text, at=at, made=made)


def _change_note(connection: apsw.Connection, note: int, text: str) -> None:
    """Give a note another text."""
    with transaction(connection):
        connection.execute(
            "update note set folded = ?, value = ? where id = ?",
            (fold(text), json.dumps(text), note),
        )


def _remove_note(connection: apsw.Connection, note: int) -> None:
    """Remove a note."""
    with transaction(connection):
        connection.execute("delete from note where id = ?", (note,))


def _keep_heard(connection: apsw.Connection, recording: Recording, spans: Spans) -> None:
    """Join seconds that were heard with those that were heard before."""
    with transaction(connection):
        number = number_of(connection, recording)
        row = connection.execute("select spans from heard where id = ?", (number,)).fetchone()
        before = Spans() if row is None else Spans.from_bytes(row[0])
        # As they will be read: a query must not see other seconds than the person.
        joined = Spans.from_bytes(Spans.of(before.pairs + spans.pairs).to_bytes())
        if number is not None and joined.pairs and joined != before:
            connection.execute(
                "insert or replace into heard values (?, ?, ?)", (number, joined.seconds, joined.to_bytes())
            )


def _marks(rows: Sequence[tuple[Any, ...]], same: SameSound | None) -> Marks:
    """The rows of one recording: a row a note, or one row if there are none."""
    _, star, spans, gone, exported, figures, rank, _, listed, *_ = rows[0]
    return Marks(
        starred=star is not None,
        heard=Spans() if spans is None else Spans.from_bytes(spans),
        notes=tuple(
            Note(id=number, text=json.loads(value), at=at, made=from_micros(made))
            for *_, number, value, at, made in rows
            if number is not None
        ),
        exported=None if exported is None else from_micros(exported),
        gone=None if gone is None else from_micros(gone),
        health=health_of(figures, rank),
        transcribed=listed is not None,
        same=same,
    )
