"""Marks of a recording: star, notes, seconds that were really heard, exports."""

import math
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from playhead.core.health.verdicts import SoundHealth

_PAIR = struct.Struct("<ff")
SEAM = 0.05
"""Seconds between two spans that count as one: players report in steps."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of a recording, in its seconds: in order, apart from one another, none empty."""

    pairs: tuple[tuple[float, float], ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[float, float]]) -> "Spans":
        """The stretches that `pairs` cover, in whatever order and overlap they come."""
        joined: list[tuple[float, float]] = []
        forward = [(max(0.0, start), end) for start, end in pairs if max(0.0, start) < end < math.inf]
        for start, end in sorted(forward):
            if joined and start <= joined[-1][1] + SEAM:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        return cls(tuple(joined))

    @property
    def seconds(self) -> float:
        """Length of all of them together."""
        return sum(end - start for start, end in self.pairs)

    def add(self, start: float, end: float) -> "Spans":
        """These and one more."""
        return Spans.of((*self.pairs, (start, end)))

    def share(self, duration: float | None) -> float:
        """Share of a recording of `duration` seconds that they cover, 0 to 1.

        0 means that nothing was heard: of a recording of unknown length, anything heard counts as all of it.
        """
        if duration is None or duration <= 0:
            return 1.0 if self.pairs else 0.0
        return min(1.0, self.seconds / duration)

    def to_bytes(self) -> bytes:
        """A compact form to be kept."""
        return b"".join(_PAIR.pack(start, end) for start, end in self.pairs)

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Spans":
        """Read what `to_bytes` made; of anything else as much as can be read."""
        whole = kept[: len(kept) // _PAIR.size * _PAIR.size]
        return cls.of(_PAIR.iter_unpack(whole))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something the person wrote about a recording; `at` is the second it belongs to, if to any."""

    id: int
    text: str
    at: float | None = None
    made: datetime


@dataclass(frozen=True, slots=True)
class SameSound:
    """A group of recordings of one or more accounts that are the same sound; none of them is gone."""

    group: int
    """The number that the catalogue gave it."""
    ids: tuple[str, ...]
    """What their providers call them: at least two, and one that came through two accounts twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Everything that the provider does not know of one recording."""

    starred: bool = False
    heard: Spans = Spans()
    notes: tuple[Note, ...] = ()
    exported: datetime | None = None
    """When an export last kept its audio."""
    gone: datetime | None = None
    """When it was noticed that the provider no longer has it."""
    health: SoundHealth | None = None
    """What was measured of its audio; None if that was never done."""
    transcribed: bool = False
    """True if its provider lists a transcript of it, or one is kept."""
    same: SameSound | None = None
    """The group of recordings with its sound, if there is any other."""


NO_MARKS = Marks()
