"""Finding what was said in JSON of an unknown shape: timed pieces of text, wherever and however named.

Bird does not document what a transcription's `.json` holds. Makers of transcripts agree on lists of objects
with a text, a start, and an end or a duration; on little else.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from playhead.core.errors import Garbled
from playhead.core.transcript import Line
from playhead.providers.reading.pieces import LONGEST_LINE, TimedText, lines_of
from playhead.providers.reading.rawfields import number, period, shown

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
