"""Timeline: the moments of all recordings that match, to be counted by any periods at once."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final

from playhead.core.finding.query import All, Measure, Node, Span
from playhead.core.timeline.timekeys import second_of, up_to


class Split(StrEnum):
    """Properties by which the recordings of a timeline are told apart."""

    KIND = "kind"
    DIRECTION = "direction"
    HEALTH = "health"
    """Coarse: is there a fault, is there none, or was it not measured."""


FAULTY: Final = "faulty"
FINE: Final = "fine"
REST: Final = ""
"""Name of the last part: of recordings that say nothing, or are of none of the others."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The recordings of one period."""

    start: int
    """First second since 1970 UTC..."""
    end: int
    """...and the one behind the last."""
    counts: tuple[int, ...]
    """Number of recordings of each part."""

    @property
    def number(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Timeline:
    """The moments of the recordings that match a query, and the part that each belongs to."""

    keys: "array[int]" = field(default_factory=lambda: array("q"))
    """Their keys (`core.timeline.timekeys`), the newest recording first."""
    parts: bytes = b""
    """The place in `names` of each of them."""
    names: tuple[str, ...] = (REST,)
    """Names of the parts: values of the property that it was split by, the most frequent first."""
    undated: int = 0
    """Recordings that match and have no date."""
    whole: bool = True
    """False while only the newest ones have been read..."""
    oldest: int | None = None
    """...and then no recording at all that is loaded is older than this second."""

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def extent(self) -> tuple[int, int] | None:
        """The first second since 1970 UTC, and the one behind the last; None if there is no moment."""
        return (second_of(self.keys[-1]), second_of(self.keys[0]) + 1) if self.keys else None

    @property
    def reach(self) -> tuple[int, int] | None:
        """The extent as far as it is known: while not all has been read, down to what is loaded."""
        extent = self.extent
        if extent is None or self.whole or self.oldest is None:
            return extent
        return min(extent[0], self.oldest), extent[1]

    def bars(self, edges: Sequence[int]) -> tuple[Bar, ...]:
        """The recordings between each of `edges` (rising seconds since 1970 UTC) and the next."""
        places = [self.number_since(edge) for edge in edges]
        spans = zip(pairwise(edges), pairwise(places), strict=True)
        return tuple(Bar(start, end, self._counts(low, high)) for (start, end), (high, low) in spans)

    def number_since(self, second: float) -> int:
        """The number of recordings that are not older than a second since 1970 UTC."""
        return bisect_right(self.keys, up_to(second))

    def seconds(self, start: int, end: int) -> Iterator[int]:
        """The seconds since 1970 UTC of the recordings between two of them."""
        return map(second_of, self.keys[self.number_since(end) : self.number_since(start)])

    def followed_by(self, more: "Timeline") -> "Timeline":
        """This one and `more` of the same split, all of which is older."""
        return Timeline(
            keys=self.keys + more.keys,
            parts=self.parts + more.parts,
            names=self.names,
            undated=self.undated + more.undated,
            whole=more.whole,
            oldest=self.oldest,
        )

    def _counts(self, low: int, high: int) -> tuple[int, ...]:
        """Numbers by part between two places. The first part is most of them, and is what the rest leaves."""
        others = [self.parts.count(part, low, high) for part in range(1, len(self.names))]
        return (high - low - sum(others), *others)


def asked_period(node: Node) -> tuple[float | None, float | None]:
    """The seconds since 1970 UTC that every match lies between, as far as the query says so by dates."""
    spans = [
        each
        for each in (node.nodes if isinstance(node, All) else (node,))
        if isinstance(each, Span) and each.measure is Measure.DATE
    ]
    lows = [each.low for each in spans if each.low is not None]
    highs = [each.high for each in spans if each.high is not None]
    return max(lows, default=None), min(highs, default=None)
