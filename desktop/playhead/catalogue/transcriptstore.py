"""Transcripts, kept so that queries find what was said: `core.stores.Transcripts` in the catalogue.

There are no more than a limit of bytes; those that nobody has read for longest give way.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import apsw

from playhead.catalogue.connection import only_row, shrink, transaction
from playhead.catalogue.desk import Desk
from playhead.catalogue.rows import number_of
from playhead.catalogue.saidwords import words_said
from playhead.catalogue.speechindex import tokens_of
from playhead.core.finding.completion import MOST
from playhead.core.finding.speech import folded_voices
from playhead.core.recording import Recording
from playhead.core.transcript import Line, Side, Transcript

TRANSCRIPT_LIMIT = 4_000_000_000
"""Bytes of transcripts that are kept, unless the person says otherwise."""
_AT_ONCE = 20
"""Transcripts of an older Playhead that are indexed in one transaction, in some hundredths of a second."""
_DROPPED_AT_ONCE = 50
"""Transcripts that are dropped in one transaction, in about as long."""
_DAY = 86_400
_LINE = tuple(each.name for each in fields(Line))


class TranscriptStore:
    """Transcripts by recording."""

    def __init__(self, writing: Desk, reading: Desk, counting: Desk, limit: int = TRANSCRIPT_LIMIT) -> None:
        self._writing = writing
        self._reading = reading
        self._counting = counting
        self._limit = limit

    async def read(self, recording: Recording) -> Transcript | None:
        """The transcript that `keep` kept; it is then one of those that were read last."""
        found = await self._reading.run(_read, recording)
        if found is None:
            return None
        transcript, used = found
        if used < _today():
            await self._writing.run(_touch, recording)
        return transcript

    async def several(self, recordings: Sequence[Recording]) -> Sequence[Transcript | None]:
        """Those of several recordings, in that order, as somebody looks at rows."""
        return await self._reading.run(_several, recordings)

    async def keep(self, recording: Recording, transcript: Transcript) -> None:
        """Keep the transcript of a recording that is in the catalogue, in place of an earlier one."""
        await self._writing.run(_keep, recording, transcript, self._limit)

    async def keep_none(self, recording: Recording) -> None:
        """Remember that there was none to be had of a recording, unless one is kept."""
        await self._writing.run(_keep_none, recording)

    async def given_none(self, recording: Recording) -> bool:
        """True if that is remembered."""
        return await self._reading.run(_given_none, recording)

    async def usage(self) -> tuple[int, int]:
        """Bytes of transcripts that are kept, and how many there may be."""
        return await self._reading.run(_taken), self._limit

    async def limit(self, limit: int) -> None:
        """Keep to another limit, in bytes: what is too much goes now, from the disk too."""
        self._limit = max(0, limit)
        some = False
        while await self._writing.run(_drop_some, self._limit):
            some = True
        if some:
            await self._writing.run(_give_back)

    async def empty(self) -> None:
        """Let go of all of them, as somebody wants it so; they can be fetched again."""
        while await self._writing.run(_empty_some):
            pass
        await self._writing.run(_give_back)

    async def let_go(self) -> int:
        """The number of recordings whose transcripts had to give way, and were not read again since."""
        return await self._reading.run(_let_go)

    async def words(self, begin: str, side: Side | None) -> Sequence[tuple[str, int]]:
        """The words (folded) that begin so and are in most transcripts, with the number of these."""
        return await self._counting.run_while_wanted(words_said, begin, side, MOST)

    async def unindexed(self) -> int:
        """The number of those that an older Playhead has kept, and that no query finds yet."""
        return await self._reading.run(_unindexed)

    async def index_some(self) -> bool:
        """Let queries find some of these; false if there are none."""
        return await self._writing.run(_index_older)


def _index_older(connection: apsw.Connection) -> bool:
    """Put the next transcripts of an older Playhead into the index of words; false if there are none."""
    with transaction(connection):
        rows: list[tuple[Any, ...]] = connection.execute(
            "select id, value from unsaid left join transcript using (id) limit ?", (_AT_ONCE,)
        ).fetchall()
        for number, value in rows:
            if value is not None:
                _put(connection, number, from_value(value))
            connection.execute("delete from unsaid where id = ?", (number,))
    return bool(rows)


def from_value(value: str) -> Transcript:
    """The transcript that `keep` kept as `value`."""
    known = json.loads(value)
    lines = tuple(_line(line) for line in known.pop("lines"))
    return Transcript(lines=lines, **known)


def _line(known: dict[str, Any]) -> Line:
    # An older Playhead told the side as the speaker alone.
    side = known.pop("side", known.get("speaker"))
    return Line(**known, side=Side(side) if side in set(Side) else None)


def _read(connection: apsw.Connection, recording: Recording) -> tuple[Transcript, int] | None:
    """The transcript that was kept of a recording, and when it was read last."""
    row = connection.execute(
        "select value, used from transcript where id = ?", (number_of(connection, recording),)
    ).fetchone()
    return None if row is None else (from_value(row[0]), int(row[1]))


def _several(connection: apsw.Connection, recordings: Sequence[Recording]) -> Sequence[Transcript | None]:
    found = [_read(connection, each) for each in recordings]
    return [None if each is None else each[0] for each in found]


def _touch(connection: apsw.Connection, recording: Recording) -> None:
    with transaction(connection):
        connection.execute(
            "update transcript set used = ? where id = ?", (_today(), number_of(connection, recording))
        )


def _keep(connection: apsw.Connection, recording: Recording, transcript: Transcript, limit: int) -> None:
    """Keep what was said instead of what was kept before, if the recording is (still) there."""
    with transaction(connection):
        number = number_of(connection, recording)
        if number is None:
            return
        _put(connection, number, transcript)
        connection.execute("delete from let_go where id = ?", (number,))
        connection.execute("update search set listed = 1 where id = ? and listed is null", (number,))
        _make_room(connection, limit)


def _put(connection: apsw.Connection, number: int, transcript: Transcript) -> None:
    lines = [{name: getattr(line, name) for name in _LINE} for line in transcript.lines]
    known = {"id": transcript.id, "locale": transcript.locale, "lines": lines, "summary": transcript.summary}
    value = json.dumps(known, separators=(",", ":"))
    folded = folded_voices(transcript)
    size = len(value) + len(folded.encode())
    # Not `insert or replace`: what it replaces would stay in the index.
    connection.execute("delete from transcript where id = ?", (number,))
    connection.execute(
        "insert into transcript (id, folded, value, size, used) values (?, ?, ?, ?, ?)",
        (number, folded, value, size, _today()),
    )
    connection.execute("insert into said (rowid, words) values (?, ?)", (number, tokens_of(folded)))
    connection.execute("update transcript_room set taken = taken + ?", (size,))


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


def _taken(connection: apsw.Connection) -> int:
    return int(only_row(connection, "select taken from transcript_room")[0])


def _let_go(connection: apsw.Connection) -> int:
    return int(only_row(connection, "select count(*) from let_go")[0])


def _unindexed(connection: apsw.Connection) -> int:
    return int(only_row(connection, "select count(*) from unsaid join transcript using (id)")[0])


def _make_room(connection: apsw.Connection, room: int) -> None:
    """Let go of some of those that were not read for longest, until the rest has room."""
    for _ in range(_DROPPED_AT_ONCE):
        if _taken(connection) <= room:
            return
        oldest = connection.execute("select id from transcript order by used, id limit 1").fetchone()
        if oldest is None:
            return
        connection.execute("insert or ignore into let_go values (?)", oldest)
        connection.execute("delete from transcript where id = ?", oldest)


def _drop_some(connection: apsw.Connection, room: int) -> bool:
    """Let go of some that have no room; false if all of the rest has."""
    if _taken(connection) <= room:
        return False
    with transaction(connection):
        _make_room(connection, room)
    return True


def _empty_some(connection: apsw.Connection) -> bool:
    """Let go of some; false if there are none. They were not too many, so nobody is told that."""
    with transaction(connection):
        ids = f"select id from transcript order by id limit {_DROPPED_AT_ONCE}"
        connection.execute(f"delete from transcript where id in ({ids})")
        dropped = connection.changes() > 0
        connection.execute("delete from let_go")
    return dropped


def _give_back(connection: apsw.Connection) -> None:
    """Give the room of what was dropped back to the disk."""
    with transaction(connection):
        for index in ("spoken", "said"):
            # Deleting an entry of an index only marks it; merging everything really drops it.
            connection.execute(f"insert into {index} ({index}) values ('optimize')")
    shrink(connection)


def _today() -> int:
    return int(time.time()) // _DAY
