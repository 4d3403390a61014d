"""Facets: what recordings are counted by, kept by their ids, so that nobody has to read the table for it.

A facet is a column of numbers, or of texts, in parts by ids. Columns of few values are one facet: a recording
has the code of a *trait*, which is a set of values of those columns. Each part is read once, when it is full.
What came later, or was written anew, is few, and looked at besides (`others`).
"""

import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import apsw

from playhead.catalogue.conditions import Condition
from playhead.catalogue.connection import only_row, snapshot, transaction
from playhead.catalogue.rows import UNDATED
from playhead.core.finding import fields
from playhead.core.finding.query import Field

PART: Final = 4_096
"""Recordings of one part."""
_FEW: Final = 500
"""Recordings written anew, after which a part is read again."""
_MOST: Final = 5_000
"""Traits that are worth being told apart: with more, as no provider has, nothing is kept."""
BETWEEN: Final = "\x01"
"""Between two texts: a sign that no folded text has."""

TRAIT: Final = "trait"
NUMBERS: Final[Mapping[str, str]] = {"newest": "q", "duration": "d", "size": "d"}
"""Columns of `search` that are kept as numbers, and the form that these have."""
_PLAIN: Final = frozenset({"newest"})
"""Those that are not packed: every timeline needs them, and unpacking would take half of its time."""
TRAITS: Final = (
    "account", "provider", "kind", "direction", "status", "format", "stereo", "transcribed", "playable"
)  # fmt: skip
"""Columns of `search`, and of `trait`, that have few values."""
CODE: Final = "H"
"""The form of codes; 0 is that of ids without a recording."""


def _texts(*counted: Field) -> Mapping[str, str]:
    return {each.word: each.value.columns[0] for each in counted if each.value is not None}


TEXTS: Final = _texts(fields.FROM, fields.TO, fields.NAME, fields.CHANNEL)
"""Fields whose text is kept, and the expressions that give it."""


@dataclass(frozen=True, slots=True)
class FacetPart:
    """What was read of the recordings of a part."""

    part: int
    moved: int
    """The last change of a recording that it knows of."""
    numbers: Mapping[str, "array[Any]"]
    traits: Sequence[tuple[object, ...]]
    places: "array[int]"
    """For each id the place of its trait among `traits`, from 1 on."""
    texts: Mapping[str, bytes]


def due(connection: apsw.Connection, size: int = PART) -> int | None:
    """A part that is to be read; None if there is none, or if nobody notes which recordings change."""
    if connection.execute("select 1 from ranking").fetchone() is None:
        return None
    full, known, traits = only_row(
        connection,
        "select (select (ifnull(max(id), -1) + 1) / ? from search), (select count(*) from faceted),"
        " (select count(*) from trait)",
        (size,),
    )
    if traits > _MOST:
        return None
    if known < full:
        return int(known)
    row = connection.execute(
        "select part from moved join faceted on part = recording / ? where number > faceted.moved"
        " group by part having count(*) > ? limit 1",
        (size, _FEW),
    ).fetchone()
    return None if row is None else int(row[0])


def read(connection: apsw.Connection, part: int, size: int = PART) -> FacetPart:
    """Read what the recordings of a part are counted by."""
    numbers: dict[str, array[Any]] = {name: array(form, bytes(8 * size)) for name, form in NUMBERS.items()}
    numbers["newest"] = array("q", [UNDATED]) * size
    places, texts = array(CODE, bytes(2 * size)), {name: _Texts(size) for name in TEXTS}
    traits: dict[tuple[object, ...], int] = {}
    shown = ", ".join(f"ifnull({each}, '')" for each in TEXTS.values())
    with snapshot(connection):
        (moved,) = only_row(connection, "select ifnull(max(number), 0) from moved")
        for place, newest, duration, length, *rest in connection.execute(
            f"select id % ?, newest, duration, size, {shown}, {', '.join(TRAITS)}"
            " from search where id >= ? and id < ?",
            (size, part * size, (part + 1) * size),
        ):
            numbers["newest"][place] = newest
            numbers["duration"][place] = _number(duration)
            numbers["size"][place] = _number(length)
            for kept, text in zip(texts.values(), rest, strict=False):
                kept.put(place, text)
            places[place] = traits.setdefault(tuple(rest[len(TEXTS) :]), len(traits) + 1)
    packed = {name: each.packed for name, each in texts.items()}
    return FacetPart(part, moved, numbers, list(traits), places, packed)


def keep(connection: apsw.Connection, found: FacetPart) -> None:
    """Keep a part. Nothing is kept where changes are not noted any more: an account has left."""
    with transaction(connection):
        if connection.execute("select 1 from ranking").fetchone() is None:
            return
        codes = [0, *(_code(connection, each) for each in found.traits)]
        contents = {
            **{
                name: _bytes(each) if name in _PLAIN else _packed(each)
                for name, each in found.numbers.items()
            },
            TRAIT: _packed(array(CODE, map(codes.__getitem__, found.places))),
            **found.texts,
        }
        connection.executemany(
            "insert or replace into facet values (?, ?, ?)",
            ((name, found.part, content) for name, content in contents.items()),
        )
        connection.execute("insert or replace into faceted values (?, ?)", (found.part, found.moved))


def known(connection: apsw.Connection, size: int = PART) -> int | None:
    """The number of ids from 0 on whose facets are kept; None if too little is known to be of use."""
    parts, last = only_row(
        connection, "select (select count(*) from faceted), (select ifnull(max(id), 0) from search)"
    )
    return None if not parts or last + 1 >= (parts + 2) * size else int(parts) * size


def others(number: int, size: int = PART) -> Condition:
    """A SELECT of the recordings that the first `number` ids do not tell of, or not as they are by now."""
    return Condition(
        "select id from search where id >= ? union all"
        " select distinct recording as id from moved join faceted on part = recording / ?"
        " where number > faceted.moved and recording < ?",
        (number, size, number),
    )


def rest(number: int, size: int = PART) -> Condition:
    """The FROM of the same."""
    ids = others(number, size)
    return Condition(f"({ids.sql}) as near cross join search using (id)", ids.values)


def contents(connection: apsw.Connection, name: str) -> Iterable[bytes]:
    """The parts of a facet, in the order of ids, lowest bytes first."""
    rows = connection.execute("select content from facet where name = ? order by part", (name,))
    return (content if name in _PLAIN else zlib.decompress(content) for (content,) in rows)


def forget_all(connection: apsw.Connection) -> None:
    """Forget every part."""
    for table in ("facet", "faceted", "trait"):
        connection.execute(f"delete from {table}")


class _Texts:
    """The texts of a part, each once, and which of them each recording has."""

    def __init__(self, size: int) -> None:
        self._places = array(CODE, bytes(2 * size))
        self._texts = {"": 0}

    def put(self, place: int, text: str) -> None:
        self._places[place] = self._texts.setdefault(text, len(self._texts))

    @property
    def packed(self) -> bytes:
        return _packed(self._places, BETWEEN.join(self._texts).encode())


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _code(connection: apsw.Connection, trait: tuple[object, ...]) -> int:
    same = " and ".join(f"{column} is ?" for column in TRAITS)
    row = connection.execute(f"select code from trait where {same}", trait).fetchone()
    if row is not None:
        return int(row[0])
    columns = ", ".join(TRAITS)
    connection.execute(f"insert into trait ({columns}) values ({', '.join('?' * len(TRAITS))})", trait)
    return connection.last_insert_rowid()


def _bytes(numbers: "array[Any]") -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _packed(numbers: "array[Any]", more: bytes = b"") -> bytes:
    return zlib.compress(_bytes(numbers) + more, 1)
