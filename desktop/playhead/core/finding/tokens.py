"""The words of a query as everybody reads them: whoever parses it, and whoever changes its text."""

import re
from dataclasses import dataclass
from typing import NoReturn

from playhead.core.finding.numbers import LONGEST, spaced_number
from playhead.core.finding.query import QueryError

FIELD = re.compile(r"(?P<minus>-?)(?P<field>[A-Za-z]+):(?P<value>.*)", re.DOTALL)
"""A word that is a field word, a colon, and what is to be compared."""

OPENING = frozenset({"(", "-("})
"""The words that begin a group."""

_WORD = re.compile(r'-?\(|\)|(?:[^\s()"]|"[^"]*"?)+')


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query, and the place where it begins (in code points)."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The place behind its last letter."""
        return self.start + len(self.text)

    def refuse(self, sentence: str) -> NoReturn:
        """Raise a `QueryError` that says `sentence` of this word."""
        raise QueryError(sentence, self.start, self.end)


def tokens(text: str) -> list[Token]:
    """The words and brackets of `text`; what stands in quotation marks and a number with spaces are one word.

    A quotation mark that is never closed reaches to the end.
    """
    words = [Token(found.group(), found.start()) for found in _WORD.finditer(text)]
    found: list[Token] = []
    place = 0
    while place < len(words):
        first = words[place]
        # One more than fit in a number, so that one that is too long is seen to be.
        length = spaced_number([word.text for word in words[place : place + LONGEST + 1]]) or 1
        found.append(Token(text[first.start : words[place + length - 1].end], first.start))
        place += length
    return found
