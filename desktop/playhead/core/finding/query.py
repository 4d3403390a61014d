"""A query, parsed: a small tree that is translated to SQL and to what each server can filter.

`All(())` matches everything. Leaves hold folded text (see `core.text.fold`), so that two translations
cannot differ in how they compare.
"""

from dataclasses import dataclass
from enum import StrEnum

from typing_extensions import override


class Field(StrEnum):
    """The words that can stand before a colon and are compared as text."""

    PROVIDER = "provider"
    ACCOUNT = "account"
    KIND = "kind"
    DIRECTION = "direction"
    STATUS = "status"
    FROM = "from"
    TO = "to"
    WITH = "with"
    FORMAT = "format"
    NAME = "name"
    ID = "id"
    CHANNEL = "channel"
    CALL = "call"
    NOTE = "note"
    """Each note that the person wrote about the recording."""


class Measure(StrEnum):
    """What can be compared with a range."""

    DATE = "date"
    """The recording's moment, as seconds since 1970 UTC."""
    DURATION = "duration"
    """Seconds."""
    SIZE = "size"
    """Bytes of the audio."""
    HEARD = "heard"
    """What part of it the person heard, 0 to 1; every recording has it."""


class Flag(StrEnum):
    """What `is:` can ask."""

    PLAYABLE = "playable"
    STEREO = "stereo"
    MONO = "mono"
    TRANSCRIBED = "transcribed"
    ANONYMOUS = "anonymous"
    STARRED = "starred"
    UNHEARD = "unheard"
    """Not a second of it was heard."""
    NOTED = "noted"
    EXPORTED = "exported"
    """An export kept its audio."""
    GONE = "gone"
    """Its provider no longer has it."""


class Way(StrEnum):
    """How a pattern is compared with a field."""

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


@dataclass(frozen=True, slots=True)
class Is:
    """A flag that is set."""

    flag: Flag


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that `node` does not match."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """What every one of `nodes` matches; everything if there are none."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What at least one of `nodes` matches."""

    nodes: tuple["Node", ...]


Node = Word | Match | Number | Span | Is | Not | All | Either


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """What the person typed, and what it means; blanks before and behind it do not make it another one."""

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
        """Whether it matches everything."""
        return self.node == All(())

    @property
    def conditions(self) -> tuple[Node, ...]:
        """The parts that must all hold."""
        return self.node.nodes if isinstance(self.node, All) else (self.node,)


EVERYTHING = Query()


class QueryError(Exception):
    """The text cannot be understood: a sentence for the person, and where in the text (start, end)."""

    def __init__(self, sentence: str, start: int, end: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.start = start
        self.end = end


@dataclass(frozen=True, slots=True)
class Order:
    """What the table is sorted by."""

    column: str = "started"
    descending: bool = True


NEWEST_FIRST = Order()
