"""What becomes of recordings here: stars, notes, which seconds were heard, and whether they are gone."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import apsw

from playhead.catalogue.connection import transaction
from playhead.catalogue.reading import number_of
from playhead.catalogue.rows import from_micros, to_key, to_micros
from playhead.core.errors import CatalogueError
from playhead.core.marks import Marks, Note, Spans
from playhead.core.recording import Recording
from playhead.core.text import fold


def marks(connection: apsw.Connection, recordings: Sequence[Recording]) -> Sequence[Marks]:
    """What the person made of each recording, in that order; nothing for one that is no longer there."""
    rows = connection.execute(
        "select wanted.key, star.id, heard.spans, gone.moment,"
        " (select max(moment) from exported where exported.id = recording.id),"
        " note.id, note.value, note.at, note.made"
        " from json_each(?) as wanted"
        " left join account on account.id = wanted.value ->> 0"
        " left join recording"
        " on recording.account = account.key and recording.key = unhex(wanted.value ->> 1)"
        " left join star on star.id = recording.id"
        " left join heard on heard.id = recording.id"
        " left join gone on gone.id = recording.id"
        " left join note on note.recording = recording.id"
        " order by wanted.key, note.at nulls first, note.id",
        (json.dumps([(each.account, to_key(each.id).hex()) for each in recordings]),),
    )
    return [_marks(list(group)) for _, group in groupby(rows, lambda row: row[0])]


def star(connection: apsw.Connection, recording: Recording, *, on: bool) -> None:
    """Give a recording its star, or take it away."""
    with transaction(connection):
        number = number_of(connection, recording)
        if on:
            connection.execute("insert or ignore into star select id from recording where id = ?", (number,))
        else:
            connection.execute("delete from star where id = ?", (number,))


def mark_gone(connection: apsw.Connection, recording: Recording) -> None:
    """Remember that the provider no longer has a recording."""
    with transaction(connection):
        connection.execute(
            "insert or ignore into gone select id, ? from recording where id = ?",
            (to_micros(datetime.now(UTC)), number_of(connection, recording)),
        )


def add_note(connection: apsw.Connection, recording: Recording, text: str, at: float | None) -> Note:
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


def change_note(connection: apsw.Connection, note: int, text: str) -> None:
    """Give a note another text."""
    with transaction(connection):
        connection.execute(
            "update note set folded = ?, value = ? where id = ?",
            (fold(text), json.dumps(text), note),
        )


def remove_note(connection: apsw.Connection, note: int) -> None:
    """Remove a note."""
    with transaction(connection):
        connection.execute("delete from note where id = ?", (note,))


def keep_heard(connection: apsw.Connection, recording: Recording, spans: Spans) -> None:
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


def _marks(rows: Sequence[tuple[Any, ...]]) -> Marks:
    """The rows of one recording: a row a note, or one row if there are none."""
    _, star, spans, gone, exported, *_ = rows[0]
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
    )
