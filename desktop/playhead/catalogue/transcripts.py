"""What was said in recordings, kept so that it can be found again."""

import json
from dataclasses import asdict

import apsw

from playhead.catalogue.connection import transaction
from playhead.catalogue.reading import number_of
from playhead.core.recording import Recording
from playhead.core.text import fold
from playhead.core.transcript import Line, Transcript


def transcript(connection: apsw.Connection, recording: Recording) -> Transcript | None:
    """What was kept of a recording."""
    row = connection.execute(
        "select value from transcript where id = ?", (number_of(connection, recording),)
    ).fetchone()
    return None if row is None else from_value(row[0])


def from_value(value: str) -> Transcript:
    """The transcript that `keep_transcript` kept as `value`."""
    known = json.loads(value)
    lines = tuple(Line(**line) for line in known.pop("lines"))
    return Transcript(lines=lines, **known)


def keep_transcript(connection: apsw.Connection, recording: Recording, transcript: Transcript) -> None:
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
