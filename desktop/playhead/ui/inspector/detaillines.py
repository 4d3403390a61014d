"""Fields of a recording in words, in the order in which they stand in the inspector."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Final

from playhead.core.recording import Party, Recording
from playhead.core.text import shortened
from playhead.ui.look.labels import plain
from playhead.ui.look.lefttoright import beside, number
from playhead.ui.wording import words

IDS: Final = frozenset({"Recording", "Call", "Channel", "Conference"})
COPIED: Final = IDS | {"From", "To", "Name", "File"}
"""Fields that people copy: these have a sign for it."""


class TranscriptAnswer(Enum):
    """Answer of a provider that was asked for the transcript of a recording."""

    NOT_ASKED = auto()
    GIVEN = auto()
    """A transcript, which is kept."""
    NONE = auto()


@dataclass(frozen=True, slots=True)
class DetailLine:
    """One field with its value."""

    name: str
    shown: tuple[str, ...]
    """Texts that each begin on a line of their own, ready to be drawn."""
    whole: str
    """The value as it is copied."""

    @property
    def spoken(self) -> str:
        """The line for a screen reader."""
        return f"{self.name}: {self.whole}"


def lines(
    recording: Recording, provider: str, now: datetime, answer: TranscriptAnswer = TranscriptAnswer.NOT_ASKED
) -> tuple[DetailLine, ...]:
    """Every field that has a value, in the person's words and zone; `provider` is a title."""
    return tuple(_lines(recording, transcribed(recording, provider, answer), now))


def transcribed(recording: Recording, provider: str, answer: TranscriptAnswer) -> str:
    """The provider's word for it that a recording was transcribed, beside what it gave when it was asked."""
    if answer is TranscriptAnswer.GIVEN:
        return "yes" if recording.transcribed is not False else f"yes, though {provider} says no"
    if recording.transcribed is None:
        return ""
    if not recording.transcribed:
        return f"no, {provider} says"
    if answer is TranscriptAnswer.NONE:
        return f"{provider} says it was transcribed, but gives no transcript (yet)"
    return f"yes, {provider} says"


def _lines(recording: Recording, told: str, now: datetime) -> Iterator[DetailLine]:
    for name, moment in (("Started", recording.started), ("Ended", recording.ended)):
        yield from _line(name, _when(moment, now))
    yield from _line("Duration", _duration(recording))
    yield from _party("From", recording.caller)
    yield from _party("To", recording.callee)
    yield from _line("Name", recording.name)
    yield from _line("File", recording.filename)
    yield from _line("Kind", recording.kind)
    yield from _line("Direction", recording.direction)
    yield from _line("Status", recording.status)
    yield from _line("Audio", *_sound(recording))
    yield from _line("Transcribed", told)
    yield from _line("Origin", recording.origin)
    yield from _line("Created", _when(recording.created, now))
    yield from _line("Created by", recording.creator)
    yield from _line("Updated", _when(recording.updated, now))
    for name, value in (
        ("Recording", recording.id),
        ("Call", recording.call),
        ("Channel", recording.channel),
        ("Conference", recording.conference),
    ):
        if value:
            yield DetailLine(name, (plain(shortened(value, 17)),), value)


def _line(name: str, *parts: str | None) -> Iterator[DetailLine]:
    """The line of a field, its parts side by side; none if it has no value."""
    there = [part for part in parts if part]
    if there:
        yield DetailLine(name, (beside(*map(plain, there)),), " · ".join(there))


def _when(moment: datetime | None, now: datetime) -> str:
    return words.exact_moment(moment, now) if moment else ""


def _duration(recording: Recording) -> str:
    """Duration as the provider tells it, or else as it was measured, which is said."""
    if recording.length is None:
        return ""
    return words.length(recording.length) + (", as measured" if recording.duration is None else "")


def _sound(recording: Recording) -> tuple[str, ...]:
    lanes = "" if recording.stereo is None else "stereo" if recording.stereo else "mono"
    return recording.format or "", lanes, words.size(recording.size) if recording.size is not None else ""


def _party(name: str, party: Party | None) -> Iterator[DetailLine]:
    """Party of a call, its number below its name; copied with the number as the provider wrote it."""
    if party is None:
        return
    line = party.line if party.line != "pstn" else None
    digits = number(plain(words.phone(party)))
    shown = (plain(party.name or ""), beside(digits, plain(party.country or ""), plain(line or "")))
    whole = " · ".join(part for part in (party.name, party.address, party.country, line) if part)
    if whole or party.anonymous:
        yield DetailLine(name, tuple(filter(None, shown)) or ("anonymous",), whole or "anonymous")
