"""Phone numbers in a query: one number is found in whichever form it was typed, and a provider wrote it."""

import re
from collections.abc import Callable, Sequence

from playhead.core.finding.query import Either, Field, Node, Number, Way, Word
from playhead.core.text import digits_of

Readings = Callable[[str], Sequence[str]]
"""Gives the digits of every form (international, national) of a whole number as a person typed it; nothing
for what is none."""

SHORTEST, LONGEST = 7, 15
"""Digits of what is taken for a whole number if spaces are in it."""

_BEGIN = re.compile(r"\+?[0-9][0-9.\-/]*")
_MORE = re.compile(r"[0-9][0-9.\-/]*")


def as_typed(_typed: str) -> Sequence[str]:
    """Nothing: the `Readings` of somebody who does not know how numbers are written."""
    return ()


def widened(node: Node, typed: str, field: Field, readings: Readings) -> Node:
    """What `node` matches, a number or a word, and `field`s with the same number in another form."""
    others = [digits for digits in readings(typed) if not _covers(node, digits)]
    if not others:
        return node
    return Either((node, *(Number(field, digits, Way.WHOLE) for digits in others)))


def spaced_number(words: Sequence[str]) -> int:
    """How many of the words that follow one another are one number with spaces: `+31 20 555 0123`; else 0.

    It begins with its country or with a zero: two numbers side by side are otherwise two things to look for.
    """
    if not words or not words[0].startswith(("+", "0")) or not _BEGIN.fullmatch(words[0]):
        return 0
    length = 1
    while length < len(words) and _MORE.fullmatch(words[length]):
        length += 1
    return length if length > 1 and SHORTEST <= len(digits_of("".join(words[:length]))) <= LONGEST else 0


def may_continue(before: str, word: str) -> bool:
    """Whether `word` behind the word `before` may be taken for more of the same number."""
    return _BEGIN.fullmatch(before) is not None and _MORE.fullmatch(word) is not None


def _covers(node: Node, digits: str) -> bool:
    match node:
        case Number(_, sought, Way.WHOLE):
            return digits == sought
        case Number(_, sought, Way.START):
            return digits.startswith(sought)
        case Number(_, sought, Way.PART) | Word(_, sought):
            return bool(sought) and sought in digits
        case _:
            return True
