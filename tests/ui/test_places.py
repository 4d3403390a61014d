"""Where recordings stand in a listing."""

from array import array
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from playhead.ui.table.places import MOST_BLOCKS, KeptRows, find_again, marked, row_of

Ids = st.lists(st.integers(1, 600), unique=True, max_size=120)


def of(ids: Iterable[int]) -> "array[int]":
    return array("q", ids)


@given(ids=Ids, kept=Ids, but=st.booleans())
def test_every_kept_recording_is_found_again_and_no_other(ids: list[int], kept: list[int], but: bool) -> None:  # noqa: FBT001
    found = find_again(KeptRows(of(kept), but=but), of(ids))
    rows = [row for block in found.blocks for row in block]
    assert rows == [row for row, each in enumerate(ids) if (each in kept) is not but]
    assert found.number == len(rows)


@given(ids=Ids, sought=st.integers(0, 600))
def test_the_row_of_an_id_is_found_as_by_looking_at_each(ids: list[int], sought: int) -> None:
    assert row_of(sought, of(ids)) == (ids.index(sought) if sought in ids else None)


def test_an_id_whose_bytes_lie_across_two_rows_is_not_there() -> None:
    assert row_of(1 << 40, of([1 << 48, 1 << 56, 0, 1])) is None
    assert row_of(256, of([1, 1 << 16, 256])) == 2


def test_a_selection_in_too_many_pieces_is_told_by_marks() -> None:
    ids = of(range(4 * MOST_BLOCKS))
    kept = of(range(0, 4 * MOST_BLOCKS, 2))
    found = find_again(KeptRows(kept), ids)
    assert not found.blocks
    assert found.number == 2 * MOST_BLOCKS
    assert found.ids == kept
    assert marked(found.marks, ids) == kept


def test_all_but_some_are_all_the_others_whatever_the_listing_is() -> None:
    found = find_again(KeptRows(of([3, 5]), but=True), of([9, 3, 7]))
    assert list(found.blocks) == [range(1), range(2, 3)]
