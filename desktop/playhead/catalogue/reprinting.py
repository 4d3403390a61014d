"""Prints of sounds in the form of today, out of those that an older Playhead has kept.

The envelope and the moments of the landmarks are the same; what differs is by which numbers these are found.
Which sounds are alike was found then. Each transaction notes how far it has come.
"""

import struct
import zlib
from typing import Any, Final

import apsw

from playhead.catalogue.connection import only_row, transaction
from playhead.catalogue.samesounds import INDEXED, MOST_AT_A_LANDMARK, index, to_print
from playhead.core.health.landmarks import landmarks
from playhead.core.health.soundprint import SoundPrint

_AT_ONCE: Final = 1_000
"""Prints that are brought into another form in one transaction, in a fraction of a second."""
_HEAD: Final = struct.Struct("<4sIH")
_MARK: Final = b"PHS1"
_LANDMARK: Final = struct.Struct("<4xH5x")


def reprint(connection: apsw.Connection, at_once: int = _AT_ONCE) -> None:
    """Bring all prints into the form of today, if that was begun; once killed, it goes on next time."""
    if connection.execute("select 1 from pragma_table_list where name = 'reprinting'").fetchone() is None:
        return
    while _next(connection, at_once):
        pass
    with transaction(connection):
        connection.execute("drop table reprinting")


def _next(connection: apsw.Connection, at_once: int) -> bool:
    """Bring the next prints into the form of today; False if there are none."""
    with transaction(connection):
        rows: list[tuple[Any, ...]] = connection.execute(
            "select number, print,"
            " (select count(*) from (select 1 from sound as elder"
            " where elder.kin = sound.kin and elder.number < sound.number limit ?))"
            " from sound where number > ? and print is not null order by number limit ?",
            (MOST_AT_A_LANDMARK, *only_row(connection, "select done from reprinting"), at_once),
        ).fetchall()
        for number, kept, elders in rows:
            found = _in_form_of_today(bytes(kept))
            connection.execute(
                "update sound set print = ? where number = ?",
                (None if found is None else found.to_bytes(), number),
            )
            if found is not None and elders < MOST_AT_A_LANDMARK:
                index(connection, number, found, found.landmarks[:INDEXED])
        if rows:
            connection.execute("update reprinting set done = ?", (rows[-1][0],))
    return bool(rows)


def _in_form_of_today(kept: bytes) -> SoundPrint | None:
    try:
        mark, _, count = _HEAD.unpack_from(kept)
        if mark != _MARK:
            return to_print(kept)
        end = _HEAD.size + count * _LANDMARK.size
        moments = [at for (at,) in _LANDMARK.iter_unpack(kept[_HEAD.size : end])]
        envelope = zlib.decompress(kept[end:])
    except (struct.error, zlib.error):
        return None
    return SoundPrint(envelope, landmarks(envelope, moments))
