"""Transcript of a recording, as its provider wrote it down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from playhead.core.errors import ProviderError


class Side(StrEnum):
    """Side of a call, where a transcript tells them apart by channel."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One stretch of speech, in seconds of the recording."""

    start: float
    end: float
    text: str
    speaker: str | None = None
    """Who speaks, as the provider tells them apart; `left` and `right` where it names channels alone."""
    side: Side | None = None
    """The channel on which it was said, where that is told."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Everything that one speaker said: a phrase may begin in one line and end in the next."""

    side: Side | None
    lines: tuple[int, ...]
    """Places of the lines in the transcript, in the order in which they begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """All of it, in order. Playhead never asks for one to be made."""

    id: str
    locale: str | None
    lines: tuple[Line, ...]
    summary: str | None = None

    @property
    def timed(self) -> bool:
        """False if nobody tells when its lines were said: then all of them begin and end at 0."""
        return any(line.end > 0 for line in self.lines)

    @property
    def voices(self) -> Sequence[Speaker]:
        """The speakers, those first who speak first; lines that come out of order are in order there."""
        found = dict[tuple[Side | None, str | None], list[int]]()
        for place in sorted(range(len(self.lines)), key=lambda place: self.lines[place].start):
            line = self.lines[place]
            found.setdefault((line.side, line.speaker), []).append(place)
        return [Speaker(side, tuple(lines)) for (side, _), lines in found.items()]

    def said_by(self, voice: Speaker) -> str:
        """The words of a voice, a line each."""
        return "\n".join(self.lines[place].text for place in voice.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcription:
    """Entry of a provider's list: that a recording was transcribed, or is being."""

    id: str
    recording: str
    """The provider's id of the recording."""
    ready: bool
    made: datetime | None
    locale: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptionPage:
    """One page of that list."""

    transcriptions: tuple[Transcription, ...] = ()
    cursor: str | None = None
    """What the next page is asked with; None at the end."""
    trouble: ProviderError | None = None
    """Why this is perhaps not all of the page; the same one is asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProgress:
    """Progress in reading the list of an account; kept in the catalogue, so that a restart goes on there."""

    token: str | None = ""
    """What to go on with: None at the end, empty at the top."""
    behind: str | None = None
    """Where an older, unfinished reading stopped, while the top is read again."""
    began: datetime | None = None
    """When the top was last asked for."""
    whole: bool = False
    """True once the list was read to its end; what came later is at the top."""
