"""Parts of shown texts that a query has found, to be marked where they are read."""

from collections.abc import Iterator, Sequence

from playhead.core.finding.fields import FIELDS
from playhead.core.finding.query import All, Either, Field, FieldKind, Match, Node, Number, Query, Way, Word
from playhead.core.text import folded_places

Parts = tuple[tuple[int, int], ...]
"""Begin and end of each part, in code points, from the left; none of them touches another."""

_TEXTS = frozenset({FieldKind.WHOLE, FieldKind.PART, FieldKind.SIDE})
"""Kinds of fields whose values are text, in which plain words are looked for."""


class Marking:
    """Says of a text in a column, given by the word of its field, which parts of it a query asks for.

    What is excluded is never marked: it is not there. Dates and amounts are not marked, as they are compared
    and not found.
    """

    def __init__(self, query: Query) -> None:
        asked = list(_asked(query.node))
        self._words = [each for each in asked if isinstance(each, Word)]
        self._matches = [each for each in asked if not isinstance(each, Word)]

    def parts(self, field: str, text: str) -> Parts:
        """The parts of a text in a field (by its word) that are asked for."""
        known = FIELDS.get(field)
        if known is None or known.kind not in _TEXTS or not (self._words or self._matches):
            return ()
        folded, places = folded_places(text)
        spans = [span for word in self._words for span in _found(word.text, folded)]
        digits, figures = _digits(folded)
        sided = known.kind is FieldKind.SIDE
        if sided:
            spans += [_within(figures, span) for word in self._words for span in _found(word.digits, digits)]
        for each in self._matches:
            if not _concerns(each.field, known):
                continue
            if isinstance(each, Number):
                found = _compared(each.way, each.digits, digits)
                spans += [_within(figures, span) for span in found]
            else:
                spans += _compared(each.way, each.pattern, folded)
        return _joined([(places[start], places[end]) for start, end in spans if end > start])


def _asked(node: Node) -> Iterator[Word | Match | Number]:
    """The conditions that a text can fulfil."""
    match node:
        case All(nodes) | Either(nodes):
            for each in nodes:
                yield from _asked(each)
        case Word() | Match() | Number():
            yield node
        case _:
            return


def _concerns(asked: Field, shown: Field) -> bool:
    """Say whether a condition of one field is about the texts of another: `with:` is about both sides."""
    return bool(set(asked.columns) & set(shown.columns))


def _digits(folded: str) -> tuple[str, Sequence[int]]:
    """The digits of a text, and their places in it."""
    places = [place for place, letter in enumerate(folded) if letter.isascii() and letter.isdigit()]
    return "".join(folded[place] for place in places), places


def _within(figures: Sequence[int], span: tuple[int, int]) -> tuple[int, int]:
    """The part of a text that a span of its digits takes up, with what stands between them."""
    start, end = span
    return (figures[start], figures[end - 1] + 1) if end > start else (0, 0)


def _compared(way: Way, pattern: str, text: str) -> list[tuple[int, int]]:
    """The parts of a text that are like a pattern in one of the ways to compare."""
    match way:
        case Way.WHOLE:
            return [(0, len(text))] if text == pattern else []
        case Way.START:
            return [(0, len(pattern))] if text.startswith(pattern) else []
        case Way.PART:
            return _found(pattern, text)
        case Way.WILD:
            return [span for part in pattern.split("*") for span in _found(part, text)[:1]]


def _found(sought: str, text: str) -> list[tuple[int, int]]:
    """Every place of `sought` in a text."""
    spans, start = list[tuple[int, int]](), 0
    while sought and (place := text.find(sought, start)) >= 0:
        start = place + len(sought)
        spans.append((place, start))
    return spans


def _joined(spans: Sequence[tuple[int, int]]) -> Parts:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
