"""The words of a query as everybody reads them: whoever parses it, and whoever changes its text."""

import re
from dataclasses import dataclass
from typing import NoReturn

from playhead.core.finding.numbers import SHORTEST, number_end
from playhead.core.finding.query import QueryError
from playhead.core.finding.typed import as_meant

FIELD = re.compile(r"(?P<minus>-?)(?P<field>[A-Za-z]+):(?P<value>.*)", re.DOTALL)
"""A word that is a field word, a colon, and what is to be compared."""

OPENING = frozenset({"(", "-("})
"""The words that begin a group."""

SIDES = frozenset({"from", "to", "with", "tel"})
"""The field words that numbers stand behind."""

_HEAD = re.compile(rf"-?(?:(?P<side>{'|'.join(sorted(SIDES))}):)?", re.IGNORECASE)
_COMMA = re.compile(r"(?P<commas>,+)\s*")
_VALUE = re.compile(r'(?:[^\s()"]|"[^"]*"?)+')
_WORD = re.compile(rf"-?\(|\)|{_VALUE.pattern}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query as it is meant, and where it stands in what was typed (in code points)."""

    text: str
    start: int
    end: int
    """The place behind its last letter."""

    def refuse(self, sentence: str) -> NoReturn:
        """Raise a `QueryError` that says `sentence` of this word."""
        raise QueryError(sentence, self.start, self.end)


def tokens(text: str) -> list[Token]:
    """The words and brackets of `text`, as they are meant (see `as_meant`).

    What stands in quotation marks is one word, and so are a number with spaces and brackets, and numbers with
    commas between them. A quotation mark that is never closed reaches to the end.
    """
    typed = as_meant(text)
    found: list[Token] = []
    place = 0
    while word := _WORD.search(typed.text, place):
        place = max(word.end(), _end_of_numbers(typed.text, word.start(), word.end()))
        found.append(Token(typed.text[word.start() : place], *typed.span(word.start(), place)))
    return found


def _end_of_numbers(text: str, start: int, end: int) -> int:
    """Where the numbers end that begin in the word from `start` up to `end`; `start` if it has none."""
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
    name = _VALUE.match(text, reached) if side and reached > start else None
    return reached if name is None else name.end()
