"""Order of the values of a column, and the search among them; done in a thread where they are many."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from playhead.core.finding.grouping import NOTHING, Counted
from playhead.core.text import digits_of, fold, looks_like_number
from playhead.ui.table.showing import Showing
from playhead.ui.table.valuekinds import ValueKind

_AT_ONCE: Final = 5_000
"""Values that are sorted in one go: more would keep the interpreter from the window for too long."""

Rank = tuple[bool, int, str, str]
"""What values are sorted by; the key of the value comes last."""


@dataclass(frozen=True, slots=True)
class ValueOrder:
    """Order of values, and which of them are looked for."""

    by_value: bool = False
    """By themselves; else those that most recordings have come first."""
    sought: str = ""


@dataclass(frozen=True, slots=True)
class ArrangedValues:
    """Values in order, and what is said of them."""

    keys: Sequence[str] = ()
    most: int = 1
    """The largest number of any value that is one."""
    distinct: int = 0
    """Values that somebody has, looked for or not."""
    shown: int = 0
    """Those of them that are looked for."""


def arranged(counted: Counted, kind: ValueKind, showing: Showing, order: ValueOrder) -> ArrangedValues:
    """The values that are looked for, by their keys, in order; those that nobody has are left out.

    Among ranges they are kept, as the distance between two of them is seen by that. What has no value comes
    last both ways, as in the table.
    """
    text = partial(_text, counted, kind, showing)
    texts = {key: text(key) for key, number in counted.counts.items() if number or kind.ordered}
    found = _sought(texts, order)
    keys = [rank[-1] for rank in _sorted([_rank(counted, kind, order, *each) for each in found])]
    numbers = {key: counted.counts[key] for key in texts if key != NOTHING}
    return ArrangedValues(
        keys,
        # What has no value is often most of all, and would leave nothing to be seen of the others.
        most=max(numbers.values(), default=0) or max(1, counted.counts[NOTHING]),
        distinct=sum(1 for number in numbers.values() if number),
        shown=sum(1 for key in keys if numbers.get(key)),
    )


def _text(counted: Counted, kind: ValueKind, showing: Showing, key: str) -> str:
    """The value as it is looked for."""
    name = counted.names.get(key)
    if name is not None:
        return f"{name} {key}"
    known = kind.value(key, None, showing)
    return key if known is None else fold(known.title)


def _rank(counted: Counted, kind: ValueKind, order: ValueOrder, key: str, text: str) -> Rank:
    number = 0 if order.by_value else -counted.counts[key]
    if kind.ordered:
        # The places of ranges are numbers, periods are written as they follow one another.
        return (key == NOTHING, number, f"{key:0>4}", key)
    return (key == NOTHING, number, text, key)


def _sought(texts: Mapping[str, str], order: ValueOrder) -> Iterable[tuple[str, str]]:
    wanted = fold(order.sought.strip())
    if not wanted:
        return texts.items()
    digits = digits_of(wanted) if looks_like_number(wanted) else ""
    return [(key, text) for key, text in texts.items() if wanted in text or (digits and digits in key)]


def _sorted(ranks: Sequence[Rank]) -> Iterable[Rank]:
    if len(ranks) <= _AT_ONCE:
        return sorted(ranks)
    return heapq.merge(*(sorted(ranks[at : at + _AT_ONCE]) for at in range(0, len(ranks), _AT_ONCE)))
