"""Text that a person typed or pasted, in the signs of the query language: as it is meant, letter by letter.

Copying brings along marks that nobody sees, and programs that correct while one types put twins of signs in
place of those on the keyboard. The line keeps what was typed; what it means is read from here.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from playhead.core.letters import UNSEEN, plain_letter

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
