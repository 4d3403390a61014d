"""Finding what was said in JSON of an unknown shape: timed pieces of text, wherever and however named.

Bird does not document what a transcription's `.json` holds. Makers of transcripts agree on lists of objects
with a text, a start, and an end or a duration; on little else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median

from playhead.core.errors import Garbled
from playhead.core.transcript import Line, Side
from playhead.providers.reading.rawfields import LONGEST_NAME, number, period, shown
from playhead.providers.reading.sides import sides_of

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
            side=sides.get(piece.channel or ""),
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


def _sides(pieces: Sequence[TimedText]) -> Mapping[str, Side]:
    """Sides of the two channels; nothing if there are not two, or others than the first and second."""
    return sides_of({piece.channel for piece in pieces if piece.channel is not None})


def _speaker(piece: TimedText, sides: Mapping[str, Side]) -> str | None:
    """Name of the speaker, else the side, else whatever tells one from the other."""
    side, named = sides.get(piece.channel or ""), piece.speaker
    if side is not None and (named is None or named.isdecimal()):
        return str(side)
    if named is None and piece.channel is not None and not piece.channel.isdecimal():
        named = piece.channel
    return shown(named, LONGEST_NAME) if named else None


_DEEPEST = 12
_LONGEST_WORD = 100
_LATEST = 7 * 24 * 3600.0
"""Seconds; what is later is a moment or a phone number."""

_TEXT: tuple[str, ...] = ("punctuatedword", "text", "transcript", "sentence", "utterance", "phrase")
_TEXT += ("display", "content", "word", "caption", "value", "body")
_START: tuple[str, ...] = ("start", "starttime", "startoffset", "startedat", "startat", "begin", "begintime")
_START += ("offset", "ts", "timestamp")
_END = ("end", "endtime", "endoffset", "endedat", "endat", "finish", "endts")
_LENGTH = ("duration", "length")
_SPEAKER = ("speaker", "speakername", "speakerlabel", "speakerid", "speakertag", "role", "participant")
_CHANNEL = ("channel", "channelindex", "channelid", "channeltag", "channelnumber", "channellabel")
_INSIDE = frozenset({"position", "time", "times", "timing", "timestamps", "interval"})
"""Objects in which a piece may keep its times."""
_WORDS = frozenset({"words", "items", "tokens", "elements"})
_NAMES = _WORDS | {"segments", "utterances", "phrases", "sentences", "lines", "results", "cues", "monologues"}
_RIVALS = frozenset({"alternatives", "nbest"})
"""Lists of guesses, of which the first is the best."""

_UNIT = re.compile(r"(?:in)?(ms|msec|msecs|millis|milliseconds)$|(?:in)?(s|sec|secs|seconds)$")

Facts = Mapping[str, object]


def spoken(said: object, duration: float | None) -> tuple[Line, ...]:
    """The lines in `said`, in seconds. `duration` of the recording tells seconds from milliseconds.

    Raises `Garbled` if there is nothing that could be them; an empty list of a fitting name is no lines.
    """
    lists = dict[str, list[TimedText]]()
    for path, pieces in _lists(said, "", None, 0):
        lists.setdefault(path, []).extend(pieces)
    full = {path: pieces for path, pieces in lists.items() if pieces}
    if not full:
        if lists:
            return ()
        raise Garbled("shape", "no transcript of a known shape")
    # Phrases before words, and what is said once before what repeats it further down.
    path = min(full, key=lambda each: (_is_words(each), each.count("/")))
    return lines_of(full[path], words=_is_words(path), duration=duration)


def untimed(said: object) -> str:
    """The text in `said` where it has no times: a row for each piece, behind its speaker."""
    if isinstance(said, str):
        return said
    rows = dict[str, list[tuple[str, str]]]()
    for path, who, text in _texts(said, "", "", 0):
        rows.setdefault(path, []).append((who, text))
    path = min(rows, key=lambda each: (_is_words(each), each.count("/")), default="")
    if _is_words(path):
        spoken = [(who, " ".join(text for _, text in run)) for who, run in groupby(rows[path], itemgetter(0))]
    else:
        spoken = rows.get(path, [])
    return "\n".join(f"{who}: {text}" if who else text for who, text in spoken)


def _texts(value: object, path: str, who: str, depth: int) -> Iterator[tuple[str, str, str]]:
    """Every text of a fitting name, with the names of the fields that lead to it and who says it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        facts = _plainly(value)
        who = _text(facts, _SPEAKER) or _text(facts, _CHANNEL) or who
        if (name := next((name for name in _TEXT if _text(facts, (name,))), None)) is not None:
            yield path, who, str(facts[name])
        for key, inner in value.items():
            yield from _texts(inner, f"{path}/{_name(key)}", who, depth + 1)
    elif isinstance(value, list):
        for inner in value[:1] if path.rpartition("/")[2] in _RIVALS else value:
            if isinstance(inner, str) and path.rpartition("/")[2] in _NAMES:
                yield path, who, inner
            else:
                yield from _texts(inner, path, who, depth + 1)


def _lists(
    value: object, path: str, channel: str | None, depth: int
) -> Iterator[tuple[str, list[TimedText]]]:
    """Every list of pieces, with the names of the fields that lead to it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        own = _text(_plainly(value), _CHANNEL) or channel
        for key, inner in value.items():
            name = _name(key)
            # An empty list that was never made is null.
            yield from _lists(
                [] if inner is None and name in _NAMES else inner, f"{path}/{name}", own, depth + 1
            )
    elif isinstance(value, list):
        if pieces := _pieces(value, channel):
            yield path, pieces
            return
        if not value and path.rpartition("/")[2] in _NAMES:
            yield path, []
        for inner in value[:1] if path.rpartition("/")[2] in _RIVALS else value:
            yield from _lists(inner, path, channel, depth + 1)


def _pieces(rows: list[object], channel: str | None) -> list[TimedText]:
    pieces: list[TimedText] = []
    for row in rows:
        facts = _plainly(row)
        text = _text(facts, _TEXT) or _text(_guess(row), _TEXT)
        start = _time(facts, _START)
        if text is None:
            continue
        if start is None:
            # Punctuation between timed words belongs to the word before it.
            if pieces and len(text) == 1 and not text.isalnum() and len(pieces[-1].text) < _LONGEST_WORD:
                pieces[-1] = replace(pieces[-1], text=pieces[-1].text + text)
            continue
        end, length = _time(facts, _END), _time(facts, _LENGTH)
        pieces.append(
            TimedText(
                start=start[0],
                end=max(start[0], end[0] if end else start[0] + (length[0] if length else 0.0)),
                text=text,
                exact=start[1],
                speaker=_text(facts, _SPEAKER),
                channel=_text(facts, _CHANNEL) or channel,
            )
        )
    return pieces


def _plainly(row: object) -> Facts:
    """The fields of an object, with those of its times, by their plain names."""
    if not isinstance(row, dict):
        return {}
    facts = {_name(key): value for key, value in row.items()}
    for name in _INSIDE & facts.keys():
        if isinstance(inner := facts[name], dict):
            facts = {_name(key): value for key, value in inner.items()} | facts
    return facts


def _guess(row: object) -> Facts:
    """The best of the alternatives that a piece may hold instead of a text."""
    for name, value in _plainly(row).items():
        if name in _RIVALS and isinstance(value, list) and value:
            return _plainly(value[0])
    return {}


def _name(key: object) -> str:
    return _letters(str(key)[:_LONGEST_WORD])


@lru_cache(maxsize=512)
def _letters(key: str) -> str:
    return re.sub(r"[^a-z]", "", key.lower())


def _text(facts: Facts, names: tuple[str, ...]) -> str | None:
    for name in names:
        value = facts.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9:
            value = str(value)
        if isinstance(value, str) and (text := shown(value, LONGEST_LINE)):
            return text
    return None


def _time(facts: Facts, names: tuple[str, ...]) -> tuple[float, bool] | None:
    """A time, in seconds if it is said or written so (then also True)."""
    for key, value in facts.items():
        unit = _UNIT.search(key)
        base = key[: unit.start()] if unit else key
        if key not in names and base not in names:
            continue
        written = period(value) if isinstance(value, str) else None
        found = number(value) if written is None else written
        if found is None or not 0 <= found <= _LATEST * 1000:
            continue
        exact = written is not None or (unit is not None and key not in names)
        if exact and written is None and unit is not None and unit[1]:
            found /= 1000
        if exact and found > _LATEST:
            continue
        return found, exact
    return None


def _is_words(path: str) -> bool:
    return path.rpartition("/")[2] in _WORDS
