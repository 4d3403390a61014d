"""Choosing among the values of a field: the text of a query, narrowed to some of them or without them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playhead.core.finding.query import All, Either, Match, Node, Not, QueryError, Span, Way
from playhead.core.finding.queryediting import beside, condition, pieces, text_of, without_value

Meaning = Callable[[str], Node]
"""Gives the condition that a text stands for; raises `QueryError`."""


@dataclass(frozen=True, slots=True)
class ValueCondition:
    """The condition that stands for a value: a word of the query language, and what is behind its colon."""

    field: str
    values: tuple[str, ...]
    """One of them is enough; each without quotation marks."""
    wanted: bool = True
    """False if it is those that have none of these."""

    @property
    def text(self) -> str:
        """The same as the query language has it."""
        return f"{'' if self.wanted else '-'}{condition(self.field, *self.values)}"


def with_choice(text: str, chosen: Sequence[ValueCondition], meaning: Meaning) -> str:
    """`text`, narrowed to the recordings that have one of the values, of all that it finds.

    Conditions that the new one makes superfluous go.
    """
    added = _any_of(chosen)
    parts = pieces(text)
    if parts is None or not added:
        return beside(text, added) if added else text
    try:
        node = meaning(added)
    except QueryError:
        node = All(())
    kept = [part for part in parts if not _follows(part.text, node, meaning)]
    return text_of([*kept, *(pieces(added) or ())])


def without_choice(text: str, refused: Sequence[ValueCondition], meaning: Meaning) -> str:
    """`text`, without the recordings that have one of the values."""
    for each in refused:
        if not each.wanted:
            text = with_choice(text, [ValueCondition(each.field, each.values)], meaning)
            continue
        for value in each.values:
            text = without_value(text, each.field, value)
    return text


def _any_of(chosen: Sequence[ValueCondition]) -> str:
    together: dict[str, list[str]] = {}
    for each in chosen:
        if each.wanted:
            together.setdefault(each.field, []).extend(each.values)
    texts = [condition(field, *values) for field, values in together.items()]
    texts += [each.text for each in chosen if not each.wanted]
    return texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})" if texts else ""


def _follows(earlier: str, node: Node, meaning: Meaning) -> bool:
    """True if whatever meets `node` meets the condition that was there earlier."""
    try:
        old = meaning(earlier)
    except QueryError:
        return False
    return node != All(()) and _implies(node, old)


def _implies(new: Node, old: Node) -> bool:
    """True if it is certain that every recording that meets `new` meets `old`."""
    if new == old:
        return True
    match new, old:
        case Either(nodes), _:
            return all(_implies(each, old) for each in nodes)
        case _, All(nodes):
            return all(_implies(new, each) for each in nodes)
        case _, Either(nodes) if any(_implies(new, each) for each in nodes):
            return True
        case All(nodes), _ if any(_implies(each, old) for each in nodes):
            return True
        case _, Not(inner):
            return _excludes(new, inner)
        case Span(), Span():
            return new.measure is old.measure and _within(new, old)
        case _:
            return False


def _excludes(new: Node, other: Node) -> bool:
    """True if it is certain that no recording meets both."""
    match new, other:
        case Either(nodes), _:
            return all(_excludes(each, other) for each in nodes)
        case _, Either(nodes):
            return all(_excludes(new, each) for each in nodes)
        case All(nodes), _:
            return any(_excludes(each, other) for each in nodes)
        case _, All(nodes):
            return any(_excludes(new, each) for each in nodes)
        case Match(field, pattern, Way.WHOLE), Match(same, another, Way.WHOLE):
            return field is same and not field.several and len(field.columns) == 1 and pattern != another
        case Span(), Span():
            return new.measure is other.measure and (_ends(new, other) or _ends(other, new))
        case _:
            return False


def _within(new: Span, old: Span) -> bool:
    low = old.low is None or (new.low is not None and new.low >= old.low)
    return low and (old.high is None or (new.high is not None and new.high <= old.high))


def _ends(first: Span, second: Span) -> bool:
    """True if one ends before the other begins."""
    return first.high is not None and second.low is not None and first.high <= second.low
