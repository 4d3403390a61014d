"""Reading the values after the field words of a query."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from playhead.core.finding.query import (
    All,
    Either,
    Field,
    Flag,
    Is,
    Match,
    Measure,
    Node,
    Not,
    Number,
    Span,
    Way,
)
from playhead.core.finding.tokens import Token
from playhead.core.recording import KINDS, ProviderName
from playhead.core.text import digits_of, fold, looks_like_number, shortened, western

_AMOUNT = r"\d{1,6}(?:\.\d{1,3})?"
_LENGTH = re.compile(
    # `1h30` is refused: a clock reads it as minutes, `2m30` as seconds.
    rf"(?:(?P<h>{_AMOUNT})h(?=$|[\d.]+[ms]))?(?:(?P<m>{_AMOUNT})m(?:in)?)?(?:(?P<s>{_AMOUNT})s?)?"
)
_SIZE = re.compile(r"(\d{1,9})(?:\.(\d{1,3}))? ?(b|bytes|[kmgt]i?b?)?", re.IGNORECASE)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,3})?) ?%?")
_CLOCK = re.compile(r"(?:(\d{1,6}):)?(\d{1,2}):(\d{2})")

_DECIMAL = re.compile(r"(?<![\d,:])(?<!\d\.)(\d+)([.,])(\d+)(?![\d,:])(?!\.\d) ?([a-z%]*)", re.IGNORECASE)
"""A number with one decimal sign, or with a sign between its thousands, and its unit."""

UNKNOWN: Final = "unknown"
"""Stands for a side of which a call says nothing."""
CALLS: Final = ("call", "conference")
"""The kinds of recordings that have sides."""

Reader = Callable[[Token, str], Node]
"""Reads one value; the token is what a fault is said of."""


def quoted(value: str) -> str:
    """`value` as a sentence cites it: in quotation marks, and never long."""
    return f"“{shortened(value, 40)}”"


def split_amounts(token: Token, written: str) -> list[str]:
    """The amounts after a colon, each with a full stop as its decimal sign.

    A comma between two figures is a decimal comma if a unit follows: `1,5m`. What can be read in two ways is
    refused: no other filter than the one that was meant may come of it.
    """
    plain = western(written).replace('"', "")
    for number in _DECIMAL.finditer(plain):
        whole, sign, rest, unit = number.groups()
        if len(rest) == 3 and not whole.startswith("0"):
            either = f"{whole}.{rest.rstrip('0') or '0'}{unit} or {whole}{rest}{unit}"
            token.refuse(f"{quoted(number[0])} can be two amounts. Write {either}.")
        if sign == "," and not unit:
            token.refuse(f"{quoted(number[0])} can be one amount or two. Write {whole}.{rest} for one.")
    return amounts_in(written)


def amounts_in(written: str) -> list[str]:
    """The amounts in `written`, parted at commas that are no decimal commas, whether or not they are read."""
    pointed = _DECIMAL.sub(lambda number: number[0].replace(",", "."), western(written).replace('"', ""))
    return [part.strip() for part in pointed.split(",")]


def split_values(written: str) -> list[str]:
    """What is written after a colon, parted at commas outside quotation marks, without blanks there."""
    parts = re.findall(r'((?:[^,"]|"[^"]*")*)(?:,|$)', written)
    return [part.strip().replace('"', "") for part in parts]


def _provider(token: Token, value: str) -> Node:
    if fold(value) not in set(ProviderName):
        token.refuse(f"There is no provider {quoted(value)}. There are: {', '.join(ProviderName)}.")
    return Match(Field.PROVIDER, fold(value), Way.WHOLE)


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
        value = western(written)
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


@dataclass(frozen=True, slots=True)
class _Scale:
    """How the numbers of a measure are read, alone and in ranges."""

    measure: Measure
    name: str
    read: Callable[[Token, str], float]
    reach: Callable[[str], float]
    """How far a number alone reaches: `duration:90` is up to 91 seconds, `heard:50` up to 51 percent."""
    just_over: Callable[[float], float]
    """The next number that a measure can have."""

    def span(self, token: Token, value: str) -> Node:
        """What `A`, `A..B`, `A..`, `..B`, `>A`, `>=A`, `<A` and `<=A` mean; both ends belong to a range."""
        if ".." in value:
            return self._between(token, value)
        for sign in (">=", "<=", ">", "<"):
            if value.startswith(sign):
                bound = self.read(token, value[len(sign) :])
                edge = self.just_over(bound) if sign in {"<=", ">"} else bound
                low, high = (edge, None) if sign.startswith(">") else (None, edge)
                return Span(self.measure, low, high)
        bound = self.read(token, value)
        return Span(self.measure, bound, bound + self.reach(value))

    def _between(self, token: Token, value: str) -> Node:
        if not value.strip("."):
            token.refuse(f"Write {self.name} before or after the two dots.")
        low_text, _, high_text = value.partition("..")
        low = self.read(token, low_text) if low_text else None
        high = self.read(token, high_text) if high_text else None
        if low is not None and high is not None and low > high:
            token.refuse(f"The range ends before it begins: {shortened(value, 40)}.")
        return Span(self.measure, low, None if high is None else self.just_over(high))


def _seconds(token: Token, value: str) -> float:
    clock = _CLOCK.fullmatch(value.strip())
    if clock is not None:
        hours, minutes, seconds = clock.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    found = _LENGTH.fullmatch(value.strip().lower())
    if found is None or not value.strip():
        token.refuse(f"{quoted(value)} is not a duration. Write 90s, 2m, 1h30m or 2:30.")
    return float(found["h"] or 0) * 3600 + float(found["m"] or 0) * 60 + float(found["s"] or 0)


def _share(token: Token, value: str) -> float:
    found = _PERCENT.fullmatch(value.strip())
    if found is None or float(found[1]) > 100:
        token.refuse(
            f"{quoted(value)} is not a part of a recording. Write heard:<50%, heard:>=90% or heard:10%..50%."
        )
    return float(found[1]) / 100


def _bytes(token: Token, value: str) -> float:
    found = _SIZE.fullmatch(value.strip())
    if found is None:
        token.refuse(f"{quoted(value)} is not a size. Write 500kB, 1.5MB or 2GB.")
    return math.ceil(float(f"{found[1]}.{found[2] or 0}") * _unit(found[3]))


def _last_digit(value: str) -> float:
    """What one more in the last digit of a size is: `size:1MB` is up to 2 MB, `size:1.5MB` up to 1.6 MB."""
    found = _SIZE.fullmatch(value.strip())
    return 1 if found is None else max(1, _unit(found[3]) / 10 ** len(found[2] or ""))


def _unit(written: str | None) -> int:
    """Decimal, as sizes are shown; `MiB` is the binary one."""
    letters = (written or "").lower()
    power = "bkmgt".index(letters[0]) if letters else 0
    return math.prod([1024 if "i" in letters else 1000] * power)


# Durations come in whole seconds or milliseconds, sizes in whole bytes; a share may be any number.
_DURATION = _Scale(Measure.DURATION, "a duration", _seconds, lambda _: 1, lambda seconds: seconds + 0.001)
_SIZES = _Scale(Measure.SIZE, "a size", _bytes, _last_digit, lambda size: size + 1)
_HEARD = _Scale(
    Measure.HEARD, "a percentage", _share, lambda _: 0.01, lambda share: math.nextafter(share, math.inf)
)

AMOUNTS: Final[Mapping[str, Reader]] = {
    "duration": _DURATION.span,
    "size": _SIZES.span,
    "heard": _HEARD.span,
}
"""How the amounts after each field word are read that `split_amounts` parts."""

READERS: Final[Mapping[str, Reader]] = {
    **AMOUNTS,
    "is": _flag,
    "provider": _provider,
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
"""How the values after each field word are read: those that need neither the accounts nor the time."""
