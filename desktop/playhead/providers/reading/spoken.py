"""Finding what was said in JSON of an unknown shape: timed pieces of text, wherever and however named.

Bird does not document what a transcription's `.json` holds. Makers of transcripts agree on lists of objects
with a text, a start, and an end or a duration; on little else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from playhead.core.errors import Garbled
from playhead.core.transcript import Line, Side
from playhead.providers.reading.pieces import LONGEST_LINE, Piece
from playhead.providers.reading.rawfields import LONGEST_NAME, shown
from playhead.providers.reading.sides import sides_of
from playhead.providers.reading.tellings import timed_telling, untimed_telling

_FEWEST_LETTERS = 0.04
"""Letters in a second of speech, at least; there are about 15, and 0.015 in a millisecond."""
_LATE = 5.0
"""Durations after whose end nobody begins to speak, wrong as they may be."""

_LONGEST_PAUSE = 1.0
_LONGEST_SENTENCE = 15.0
_LARGEST_SENTENCE = 400
"""Characters of joined words."""


def spoken(said: object, duration: float | None) -> tuple[Line, ...]:
    """The lines in `said`, in seconds. `duration` of the recording tells seconds from milliseconds.

    Raises `Garbled` if there is nothing that could be them; an empty list of a fitting name is no lines.
    """
    telling = timed_telling(said)
    if telling is None:
        raise Garbled("shape", "no transcript of a known shape")
    return _lines_of(telling.pieces, words=telling.words, duration=duration) if telling.pieces else ()


def untimed(said: object) -> str:
    """The text in `said` where it has no times: a row for each piece, behind its speaker."""
    if isinstance(said, str):
        return said
    telling = untimed_telling(said)
    if telling is None:
        return ""
    rows = [(piece.speaker or piece.channel or "", piece.text) for piece in telling.pieces]
    if telling.words:
        rows = [(who, " ".join(text for _, text in run)) for who, run in groupby(rows, itemgetter(0))]
    return "\n".join(f"{who}: {text}" if who else text for who, text in rows)


def _lines_of(pieces: Sequence[Piece], *, words: bool, duration: float | None) -> tuple[Line, ...]:
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
            side=sides.get(piece.channel or ""),
        )
        for piece in sorted(joined, key=lambda piece: piece.start)
    )


def _in_seconds(pieces: Sequence[Piece], duration: float | None) -> Sequence[Piece]:
    unsure = [piece for piece in pieces if not piece.exact]
    if not unsure or not _are_milliseconds(unsure, duration):
        return pieces
    return [
        piece if piece.exact else replace(piece, start=piece.start / 1000, end=piece.end / 1000)
        for piece in pieces
    ]


def _are_milliseconds(pieces: Sequence[Piece], duration: float | None) -> bool:
    """True if the times are whole, too late for seconds, and much too long for the little that is said."""
    times = [time for piece in pieces for time in (piece.start, piece.end)]
    latest = max(times)
    if not all(time.is_integer() for time in times) or (duration and latest <= duration * 1.5 + 5):
        return False
    # A provider's duration may be wrong, and without one everything may be late: so speech has to tell.
    starts = sorted(piece.start for piece in pieces)
    length = sum(piece.end - piece.start for piece in pieces) or starts[-1] - starts[0]
    if length:
        return sum(len(piece.text) for piece in pieces) < length * _FEWEST_LETTERS
    return duration is not None and latest > duration * _LATE > 0


def _sentences(words: Sequence[Piece]) -> list[Piece]:
    """Words joined until somebody else speaks, pauses, or has come to an end."""
    lines: list[Piece] = []
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


def _sides(pieces: Sequence[Piece]) -> Mapping[str, Side]:
    """Sides of the two channels; nothing if there are not two, or others than the first and second."""
    return sides_of({piece.channel for piece in pieces if piece.channel is not None})


def _speaker(piece: Piece, sides: Mapping[str, Side]) -> str | None:
    """Name of the speaker, else the side, else whatever tells one from the other."""
    side, named = sides.get(piece.channel or ""), piece.speaker
    if side is not None and (named is None or named.isdecimal()):
        return str(side)
    if named is None and piece.channel is not None and not piece.channel.isdecimal():
        named = piece.channel
    return shown(named, LONGEST_NAME) if named else None
