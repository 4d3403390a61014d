"""Seconds of the recording that were heard, worked out from how much a device has played."""

from collections import deque
from typing import NamedTuple

SEAM = 0.001
"""Seconds; spans that are closer than this are one."""
LONGEST = 1.0
"""Seconds after which what was heard is told, even if it goes on."""


class HeardSpan(NamedTuple):
    """From one second of a recording to another."""

    start: float
    end: float


class HeardLedger:
    """Keeps what was given to a device since it was opened, until it was heard."""

    def __init__(self) -> None:
        self._pieces: deque[tuple[int, HeardSpan]] = deque()
        self._heard = 0
        self._written = 0

    @property
    def written(self) -> int:
        """Frames that were given to the device."""
        return self._written

    def wrote(self, frames: int, span: HeardSpan) -> None:
        """Note that these frames, which sound that span, went to the device."""
        self._pieces.append((frames, span))
        self._written += frames

    def hear(self, frames: int) -> list[HeardSpan]:
        """The spans that became heard since the last time, now that `frames` were heard in all."""
        spans: list[HeardSpan] = []
        fresh = min(frames, self._written) - self._heard
        while fresh > 0 and self._pieces:
            count, span = self._pieces.popleft()
            if count > fresh:
                middle = span.start + (span.end - span.start) * fresh / count
                self._pieces.appendleft((count - fresh, HeardSpan(middle, span.end)))
                count, span = fresh, HeardSpan(span.start, middle)
            fresh -= count
            self._heard += count
            if spans and abs(spans[-1].end - span.start) < SEAM:
                spans[-1] = HeardSpan(spans[-1].start, span.end)
            else:
                spans.append(span)
        return spans


class Hearing:
    """Joins spans that follow one another, and gives each away once it is done."""

    def __init__(self) -> None:
        self._span: HeardSpan | None = None

    def add(self, span: HeardSpan) -> HeardSpan | None:
        """Note what was heard; gives a span that is done now, if one is."""
        known = self._span
        if known is not None and abs(known.end - span.start) < SEAM and known.end - known.start < LONGEST:
            self._span = HeardSpan(known.start, span.end)
            return None
        self._span = span
        return known

    def end(self) -> HeardSpan | None:
        """Break off; gives the span that was not given away yet."""
        known, self._span = self._span, None
        return known
