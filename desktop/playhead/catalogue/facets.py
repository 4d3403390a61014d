"""Facets: what recordings are counted by, kept by their ids, so that nobody has to read the table for it.

A facet is a column of numbers, or of codes of texts that go together, in parts by ids. Columns of few values
are one facet: a recording has the code of a *trait*, which is a set of values of those columns. Each part is
read once, when it is full. What came later, or was written anew, is few, and looked at besides (`others`).
"""

import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final, Generic, TypeVar

import apsw

from playhead.catalogue.conditions import Condition
from playhead.catalogue.connection import only_row, snapshot, transaction
from playhead.catalogue.rows import UNDATED
from playhead.core.finding import fields
from playhead.core.finding.query import Field

T = TypeVar("T")

FACET_PART: Final = 4_096
"""Recordings of one part."""
_FEW: Final = 500
"""Recordings written anew, after which a part is read again."""
_LACKING: Final = 20
"""Share of all recordings that may be looked at besides, while more and more arrive."""
_MOST: Final = 5_000
"""Traits that are worth being told apart: with more, as no provider has, nothing is kept."""
_SETS: Final = 200_000
"""Sets of texts that are worth the same; of columns in which most recordings differ the facet is given up."""

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


Texts = tuple[str | None, ...]
"""The texts that a recording has in the columns of a facet."""


@dataclass(frozen=True, slots=True)
class TextFacet:
    """Columns of `search` whose texts go together, and the table that has each set of these texts once."""

    table: str
    columns: Mapping[str, str]
    """Columns of `search`, and what they are called in the table."""
    value: str
    """The expression over `search` that recordings are counted by."""

    @property
    def rows(self) -> str:
        """A FROM clause of all sets of texts, with their codes, as if they were rows of `search`."""
        named = ", ".join(f"{kept} as {column}" for column, kept in self.columns.items())
        return f"(select code, {named} from {self.table}) as search"


def _facet(table: str, field: Field, columns: Mapping[str, str]) -> TextFacet:
    assert field.value is not None
    return TextFacet(table, columns, field.value.columns[0])


def _side(field: Field) -> TextFacet:
    names = ("digits", "address", "name", "anonymous")
    return _facet("facet_side", field, {f"{field.word}_{each}": each for each in names})


TEXTS: Final[Mapping[str, TextFacet]] = {
    "from": _side(fields.FROM),
    "to": _side(fields.TO),
    "name": _facet("facet_name", fields.NAME, {"name": "name", "filename": "filename"}),
    "channel": _facet("facet_channel", fields.CHANNEL, {"channel": "channel"}),
}
"""Facets of texts. Both sides of a call have their texts in one table, as most numbers ring and are rung."""
TEXT_COLUMNS: Final = frozenset(column for each in TEXTS.values() for column in (*each.columns, each.value))
"""Columns of `search`, and expressions over it, that they tell of."""
TEXT_CODE: Final = "I"
"""The form of codes of sets of texts."""


@dataclass(frozen=True, slots=True)
class FacetPart:
    """Values of the recordings of a part."""

    part: int
    moved: int
    """The last change of a recording that it knows of."""
    numbers: Mapping[str, "array[Any]"]
    traits: "PartValues[tuple[object, ...]]"
    texts: Mapping[str, "PartValues[Texts]"]


class PartValues(Generic[T]):
    """The values of a part, each once, and the place among them, from 1 on, of that of each recording."""

    def __init__(self, size: int) -> None:
        self.places = array(CODE, bytes(2 * size))
        self._values: dict[T, int] = {}

    def put(self, place: int, value: T) -> None:
        """Take the value of a recording."""
        self.places[place] = self._values.setdefault(value, len(self._values) + 1)

    @property
    def values(self) -> Sequence[T]:
        """All of them."""
        return list(self._values)


def due(connection: apsw.Connection, size: int = FACET_PART) -> int | None:
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


def read(connection: apsw.Connection, part: int, size: int = FACET_PART) -> FacetPart:
    """Read what the recordings of a part are counted by."""
    numbers: dict[str, array[Any]] = {name: array(form, bytes(8 * size)) for name, form in NUMBERS.items()}
    numbers["newest"] = array("q", [UNDATED]) * size
    traits, texts = PartValues[tuple[object, ...]](size), {name: PartValues[Texts](size) for name in TEXTS}
    ends = list(accumulate((len(each.columns) for each in TEXTS.values()), initial=0))
    shown = ", ".join(column for each in TEXTS.values() for column in each.columns)
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
            for kept, (start, end) in zip(texts.values(), pairwise(ends), strict=True):
                kept.put(place, tuple(rest[start:end]))
            traits.put(place, tuple(rest[ends[-1] :]))
    return FacetPart(part, moved, numbers, traits, texts)


def keep(connection: apsw.Connection, found: FacetPart, most: int = _SETS) -> None:
    """Keep a part, but no facet with more than `most` sets of texts.

    Nothing is kept where changes are not noted any more: an account has left.
    """
    with transaction(connection):
        if connection.execute("select 1 from ranking").fetchone() is None:
            return
        packed = {
            name: _bytes(each) if name in _PLAIN else _packed(each) for name, each in found.numbers.items()
        }
        codes = [0, *(_code_of(connection, each) for each in found.traits.values)]
        packed[TRAIT] = _packed_codes(array(CODE, map(codes.__getitem__, found.traits.places)))
        for name, texts in found.texts.items():
            of_texts = _codes_of(connection, TEXTS[name], texts.values, most)
            if of_texts is None:
                connection.execute("delete from facet where name = ?", (name,))
            else:
                places = map([0, *of_texts].__getitem__, texts.places)
                packed[name] = _packed_codes(array(TEXT_CODE, places))
        connection.executemany(
            "insert or replace into facet values (?, ?, ?)",
            ((name, found.part, content) for name, content in packed.items()),
        )
        connection.execute("insert or replace into faceted values (?, ?)", (found.part, found.moved))


def known(connection: apsw.Connection, size: int = FACET_PART) -> int | None:
    """The number of ids from 0 on whose facets are kept; None if too little is known to be of use."""
    parts, last = only_row(
        connection, "select (select count(*) from faceted), (select ifnull(max(id), 0) from search)"
    )
    number = int(parts) * size
    lacking = int(last) + 1 - number
    return None if not parts or lacking >= max(2 * size, number // _LACKING) else number


def others(number: int, size: int = FACET_PART) -> Condition:
    """A SELECT of the recordings that the first `number` ids do not tell of, or not as they are by now."""
    return Condition(
        "select id from search where id >= ? union all"
        " select distinct recording as id from moved join faceted on part = recording / ?"
        " where number > faceted.moved and recording < ?",
        (number, size, number),
    )


def rest(number: int, size: int = FACET_PART) -> Condition:
    """A FROM clause over the recordings of `others`."""
    ids = others(number, size)
    return Condition(f"({ids.sql}) as near cross join search using (id)", ids.values)


def keeps(columns: Iterable[str]) -> bool:
    """Tell whether facets know the texts of these columns, or expressions."""
    return TEXT_COLUMNS.issuperset(columns)


def is_kept(connection: apsw.Connection, name: str, parts: int) -> bool:
    """Tell whether the first parts of a facet are kept: it may have been given up."""
    number = "select count(*) from facet where name = ? and part < ?"
    return only_row(connection, number, (name, parts)) == (parts,)


def contents(connection: apsw.Connection, name: str, parts: int) -> Iterable[bytes]:
    """The first parts of a facet, in the order of ids, lowest bytes first.

    Of codes, the lowest bytes of all recordings of a part come before any other.
    """
    rows = connection.execute(
        "select content from facet where name = ? and part < ? order by part", (name, parts)
    )
    return (content if name in _PLAIN else zlib.decompress(content) for (content,) in rows)


def forget_all(connection: apsw.Connection) -> None:
    """Forget every part."""
    for table in ("facet", "faceted", "trait", *(each.table for each in TEXTS.values())):
        connection.execute(f"delete from {table}")


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _code_of(connection: apsw.Connection, trait: tuple[object, ...]) -> int:
    same = " and ".join(f"{column} is ?" for column in TRAITS)
    row = connection.execute(f"select code from trait where {same}", trait).fetchone()
    if row is not None:
        return int(row[0])
    columns = ", ".join(TRAITS)
    connection.execute(f"insert into trait ({columns}) values ({', '.join('?' * len(TRAITS))})", trait)
    return connection.last_insert_rowid()


def _codes_of(
    connection: apsw.Connection, facet: TextFacet, sets: Sequence[Texts], most: int
) -> list[int] | None:
    """The codes of sets of texts, new ones among them; None if there are more than `most` already."""
    (last,) = only_row(connection, f"select ifnull(max(code), 0) from {facet.table}")
    if last > most:
        return None
    columns = tuple(facet.columns.values())
    same = " and ".join(f"{each} is ?" for each in columns)
    # The first text alone is in the index: all of them would take as much room again.
    known = f"select code from {facet.table} where coalesce({', '.join(columns)}, '') = ? and {same}"
    fresh = f"insert into {facet.table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
    codes = []
    for texts in sets:
        first = next((each for each in texts if each is not None), "")
        row = connection.execute(known, (first, *texts)).fetchone()
        if row is None:
            connection.execute(fresh, texts)
        codes.append(connection.last_insert_rowid() if row is None else int(row[0]))
    return codes


def _bytes(numbers: "array[Any]") -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _packed(numbers: "array[Any]") -> bytes:
    return zlib.compress(_bytes(numbers), 1)


def _packed_codes(codes: "array[int]") -> bytes:
    """Packed byte by byte, the lowest of all codes first: that takes four fifths of the room."""
    content = _bytes(codes)
    return zlib.compress(b"".join(content[byte :: codes.itemsize] for byte in range(codes.itemsize)), 1)
