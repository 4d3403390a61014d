"""Index of what was said: the words of every transcript that is kept, with the side that said them.

It holds each word once for a recording and side, without its places, which would make it four times as
large. So it answers for words by itself; for a phrase it gives candidates, whose text is looked at. Of these
few are in vain, as each pair of words that follow one another is in it, too: as one of so many numbers that
only every fiftieth transcript of some pages has any one of them.
"""

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from zlib import crc32

from playhead.catalogue.conditions import Condition
from playhead.catalogue.phrases import PHRASED
from playhead.core.finding.query import All, Either, Node, Not, Spoken
from playhead.core.finding.speech import folded_words, sides_in
from playhead.core.transcript import Side

MARKS: Final = {None: "0", Side.LEFT: "1", Side.RIGHT: "2"}
"""Figures before the words of each side: they are parts of them as far as the index knows."""
_PAIR_MARK: Final = "3"
"""Figure before the number of a pair of words, whichever side says them."""
_PAIRS: Final = 1 << 16
"""Numbers of pairs: of more, an entry of the index would take two bytes instead of one."""
_MOST_RUNS: Final = 16
"""Runs of ids that are asked for at once: each takes as long as a few hundred recordings in one."""
_LEAST_GAP: Final = 300


def tokens_of(folded: str) -> str:
    """The words of a transcript (`speech.folded_voices`) as the index takes them."""
    tokens = set[str]()
    for side, text in sides_in(folded):
        mark, words = MARKS[side], folded_words(text)
        tokens.update(f"{mark}{word}" for word in set(words))
        tokens.update(_pair(one, other) for one, other in set(pairwise(words)))
    return " ".join(tokens)


@dataclass(frozen=True, slots=True)
class SpeechAsked:
    """Conditions that must all hold, parted by what the index can tell of them."""

    expression: str
    """The index's expression for the recordings that may match; empty if it cannot narrow them."""
    phrases: tuple[Spoken, ...]
    """Phrases of which the index tells the words alone."""
    others: tuple[Node, ...]
    """Conditions of which it has told nothing."""


def asked_of(conditions: Sequence[Node]) -> SpeechAsked:
    """Part the conditions of a query: what the index can tell, it tells of all of them together."""
    said, unsaid, phrases, others = list[str](), list[str](), list[Spoken](), list[Node]()
    for node in conditions:
        if words := _exactly(node):
            said.append(words)
        elif isinstance(node, Not) and (words := _exactly(node.node)):
            unsaid.append(words)
        elif isinstance(node, Spoken):
            phrases.append(node)
        else:
            others.append(node)
    said += map(_sought, phrases)
    if not said:
        return SpeechAsked("", (), tuple(conditions))
    return SpeechAsked(_all(said, unsaid), tuple(phrases), tuple(others))


def among_said(expression: str, runs: str = "") -> Condition:
    """A SELECT of the ids of recordings for which an expression of the index holds.

    With `runs` (see `runs_of`) of those alone: of a common word that is much less to be gathered. A plus sign
    keeps SQLite from asking the index again for each id with which the result is compared.
    """
    if not runs:
        return Condition("select +rowid as id from said where said match ?", (expression,))
    within = "said.rowid between run.value ->> 0 and run.value ->> 1"
    return Condition(
        f"select +said.rowid as id from json_each(?) as run cross join said where said match ? and {within}",
        (runs, expression),
    )


def runs_of(ids: "array[int]") -> str:
    """A few runs of ids, as JSON, that hold all of `ids` and not many others."""
    known = sorted(ids)
    gaps = sorted(range(1, len(known)), key=lambda place: known[place - 1] - known[place])[: _MOST_RUNS - 1]
    starts = [0, *sorted(place for place in gaps if known[place] - known[place - 1] > _LEAST_GAP)]
    ends = [*(start - 1 for start in starts[1:]), len(known) - 1]
    return json.dumps([(known[start], known[end]) for start, end in zip(starts, ends, strict=True)])


def phrased(said: Spoken) -> Condition:
    """The expression over `search` that is true where a phrase stands in the text."""
    # Looked at one by one, as few have to be: not as a SELECT of all of them.
    text = "select 1 from transcript where transcript.id = search.id"
    there = f"exists ({text} and {PHRASED}(folded, ?, ?, ?))"
    side = "" if said.side is None else str(said.side)
    return Condition(there, (" ".join(said.words), int(said.begins), side))


def _exactly(node: Node) -> str:
    """The expression for exactly the recordings that match; empty if the index has none."""
    match node:
        case Spoken() if len(node.words) == 1:
            return _sought(node)
        case Either(nodes):
            choices = [_exactly(each) for each in nodes]
            return " OR ".join(f"({each})" for each in choices) if all(choices) else ""
        case All(nodes):
            asked = asked_of(nodes)
            return "" if asked.phrases or asked.others else asked.expression
        case _:
            return ""


def _all(said: Sequence[str], unsaid: Sequence[str]) -> str:
    every_one = " AND ".join(f"({each})" for each in said)
    return f"({every_one}) NOT ({' OR '.join(f'({each})' for each in unsaid)})" if unsaid else every_one


def _sought(said: Spoken) -> str:
    """The expression of the index for recordings that may have the words."""
    marks = MARKS.values() if said.side is None else (MARKS[said.side],)
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
