"""Transcript of a recording, as its provider wrote it down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One stretch of speech, in seconds of the recording."""

    start: float
    end: float
    text: str
    speaker: str | None = None
    """Who speaks, as the provider tells them apart; `left` and `right` where it names channels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """All of it, in order. Playhead never asks for one to be made."""

    id: str
    locale: str | None
    lines: tuple[Line, ...]
    summary: str | None = None

    @property
    def text(self) -> str:
        """The words alone, a line each, for searching."""
        return "\n".join(line.text for line in self.lines)
