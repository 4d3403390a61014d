"""The status line while the rest is searched: how that goes is said as far as there is room."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playhead.core.loading.coverage import Coverage
from playhead.ui.listing.statusline import StatusLine
from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.theme import Theme
from playhead.ui.wording.listingwords import search_forms
from support.fakes import BIRD, CONVIRZA, NOON

FORMS = ("searching: 900 recordings read · 300 a second", "searching: 900 recordings read", "900 read")


@pytest.fixture
def status(qtbot: QtBot, theme: Theme) -> Iterator[StatusLine]:
    around = QWidget()
    qtbot.addWidget(around)
    made = StatusLine(around)
    made.resize(1200, 34)
    made.show_sentence("92 match in 1 399 loaded · more exist at Bird", "41 older ones follow as you scroll")
    made.show_rest(possible=True, searching=True)
    made.show_progress(*FORMS)
    around.show()
    yield made
    around.close()


def noted(status: StatusLine) -> str:
    """What is said between the sentence and the selection."""
    labels = [each for each in status.findChildren(PlainLabel) if each.isVisible() and each.whole]
    return " ".join(
        each.whole.removeprefix("· ") for each in labels if each not in {status.sentence, status.selection}
    )


def test_progress_takes_the_place_of_the_note_until_it_ends(status: StatusLine) -> None:
    assert noted(status) == FORMS[0]
    status.show_sentence("93 match in 1 499 loaded", "42 older ones follow as you scroll")
    assert noted(status) == FORMS[0]
    assert status.accessibleDescription() == f"93 match in 1 499 loaded {FORMS[0]}"
    status.show_progress()
    assert noted(status) == "42 older ones follow as you scroll"


def test_progress_is_shortened_piece_by_piece_and_never_left_out(status: StatusLine) -> None:
    seen: list[str] = []
    for width in range(1200, 100, -10):
        status.resize(width, 34)
        if noted(status) not in seen[-1:]:
            seen.append(noted(status))
    assert seen == list(FORMS)


def test_the_last_piece_of_progress_is_not_cut(status: StatusLine, qtbot: QtBot) -> None:
    status.show_selection("all 92 loaded that match selected · 3 h 34 min", "all 92 loaded selected")
    status.resize(440, 34)
    label = next(each for each in status.findChildren(PlainLabel) if "read" in each.whole)
    qtbot.waitUntil(lambda: label.text() == "· 900 read")
    assert status.selection.text() == "all 92 loaded selected"


def test_the_estimate_goes_first_and_the_number_last() -> None:
    going = Coverage(
        account=BIRD, exhausted=False, begun=True, horizon=NOON - timedelta(days=1), estimate=5000
    )
    done = Coverage(account=CONVIRZA, exhausted=True, begun=True)
    long, short = "searching: 1\u202f200 recordings read", "1\u202f200 read"
    rate, depth, estimate = "300 a second", "down to yesterday 12:00", "about 5\u202f000 to come"
    assert search_forms(1200, 4, [going, done], NOON) == (
        f"{long} · {rate} · {depth} · {estimate}",
        f"{short} · {rate} · {depth} · {estimate}",
        f"{long} · {rate} · {depth}",
        f"{short} · {rate} · {depth}",
        f"{long} · {rate}",
        f"{short} · {rate}",
        long,
        short,
    )


def test_only_what_is_known_is_said_of_a_search() -> None:
    assert search_forms(0, 0, [], NOON) == ("searching…",)
    unknown = Coverage(account=BIRD, exhausted=False, begun=True)
    assert search_forms(1, 0.5, [unknown], NOON) == ("searching: 1 recording read", "1 read")
