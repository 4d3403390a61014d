"""What the window was like is understood again, however little of it makes sense."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.finding.query import NEWEST_FIRST, Order
from playhead.core.leftoff import MOST_SELECTED, Known, LeftOff, from_text

WHOLE = LeftOff(
    query='maria "x" \ud800',
    order=Order("duration", descending=False),
    current=Known(id=7, key=("bird", "a")),
    top=Known(id=8, key=("bird", "b")),
    selected=(Known(id=7, key=("bird", "a")), Known(id=9, key=("bird", "c"))),
    everything=True,
    playing=Known(id=9, key=("bird", "c")),
    second=12.5,
    page=2,
)


def test_everything_comes_back() -> None:
    assert from_text(WHOLE.to_text()) == WHOLE
    assert from_text(LeftOff().to_text()) == LeftOff()


def test_every_recording_is_named() -> None:
    assert {each.id for each in WHOLE.recordings} == {7, 8, 9}


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "null", "[" * 100_000])
def test_what_is_no_such_text_is_as_at_the_first_start(text: str) -> None:
    assert from_text(text) == LeftOff()


@given(
    st.dictionaries(
        st.sampled_from(["query", "order", "current", "selected", "everything", "playing", "second", "page"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=5,
        ),
    )
)
def test_one_odd_value_costs_that_value_alone(odd: dict[str, object]) -> None:
    content = json.loads(WHOLE.to_text()) | odd
    found = from_text(json.dumps(content))
    assert all(getattr(found, name) == getattr(WHOLE, name) for name in ("top",))
    assert found.second >= 0
    assert len(found.selected) <= MOST_SELECTED
    assert from_text(found.to_text()) == found


def test_an_order_that_is_none_is_newest_first() -> None:
    assert from_text('{"order": ["duration"]}').order == NEWEST_FIRST
