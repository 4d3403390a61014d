"""Groupings: by what the values of a column are counted, and the counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from playhead.core.finding.query import Field, Measure, Node

NOTHING = ""
"""Key of the recordings that have no value."""


@dataclass(frozen=True, slots=True)
class Texts:
    """One value for each text that recordings have in a field; keys are those texts, folded.

    `field` has a `Field.value` of one column, which they are counted by.
    """

    field: Field
    named: str = ""
    """The column of table `search` with a name for what the text identifies."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Ranges of a measure, parted at `edges`; keys are their places, from 0 on: what is below the first."""

    measure: Measure
    edges: tuple[float, ...]
    """In rising order, in the unit of the measure; each belongs to the range above it."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Conditions, of which a recording may meet several; keys are their places."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Kins:
    """Groups of the same sound; keys are their numbers."""


@dataclass(frozen=True, slots=True)
class Quarters:
    """Quarters of an hour; keys are their numbers since 1970 UTC."""


Grouping = Texts | Steps | Alternatives | Kins | Quarters


@dataclass(slots=True)
class Counted:
    """Recordings of each value, as far as they were counted."""

    counts: Counter[str] = field(default_factory=Counter)
    """By the key of a value."""
    samples: dict[str, int] = field(default_factory=dict)
    """The catalogue id of a recording with each value, where it is known."""
    names: dict[str, str] = field(default_factory=dict)
    """The folded name of each value, where it has one besides its key."""
    number: int = 0
    """Recordings that match."""
    whole: bool = False
    """True if all of them were looked at."""

    def include(self, others: "Counted") -> None:
        """Count other recordings, too."""
        self.counts.update(others.counts)
        self.samples.update(others.samples)
        self.names.update(others.names)
        self.number += others.number

    def add(self, keys: Sequence[str], ids: Sequence[int]) -> None:
        """Count the recordings with these ids, whose values have these keys."""
        self.counts.update(keys)
        self.samples.update(zip(keys, ids, strict=True))
        self.number += len(keys)
