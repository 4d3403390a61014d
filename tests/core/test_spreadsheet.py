"""Text that goes into a spreadsheet stays what it is."""

import pytest

from playhead.core.spreadsheet import guarded


@pytest.mark.parametrize(
    "text", ["=SUM(A1:A9)", "+31205550123", "@a", "-x", "'x", "2026-01-02", "1e9", "10:30"]
)
def test_what_a_spreadsheet_would_change_has_an_apostrophe_before_it(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Maria <+31 20 555 0123>", "5b74ee9e-0001", "12 calls"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert guarded(text) == text
