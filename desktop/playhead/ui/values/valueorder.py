"""Order of the values of a column, and the search among them; done in a thread where they are many."""

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from playhead.core.finding.grouping import NOTHING, Counted
from playhead.core.text import digits_of, fold, looks_like_number
from playhead.ui.table.showing import Showing
from playhead.ui.table.valuekinds import ValueKind

_AT_ONCE: Final = 5_000
"""Values that are sorted in one go: more would keep the interpreter from the window for too long."""

SortKey = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class ValueOrder:
    """How values are ordered, and which of them are looked for."""

    by_value: bool = False
    """By themselves; else those that most recordings have come first."""
    sought: str = ""


def arranged(counted: Counted, kind: ValueKind, showing: Showing, order: ValueOrder) -> list[str]:
    """The keys of the values that are looked for, in order; those that nobody has are left out.

    Among ranges they are kept, as the distance between two of them is seen by that. What has no value comes
    last both ways, as in the table.
    """
    text = partial(_text, counted, kind, showing)
    keys = _sought((key for key, number in counted.counts.items() if number or kind.ordered), text, order)
    by_value = partial(_by_value, text, ordered=kind.ordered)
    if order.by_value:
        return _sorted(keys, by_value)

    def by_count(key: str) -> tuple[int | str, ...]:
        last, number, shown = by_value(key)
        return (last, -counted.counts[key], number, shown)

    return _sorted(keys, by_count)


def _text(counted: Counted, kind: ValueKind, showing: Showing, key: str) -> str:
    """The value as it is looked for."""
    known = kind.value(key, None, showing)
    return fold(known.title) if known is not None else f"{counted.names.get(key, '')} {key}".strip()


def _by_value(text: Callable[[str], str], key: str, *, ordered: bool) -> SortKey:
    number = int(key) if ordered and key.isdecimal() and len(key) < 4 else 0
    return (key == NOTHING, number, key if ordered else text(key))


def _sought(keys: Iterable[str], text: Callable[[str], str], order: ValueOrder) -> list[str]:
    wanted = fold(order.sought.strip())
    if not wanted:
        return list(keys)
    digits = digits_of(wanted) if looks_like_number(wanted) else ""
    return [key for key in keys if wanted in text(key) or (digits and digits in key)]


def _sorted(keys: Sequence[str], by: Callable[[str], tuple[int | str, ...]]) -> list[str]:
    if len(keys) <= _AT_ONCE:
        return sorted(keys, key=by)
    runs = (sorted(keys[at : at + _AT_ONCE], key=by) for at in range(0, len(keys), _AT_ONCE))
    return list(heapq.merge(*runs, key=by))
