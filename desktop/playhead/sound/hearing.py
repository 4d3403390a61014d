"""Gathers what was heard into spans of about a second."""

from playhead.sound.ledger import SEAM, Span

LONGEST = 1.0
"""Seconds after which what was heard is told, even if it goes on."""


class Hearing:
    """Joins spans that follow one another, and gives each away once it is done."""

    def __init__(self) -> None:
        self._span: Span | None = None

    def add(self, span: Span) -> Span | None:
        """Note what was heard; what is done now, if anything is."""
        known = self._span
        if known is not None and abs(known.end - span.start) < SEAM and known.end - known.start < LONGEST:
            self._span = Span(known.start, span.end)
            return None
        self._span = span
        return known

    def end(self) -> Span | None:
        """Hearing was broken off; what was not given away yet."""
        known, self._span = self._span, None
        return known
