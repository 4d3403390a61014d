"""What the word at the cursor of the filter line may become: field words, values, flags, dates."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from playhead.core.finding.query import Flag
from playhead.core.finding.typed import as_meant
from playhead.core.finding.wording import quoted_value
from playhead.core.provider import NO_PROVIDERS, Providers
from playhead.core.recording import KINDS
from playhead.core.text import digits_of, fold, looks_like_number

MOST = 12
"""Completions that are offered at once."""

FIELDS: Final[Mapping[str, str]] = {
    "from": "who rang: a number or a name",
    "to": "who was rung",
    "with": "either side",
    "kind": "call, voicemail, prompt, …",
    "direction": "in or out",
    "status": "as the provider says",
    "date": "a day, a month or a range",
    "on": "a day",
    "after": "from a date on",
    "before": "until a date",
    "duration": "at least, at most, or a range",
    "is": "starred, unheard, stereo, …",
    "account": "one of your accounts",
    "provider": "",
    "name": "a part of the name",
    "note": "in your notes",
    "heard": "how much of it you heard",
    "format": "of the audio",
    "size": "of the audio",
    "call": "the id of the call",
    "channel": "the id of the channel",
    "id": "the id of the recording",
}
"""The field words, those that are used most first, and what each asks; of `provider`, the titles say it."""

_DATES: Final = {
    "today": "",
    "yesterday": "",
    "thisweek": "since Monday",
    "lastweek": "",
    "thismonth": "",
    "lastmonth": "",
    "last7d": "the last 7 days",
    "last30d": "the last 30 days",
    "last12m": "the last 12 months",
}
_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": dict.fromkeys(KINDS, ""),
    "direction": {"in": "incoming", "out": "outgoing"},
    "provider": {},
    "is": {str(each): "" for each in Flag},
    "date": _DATES,
    "on": _DATES,
    "after": _DATES,
    "before": _DATES,
    "duration": {
        "<30s": "shorter than 30 seconds",
        ">2m": "longer than 2 minutes",
        ">10m": "longer than 10 minutes",
        "30s..5m": "from 30 seconds to 5 minutes",
    },
    "heard": {"<50%": "less than half", ">=90%": "nearly all of it"},
    "size": {">1MB": "more than a megabyte", "<100kB": "less than 100 kilobytes"},
}
"""The values that are known without asking the catalogue, and what they mean if they do not say it;
those of `provider` are the names of the providers there are."""

_HINTED: Final = ("is", "kind", "date")
"""The fields whose values are offered for a plain word, too."""

_WORD = re.compile(r'(?:[^\s()"]|"[^"]*"?)+')
_FIELD = re.compile(r"(-?)([A-Za-z]+):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that the word at the cursor can become."""

    text: str
    """What takes the place of the letters from `start` up to `end` (in code points)."""
    start: int
    end: int
    label: str
    """What the person reads."""
    detail: str = ""
    """What it means, in a few words."""


def wanted(text: str, cursor: int) -> str:
    """The field whose values are typed at the cursor and known to the catalogue alone; empty for none."""
    field = _place(text, cursor).field
    return "" if field in _VALUES or field not in FIELDS else field


def begins_field(text: str, cursor: int) -> bool:
    """Whether the word that ends at the cursor (code points) may become a field word: `ki`, not `kind:`."""
    place = _place(text, cursor)
    if place.field or not place.start < cursor == place.end:
        return False
    return any(each.startswith(fold(place.typed)) for each in FIELDS)


def completions(
    text: str,
    cursor: int,
    values: Sequence[str] = (),
    shown: Callable[[str], str] = str,
    providers: Providers = NO_PROVIDERS,
) -> tuple[Completion, ...]:
    """What can stand at the cursor (code points), the likeliest first.

    `values` are those of the field that is `wanted`, and `shown` says how the person reads one. Nothing is
    offered for what is complete already; where no letter is typed yet, every field word is, with `start` and
    `end` at the cursor.
    """
    place = _place(text, cursor)
    if not place.field:
        return place.offer(_words(place.typed, providers))
    known = dict.fromkeys(providers.names, "") if place.field == "provider" else _VALUES.get(place.field)
    if known is not None:
        return place.offer(_likely(place.typed, [(each, each, detail) for each, detail in known.items()]))
    return place.offer([(quoted_value(each), shown(each), "") for each in _among(place.typed, values)])


@dataclass(frozen=True, slots=True)
class _Place:
    """The word at the cursor: the field before its colon, and the part of the value that is being typed."""

    typed: str
    start: int
    end: int
    field: str = ""

    def offer(self, found: Sequence[tuple[str, str, str]]) -> tuple[Completion, ...]:
        return tuple(
            Completion(text, self.start, self.end, label, detail)
            for text, label, detail in found[:MOST]
            if text != self.typed
        )


def _place(typed: str, cursor: int) -> _Place:
    """The word at the cursor as it is meant, and where it stands in what was typed."""
    meant = as_meant(typed)
    place = _place_in(meant.text, meant.at(cursor))
    start, end = meant.span(place.start, place.end)
    return replace(place, start=start, end=end)


def _place_in(text: str, cursor: int) -> _Place:
    words = [each for each in _WORD.finditer(text) if each.start() < cursor <= each.end()]
    if not words:
        return _Place("", cursor, cursor)
    word, start = words[0].group(), words[0].start()
    found = _FIELD.fullmatch(word)
    if found is None:
        dash = len(word) - len(word.removeprefix("-"))
        return _Place(word[dash:], start + dash, words[0].end())
    first = start + found.start(3)
    if cursor < first:
        dash = len(found[1])
        return _Place(word[dash : found.end(2) + 1], start + dash, first)
    field, begin, end = found[2].lower(), first, words[0].end()
    for part in re.finditer(r'(?:[^,"]|"[^"]*"?)*', found[3]):
        if first + part.start() <= cursor <= first + part.end():
            begin, end = first + part.start(), first + part.end()
            break
    dots = text.rfind("..", begin, cursor) if field in {"date", "on"} else -1
    begin = dots + 2 if dots >= 0 else begin
    return _Place(text[begin:end], begin, end, field)


def _words(typed: str, providers: Providers) -> list[tuple[str, str, str]]:
    """Field words that begin so, and values that say what they are by themselves."""
    if '"' in typed:
        return []
    sought = fold(typed)
    told = {"provider": providers.titles}
    found = [
        (f"{each}:", f"{each}:", told.get(each, detail))
        for each, detail in FIELDS.items()
        if each.startswith(sought)
    ]
    if len(sought) < 3:
        return found
    return found + [
        (f"{field}:{value}", f"{field}:{value}", detail)
        for field in _HINTED
        for value, detail in _VALUES[field].items()
        if value.startswith(sought)
    ]


def _likely(typed: str, known: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    sought = fold(typed.replace('"', ""))
    first = [each for each in known if each[1].startswith(sought)]
    return first + [each for each in known if sought in each[1] and each not in first]


def _among(typed: str, values: Sequence[str]) -> list[str]:
    """The values that begin with what is typed, then those that hold it; numbers without their spaces."""
    sought = fold(typed.replace('"', "").strip())
    figures = digits_of(sought).lstrip("0") if looks_like_number(sought) else ""
    # With the country in front it is the beginning of a number, otherwise any part of one.
    begins = sought.startswith(("+", "00"))
    begin: list[str] = []
    hold: list[str] = []
    for value in filter(None, values):
        folded = fold(value)
        if folded.startswith(sought):
            begin.append(value)
        elif len(hold) < MOST and (sought in folded or _holds(value, figures, begins=begins)):
            hold.append(value)
        if len(begin) >= MOST:
            break
    return begin + hold


def _holds(value: str, figures: str, *, begins: bool) -> bool:
    """Whether the figures of a number are in the number in `value`, or at its beginning."""
    if not figures:
        return False
    digits = digits_of(value)
    return digits.startswith(figures) if begins else figures in digits
