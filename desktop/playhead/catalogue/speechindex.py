"""Index of what was said: the words of every transcript that is kept, with the side that said them.

It holds each word once for a recording and side, without its places, which would make it four times as
large. So it answers for words by itself; for a phrase it gives candidates, whose text is looked at. Of these
few are in vain, as each pair of words that follow one another is in it, too: as one of so many numbers that
only every fiftieth transcript of some pages has any one of them.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final
from zlib import crc32

from playhead.catalogue.conditions import Condition
from playhead.catalogue.phrases import PHRASED
from playhead.core.finding.query import Spoken
from playhead.core.finding.speech import folded_words, sides_in
from playhead.core.transcript import Side

_MARKS: Final = {None: "0", Side.LEFT: "1", Side.RIGHT: "2"}
"""Figures before the words of each side: they are parts of them as far as the index knows."""
_PAIR_MARK: Final = "3"
"""Figure before the number of a pair of words, whichever side says them."""
_PAIRS: Final = 1 << 16
"""Numbers of pairs: of more, an entry of the index would take two bytes instead of one."""


def tokens_of(folded: str) -> str:
    """The words of a transcript (`speech.folded_voices`) as the index takes them."""
    tokens = set[str]()
    for side, text in sides_in(folded):
        mark, words = _MARKS[side], folded_words(text)
        tokens.update(f"{mark}{word}" for word in set(words))
        tokens.update(_pair(one, other) for one, other in set(pairwise(words)))
    return " ".join(tokens)


def may_have_said(said: Spoken) -> Condition:
    """A SELECT of the ids of recordings in which that may have been said: all the words of it were."""
    return Condition("select rowid as id from said where said match ?", (_sought(said),))


def said_in(said: Spoken) -> Condition:
    """The expression over `search` that is true where that was said."""
    words = may_have_said(said)
    there = f"id in ({words.sql})"
    if len(said.words) == 1:
        return Condition(there, words.values)
    # Looked at one by one, as few have to be: not as a SELECT of all of them.
    phrased = (
        f"exists (select 1 from transcript where transcript.id = search.id and {PHRASED}(folded, ?, ?, ?))"
    )
    side = "" if said.side is None else str(said.side)
    wanted = (" ".join(said.words), int(said.begins), side)
    return Condition(f"({there} and {phrased})", (*words.values, *wanted))


def _sought(said: Spoken) -> str:
    """The expression of the index for recordings that may have the words."""
    marks = _MARKS.values() if said.side is None else (_MARKS[said.side],)
    return " OR ".join(f"({' AND '.join(_terms(said, mark))})" for mark in marks)


def _terms(said: Spoken, mark: str) -> Iterator[str]:
    *whole, last = said.words
    yield from (f'"{mark}{word}"' for word in whole)
    yield f'"{mark}{last}"{" *" if said.begins else ""}'
    known = whole if said.begins else said.words
    yield from (f'"{_pair(one, other)}"' for one, other in pairwise(known))


def _pair(one: str, other: str) -> str:
    """The number of two words that follow one another, as the index has it."""
    return f"{_PAIR_MARK}{crc32(f'{one} {other}'.encode()) % _PAIRS:04x}"
