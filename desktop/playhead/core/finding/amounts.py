"""Reading the amounts of a query: lengths, sizes and shares, alone and in ranges."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from playhead.core.finding.query import Either, Measure, Node, Span, Token, ValueContext
from playhead.core.latepattern import late_pattern
from playhead.core.text import shortened, western

_AMOUNT = r"\d{1,6}(?:\.\d{1,3})?"
_LENGTH = late_pattern(
    # `1h30` is refused: a clock reads it as minutes, `2m30` as seconds.
    rf"(?:(?P<h>{_AMOUNT})h(?=$|[\d.]+[ms]))?(?:(?P<m>{_AMOUNT})m(?:in)?)?(?:(?P<s>{_AMOUNT})(?:s(?:ec)?)?)?"
)
_SIZE = late_pattern(r"(\d{1,9})(?:\.(\d{1,3}))? ?(b|bytes|[kmgt]i?b?)?", re.IGNORECASE)
_PERCENT = late_pattern(r"(\d{1,3}(?:\.\d{1,3})?) ?%?")
_DECIBELS = late_pattern(r"([-+]?\d{1,3}(?:\.\d{1,3})?) ?(?:lufs|lkfs|lu|dbtp|dbfs|db)?", re.IGNORECASE)
_CLOCK = late_pattern(r"(?:(\d{1,6}):)?(\d{1,2}):(\d{2})")
_GROUPED = late_pattern(r"\s*([1-9]\d{0,2})[.,](\d{3})(?![\d.,])(.*)", re.DOTALL)
"""An amount with three figures behind its comma or point: as those write it, too, who group by thousands."""
_BARE = late_pattern(r"\d[\d:]*(?:,\d+)+")
_SEVERAL = late_pattern(r"\d[\d:]*(?:,\d+)+%?")
"""The same, alone: of shares, both may have the one sign behind them."""


_BLANK = late_pattern(r"(?<=\d)\s+(?=[a-z%])|(?<=[a-z])\s+(?=\d)", re.IGNORECASE)
"""Between a number and its unit, or the one behind it."""


def quoted(value: str) -> str:
    """`value` as a sentence cites it: in quotation marks, and never long."""
    return f"“{shortened(value, 40)}”"


@dataclass(frozen=True, slots=True)
class Scale:
    """Reads the numbers of a measure, alone and in ranges."""

    measure: Measure
    name: str
    read: Callable[[Token, str], float]
    reach: Callable[[str], float]
    """The reach of a number alone: `duration:90` is up to 91 seconds, `heard:50` up to 51 percent."""
    just_over: Callable[[float], float]
    """The next number that a measure can have."""
    unit: str
    """One that can stand behind every number of it."""

    def span(self, token: Token, written: str, _context: ValueContext) -> Node:
        """The range of `A`, `A..B`, `A..`, `..B`, `>A`, `>=A`, `<A` or `<=A`.

        Both ends belong to a range, but for one that `>A..<B` leaves out.
        """
        value = _BLANK.sub("", western(written)).replace("...", "..")
        if ".." in value:
            return self._between(token, value)
        if value.startswith(">"):
            return Span(self.measure, self._low(token, value.removeprefix(">=")), None)
        if value.startswith("<"):
            return Span(self.measure, None, self._high(token, value.removeprefix("<=")))
        self._refuse_several(token, value, _SEVERAL)
        bound = self._amount(token, value)
        return Span(self.measure, bound, bound + self.reach(value.replace(",", ".")))

    def _amount(self, token: Token, value: str) -> float:
        """The amount with its decimals, before which some write a comma, others a point."""
        grouped = _GROUPED.match(value)
        if grouped is not None and self.unit not in {"%", "dB"}:
            whole, decimals, behind = grouped.groups()
            one, other = f"{whole}.{decimals.rstrip('0') or 0}{behind}", f"{whole}{decimals}{behind}"
            token.refuse(f"{quoted(value)} can be two amounts. Write {one} or {other}.")
        self._refuse_several(token, value, _BARE)
        decimal = value.count(",") == 1 and "." not in value
        return self.read(token, value.replace(",", ".") if decimal else value)

    def _refuse_several(self, token: Token, value: str, shape: re.Pattern[str]) -> None:
        """Refuse an amount of this `shape`, which may be one or several: only a unit at its end tells."""
        if not shape.fullmatch(value.strip()):
            return
        parts = [each if ":" in each else f"{each}{self.unit}" for each in re.findall(r"[\d:]+", value)]
        several = shortened(",".join(parts), 60)
        single = value.count(",") == 1 and ":" not in value
        one = f"{value.strip().replace(',', '.')} for one, " if single else ""
        token.refuse(f"{quoted(value)} can be one amount or two. Write {one}{several} for several.")

    def _between(self, token: Token, value: str) -> Node:
        if not value.strip("."):
            token.refuse(f"Write {self.name} before or after the two dots.")
        low_text, _, high_text = value.partition("..")
        low = self._low(token, low_text) if low_text else None
        high = self._high(token, high_text) if high_text else None
        if low is not None and high is not None and low >= high:
            token.refuse(f"The range ends before it begins: {shortened(value, 40)}.")
        return Span(self.measure, low, high)

    def _low(self, token: Token, value: str) -> float:
        """The least number that is meant: what stands behind `>` is left out."""
        bound = self._amount(token, value.removeprefix(">"))
        return self.just_over(bound) if value.startswith(">") else bound

    def _high(self, token: Token, value: str) -> float:
        """The number below which all lie that are meant: what stands behind `<` is left out."""
        bound = self._amount(token, value.removeprefix("<"))
        return bound if value.startswith("<") else self.just_over(bound)


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
            f"{quoted(value)} is not a part of a recording."
            f" Write {token.field}:<50%, {token.field}:>=90% or {token.field}:10%..50%."
        )
    return float(found[1]) / 100


def _decibels(token: Token, value: str) -> float:
    found = _DECIBELS.fullmatch(value.strip())
    if found is None:
        token.refuse(f"{quoted(value)} is not a level. Write {token.field}:<-30 or {token.field}:-30..-20.")
    return float(found[1])


def _bytes(token: Token, value: str) -> float:
    found = _SIZE.fullmatch(value.strip())
    if found is None:
        token.refuse(f"{quoted(value)} is not a size. Write 500kB, 1.5MB or 2GB.")
    return math.ceil(float(f"{found[1]}.{found[2] or 0}") * _unit(found[3]))


def _last_digit(value: str) -> float:
    """One more in the last digit of a size: `size:1MB` is up to 2 MB, `size:1.5MB` up to 1.6 MB."""
    found = _SIZE.fullmatch(value.strip())
    return 1 if found is None else max(1, _unit(found[3]) / 10 ** len(found[2] or ""))


def _unit(written: str | None) -> int:
    """Decimal, as sizes are shown; `MiB` is the binary one."""
    letters = (written or "").lower()
    power = "bkmgt".index(letters[0]) if letters else 0
    return math.prod([1024 if "i" in letters else 1000] * power)


# Durations come in whole seconds or milliseconds, sizes in whole bytes; shares and levels may be any number.
DURATION: Final = Scale(
    Measure.DURATION, "a duration", _seconds, lambda _: 1, lambda length: length + 0.001, "s"
)
SIZE: Final = Scale(Measure.SIZE, "a size", _bytes, _last_digit, lambda size: size + 1, "B")


def _above(amount: float) -> float:
    return math.nextafter(amount, math.inf)


def _shares(measure: Measure) -> Scale:
    return Scale(measure, "a percentage", _share, lambda _: 0.01, _above, "%")


def _levels(measure: Measure) -> Scale:
    return Scale(measure, "a level", _decibels, lambda _: 1, _above, "dB")


HEARD: Final = _shares(Measure.HEARD)
CLIPPED: Final = _shares(Measure.CLIPPED)
SILENCE: Final = _shares(Measure.SILENCE)
TALK: Final[Mapping[str, Scale]] = {
    "left": _shares(Measure.TALK_LEFT),
    "right": _shares(Measure.TALK_RIGHT),
}
"""The talk of each side, by the word that stands before its share."""
LOUDNESS: Final = _levels(Measure.LOUDNESS)
PEAK: Final = _levels(Measure.PEAK)
DECODED: Final = Scale(
    Measure.DECODED, "a duration", _seconds, lambda _: 1, lambda length: length + 0.001, "s"
)


def talk(token: Token, written: str, context: ValueContext) -> Node:
    """The talk share of the side that is named before it, `left<5%`; of either side without a name."""
    value = written.strip().lower()
    for side, scale in TALK.items():
        if value.startswith(side):
            return scale.span(token, value.removeprefix(side).lstrip(" :"), context)
    if value[:1].isalpha():
        token.refuse(
            f"{quoted(written)} is no side of a call. Write talk:left<5%, talk:right>80% or talk:<5%."
        )
    return Either(tuple(scale.span(token, written, context) for scale in TALK.values()))
