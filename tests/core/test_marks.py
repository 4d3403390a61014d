"""Which seconds of a recording were heard."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.marks import SEAM, Spans

PAIRS = st.lists(st.tuples(st.floats(-5, 100), st.floats(-5, 100)), max_size=8)


def test_stretches_that_touch_or_overlap_are_one() -> None:
    assert Spans.of([(5, 8), (0, 2), (2, 3), (6, 7), (8 + SEAM, 9)]).pairs == ((0, 3), (5, 9))
    assert Spans.of([(0, 2)]).add(1, 4).pairs == ((0, 4),)


@pytest.mark.parametrize("pair", [(2, 2), (3, 2), (-4, -1), (0, math.nan), (1, math.inf), (-3, 0)])
def test_what_is_no_stretch_is_left_out(pair: tuple[float, float]) -> None:
    assert Spans.of([pair, (10, 11)]).pairs == ((10, 11),)


@given(PAIRS)
def test_stretches_are_in_order_apart_and_never_shorter_than_what_was_put_in(
    pairs: list[tuple[float, float]],
) -> None:
    spans = Spans.of(pairs)
    flat = [edge for pair in spans.pairs for edge in pair]
    assert flat == sorted(flat)
    assert all(start < end for start, end in spans.pairs)
    assert all(
        after[0] - before[1] >= SEAM / 2 for before, after in zip(spans.pairs, spans.pairs[1:], strict=False)
    )
    assert all(
        any(start <= max(0.0, low) and high <= end for start, end in spans.pairs)
        for low, high in pairs
        if max(0.0, low) < high
    )


@given(PAIRS)
def test_what_is_read_again_stays_as_it_was_read(pairs: list[tuple[float, float]]) -> None:
    read = Spans.from_bytes(Spans.of(pairs).to_bytes())
    assert read.seconds == pytest.approx(Spans.of(pairs).seconds, abs=SEAM * len(pairs) + 1e-4)
    assert Spans.from_bytes(read.to_bytes()) == read


def test_half_a_stretch_that_was_kept_is_not_read() -> None:
    assert Spans.from_bytes(Spans.of([(1, 2), (3, 4)]).to_bytes()[:-1]).pairs == ((1, 2),)


def test_the_share_is_nothing_only_where_nothing_was_heard() -> None:
    heard = Spans.of([(0, 5), (10, 15)])
    assert (heard.share(40), heard.share(8), Spans().share(8)) == (0.25, 1, 0)
    assert [heard.share(unknown) for unknown in (None, 0, -1)] == [1, 1, 1]
    assert [Spans().share(unknown) for unknown in (None, 0, -1)] == [0, 0, 0]
