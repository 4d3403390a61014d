"""Concrete syntax of a query: its words with their places, to parse, colour, complete and edit."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from playhead.core.finding.fields import FIELDS
from playhead.core.finding.numbers import SHORTEST, number_end
from playhead.core.finding.query import FieldKind, Token
from playhead.core.latepattern import late_pattern
from playhead.core.letters import UNSEEN, plain_letter
from playhead.core.text import fold
from playhead.core.transcript import Side

_PAIRS: Final = ("“”„‟＂〝〞〟❝❞⹂", "«»", "‹›", "「」｢｣", "『』")
"""Signs that stand around a phrase: one closes what another of its family has opened. A straight one, which
every keyboard has, closes any."""
_FAMILY: Final = {sign: family for family in _PAIRS for sign in family} | {"‚": "‘’"}
"""The signs that close what each has opened. Of single ones, which are apostrophes too, the low one opens."""
_OPENING: Final = frozenset("“„«‹‚「｢『")
"""Those that never close what a straight one has opened."""
_SPACED: Final = frozenset({"«»", "‹›"})
"""Those that have blanks inside of them, in French."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as it is meant, and where each of its letters stands in what was typed (in code points)."""

    text: str
    places: Sequence[int]
    """One more than there are letters: the last is the end of what was typed."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in what was typed of the letters from `start` up to `end`."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]

    def at(self, place: int) -> int:
        """The place in the text of a place of what was typed."""
        return bisect_left(self.places, place)


def as_meant(typed: str) -> Typed:
    """`typed` with straight quotation marks, and outside of them with the signs and figures of ASCII.

    What stands in quotation marks keeps its letters. Unseen marks are left out everywhere.
    """
    if typed.isascii() and typed.isprintable() and "`" not in typed:
        return Typed(typed, range(len(typed) + 1))
    letters: list[str] = []
    places: list[int] = []
    family = ""
    straight = typed.count('"')
    for place, letter in enumerate(typed):
        straight -= letter == '"'
        if UNSEEN.match(letter) or (family in _SPACED and letters[-1] == '"' and letter.isspace()):
            continue
        written = letter
        if not family:
            family = '"' if letter == '"' else _FAMILY.get(letter, "")
            written = '"' if family else plain_letter(letter)
        elif letter == '"' or letter in family or (not straight and family == '"' and _closes(letter)):
            while family in _SPACED and letters[-1].isspace():
                del letters[-1], places[-1]
            family, written = "", '"'
        letters += written
        places += [place] * len(written)
    return Typed("".join(letters), (*places, len(typed)))


def _closes(letter: str) -> bool:
    return letter in _FAMILY and letter not in _OPENING


CONDITION: Final = late_pattern(r"(?P<minus>-?)(?P<field>[A-Za-z]+):(?P<value>.*)", re.DOTALL | re.IGNORECASE)
"""A field word, a colon, and a value. Whatever the case of its letters: `kıND:` is `kind:`."""
_VALUE: Final = r'(?:[^\s()"]|"[^"]*"?)+'
VALUE: Final = late_pattern(_VALUE)
"""A word up to the next blank or bracket outside of quotation marks."""
OPENING: Final = frozenset({"(", "-("})
"""The words that begin a group."""
SIDES: Final = frozenset(
    {*(each.word for each in FIELDS.values() if each.kind is FieldKind.SIDE), "tel", "callto"}
)
"""The words before a colon that numbers stand behind."""

_HEAD = late_pattern(rf"-?(?:(?P<side>{'|'.join(sorted(SIDES))}):)?'?(?:[*#]+\d+#)?", re.IGNORECASE)
_TIME = r"(?<=\d)\s+\d{1,2}:\d{2}(?::\d{2})?"
_UNITS = {
    "duration": "min|sec|[hms]", "size": "bytes|[kmgt]i?b|b",
    "heard": "%", "clipped": "%", "silence": "%", "talk": "%",
    "loudness": "lufs|lkfs|lu|db", "peak": "dbtp|dbfs|db", "measured": "min|sec|[hms]",
}  # fmt: skip
_BLANKS = {field: rf"(?:(?<=\d)\s+|(?<=\w)\s+\d[\d.,]*\s*)(?:{unit})" for field, unit in _UNITS.items()} | {
    each.word: _TIME for each in FIELDS.values() if each.kind in {FieldKind.DATES, FieldKind.BOUND}
}
BLANKED: Final = {
    field: re.compile(rf'{more}(?!\w)(?:(?:\.\.|,)[^\s()"]*)?', re.IGNORECASE)
    for field, more in _BLANKS.items()
}
"""The parts of a value of a field that have a blank before them: `12 min 40 s`, `1.5 MB`, `50 %`, and a time
behind its date. So the cells of the table write them."""
_COMMA = late_pattern(r"(?P<commas>,+)\s*")
_WORD = late_pattern(rf"-?\(|\)|{_VALUE}")
_BEFORE_COMMA = late_pattern(r"(?:^|[^\d:])\d+$")
_BEHIND_COMMA = late_pattern(r"\d+(?![\d:])")
_CLOCK = late_pattern(r":\d+$")


def tokens(text: str) -> list[Token]:
    """The words and brackets of `text`, as they are meant (see `as_meant`).

    What stands in quotation marks is one word, and so are a number with spaces and brackets, and numbers with
    commas between them. A quotation mark that is never closed reaches to the end.
    """
    typed = as_meant(text)
    found: list[Token] = []
    place = 0
    while word := _WORD.search(typed.text, place):
        start = word.start()
        place = max(word.end(), _end_of_numbers(typed.text, start, word.end()))
        place = _end_of_value(typed.text, start, place)
        written = typed.text[start:place]
        negated = written.startswith("-") and len(written) > 1
        condition = CONDITION.fullmatch(written)
        field, value, head = "", written[negated:], (0, 0)
        if condition is not None:
            field, value = fold(condition["field"]), condition["value"]
            head = typed.span(start + negated, start + condition.start("value"))
        found.append(Token(written, *typed.span(start, place), negated, field, value, head))
    return found


def values_of(field: str, written: str) -> list[str]:
    """The values behind a colon, parted at commas outside quotation marks, without blanks there.

    Of an amount a comma between two figures is a part: `30s,2m` are two amounts, and so are two times of a
    clock, `2:30,3:30`. A side that has to say a word has to say those behind the comma, too, up to the next
    side: `left:sorry,refund`.
    """
    parts: list[str] = re.findall(r'((?:[^,"]|"[^"]*")*)(?:,|$)', written)
    if field in FIELDS and FIELDS[field].kind is FieldKind.AMOUNT:
        parts = _rejoined(parts)
    if field in FIELDS and FIELDS[field].kind is FieldKind.SPEECH:
        parts = _sided(parts)
    return [part.strip().replace('"', "") for part in parts]


def _sided(parts: Sequence[str]) -> list[str]:
    found, side = list[str](), ""
    for part in parts:
        named, colon, _ = part.strip().partition(":")
        if colon and fold(named) in set(Side):
            side = f"{named}:"
            found.append(part)
        else:
            found.append(f"{side}{part.strip()}" if part.strip() else part)
    return found


def _rejoined(parts: Sequence[str]) -> list[str]:
    found: list[str] = []
    for part in parts:
        decimal = found and _BEFORE_COMMA.search(found[-1]) and _BEHIND_COMMA.match(part)
        if decimal or (found and _CLOCK.search(found[-1]) and part.isdecimal()):
            found[-1] += f",{part}"
        else:
            found.append(part)
    return found


def _end_of_value(text: str, start: int, end: int) -> int:
    """The end of the value of the field that begins in the word from `start` up to `end`."""
    condition = CONDITION.match(text, start, end)
    blanked = BLANKED.get(fold(condition["field"])) if condition is not None else None
    while blanked is not None and (more := blanked.match(text, end)) is not None:
        end = more.end()
    return end


def _end_of_numbers(text: str, start: int, end: int) -> int:
    """The end of the numbers that begin in the word from `start` up to `end`; `start` if it has none."""
    head = _HEAD.match(text, start)
    place = head.end() if head is not None else start
    side = head is not None and bool(head["side"])
    if side:
        # What stands before the last comma of the word may be anything.
        place = max(place, text.rfind(",", place, end) + 1)
        comma = _COMMA.match(text, place - 1)
        place = comma.end() if comma is not None else place
    least = 1 if side else SHORTEST
    reached = start
    while (stop := number_end(text, place, least)) > place:
        comma = _COMMA.match(text, stop)
        reached = stop if comma is None else comma.end("commas")
        if comma is None:
            break
        place = comma.end()
    # A name may follow the last comma.
    name = VALUE.match(text, reached) if side and reached > start else None
    return reached if name is None else name.end()
