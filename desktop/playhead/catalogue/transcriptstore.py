"""Transcripts, kept so that queries find what was said: `core.stores.Transcripts` in the catalogue."""

import json
from dataclasses import asdict

import apsw

from playhead.catalogue.connection import transaction
from playhead.catalogue.desk import Desk
from playhead.catalogue.rows import number_of
from playhead.core.recording import Recording
from playhead.core.text import fold
from playhead.core.transcript import Line, Transcript


class TranscriptStore:
    """Transcripts by recording."""

    def __init__(self, writing: Desk, reading: Desk) -> None:
        self._writing = writing
        self._reading = reading

    async def read(self, recording: Recording) -> Transcript | None:
        """The transcript that `keep` kept."""
        return await self._reading.run(_read, recording)

    async def keep(self, recording: Recording, transcript: Transcript) -> None:
        """Keep the transcript of a recording that is in the catalogue, in place of an earlier one."""
        await self._writing.run(_keep, recording, transcript)

    async def keep_none(self, recording: Recording) -> None:
        """Remember that there was none to be had of a recording, unless one is kept."""
        await self._writing.run(_keep_none, recording)

    async def given_none(self, recording: Recording) -> bool:
        """True if that is remembered."""
        return await self._reading.run(_given_none, recording)


def _read(connection: apsw.Connection, recording: Recording) -> Transcript | None:
    """The transcript that was kept of a recording."""
    row = connection.execute(
        "select value from transcript where id = ?", (number_of(connection, recording),)
    ).fetchone()
    return None if row is None else from_value(row[0])


def from_value(value: str) -> Transcript:
    """The transcript that `keep` kept as `value`."""
    known = json.loads(value)
    lines = tuple(Line(**line) for line in known.pop("lines"))
    return Transcript(lines=lines, **known)


def _keep(connection: apsw.Connection, recording: Recording, transcript: Transcript) -> None:
    """Keep what was said instead of what was kept before, if the recording is (still) there."""
    value = json.dumps(asdict(transcript), separators=(",", ":"))
    with transaction(connection):
        number = number_of(connection, recording)
        # Not `insert or replace`: what it replaces would stay in the index.
        connection.execute("delete from transcript where id = ?", (number,))
        connection.execute(
            "insert into transcript select id, ?, ? from recording where id = ?",
            (fold(transcript.text), value, number),
        )


def _keep_none(connection: apsw.Connection, recording: Recording) -> None:
    with transaction(connection):
        number = number_of(connection, recording)
        connection.execute(
            "insert or ignore into untold select id from recording"
            " where id = ? and id not in (select id from transcript)",
            (number,),
        )


def _given_none(connection: apsw.Connection, recording: Recording) -> bool:
    number = number_of(connection, recording)
    return connection.execute("select 1 from untold where id = ?", (number,)).fetchone() is not None
