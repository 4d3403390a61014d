"""Readers of the values behind the field words of a query: each turns one value into a condition."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from playhead.core.finding.amounts import quoted
from playhead.core.finding.moments import WEEKDAYS, DateError, date_spans
from playhead.core.finding.numbers import dialled, widened
from playhead.core.finding.query import (
    All,
    Clocked,
    ClockUnit,
    Either,
    Field,
    FieldReader,
    Flag,
    Is,
    Match,
    Measure,
    Node,
    Not,
    Number,
    Span,
    Spoken,
    Token,
    ValueContext,
    Way,
)
from playhead.core.finding.speech import words_in
from playhead.core.health.verdicts import VERDICTS, Verdict
from playhead.core.recording import KINDS
from playhead.core.text import digits_of, fold, looks_like_number
from playhead.core.timeline.offsets import changes
from playhead.core.transcript import Side

UNKNOWN = "unknown"
"""Stands for a side of which a call says nothing."""
_DIRECTIONS = {"in": "incoming", "incoming": "incoming", "out": "outgoing", "outgoing": "outgoing"}
HAVINGS: Final[Mapping[str, Flag]] = {"transcript": Flag.TRANSCRIPT, "note": Flag.NOTED}
"""Flags that are said of what a recording has, by their word behind `has:`."""
STATES: Final = tuple(each for each in Flag if each is not Flag.TRANSCRIPT)
"""Flags that are offered behind `is:`."""
WEEK_PARTS: Final[Mapping[str, str]] = {"workdays": "mon..fri", "weekend": "sat..sun"}
"""Days of the week that have a name together."""
_HOUR = re.compile(r"(\d{1,2})(?::00|h)?")


def one_of(nodes: tuple[Node, ...]) -> Node:
    """The condition that one of `nodes` matches."""
    return nodes[0] if len(nodes) == 1 else Either(nodes)


EXACTLY: Final = "="
"""Stands before a value that is all of it, in which `*` is a sign like others; alone it says: nothing."""
_PICTURES: Final = {0x2400 + each: each for each in range(0x20)}
"""Signs that stand for control characters, which cannot be typed."""


def exactly(field: Field, value: str) -> Node:
    """Recordings whose one value in a field, which has such (`Field.value`), is `value` as it is written."""
    alone, written = field.value or field, value.translate(_PICTURES)
    key = field.key(written)
    if not key:
        return Either((Not(Match(alone, "", Way.PART)), Match(alone, "", Way.WHOLE)))
    # A name may look like a number.
    keys = (key,) if value.startswith("+") else tuple(dict.fromkeys((key, fold(written))))
    return one_of(tuple(All((_like_all(field, each), Match(alone, each, Way.WHOLE))) for each in keys))


def _like_all(field: Field, key: str) -> Node:
    """A condition that the indexes know, of which a recording with a value is one."""
    part = Match(field, key, Way.PART)
    return Either((Number(field, key, Way.WHOLE), part)) if field.digits and key.isdecimal() else part


def whole(_token: Token, value: str, context: ValueContext) -> Node:
    """A text that is the whole field; `*` stands for any characters."""
    return _like(context.field, fold(value), Way.WHOLE)


def part(_token: Token, value: str, context: ValueContext) -> Node:
    """A text that is a part of the field, or the whole of it with `*` for any characters."""
    return _like(context.field, fold(value), Way.PART)


def _like(field: Field, pattern: str, way: Way) -> Match:
    return Match(field, pattern, Way.WILD if "*" in pattern else way)


def provider(token: Token, value: str, context: ValueContext) -> Node:
    """A provider by its name."""
    name = fold(value)
    if context.providers and name not in context.providers:
        token.refuse(f"There is no provider {quoted(value)}. There are: {', '.join(context.providers)}.")
    return Match(context.field, name, Way.WHOLE)


def account(token: Token, value: str, context: ValueContext) -> Node:
    """The accounts whose label holds `value`, or is that."""
    wanted = fold(value)
    found = [each for each in context.accounts if wanted in fold(each.label) or each.id == value]
    exact = [each for each in found if fold(each.label) == wanted or each.id == value]
    if not found:
        names = ", ".join(f"“{each.label}”" for each in context.accounts) or "none yet"
        token.refuse(f"No account is called {quoted(value)}. Connected: {names}.")
    return one_of(tuple(Match(context.field, each.id, Way.WHOLE) for each in exact or found))


def kind(token: Token, value: str, context: ValueContext) -> Node:
    """A kind of recordings, or the plural of one."""
    named = fold(value)
    singular = named.removesuffix("s")
    if named not in KINDS and singular not in KINDS:
        token.refuse(f"There is no kind {quoted(value)}. There are: {', '.join(KINDS)}.")
    return Match(context.field, named if named in KINDS else singular, Way.WHOLE)


def direction(token: Token, value: str, context: ValueContext) -> Node:
    """In or out."""
    if fold(value) not in _DIRECTIONS:
        token.refuse(f"A direction is “in” or “out”, not {quoted(value)}.")
    return Match(context.field, _DIRECTIONS[fold(value)], Way.WHOLE)


def flag(token: Token, value: str, _context: ValueContext) -> Node:
    """A flag by its name."""
    if fold(value) not in set(Flag):
        there = ", ".join(f"is:{each}" for each in STATES)
        token.refuse(f"{quoted('is:' + value)} is not known. There are: {there}.")
    return Is(Flag(fold(value)))


def having(token: Token, value: str, _context: ValueContext) -> Node:
    """Something that a recording can have."""
    if fold(value) not in HAVINGS:
        there = ", ".join(f"has:{each}" for each in HAVINGS)
        token.refuse(f"{quoted('has:' + value)} is not known. There are: {there}.")
    return Is(HAVINGS[fold(value)])


def health(token: Token, value: str, _context: ValueContext) -> Node:
    """A verdict on the sound, with or without the dash between its words."""
    word = "-".join(fold(value).split())
    if word not in VERDICTS:
        token.refuse(f"There is no verdict {quoted(value)}. There are: {', '.join(VERDICTS)}.")
    rank = Verdict(word).rank
    return Span(Measure.HEALTH, rank, rank + 1)


def said(token: Token, value: str, _context: ValueContext) -> Node:
    """A word or a phrase of a transcript; with a side and a colon before it, said by that side."""
    named, colon, rest = value.partition(":")
    side = Side(fold(named)) if colon and fold(named) in set(Side) else None
    text = value if side is None else rest
    words = tuple(words_in(text.replace("*", " ")))
    if not words:
        token.refuse(f"Write a word or a phrase after “said:{'' if side is None else f'{side}:'}”.")
    if text.startswith("-") and len(text.split()) == 1:
        before = "" if side is None else f"{side}:"
        token.refuse(f"The minus stands in front: -{token.field}:{before}{text.lstrip('-')}.")
    stem = text.rstrip().rstrip("*")
    begins = stem != text.rstrip()
    if "*" in stem or (begins and not fold(stem).endswith(words[-1])):
        token.refuse("A star stands behind the beginning of the last word: said:refund* finds “refunded”.")
    return Spoken(words, begins, side)


def date(token: Token, value: str, context: ValueContext) -> Node:
    """A day, a month, a year or a range of them."""
    return one_of(tuple(Span(Measure.DATE, low, high) for low, high in _stamps(token, value, context)))


def hour(token: Token, value: str, context: ValueContext) -> Node:
    """An hour of the day, or several: `9`, `9..17` (up to the end of that), `22..6`."""
    return _clocked(token, value, context, ClockUnit.HOUR)


def weekday(token: Token, value: str, context: ValueContext) -> Node:
    """A day of the week, or several: `monday`, `mon..fri`, `weekend`."""
    return _clocked(token, WEEK_PARTS.get(fold(value), value), context, ClockUnit.WEEKDAY)


def _clocked(token: Token, value: str, context: ValueContext, unit: ClockUnit) -> Node:
    first, dots, last = fold(value).partition("..")
    low = _shown(token, value, first, unit)
    high = _shown(token, value, last, unit) if dots else low
    known = changes(context.now.tzinfo or UTC)
    if low <= high:
        return Clocked(unit, low, high, known)
    # Over midnight, or over the end of the week.
    most = 23 if unit is ClockUnit.HOUR else 6
    return Either((Clocked(unit, low, most, known), Clocked(unit, 0, high, known)))


def _shown(token: Token, value: str, written: str, unit: ClockUnit) -> int:
    """The number that the clock shows, as it is written."""
    if unit is ClockUnit.HOUR:
        found = _HOUR.fullmatch(written.strip())
        if found is None or int(found[1]) > 23:
            token.refuse(f"{quoted(value)} is no hour. Write hour:14 or hour:9..17.")
        return int(found[1])
    name = written.strip().removesuffix("s") if len(written.strip()) > 3 else written.strip()
    days = [place for place, day in enumerate(WEEKDAYS) if len(name) > 1 and day.startswith(name)]
    if len(days) != 1:
        token.refuse(f"{quoted(value)} is no day of the week. Write weekday:monday or weekday:mon..fri.")
    return days[0]


def after(token: Token, value: str, context: ValueContext) -> Node:
    """Everything from the beginning of a date on."""
    return Span(Measure.DATE, _beginning(token, value, context), None)


def before(token: Token, value: str, context: ValueContext) -> Node:
    """Everything up to the beginning of a date."""
    return Span(Measure.DATE, None, _beginning(token, value, context))


def _beginning(token: Token, value: str, context: ValueContext) -> float | None:
    if len(context.values) > 1 or ".." in value:
        token.refuse(
            f"“{context.field.word}:” takes one date. For a range write date:2026-03-01..2026-03-14."
        )
    return _stamps(token, value, context)[0][0]


def _stamps(token: Token, value: str, context: ValueContext) -> list[tuple[float | None, float | None]]:
    try:
        spans = date_spans(value, context.now)
    except DateError as error:
        token.refuse(str(error))
    return [(_stamp(low), _stamp(high)) for low, high in spans]


def _stamp(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()


def side(kinds: tuple[Match, ...], *sides: Field) -> FieldReader:
    """The reader of a side of the call: a number however it is written, or a name.

    `+…` means from its beginning, `*` any characters. `kinds` are the recordings that have sides, `sides` the
    fields that this one stands for, if not itself alone.
    """

    def read(_token: Token, written: str, context: ValueContext) -> Node:
        value = dialled(written)
        return widened(_party(written, value, context.field), value, context.field, context.readings)

    def _party(written: str, value: str, field: Field) -> Node:
        bare = value.replace("*", "")
        if bare and looks_like_number(bare if len(digits_of(bare)) >= 3 else bare + "000"):
            return _number(value, field)
        match = _like(field, fold(written), Way.PART)
        if match.pattern != UNKNOWN:
            return match
        silent = Either(tuple(Not(Match(each, "")) for each in sides or (field,)))
        return Either((match, All((Either(kinds), silent))))

    return read


def _number(value: str, field: Field) -> Number:
    if "*" in value:
        first, *rest = value.split("*")
        pattern = "*".join([digits_of(first), *(re.sub(r"\D", "", part) for part in rest)])
        anchored = value.startswith(("+", "00", "*"))
        return Number(field, pattern if anchored else "*" + pattern.lstrip("0"), Way.WILD)
    if value.startswith(("+", "00")):
        digits = digits_of(value)
        return Number(field, digits, Way.WHOLE if len(digits) >= 11 else Way.START)
    return Number(field, digits_of(value).lstrip("0") or "0", Way.PART)
