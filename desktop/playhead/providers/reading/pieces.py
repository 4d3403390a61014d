"""Reading one piece of what was said, a phrase or a word, from an object of JSON with names of any kind."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from playhead.providers.reading.rawfields import number, period, shown

LONGEST_LINE = 20_000
"""Characters of a line that are kept."""

RIVALS = frozenset({"alternatives", "nbest"})
"""Lists of guesses, of which the first is the best."""

_LONGEST_WORD = 100
_LATEST = 7 * 24 * 3600.0
"""Seconds; what is later is a moment or a phone number."""

TEXT: tuple[str, ...] = ("punctuatedword", "text", "transcript", "sentence", "utterance", "phrase")
TEXT += ("display", "content", "word", "caption", "value", "body")
_START: tuple[str, ...] = ("start", "starttime", "startoffset", "startedat", "startat", "begin", "begintime")
_START += ("offset", "ts", "timestamp")
_END = ("end", "endtime", "endoffset", "endedat", "endat", "finish", "endts")
_LENGTH = ("duration", "length")
SHAPE = frozenset({*TEXT, *_START, *_END, *_LENGTH})
"""Names by which lists of one maker are known."""
SPEAKER = ("speaker", "speakername", "speakerlabel", "speakerid", "speakertag", "role", "participant")
CHANNEL = ("channel", "channelindex", "channelid", "channeltag", "channelnumber", "channellabel")
_CALLED = ("name", "displayname", "label", "id", "index")
_INSIDE = frozenset({"position", "time", "times", "timing", "timestamps", "interval"})
"""Objects in which a piece may keep its times."""

_UNIT = re.compile(r"(?:in)?(ms|msec|msecs|millis|milliseconds)$|(?:in)?(s|sec|secs|seconds)$")
_AMOUNT = re.compile(
    r"\s*([-+]?\d{1,20}(?:[.,]\d{1,20})?)\s*((ms|msecs?|millis(?:econds?)?)|s|secs?|seconds?)?\s*",
    re.IGNORECASE,
)
_SLIGHTLY = 1.0
"""Seconds before the beginning that mean the beginning; what is earlier means that nobody knows."""

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A phrase or a word, as a provider gave it."""

    text: str
    start: float = 0.0
    end: float = 0.0
    exact: bool = True
    """True if its times are seconds; else they may be milliseconds as well."""
    speaker: str | None = None
    channel: str | None = None


def timed_pieces(rows: Sequence[object], speaker: str | None, channel: str | None) -> list[Piece]:
    """The pieces in `rows` if any has a time; by that speaker, on that channel, if they tell no other."""
    pieces: list[Piece] = []
    is_timed = False
    for row in rows:
        facts = plainly(row)
        said = text(facts, TEXT) or text(_guess(row), TEXT)
        if said is None:
            continue
        start = _time(facts, _START)
        is_timed = is_timed or start is not None
        before = pieces[-1] if pieces else Piece(text="")
        # Punctuation between timed words belongs to the word before it.
        is_sign = len(said) == 1 and not said.isalnum()
        if start is None and is_sign and pieces and len(before.text) < _LONGEST_WORD:
            pieces[-1] = replace(before, text=before.text + said)
            continue
        end, length = _time(facts, _END), _time(facts, _LENGTH)
        if start is None:
            # What was said is worth more than when: it is kept where the piece before it is.
            start = before.start, before.exact if pieces or end is None else end[1]
            end = end if end is not None and end[1] == start[1] else None
        pieces.append(
            Piece(
                start=start[0],
                end=max(start[0], end[0] if end else start[0] + (length[0] if length else 0.0)),
                text=said,
                exact=start[1],
                speaker=voice(facts, SPEAKER) or speaker,
                channel=voice(facts, CHANNEL) or channel,
            )
        )
    return pieces if is_timed else []


def is_silent(row: object, *, timed: bool) -> bool:
    """True for a piece whose text is empty; with `timed`, only if it has a time."""
    facts = plainly(row)
    texts = [facts[name] for name in TEXT if name in facts]
    is_empty = all(said is None or (isinstance(said, str) and not shown(said)) for said in texts)
    return bool(texts) and is_empty and (not timed or _time(facts, _START) is not None)


def plainly(row: object) -> Facts:
    """The fields of an object, with those of its times, by their plain names."""
    if not isinstance(row, dict):
        return {}
    facts = {plain(key): value for key, value in row.items()}
    for name in _INSIDE & facts.keys():
        if isinstance(inner := facts[name], dict):
            facts = {plain(key): value for key, value in inner.items()} | facts
    return facts


def plain(key: object) -> str:
    """The letters of a name, all of them small."""
    return _letters(str(key)[:_LONGEST_WORD])


def text(facts: Facts, names: tuple[str, ...]) -> str | None:
    """The first text or whole number in one of those fields."""
    for name in names:
        value = facts.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9:
            value = str(value)
        if isinstance(value, str) and (found := shown(value, LONGEST_LINE)):
            return found
    return None


def voice(facts: Facts, names: tuple[str, ...]) -> str | None:
    """The text in one of those fields, or what an object there is called."""
    if (found := text(facts, names)) is not None:
        return found
    objects = (plainly(facts[name]) for name in names if isinstance(facts.get(name), dict))
    return next((found for each in objects if (found := text(each, (*_CALLED, *names)))), None)


@lru_cache(maxsize=512)
def _letters(key: str) -> str:
    return re.sub(r"[^a-z]", "", key.lower())


def _guess(row: object) -> Facts:
    """The best of the alternatives that a piece may hold instead of a text."""
    for name, value in plainly(row).items():
        if name in RIVALS and isinstance(value, list) and value:
            return plainly(value[0])
    return {}


def _time(facts: Facts, names: tuple[str, ...]) -> tuple[float, bool] | None:
    """A time, in seconds if it is said or written so (then also True)."""
    for key, value in facts.items():
        unit = _UNIT.search(key)
        base = key[: unit.start()] if unit else key
        if key not in names and base not in names:
            continue
        found, exact = _seconds(value)
        if found is None or not -_SLIGHTLY < found <= _LATEST * 1000:
            continue
        if not exact and unit is not None and key not in names:
            found, exact = found / 1000 if unit[1] else found, True
        if exact and found > _LATEST:
            continue
        return max(0.0, found), exact
    return None


def _seconds(value: object) -> tuple[float | None, bool]:
    """A number, and True if it is written as seconds."""
    if not isinstance(value, str):
        return number(value), False
    if (written := period(value)) is not None:
        return written, True
    amount = _AMOUNT.fullmatch(value)
    if amount is None:
        return None, False
    found = float(amount[1].replace(",", "."))
    return (found, False) if amount[2] is None else (found / 1000 if amount[3] else found, True)
