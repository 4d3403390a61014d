"""Completion of the word at the cursor of the filter line: field words, values, flags, dates."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from playhead.core import figures
from playhead.core.finding.fields import FIELDS, PROVIDER, SAID
from playhead.core.finding.query import Field, FieldKind
from playhead.core.finding.queryediting import literal, quoted_value
from playhead.core.finding.speech import is_lone, words_in
from playhead.core.finding.syntax import CONDITION, VALUE, as_meant, tokens
from playhead.core.provider import NO_PROVIDERS, Providers
from playhead.core.text import digits_of, fold, looks_like_number
from playhead.core.transcript import Side

MOST = 12
"""Completions that are offered at once."""


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that the word at the cursor can become."""

    text: str
    """The text that takes the place of the letters from `start` up to `end` (in code points)."""
    start: int
    end: int
    label: str
    """The text that the person reads."""
    detail: str = ""
    """Its meaning, in a few words."""


def wanted(text: str, cursor: int) -> str:
    """The field whose values are typed at the cursor and known to the catalogue alone; empty for none."""
    field = FIELDS.get(_place(text, cursor).field)
    return field.word if field is not None and field.known is None else ""


def begun_word(text: str, cursor: int) -> tuple[str, Side | None] | None:
    """The beginning of a word (folded) that somebody is to have said, and the side; None for anything else.

    Not of scripts without blanks: there every letter is a word.
    """
    place = _place(text, cursor)
    if place.field != SAID.word:
        return None
    side, begin = _said_by(place.typed)
    words = words_in(begin)
    if len(words) != 1 or fold(begin) != words[0] or is_lone(words[0]):
        return None
    return words[0], Side(side.removesuffix(":")) if side else None


def begins_field(text: str, cursor: int) -> bool:
    """True if the word that ends at the cursor (code points) may become a field word: `ki`, not `kind:`."""
    place = _place(text, cursor)
    if place.field or not place.start < cursor == place.end:
        return False
    return any(each.startswith(fold(place.typed)) for each in FIELDS)


def half_typed(text: str, cursor: int) -> bool:
    """True if the cursor (code points) is in a word, or at the end of one that may still grow.

    A blank, a closing bracket or a closing quotation mark ends a word.
    """
    word = next((each for each in tokens(text) if each.start < cursor <= each.end), None)
    if word is None:
        return False
    whole = word.text.endswith(('"', ")")) and word.text.count('"') % 2 == 0
    return cursor < word.end or not whole


def completions(
    text: str,
    cursor: int,
    values: Sequence[str] = (),
    shown: Callable[[str], str] = str,
    providers: Providers = NO_PROVIDERS,
    said: Sequence[tuple[str, int]] = (),
    fields: Mapping[str, Field] = FIELDS,
) -> tuple[Completion, ...]:
    """Texts that can stand at the cursor (code points), the likeliest first.

    `values` are those of the field that is `wanted`, and `shown` says how the person reads one; `said` are
    words that continue the `begun_word`, with the number of transcripts that have them. Nothing is
    offered for what is complete already; where no letter is typed yet, every field word is, with `start` and
    `end` at the cursor.
    """
    place = _place(text, cursor)
    if not place.field:
        return place.offer(_words(place.typed, fields.values(), providers))
    field = fields.get(place.field)
    known = None if field is None else field.known
    if field is PROVIDER:
        known = dict.fromkeys(providers.names, "")
    if known is not None:
        offered = [(each, each, meaning) for each, meaning in known.items()]
        side, _ = _said_by(place.typed)
        words = [(f"{side}{word}", word, _in_transcripts(number)) for word, number in said]
        return place.offer(_likely(place.typed, offered) + words)
    return place.offer(
        [(quoted_value(literal(each)), shown(each), "") for each in _among(place.typed, values)]
    )


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
    words = [each for each in VALUE.finditer(text) if each.start() < cursor <= each.end()]
    if not words:
        return _Place("", cursor, cursor)
    word, start = words[0].group(), words[0].start()
    found = CONDITION.fullmatch(word)
    if found is None:
        dash = len(word) - len(word.removeprefix("-"))
        return _Place(word[dash:], start + dash, words[0].end())
    first = start + found.start("value")
    if cursor < first:
        dash = len(found["minus"])
        return _Place(word[dash : found.start("value")], start + dash, first)
    field, begin, end = fold(found["field"]), first, words[0].end()
    for part in re.finditer(r'(?:[^,"]|"[^"]*"?)*', found["value"]):
        if first + part.start() <= cursor <= first + part.end():
            begin, end = first + part.start(), first + part.end()
            break
    ranged = field in FIELDS and FIELDS[field].kind is FieldKind.DATES
    dots = text.rfind("..", begin, cursor) if ranged else -1
    begin = dots + 2 if dots >= 0 else begin
    return _Place(text[begin:end], begin, end, field)


def _words(typed: str, fields: Collection[Field], providers: Providers) -> list[tuple[str, str, str]]:
    """Field words that begin so, and values that say what they are by themselves."""
    if '"' in typed:
        return []
    sought = fold(typed)
    found = [
        (f"{each.word}:", f"{each.word}:", providers.titles if each is PROVIDER else each.asks)
        for each in fields
        if each.word.startswith(sought)
    ]
    if len(sought) < 3:
        return found
    return found + [
        (f"{field.word}:{value}", f"{field.word}:{value}", meaning)
        for field in fields
        if field.hinted
        for value, meaning in (field.known or {}).items()
        if value.startswith(sought)
    ]


def _said_by(typed: str) -> tuple[str, str]:
    """The side that has to say it, with its colon, if one is written before the word; and the word."""
    side, colon, word = typed.rpartition(":")
    return (f"{fold(side)}:", word) if colon and fold(side) in set(Side) else ("", typed)


def _in_transcripts(number: int) -> str:
    return f"in {figures.number(number)} transcript{'' if number == 1 else 's'}"


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
    """True if the figures of a number are in the number in `value`, or at its beginning."""
    if not figures:
        return False
    digits = digits_of(value)
    return digits.startswith(figures) if begins else figures in digits
