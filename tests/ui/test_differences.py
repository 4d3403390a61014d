"""What tells one listing from another."""

from array import array
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from playhead.ui.table.listingchanges import MOST, Edit, edits

Ids = st.lists(st.integers(0, 30), unique=True, max_size=30)


def of(ids: Sequence[int]) -> "array[int]":
    return array("q", ids)


def done(old: Sequence[int], told: Sequence[Edit], new: Sequence[int]) -> list[int]:
    """What the edits make of `old`, one after the other."""
    rows = list(old)
    for each in told:
        rows[each.row : each.row + each.removed] = new[each.row : each.row + each.added]
    return rows


@given(old=Ids, new=Ids)
def test_what_is_told_leads_from_one_listing_to_the_other(old: list[int], new: list[int]) -> None:
    told = edits(of(old), of(new))
    assert told is None or done(old, told, new) == new


@given(old=Ids, new=Ids)
def test_no_row_is_told_to_go_and_to_come(old: list[int], new: list[int]) -> None:
    """Qt would take it for another row: it would no longer be selected."""
    told = edits(of(old), of(new))
    if told is not None:
        assert sum(each.added for each in told) == len(set(new) - set(old))
        assert sum(each.removed for each in told) == len(set(old) - set(new))


def test_separate_arrivals_are_told_one_by_one() -> None:
    old = range(0, 4000, 4)
    new = sorted([*old, 401, 402, 1601, 3999])
    assert edits(of(old), of(new)) == [Edit(101, 0, 2), Edit(403, 0, 1), Edit(1003, 0, 1)]


def test_the_same_listing_has_nothing_to_tell() -> None:
    assert edits(of(range(10)), of(range(10))) == []
    assert edits(of(()), of(())) == []


def test_another_order_and_too_many_changes_are_not_told() -> None:
    assert edits(of(range(100)), of(range(99, -1, -1))) is None
    many = sorted([*range(0, 20_000, 2), *range(1, 20_000, 20_000 // (MOST + 50))])
    assert edits(of(range(0, 20_000, 2)), of(many)) is None


def test_rows_at_the_end_are_told_at_once_however_many_they_are() -> None:
    assert edits(of(range(100)), of(range(200_000))) == [Edit(100, 0, 199_900)]
    assert edits(of(range(200_000)), of(range(100))) == [Edit(100, 199_900, 0)]
