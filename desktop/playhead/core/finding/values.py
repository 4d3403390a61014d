"""Reading the values after the field words of a query."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from playhead.core.finding.amounts import DURATION, HEARD, SIZE, quoted
from playhead.core.finding.numbers import dialled
from playhead.core.finding.query import All, Either, Field, Flag, Is, Match, Node, Not, Number, Way
from playhead.core.finding.tokens import Token
from playhead.core.recording import KINDS
from playhead.core.text import digits_of, fold, looks_like_number

_BEFORE_COMMA = re.compile(r"(?:^|[^\d:])\d+$")
_BEHIND_COMMA = re.compile(r"\d+(?![\d:])")

AMOUNTS: Final = frozenset({"duration", "size", "heard"})
"""The field words whose values are amounts."""

UNKNOWN: Final = "unknown"
"""Stands for a side of which a call says nothing."""
CALLS: Final = ("call", "conference")
"""The kinds of recordings that have sides."""

Reader = Callable[[Token, str], Node]
"""Reads one value; the token is what a fault is said of."""


def values_of(field: str, written: str) -> list[str]:
    """What is written after a colon, parted at commas outside quotation marks, without blanks there.

    Of an amount a comma between two figures is a part, not of times of a clock: `30s,2m` are two amounts.
    """
    parts: list[str] = re.findall(r'((?:[^,"]|"[^"]*")*)(?:,|$)', written)
    if field in AMOUNTS:
        parts = _rejoined(parts)
    return [part.strip().replace('"', "") for part in parts]


def _rejoined(parts: Sequence[str]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if found and _BEFORE_COMMA.search(found[-1]) and _BEHIND_COMMA.match(part):
            found[-1] += f",{part}"
        else:
            found.append(part)
    return found


def _kind(token: Token, value: str) -> Node:
    kind = fold(value)
    singular = kind.removesuffix("s")
    if kind not in KINDS and singular not in KINDS:
        token.refuse(f"There is no kind {quoted(value)}. There are: {', '.join(KINDS)}.")
    return Match(Field.KIND, kind if kind in KINDS else singular, Way.WHOLE)


def _direction(token: Token, value: str) -> Node:
    known = {"in": "incoming", "incoming": "incoming", "out": "outgoing", "outgoing": "outgoing"}
    if fold(value) not in known:
        token.refuse(f"A direction is “in” or “out”, not {quoted(value)}.")
    return Match(Field.DIRECTION, known[fold(value)], Way.WHOLE)


def _flag(token: Token, value: str) -> Node:
    if fold(value) not in set(Flag):
        token.refuse(
            f"{quoted('is:' + value)} is not known. There are: {', '.join('is:' + flag for flag in Flag)}."
        )
    return Is(Flag(fold(value)))


def _text(field: Field, way: Way) -> Reader:
    def read(_token: Token, value: str) -> Node:
        pattern = fold(value)
        return Match(field, pattern, Way.WILD if "*" in pattern else way)

    return read


def _side(field: Field) -> Reader:
    """A number however it is written, or a name. `+…` means from its beginning, `*` any characters."""

    def read(_token: Token, written: str) -> Node:
        value = dialled(written)
        bare = value.replace("*", "")
        if bare and looks_like_number(bare if len(digits_of(bare)) >= 3 else bare + "000"):
            if "*" in value:
                first, *rest = value.split("*")
                pattern = "*".join([digits_of(first), *(re.sub(r"\D", "", part) for part in rest)])
                anchored = value.startswith(("+", "00", "*"))
                return Number(field, pattern if anchored else "*" + pattern.lstrip("0"), Way.WILD)
            if value.startswith(("+", "00")):
                digits = digits_of(value)
                return Number(field, digits, Way.WHOLE if len(digits) >= 11 else Way.START)
            return Number(field, digits_of(value).lstrip("0") or "0", Way.PART)
        pattern = fold(written)
        match = Match(field, pattern, Way.WILD if "*" in pattern else Way.PART)
        return Either((match, _unknown(field))) if pattern == UNKNOWN else match

    return read


def _unknown(field: Field) -> Node:
    """Calls that do not say who is on this side."""
    calls = tuple(Match(Field.KIND, kind, Way.WHOLE) for kind in CALLS)
    sides = (Field.FROM, Field.TO) if field is Field.WITH else (field,)
    return All((Either(calls), Either(tuple(Not(Match(side, "")) for side in sides))))


READERS: Final[Mapping[str, Reader]] = {
    "duration": DURATION.span,
    "size": SIZE.span,
    "heard": HEARD.span,
    "is": _flag,
    "kind": _kind,
    "direction": _direction,
    "from": _side(Field.FROM),
    "to": _side(Field.TO),
    "with": _side(Field.WITH),
    "status": _text(Field.STATUS, Way.WHOLE),
    "format": _text(Field.FORMAT, Way.WHOLE),
    "name": _text(Field.NAME, Way.PART),
    "id": _text(Field.ID, Way.PART),
    "channel": _text(Field.CHANNEL, Way.PART),
    "call": _text(Field.CALL, Way.PART),
    "note": _text(Field.NOTE, Way.PART),
}
"""How the values after each field word are read: those that need neither accounts, providers nor the time."""
