"""Packing of what a provider told of a recording: two JSON texts in about a quarter of their bytes.

A dictionary of the usual words makes texts as short as these worth compressing; it belongs to the format, and
is never edited. What an older Playhead kept unpacked is packed a few hundred recordings at a time while the
catalogue is used; a program that is killed goes on from there.
"""

import zlib
from typing import Final

import apsw

from playhead.catalogue.connection import transaction

TOLD: Final = (
    "iif(recording.raw = '', cast(recording.value as blob), recording.value || char(10) || recording.raw)"
)
"""What is told of a recording, packed or not: an expression over table `recording`."""
PACKED: Final = "cast(? as text)"
"""What is packed, as the column `value` takes it, where `raw` is empty.

SQLite would read a whole table of strict types before it had another column.
"""

_FIRST_FORM = b"\1"
_WINDOW: Final = 12
"""Bits of the distance that is looked back: the dictionary and both texts."""
_MEMORY: Final = 4
_LEVEL: Final = 3
"""Above, a twentieth less takes a fifth longer."""
_WORDS: Final = (
    b'{"name":"Welcome.mp3","filename":"recording_file_type":"duration_seconds":,"type":"prompt",'
    b'"provider":"convirza","kind":"whisper","kind":"voicemail","kind":"survey","kind":"conference",'
    b'"country":"NL","countryIsoCode":"NL","contact":"anonymous":true,"conference":"conferenceId":"origin":'
    b'"inbound","creator":"fault":"absent","failed","completed","ongoing","accepted","format":"wav",'
    b'{"id":"source":"call","sourceId":"callId":"channelId":"status":"available","origin":"stereo":true,'
    b'"format":"mp3","transcription":false,"createdAt":"2025-01-01T00:00:00.000Z",'
    b'"startedAt":"2026-01-01T00:00:00.000Z","updatedAt":"2026-01-01T00:00:00.000+00:00",'
    b'"endedAt":"2026-01-01T00:00:00.000000+00:00","duration":0,"direction":"outgoing","originator":'
    b'{"contact":{"identifierKey":"phonenumber","identifierValue":"+1"},"number":{"callerIdName":"",'
    b'"countryIsoCode":"US","type":"pstn","number":"+1","identity":"+1","anonymous":false}},"receiver":'
    b'{"identifierKey":"phonenumber","identifierValue":"+31"}}\n'
    b'{"provider":"bird","kind":"call","direction":"incoming","status":"available","caller":{"number":"+1",'
    b'"identity":"+1","name":"","country":"US","line":"pstn"},"callee":{"number":"+1","identity":"+1",'
    b'"line":"pstn"},"started":17,"ended":17,"created":17,"updated":17,"duration":0.0,"format":"mp3",'
    b'"stereo":false,"transcribed":false,"size":0,"channel":"","call":"","position":0}\n'
)
_AT_ONCE: Final = 200
"""Recordings that are packed between two looks at what else is to be written: about 30 ms."""
_PAGES_AT_ONCE: Final = 400
"""Pages that are given back to the disk likewise."""


def pack(told: str) -> bytes:
    """Pack a text; `unpack` gives it back."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -_WINDOW, _MEMORY, zlib.Z_DEFAULT_STRATEGY, _WORDS)
    return _FIRST_FORM + packer.compress(told.encode()) + packer.flush()


def unpack(told: str | bytes) -> str:
    """The text that `pack` was given, or that was never packed."""
    if isinstance(told, str):
        return told
    return zlib.decompressobj(-_WINDOW, _WORDS).decompress(told[len(_FIRST_FORM) :]).decode()


def pack_next(connection: apsw.Connection, at_once: int = _AT_ONCE) -> bool:
    """Pack the next recordings of an older catalogue, then give the room to the disk; False at the end."""
    if connection.execute("select 1 from packing").fetchone() is None:
        return False
    if not _pack_some(connection, at_once):
        connection.execute(f"pragma incremental_vacuum({_PAGES_AT_ONCE})").fetchall()
        if not connection.pragma("freelist_count"):
            with transaction(connection):
                connection.execute("delete from packing")
    return True


def _pack_some(connection: apsw.Connection, at_once: int) -> bool:
    """Put packed rows in the place of others, so that their pages are freed; False if none is left.

    An update would leave every page as it is, three quarters empty. What hangs on a row that goes and comes
    in one transaction must not go with it.
    """
    connection.pragma("foreign_keys", "off")
    try:
        with transaction(connection):
            rows = connection.execute(
                "select id, account, key, measured, value || char(10) || raw from recording"
                " where id > (select done from packing) and raw <> '' order by id limit ?",
                (at_once,),
            ).fetchall()
            if rows:
                numbers = [(number,) for number, *_ in rows]
                connection.executemany("delete from recording where id = ?", numbers)
                connection.executemany(
                    "insert into recording (id, account, key, measured, value, raw)"
                    f" values (?, ?, ?, ?, {PACKED}, '')",
                    [(*row, pack(str(told))) for *row, told in rows],
                )
                connection.execute("update packing set done = ?", numbers[-1])
    finally:
        connection.pragma("foreign_keys", "on")
    return bool(rows)
