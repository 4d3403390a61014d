"""Course through a recording: the seconds that are played, and where playing goes on from each of them."""

from bisect import bisect_right
from dataclasses import dataclass
from math import inf

from playhead.core.marks import Spans

SHORTEST_LOOP = 0.1
"""Seconds; a loop that is shorter would be a tone."""
LEAST_GAP = 0.02
"""Seconds; to leave out less would cost more than it saves."""
# Times are rounded to samples; this close (seconds) is the same place.
_GRAIN = 1 / 48_000

Loop = tuple[float, float]
NO_GAPS = Spans()


@dataclass(frozen=True, slots=True)
class Course:
    """A loop, if there is one, and the gaps that are left out; all in seconds of the recording."""

    loop: Loop | None = None
    gaps: Spans = NO_GAPS

    @classmethod
    def of(cls, loop: Loop | None, gaps: Spans) -> "Course":
        """A course that always leads somewhere: a loop that is nothing but gaps is played with them."""
        pairs = tuple((begin, stop) for begin, stop in gaps.pairs if stop - begin >= LEAST_GAP)
        if loop is None:
            return cls(None, Spans(pairs))
        start, end = loop
        inside = tuple((begin, min(stop, end)) for begin, stop in pairs if begin < end - LEAST_GAP)
        silent = sum(stop - max(begin, start) for begin, stop in inside if stop > start)
        return cls(loop, Spans(inside) if end - start - silent >= SHORTEST_LOOP else NO_GAPS)

    def landing(self, place: float) -> float:
        """Place at which playing really goes on when it comes to `place`."""
        for _ in range(2):  # a gap may end with the loop, and the loop may begin with a gap
            if self.loop is not None and place >= self.loop[1] - _GRAIN:
                place = self.loop[0]
            at = bisect_right(self.gaps.pairs, (place + _GRAIN, inf))
            if at and place < self.gaps.pairs[at - 1][1] - _GRAIN:
                place = self.gaps.pairs[at - 1][1]
        return place

    def stop(self, place: float) -> float:
        """Up to where playing goes straight on from `place`; infinity if up to the end."""
        at = bisect_right(self.gaps.pairs, (place, -inf))
        gap = self.gaps.pairs[at][0] if at < len(self.gaps.pairs) else inf
        return gap if self.loop is None else min(gap, self.loop[1])

    def differs(self, other: "Course", start: float, end: float) -> bool:
        """True if the two play different parts between `start` and `end`."""
        if self.loop != other.loop:
            return True
        if self.loop is not None:
            start, end = min(start, self.loop[0]), self.loop[1]
        return _between(self.gaps, start, end) != _between(other.gaps, start, end)


def loop_of(start: float | None, end: float | None) -> Loop | None:
    """The loop between two places in either order, at least 0.1 s long; None if one of them is missing."""
    if start is None or end is None:
        return None
    start, end = max(0.0, min(start, end)), max(start, end)
    return start, max(end, start + SHORTEST_LOOP)


def _between(gaps: Spans, start: float, end: float) -> list[tuple[float, float]]:
    return [(max(start, a), min(end, b)) for a, b in gaps.pairs if a < end and b > start]
