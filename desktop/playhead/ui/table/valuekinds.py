"""Kinds of values that columns have: how they are counted, what they are called, and what asks for one."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final, Protocol

from playhead.core.finding.choosing import Meaning, ValueCondition
from playhead.core.finding.fields import FIELDS
from playhead.core.finding.grouping import (
    NOTHING,
    Alternatives,
    Counted,
    Grouping,
    Kins,
    Quarters,
    Steps,
    Texts,
)
from playhead.core.finding.query import Field, FieldKind, Measure
from playhead.core.recording import KINDS, Recording
from playhead.core.text import fold
from playhead.ui.table.showing import Showing

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_QUARTER: Final = 15
"""Minutes."""
_PERIODS: Final = ((4, 3), (7, 3), (10, 4), (13, 0))
"""Letters of years, months, days and hours as they are written, and how many of them are worth being told
apart."""
_DIRECTIONS: Final = frozenset({"incoming", "outgoing"})


@dataclass(frozen=True, slots=True)
class ColumnValue:
    """One value of a column, as it is shown and asked for."""

    title: str
    condition: ValueCondition | None
    """What asks for exactly the recordings that have it; None if nothing does."""
    second: str = ""
    """More about it, lighter than the title."""


class ValueKind(Protocol):
    """The kind of the values of one column."""

    @property
    def ordered(self) -> bool:
        """True if they have an order of their own, in which a histogram shows them."""

    @property
    def overlapping(self) -> bool:
        """True if a recording may have several of them at once."""

    def grouping(self, showing: Showing, meaning: Meaning) -> Grouping:
        """Tell what is to be counted."""

    def gathered(self, counted: Counted, showing: Showing) -> Counted:
        """The counts by the keys that `value` knows; takes its time with many of them."""

    def value(self, key: str, sample: Recording | None, showing: Showing) -> ColumnValue | None:
        """The value with this key; None if a recording that has it must be known first."""


@dataclass(frozen=True, slots=True)
class TextValues:
    """A value for each text that recordings have in a field."""

    field: Field
    title: Callable[[Recording, Showing], str]
    """What the table shows of a recording with it."""
    _: KW_ONLY
    second: Callable[[Recording, Showing], str] = lambda _recording, _showing: ""
    nothing: str = "Not said"
    """What is said of recordings without."""
    named: str = ""
    """See `Texts`."""
    worded: Callable[[str], str] | None = None
    """What the table shows of it, where the key alone tells."""

    ordered = False
    overlapping = False

    def grouping(self, _showing: Showing, _meaning: Meaning) -> Grouping:
        """By the texts."""
        return Texts(self.field, self.named)

    def gathered(self, counted: Counted, _showing: Showing) -> Counted:
        """As they were counted."""
        return counted

    def value(self, key: str, sample: Recording | None, showing: Showing) -> ColumnValue | None:
        """The value, as a recording that has it says it."""
        word = self.field.word
        if key == NOTHING:
            return ColumnValue(self.nothing, ValueCondition(word, ("=",)))
        if self.worded is not None:
            return ColumnValue(self.worded(key), ValueCondition(word, (self._asked(key),)))
        if sample is None:
            return None
        title = self.title(sample, showing) or key
        numbered = bool(self.field.digits) and key.isdecimal()
        asked = self._asked(title if not numbered and self.field.key(title) == key else key)
        return ColumnValue(title, ValueCondition(word, (asked,)), self.second(sample, showing))

    def _asked(self, text: str) -> str:
        """The value that is behind the colon: exactly this text."""
        if self.field.digits and text.isdecimal():
            return f"={text}" if text.startswith("0") and not text.startswith("00") else f"=+{text}"
        known = {"kind": frozenset(KINDS), "direction": _DIRECTIONS}.get(self.field.word)
        odd = text.startswith("=") or "*" in text or fold(text.strip()) != fold(text)
        plain = self.field.kind is FieldKind.WHOLE and not odd and not any(letter < " " for letter in text)
        return text if plain and '"' not in text and (known is None or fold(text) in known) else f"={text}"


@dataclass(frozen=True, slots=True)
class AmountValues:
    """Ranges of an amount."""

    word: str
    measure: Measure
    edges: tuple[float, ...]
    """Where one range ends and the next one begins."""
    written: Callable[[float], str]
    """An edge as the query language has it."""
    shown: Callable[[float], str]
    """An edge as people read it."""
    _: KW_ONLY
    nothing: str = "Not known"
    none: ValueCondition | None = None
    """What asks for recordings without; by default, all that have no such amount."""
    before: str = ""
    """Stands before every range behind the colon: `left` of `talk:left<5%`."""

    ordered = True
    overlapping = False

    def grouping(self, _showing: Showing, _meaning: Meaning) -> Grouping:
        """By the ranges."""
        return Steps(self.measure, self.edges)

    def gathered(self, counted: Counted, _showing: Showing) -> Counted:
        """All ranges between the first and the last that somebody has, also the empty ones."""
        places = [int(key) for key, number in counted.counts.items() if key != NOTHING and number]
        if places:
            counted.counts.update({str(place): 0 for place in range(min(places), max(places) + 1)})
        return counted

    def value(self, key: str, _sample: Recording | None, _showing: Showing) -> ColumnValue | None:
        """The range."""
        if key == NOTHING:
            edge = self.written(self.edges[0])
            every = (f"{self.before}<{edge}", f"{self.before}>={edge}")
            return ColumnValue(self.nothing, self.none or ValueCondition(self.word, every, wanted=False))
        low, high = list(pairwise((None, *self.edges, None)))[int(key)]
        if low is None and high is not None:
            title, range_ = f"below {self.shown(high)}", f"<{self.written(high)}"
        elif high is None and low is not None:
            title, range_ = f"{self.shown(low)} or more", f">={self.written(low)}"
        elif low is not None and high is not None:
            title = f"{self.shown(low)} – {self.shown(high)}"
            range_ = f"{self.written(low)}..<{self.written(high)}"
        else:
            return None
        return ColumnValue(title, ValueCondition(self.word, (f"{self.before}{range_}",)))


@dataclass(frozen=True, slots=True)
class ChoiceValues:
    """Values that are known beforehand."""

    choices: Callable[[Showing], Sequence[ColumnValue]]
    """Each has a condition."""
    _: KW_ONLY
    ordered: bool = False
    overlapping: bool = False

    def grouping(self, showing: Showing, meaning: Meaning) -> Grouping:
        """By the conditions."""
        texts = [each.condition.text for each in self.choices(showing) if each.condition is not None]
        return Alternatives(tuple(meaning(text) for text in texts))

    def gathered(self, counted: Counted, _showing: Showing) -> Counted:
        """As they were counted."""
        return counted

    def value(self, key: str, _sample: Recording | None, showing: Showing) -> ColumnValue | None:
        """The value at this place."""
        choices = self.choices(showing)
        return choices[int(key)] if int(key) < len(choices) else None


@dataclass(frozen=True, slots=True)
class KinValues:
    """A value for each group of recordings with the same sound."""

    title: Callable[[Recording, Showing], str]
    nothing: str

    ordered = False
    overlapping = False

    def grouping(self, _showing: Showing, _meaning: Meaning) -> Grouping:
        """By the groups."""
        return Kins()

    def gathered(self, counted: Counted, _showing: Showing) -> Counted:
        """As they were counted."""
        return counted

    def value(self, key: str, sample: Recording | None, showing: Showing) -> ColumnValue | None:
        """The group, called by one of its recordings."""
        if key == NOTHING:
            return ColumnValue(self.nothing, ValueCondition("is", ("duplicate",), wanted=False))
        if sample is None:
            return None
        odd = (
            not fold(sample.id).strip()
            or any(sign in sample.id for sign in '*"=')
            or not sample.id.isprintable()
        )
        condition = None if odd else ValueCondition("same", (sample.id,))
        return ColumnValue(self.title(sample, showing), condition)


@dataclass(frozen=True, slots=True)
class MomentValues:
    """Years, months, days or hours, as fits what there is."""

    shown: Callable[[str], str]
    """A period (`2026`, `2026-03`, `2026-03-14`, `2026-03-14 09`) as people read it."""
    nothing: str

    ordered = True
    overlapping = False

    def grouping(self, _showing: Showing, _meaning: Meaning) -> Grouping:
        """By quarters of an hour: every zone begins its hours and days with one."""
        return Quarters()

    def gathered(self, counted: Counted, showing: Showing) -> Counted:
        """By the longest periods of which there are several, by the clock of who looks."""
        hours: Counter[str] = Counter()
        for key, number in counted.counts.items():
            hours[_hour(key, showing.now) if key != NOTHING else NOTHING] += number
        found = hours
        for letters, several in _PERIODS:
            found = Counter()
            for hour, number in hours.items():
                found[hour[:letters]] += number
            if len(found) - (NOTHING in found) >= several:
                break
        return replace(counted, counts=found, samples={}, names={})

    def value(self, key: str, _sample: Recording | None, _showing: Showing) -> ColumnValue | None:
        """The period."""
        if key == NOTHING:
            return ColumnValue(self.nothing, ValueCondition("date", ("..2000", "2000.."), wanted=False))
        period = key
        if len(key) == 13:
            day, hour = key.split(" ")
            period = f"{day}T{hour}:00..{day}T{hour}:59"
        return ColumnValue(self.shown(key), ValueCondition("date", (period,)))


def values_of(field: str, title: Callable[[Recording, Showing], str]) -> TextValues | None:
    """The values of a field of the query language, as a column shows it; None if it has no one text."""
    known = FIELDS.get(field)
    return TextValues(known, title) if known is not None and known.value is not None else None


def _hour(key: str, now: datetime) -> str:
    moment = _EPOCH + timedelta(minutes=_QUARTER * int(key))
    try:
        local = moment.astimezone(now.tzinfo)
    except (OverflowError, ValueError):
        local = moment
    return f"{local.year:04}-{local.month:02}-{local.day:02} {local.hour:02}"
