"""A query, parsed: a small tree that is translated to SQL and to what each server can filter.

`All(())` matches everything. Leaves hold folded text (see `core.text.fold`), so that two translations
cannot differ in how they compare.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from enum import Enum, StrEnum, auto
from typing import NoReturn

from typing_extensions import override

from playhead.core.account import Account
from playhead.core.marks import Marks
from playhead.core.recording import Party, Recording
from playhead.core.text import fold
from playhead.core.transcript import Side

Readings = Callable[[str], Sequence[str]]
"""Gives the digits of every form (international, national) of a whole number as a person typed it; nothing
for what is none."""
FieldReader = Callable[["Token", str, "ValueContext"], "Node"]


class QueryError(Exception):
    """The text cannot be understood: a sentence for the person, and where in the text (start, end)."""

    def __init__(self, sentence: str, start: int, end: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.start = start
        self.end = end


class FieldKind(Enum):
    """The shapes of the values that a field has."""

    WHOLE = auto()
    """One text, compared as a whole: having one value says that it is no other."""
    PART = auto()
    """A text of which any part is enough."""
    SIDE = auto()
    """A number or a name; numbers with blanks and commas can be behind the colon."""
    DATES = auto()
    """Dates and ranges of them."""
    BOUND = auto()
    """One date, where a range begins or ends."""
    AMOUNT = auto()
    """A comma between figures belongs to the value."""
    FLAG = auto()
    SPEECH = auto()
    """Words of a transcript, perhaps with the side that says them before another colon."""


class FormPart(Enum):
    """The widgets of the filter form that a field can have."""

    SET = auto()
    """Values of which one is enough."""
    PERIOD = auto()
    LENGTH = auto()
    FLAGS = auto()
    SPEECH = auto()
    """Words of a transcript."""


def as_typed(_typed: str) -> Sequence[str]:
    """Nothing: the `Readings` of somebody who does not know how numbers are written."""
    return ()


def _none(_recording: Recording, _marks: Marks) -> Iterable[str | None]:
    return ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query as it is meant, and where it stands in what was typed (in code points)."""

    text: str
    start: int
    end: int
    """The place behind its last letter."""
    negated: bool = False
    field: str = ""
    """The word before its colon, in small letters; empty if it has none."""
    value: str = ""
    """The part behind the colon, or else all of it but the sign of negation."""
    head: tuple[int, int] = (0, 0)
    """The place of the word before the colon in what was typed, with the colon."""

    def refuse(self, sentence: str) -> NoReturn:
        """Raise a `QueryError` that says `sentence` of this word."""
        raise QueryError(sentence, self.start, self.end)


@dataclass(frozen=True, slots=True)
class ValueContext:
    """The surroundings that the reading of a value depends on."""

    field: "Field"
    values: Sequence[str]
    """Everything behind the same colon."""
    now: datetime
    accounts: Sequence[Account]
    readings: Readings
    providers: Collection[str]
    """The names of the providers there are, where that is known."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Field:
    """A word that can stand before a colon, and all that it means; one entry of `fields.FIELDS`."""

    word: str
    asks: str
    """A few words on what it asks, for the person."""
    kind: FieldKind
    read: FieldReader
    """Gives the condition that one value stands for; faults are said of the token."""
    _: KW_ONLY
    aliases: tuple[str, ...] = ()
    """Its names elsewhere, for *Did you mean*."""
    known: Mapping[str, str] | None = None
    """The values to offer without asking the catalogue, and what they mean if they do not say it."""
    hinted: bool = False
    """Offer the known values for a plain word, too."""
    several: bool = False
    """A recording may have several values at once."""
    form: FormPart | None = None
    texts: Callable[[Recording, Marks], Iterable[str | None]] = _none
    """The texts of a recording that patterns are compared with."""
    parties: Callable[[Recording], tuple[Party | None, ...]] = lambda _: ()
    """The sides of the call whose numbers are compared."""
    columns: tuple[str, ...] = ()
    """The same texts, folded, in the catalogue: columns of its table `search`."""
    digits: tuple[str, ...] = ()
    """The same numbers there."""
    offered: tuple[str, ...] = ()
    """Those of its columns whose values are offered."""
    within: str = "{}"
    """The SQL around the comparison, if the columns are those of another table."""
    value: "Field | None" = None
    """A field of the one text that stands for all that a recording has here: what is written after `=` is
    the whole of it, and it is what the values of a column are counted by. Its one column is an expression
    over table `search`."""
    key: Callable[[str], str] = fold
    """Gives that text, as the catalogue has it, for a value as a person may write it."""

    @override
    def __repr__(self) -> str:
        return f"<{self.word}>"


class Measure(StrEnum):
    """A number that can be compared with a range."""

    DATE = "date"
    """The recording's moment, as seconds since 1970 UTC."""
    DURATION = "duration"
    """Seconds."""
    SIZE = "size"
    """Bytes of the audio."""
    HEARD = "heard"
    """The part of it that the person heard, 0 to 1; every recording has it."""
    HEALTH = "health"
    """The rank of the verdict on it, 0 being the worst. As all that follows, of measured ones only."""
    LOUDNESS = "loudness"
    """LUFS."""
    PEAK = "peak"
    """dBTP."""
    CLIPPED = "clipped"
    """Share of samples, 0 to 1."""
    SILENCE = "silence"
    """Share of the time, 0 to 1."""
    TALK_LEFT = "talk left"
    TALK_RIGHT = "talk right"
    DECODED = "decoded"
    """Seconds that its audio has, however long its provider says it is."""


class Flag(StrEnum):
    """A word behind `is:` or `has:`."""

    PLAYABLE = "playable"
    STEREO = "stereo"
    MONO = "mono"
    TRANSCRIBED = "transcribed"
    """Its provider lists a transcript of it that is ready, or one is kept; its own flag is another matter."""
    TRANSCRIPT = "transcript"
    """A transcript was read, and is kept."""
    ANONYMOUS = "anonymous"
    STARRED = "starred"
    UNHEARD = "unheard"
    """Not a second of it was heard."""
    NOTED = "noted"
    EXPORTED = "exported"
    """An export kept its audio."""
    GONE = "gone"
    """Its provider no longer has it."""
    MEASURED = "measured"
    """Its health is known."""
    DUPLICATE = "duplicate"
    """Another recording has the same sound."""
    SAID_OTHERWISE = "said-otherwise"
    """It was measured, and is of another kind, rate or layout than its provider or its host says."""


class Way(StrEnum):
    """A way to compare a pattern with a field."""

    WHOLE = "whole"
    PART = "part"
    START = "start"
    WILD = "wild"
    """The whole field, `*` standing for any characters."""


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word or phrase: in the visible text, a number, the account's label, a note, the transcript."""

    text: str
    digits: str = ""
    """The same as digits, if it looks like a phone number or a part of one (without leading zeros)."""
    accounts: tuple[str, ...] = ()
    """Ids of the accounts whose label holds it."""


@dataclass(frozen=True, slots=True)
class Match:
    """A field compared with a pattern. Account patterns are ids; provider, kind, direction whole words."""

    field: Field
    pattern: str
    way: Way = Way.PART


@dataclass(frozen=True, slots=True)
class Number:
    """A side of the call (`from`, `to`, or `with` for either) compared by the digits of its number.

    `digits` holds digits, and `*` if `way` is WILD.
    """

    field: Field
    digits: str
    way: Way


@dataclass(frozen=True, slots=True)
class Span:
    """A measure within `low <= value < high`; a missing end is open. A recording without it never matches."""

    measure: Measure
    low: float | None = None
    high: float | None = None


class ClockUnit(StrEnum):
    """A number that the clock or the calendar shows, again and again."""

    HOUR = "hour"
    """0 to 23."""
    WEEKDAY = "weekday"
    """0 for Monday to 6."""


@dataclass(frozen=True, slots=True)
class Clocked:
    """Recordings that began while a clock showed a number from `low` up to and including `high`."""

    unit: ClockUnit
    low: int
    high: int
    changes: tuple[tuple[int, int], ...]
    """Offsets of the clock (`core.timeline.offsets`)."""

    def shown(self, second: int) -> int:
        """The number that the clock showed at a second since 1970 UTC."""
        place = bisect_right(self.changes, second, key=lambda change: change[0])
        days, rest = divmod(second + self.changes[max(0, place - 1)][1], 86_400)
        return rest // 3600 if self.unit is ClockUnit.HOUR else (days + 3) % 7


@dataclass(frozen=True, slots=True)
class Is:
    """A flag that is set."""

    flag: Flag


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that stand one after another in what one voice of the transcript said."""

    words: tuple[str, ...]
    """Folded, as `speech.words_in` gives them; at least one."""
    begins: bool = False
    """True if the last of them may be the beginning of a word."""
    side: Side | None = None
    """The side that has to say it, if not any."""


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that `node` does not match."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Recordings that every one of `nodes` matches; everything if there are none."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Recordings that at least one of `nodes` matches."""

    nodes: tuple["Node", ...]


Leaf = Word | Match | Number | Span | Clocked | Is | Spoken
Node = Leaf | Not | All | Either


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A text that the person typed, and its meaning; blanks around it do not make it another one."""

    text: str = ""
    node: Node = All(())

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Query) and self._same == other._same

    @override
    def __hash__(self) -> int:
        return hash(self._same)

    @property
    def _same(self) -> tuple[str, Node]:
        return self.text.strip(), self.node

    @property
    def empty(self) -> bool:
        """True if it matches everything."""
        return self.node == All(())

    @property
    def conditions(self) -> tuple[Node, ...]:
        """The parts that must all hold."""
        return self.node.nodes if isinstance(self.node, All) else (self.node,)


EVERYTHING = Query()


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the table."""

    column: str = "started"
    descending: bool = True


NEWEST_FIRST = Order()
