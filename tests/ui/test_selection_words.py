"""What is said of the selected rows: which they are, and what is known of them together."""

import pytest

from playhead.core.stores import Totals
from playhead.ui.wording.listingwords import selection_forms

KNOWN = Totals(3, 60.0, 1_200_000, timed=3, sized=3)
ALL = "all 3\u202f300 recordings selected"
PARTLY = Totals(3300, 87_600.0, 3_100_000, timed=3254, sized=41)


def test_what_is_known_of_all_is_said_plainly() -> None:
    assert selection_forms(3, KNOWN, None) == (
        "3 selected · 1 min 00 s · 1.2 MB",
        "3 selected · 1 min 00 s",
        "3 selected",
    )
    assert selection_forms(3, None, None) == ("3 selected",)
    assert selection_forms(3, Totals(3, 0.0, 0, 0, 0), None) == ("3 selected",)
    assert selection_forms(0, None, None) == ("",)


def test_a_selection_that_is_not_in_view_is_said_to_be_so_in_every_form() -> None:
    assert selection_forms(1, KNOWN, None, seen=False) == (
        "1 selected, not in view · 1 min 00 s · 1.2 MB",
        "1 selected, not in view · 1 min 00 s",
        "1 selected, not in view",
    )
    assert selection_forms(0, None, None, seen=False) == ("",)


def test_what_is_not_known_of_all_is_said_to_be_the_least() -> None:
    assert selection_forms(3300, PARTLY, "recordings") == (
        f"{ALL} · at least 24 h 20 min (3\u202f254 known) · at least 3.1 MB (41 known)",
        f"{ALL} · at least 24 h 20 min · at least 3.1 MB",
        f"{ALL} · at least 24 h 20 min",
        ALL,
        "all 3\u202f300 selected",
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scope", "shortest"),
    [
        ("recordings", "all 1\u202f523 selected"),
        ("that match", "all 1\u202f523 selected"),
        ("loaded", "all 1\u202f523 loaded selected"),
        ("loaded that match", "all 1\u202f523 loaded selected"),
        ("shown", "all 1\u202f523 shown selected"),
        (None, "1\u202f523 selected"),
    ],
)
def test_which_ones_are_meant_goes_last(scope: str | None, shortest: str) -> None:
    assert selection_forms(1523, PARTLY, scope)[-1] == shortest
