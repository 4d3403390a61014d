"""Words of one or two letters: which recordings show them, kept as a bit for each recording.

The index of words knows groups of three letters; for fewer, all would have to be read. Here recordings have
parts by their ids, and each part is read once, when it is full. What came later, or was written anew, is few,
and looked at besides.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import apsw

from playhead.catalogue.conditions import Condition, elsewhere
from playhead.catalogue.connection import ids_of, only_row, snapshot, transaction
from playhead.core.finding.query import Query, Word

LONGEST: Final = 2
"""Letters of the words that are known here."""
LETTER_PART: Final = 16_384
"""Recordings of one part."""
_FEW: Final = 500
"""Recordings written anew, after which a part is read again."""
_UNSET: Final = b"0"
_SET: Final = ord("1")
_TRUE: Final = bytes.maketrans(b"01", b"\0\1")


@dataclass(frozen=True, slots=True)
class Shown:
    """The letters that are shown by the recordings of a part."""

    part: int
    moved: int
    """The last change of a recording that it knows of."""
    bits: Mapping[str, bytes]
    """Bits of each group of letters, packed."""


def due(connection: apsw.Connection, size: int = LETTER_PART) -> int | None:
    """A part that is to be read; None if there is none, or if nobody notes which recordings change."""
    if connection.execute("select 1 from ranking").fetchone() is None:
        return None
    (full,) = only_row(connection, "select (ifnull(max(id), -1) + 1) / ? from search", (size,))
    (known,) = only_row(connection, "select count(*) from lettered")
    if known < full:
        return int(known)
    row = connection.execute(
        "select part from moved join lettered on part = recording / ? where number > lettered.moved"
        " group by part having count(*) > ? limit 1",
        (size, _FEW),
    ).fetchone()
    return None if row is None else int(row[0])


def read(connection: apsw.Connection, part: int, size: int = LETTER_PART) -> Shown:
    """Read what the recordings of a part show."""
    flags: dict[str, bytearray] = {}
    with snapshot(connection):
        (moved,) = only_row(connection, "select ifnull(max(number), 0) from moved")
        rows = connection.execute(
            "select id % ?, text from search where id >= ? and id < ?", (size, part * size, (part + 1) * size)
        )
        for place, text in rows:
            for group in {*text, *(one + other for one, other in pairwise(text))}:
                if group not in flags:
                    flags[group] = bytearray(_UNSET * size)
                flags[group][place] = _SET
    bits = {group: zlib.compress(int(each, 2).to_bytes(-(-size // 8)), 1) for group, each in flags.items()}
    return Shown(part, moved, bits)


def keep(connection: apsw.Connection, shown: Shown) -> None:
    """Keep what a part shows. Nothing is kept where changes are not noted any more: an account has left."""
    with transaction(connection):
        if connection.execute("select 1 from ranking").fetchone() is None:
            return
        connection.execute("delete from shown where part = ?", (shown.part,))
        connection.executemany(
            "insert into shown values (?, ?, ?)",
            ((group, shown.part, bits) for group, bits in shown.bits.items()),
        )
        connection.execute("insert or replace into lettered values (?, ?)", (shown.part, shown.moved))


def word_of(query: Query) -> Word | None:
    """The word of a query that is nothing but one short word; None if it is something else."""
    match query.conditions:
        case (Word(text, "", ()) as word,) if 0 < len(text) <= LONGEST:
            return word
        case _:
            return None


def matching(
    connection: apsw.Connection, word: Word, condition: Condition, size: int = LETTER_PART
) -> bytearray | None:
    """A byte for each id: 1 if it matches `word`, as `condition` says; None if too little is known."""
    known, last = only_row(
        connection, "select (select count(*) from lettered), (select ifnull(max(id), 0) from search)"
    )
    if last + 1 >= (known + 2) * size:
        return None
    here = bytearray(max(last + 1, known * size))
    for part, packed in connection.execute("select part, flags from shown where letters = ?", (word.text,)):
        bits = format(int.from_bytes(zlib.decompress(packed)), f"0{size}b")
        here[part * size : (part + 1) * size] = bits.encode().translate(_TRUE)
    moved = (
        "select distinct recording as id from moved join lettered on part = recording / ?"
        " where number > lettered.moved"
    )
    for each in ids_of(connection, moved, (size,)):
        here[each] = 0
    others = f"select id from search where id >= ? union all {moved}"
    for rows, values in (
        (
            f"select id from ({others}) cross join search using (id) where {condition.sql}",
            (known * size, size, *condition.values),
        ),
        _elsewhere(word),
    ):
        for each in ids_of(connection, rows, values):
            here[each] = 1
    return here


def forget_all(connection: apsw.Connection) -> None:
    """Forget what every part shows."""
    connection.execute("delete from shown")
    connection.execute("delete from lettered")


def _elsewhere(word: Word) -> tuple[str, tuple[object, ...]]:
    found = elsewhere(word.text)
    return f"select id from search where {found.sql}", found.values
