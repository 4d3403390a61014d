"""Which second of the recording is heard, when a device says how much it has played."""

from collections import deque
from typing import NamedTuple

# Spans that are closer than this (seconds) are one.
SEAM = 0.001


class Span(NamedTuple):
    """From one second of a recording to another."""

    start: float
    end: float


class Ledger:
    """Keeps what was given to a device since it was opened, until it was heard."""

    def __init__(self) -> None:
        self._pieces: deque[tuple[int, Span]] = deque()
        self._heard = 0
        self._written = 0

    @property
    def written(self) -> int:
        """How many frames were given to the device."""
        return self._written

    def wrote(self, frames: int, span: Span) -> None:
        """Note that these frames, which sound that span, went to the device."""
        self._pieces.append((frames, span))
        self._written += frames

    def hear(self, frames: int) -> list[Span]:
        """The spans that became heard since the last time, now that `frames` were heard in all."""
        spans: list[Span] = []
        fresh = min(frames, self._written) - self._heard
        while fresh > 0 and self._pieces:
            count, span = self._pieces.popleft()
            if count > fresh:
                middle = span.start + (span.end - span.start) * fresh / count
                self._pieces.appendleft((count - fresh, Span(middle, span.end)))
                count, span = fresh, Span(span.start, middle)
            fresh -= count
            self._heard += count
            if spans and abs(spans[-1].end - span.start) < SEAM:
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
        return spans
