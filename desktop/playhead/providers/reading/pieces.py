"""From timed pieces of text to the lines of a transcript: one unit of time, words joined, sides named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from playhead.core.transcript import Line
from playhead.providers.reading.rawfields import LONGEST_NAME, shown

LONGEST_LINE = 20_000
"""Characters of a line that are kept."""

_LONGEST_MEDIAN = 60.0
"""Seconds; when half of all lines are longer than that, their times are milliseconds."""

_LONGEST_PAUSE = 1.0
_LONGEST_SENTENCE = 15.0
_LARGEST_SENTENCE = 400
"""Characters of joined words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedText:
    """A phrase or a word, as a provider gave it."""

    start: float
    end: float
    text: str
    exact: bool
    """True if its times are seconds; else they may be milliseconds as well."""
    speaker: str | None
    channel: str | None


def lines_of(pieces: Sequence[TimedText], *, words: bool, duration: float | None) -> tuple[Line, ...]:
    """The lines in the order of their beginnings; with `words`, the pieces are joined to sentences."""
    timed = _in_seconds(pieces, duration)
    joined = _sentences(timed) if words else timed
    sides = _sides(joined)
    return tuple(
        Line(
            start=piece.start,
            end=piece.end,
            text=shown(piece.text, LONGEST_LINE),
            speaker=_speaker(piece, sides),
        )
        for piece in sorted(joined, key=lambda piece: piece.start)
    )


def _in_seconds(pieces: Sequence[TimedText], duration: float | None) -> Sequence[TimedText]:
    unsure = [piece for piece in pieces if not piece.exact]
    if not unsure:
        return pieces
    latest = max(piece.end for piece in unsure)
    if duration:
        is_milliseconds = latest > duration * 1.5 + 5
    else:
        starts = sorted(piece.start for piece in unsure)
        lengths = [piece.end - piece.start for piece in unsure if piece.end > piece.start]
        lengths = lengths or [after - before for before, after in pairwise(starts)]
        is_milliseconds = bool(lengths) and median(lengths) > _LONGEST_MEDIAN
    if not is_milliseconds:
        return pieces
    return [
        piece if piece.exact else replace(piece, start=piece.start / 1000, end=piece.end / 1000)
        for piece in pieces
    ]


def _sentences(words: Sequence[TimedText]) -> list[TimedText]:
    """Words joined until somebody else speaks, pauses, or has come to an end."""
    lines: list[TimedText] = []
    for word in sorted(words, key=lambda each: (each.channel or "", each.start)):
        last = lines[-1] if lines else None
        if (
            last is None
            or (last.speaker, last.channel) != (word.speaker, word.channel)
            or word.start - last.end > _LONGEST_PAUSE
            or word.end - last.start > _LONGEST_SENTENCE
            or len(last.text) > _LARGEST_SENTENCE
            or last.text.endswith((".", "?", "!", "。"))
        ):
            lines.append(word)
        else:
            lines[-1] = replace(last, end=max(last.end, word.end), text=f"{last.text} {word.text}")
    return lines


def _sides(pieces: Sequence[TimedText]) -> Mapping[str, str]:
    """Names of the two channels; nothing if there are not two, or others than the first and second."""
    channels = {piece.channel for piece in pieces if piece.channel is not None}
    if channels in ({"0", "1"}, {"1", "2"}):
        return dict(zip(sorted(channels), ("left", "right"), strict=True))
    return {}


def _speaker(piece: TimedText, sides: Mapping[str, str]) -> str | None:
    """Name of the speaker, else the side, else whatever tells one from the other."""
    side, named = sides.get(piece.channel or ""), piece.speaker
    if side is not None and (named is None or named.isdecimal()):
        return side
    if named is None and piece.channel is not None and not piece.channel.isdecimal():
        named = piece.channel
    return shown(named, LONGEST_NAME) if named else None
