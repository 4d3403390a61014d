"""A query as the fields of a form, and back: conditions without a field are kept as they are written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from playhead.core.finding.fieldreaders import HAVINGS
from playhead.core.finding.fields import FIELDS, HAS, IS
from playhead.core.finding.moments import WEEKDAYS
from playhead.core.finding.query import Flag, FormPart
from playhead.core.finding.queryediting import (
    QueryPiece,
    beside,
    condition,
    joined,
    pieces,
    quoted_value,
    text_of,
)
from playhead.core.finding.syntax import as_meant
from playhead.core.recording import KINDS
from playhead.core.text import fold

_SETS: Final = tuple(each.word for each in FIELDS.values() if each.form is FormPart.SET)
CHOICES: Final = tuple(dict.fromkeys(("account", "kind", *_SETS)))
"""The field words that the form has as sets, in the order in which they are written: that of the side bar's
own words first."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIRECTIONS: Final = {"incoming": "in", "outgoing": "out"}


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a range as they are written; an empty one is open."""

    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Conditions as the fields of a form; an empty field asks for nothing.

    Everything is written as in the query language, without quotation marks around values.
    """

    words: str = ""
    """Words and phrases; a phrase in quotation marks, what is not wanted with a `-` before it."""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """By field word (of `CHOICES`), the values of which one is enough; none is empty."""
    period: Ends = Ends()
    """The first and the last date, both included; twice the same asks for that day, month or time alone."""
    length: Ends = Ends()
    """Durations; `>2m` and `<5m` leave the end itself out."""
    said: str = ""
    """A word or a phrase of the transcript, with `left:` or `right:` before it if that side has to say it."""
    flags: tuple[str, ...] = ()
    """All of which must hold; one that must not has a `-` before it."""


def read(text: str) -> tuple[Form, str]:
    """The form for `text`, and the rest: the conditions that it has no field for, as they are written."""
    parts = pieces(text)
    if parts is None:
        return Form(), text.strip()
    words = tuple(part for part in parts if part.plain and part.text != "-")
    form, rest = Form(words=text_of(words)), []
    for part in parts:
        taken = form if part in words else _take(form, part)
        if taken is None:
            rest.append(part)
        else:
            form = taken
    return form, text_of(rest)


def write(form: Form, rest: str = "") -> str:
    """The text of a query that asks for what is filled in, and for the `rest` that `read` gave."""
    conditions = (
        *(condition(each, *form.chosen[each]) for each in CHOICES if form.chosen.get(each)),
        _words(form.words),
        _period(form.period),
        _length(form.length),
        condition("said", form.said.strip()) if form.said.strip() else "",
        *map(_flag, form.flags),
    )
    asked = text_of(part for each in conditions for part in pieces(each) or ())
    return beside(rest, asked) if asked and pieces(rest) is None else joined((asked, rest))


def _flag(chosen: str) -> str:
    """The condition for a flag; one that begins with a sign must not be so."""
    sign, flag = ("-", chosen[1:]) if chosen.startswith("-") else ("", chosen)
    return f"{sign}{HAS.word if flag in HAVINGS else IS.word}:{flag}"


def _take(form: Form, part: QueryPiece) -> Form | None:
    """The form with `part` in it; None if it has no place for that, or the place is taken."""
    place = FIELDS[part.field].form if part.field in FIELDS else None
    if place is FormPart.FLAGS:
        return _take_flag(form, part)
    if part.negated or not part.values or place is None:
        return None
    if place is FormPart.SET:
        if part.field in form.chosen:
            return None
        values = tuple(dict.fromkeys(_usual(part.field, each) for each in part.values))
        return replace(form, chosen={**form.chosen, part.field: values})
    if len(part.values) > 1:
        return None
    value = part.values[0].strip()
    if place is FormPart.SPEECH:
        return None if form.said else replace(form, said=value)
    if place is FormPart.LENGTH:
        length = _between(form.length, _read_length(value))
        return None if length is None else replace(form, length=length)
    period = _between(form.period, _PERIODS[part.field](value))
    return None if period is None else replace(form, period=period)


def _take_flag(form: Form, part: QueryPiece) -> Form | None:
    if len(part.values) != 1 or fold(part.values[0]) not in set(Flag):
        return None
    flag = f"-{fold(part.values[0])}" if part.negated else fold(part.values[0])
    return form if flag in form.flags else replace(form, flags=(*form.flags, flag))


def _usual(word: str, value: str) -> str:
    """`value` as the form offers it."""
    low = fold(value)
    if word == "direction":
        return _DIRECTIONS.get(low, low)
    if word == "weekday":
        return next((day for day in WEEKDAYS if len(low) > 1 and day.startswith(low.removesuffix("s"))), low)
    if word == "health":
        return "-".join(low.split())
    if word == "kind" and low not in KINDS and low.removesuffix("s") in KINDS:
        return low.removesuffix("s")
    return value


def _between(ends: Ends, more: Ends | None) -> Ends | None:
    """`ends` and `more` of them, if those are free."""
    if more is None or more == Ends() or (ends.low and more.low) or (ends.high and more.high):
        return None
    return Ends(ends.low or more.low, ends.high or more.high)


def _read_dates(value: str) -> Ends:
    low, dots, high = value.partition("..")
    return Ends(low.strip(), high.strip() if dots else low.strip())


def _read_after(value: str) -> Ends | None:
    return None if ".." in value else Ends(value)


def _read_before(value: str) -> Ends | None:
    """Up to the day before, which is the last; of other dates the form cannot say which one that is."""
    try:
        last = date.fromisoformat(value) - timedelta(days=1) if _DAY.fullmatch(value) else None
    except (ValueError, OverflowError):
        return None
    return None if last is None else Ends(high=last.isoformat())


_PERIODS: Final[Mapping[str, Callable[[str], Ends | None]]] = {
    "date": _read_dates,
    "on": _read_dates,
    "after": _read_after,
    "before": _read_before,
}


def _read_length(value: str) -> Ends | None:
    if ".." in value:
        low, _, high = value.partition("..")
        return Ends(low.strip(), high.strip())
    if value.startswith(">"):
        return Ends(value.removeprefix(">="))
    return Ends(high=value.removeprefix("<=")) if value.startswith("<") else None


def _period(period: Ends) -> str:
    if period == Ends():
        return ""
    value = period.low if period.low == period.high else f"{period.low}..{period.high}"
    return f"date:{quoted_value(value)}"


def _length(length: Ends) -> str:
    low, high = length.low, length.high
    if not low.startswith(">") and not high.startswith("<"):
        return f"duration:{quoted_value(f'{low}..{high}')}" if low or high else ""
    ends = (
        low if low.startswith(">") or not low else f"{low}..",
        high if high.startswith("<") or not high else f"..{high}",
    )
    return joined(f"duration:{quoted_value(end)}" for end in ends if end)


def _words(written: str) -> str:
    """Words as they stand; what would be anything else in a query is put into quotation marks."""
    meant = as_meant(written).text
    closed = f'{meant}"' if meant.count('"') % 2 else meant
    parts = pieces(closed)
    if parts is not None and all(part.plain for part in parts):
        return text_of(parts)
    words = (quoted_value(word) for word in closed.replace('"', " ").split())
    return joined(word if word.startswith('"') else f'"{word}"' for word in words)
