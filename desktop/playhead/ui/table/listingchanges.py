"""Differences of two listings: rows that went and rows that came, as far as they are worth telling."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 200
"""Changes that are told one by one; more of them are another listing."""
REACH = 256
"""Rows in which one that is missed is looked for."""
_SWAPPED = 5000
"""Rows that go and come at once of which it is made sure that none is in both."""


@dataclass(frozen=True, slots=True)
class Edit:
    """`removed` rows that go at `row`, and `added` ones that then come there.

    The row counts the changes before it, so that edits are done one after the other.
    """

    row: int
    removed: int
    added: int


def edits(old: "array[int]", new: "array[int]") -> Sequence[Edit] | None:
    """The edits that make `new` of `old`, from the top; None if they are too many, or rows change places.

    Ids of a listing are unique. What is the same is compared as memory, a million ids in a millisecond.
    """
    found: list[Edit] = []
    tail = _common_tail(old, new)
    here, there, ours, theirs = 0, 0, len(old) - tail, len(new) - tail
    while True:
        same = _common_head(old, here, ours, new, there, theirs)
        here, there = here + same, there + same
        if here == ours or there == theirs:
            break
        removed, added = _step(old[here : min(ours, here + REACH)], new[there : min(theirs, there + REACH)])
        found.append(Edit(there, removed, added))
        here, there = here + removed, there + added
        if len(found) == MOST:
            return None
    if here < ours or there < theirs:
        found.append(Edit(there, ours - here, theirs - there))
    return None if _moves(found, old, new) else found


def _moves(found: Sequence[Edit], old: "array[int]", new: "array[int]") -> bool:
    """True if a row that goes may come back elsewhere: then it would be another one to Qt."""
    number = (sum(each.removed for each in found), sum(each.added for each in found))
    if not all(number):
        return False
    if sum(number) > _SWAPPED:
        return True
    gone, come, shift = set[int](), set[int](), 0
    for each in found:
        start = each.row - shift
        gone.update(old[start : start + each.removed])
        come.update(new[each.row : each.row + each.added])
        shift += each.added - each.removed
    return not gone.isdisjoint(come)


def _step(old: "array[int]", new: "array[int]") -> tuple[int, int]:
    """The rows that go and that come until the two agree again, given that they differ at once."""
    added = _place(old[0], new)
    removed = _place(new[0], old)
    if added is not None and (removed is None or added <= removed):
        return 0, added
    return (removed, 0) if removed is not None else (1, 1)


def _place(one: int, among: "array[int]") -> int | None:
    try:
        return among.index(one)
    except ValueError:
        return None


def _common_head(old: "array[int]", here: int, ours: int, new: "array[int]", there: int, theirs: int) -> int:
    """The number of equal rows from `here` and `there` on: in strides that grow, then by halving."""
    most = min(ours - here, theirs - there)
    same, stride = 0, 16
    while (
        same < most
        and old[here + same : here + min(most, same + stride)]
        == (new[there + same : there + min(most, same + stride)])
    ):
        same = min(most, same + stride)
        stride *= 4
    low, high = same, min(most, same + stride)
    while low < high:
        middle = (low + high + 1) // 2
        if old[here + low : here + middle] == new[there + low : there + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_tail(old: "array[int]", new: "array[int]") -> int:
    """The number of equal rows up to the last; not those that are so from the first on."""
    most = min(len(old), len(new))
    low, high = 0, most - _common_head(old, 0, len(old), new, 0, len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return low
