"""Index of what was said: the words of every transcript that is kept, with the side that said them.

It holds each word once for a recording and side, without its places, which would make it four times as
large. So it answers for words by itself; for a phrase it gives candidates, whose text is looked at. Letters
of scripts without blanks are there in pairs, too, or a phrase would have far too many.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from playhead.catalogue.conditions import Condition
from playhead.catalogue.phrases import PHRASED
from playhead.core.finding.query import Spoken
from playhead.core.finding.speech import is_lone, words_in
from playhead.core.transcript import Side, Transcript

_MARKS: Final = {None: "0", Side.LEFT: "1", Side.RIGHT: "2"}
"""Figures before the words of each side: they are parts of them as far as the index knows."""


def tokens_of(transcript: Transcript) -> str:
    """The words of a transcript as the index takes them."""
    tokens = set[str]()
    for voice in transcript.voices:
        mark, words = _MARKS[voice.side], words_in(transcript.said_by(voice))
        tokens.update(f"{mark}{word}" for word in words)
        tokens.update(
            f"{mark}{one}{other}" for one, other in pairwise(words) if is_lone(one) and is_lone(other)
        )
    return " ".join(tokens)


def said_in(said: Spoken) -> Condition:
    """A SELECT of the ids of recordings in which that was said."""
    words = "select rowid as id from said where said match ?"
    if len(said.words) == 1:
        return Condition(words, (_sought(said),))
    looked_at = f"select id from ({words}) cross join transcript using (id) where {PHRASED}(folded, ?, ?, ?)"
    side = "" if said.side is None else str(said.side)
    return Condition(looked_at, (_sought(said), " ".join(said.words), int(said.begins), side))


def _sought(said: Spoken) -> str:
    """The expression of the index for recordings that may have the words."""
    marks = _MARKS.values() if said.side is None else (_MARKS[said.side],)
    return " OR ".join(f"({' AND '.join(_terms(said, mark))})" for mark in marks)


def _terms(said: Spoken, mark: str) -> Iterator[str]:
    words, last = said.words, len(said.words) - 1
    for place, word in enumerate(words):
        paired = is_lone(word) and place < last and is_lone(words[place + 1])
        if paired:
            yield f'"{mark}{word}{words[place + 1]}"'
        elif not (is_lone(word) and place and is_lone(words[place - 1])):
            star = " *" if said.begins and place == last else ""
            yield f'"{mark}{word}"{star}'
