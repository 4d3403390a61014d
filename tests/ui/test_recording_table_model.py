"""The table's rows as Qt sees them: every change told rightly, every recording asked for once."""

from array import array
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from playhead.core.marks import Marks
from playhead.core.recording import Recording
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.model import KEPT, MARGIN, RecordingModel, Role
from support.fakes import BIRD, NOON, recording

STATE, STARTED, NAME = 0, 1, 2


def ids(numbers: Iterable[int]) -> "array[int]":
    return array("q", numbers)


def watched(model: RecordingModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)


@pytest.fixture
def model(qtbot: QtBot) -> RecordingModel:
    return RecordingModel(NOON)


def filled(model: RecordingModel, numbers: Iterable[int]) -> None:
    model.fill({each: recording(each) for each in numbers})


def cell(model: QAbstractItemModel, row: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    return model.data(model.index(row, column), role)


def wanted(qtbot: QtBot, model: RecordingModel, *rows: int) -> list[int]:
    """What is asked for when these rows are looked at."""
    with qtbot.waitSignal(model.wanted, timeout=1000) as asked:
        for row in rows:
            cell(model, row, NAME)
    assert asked.args is not None
    return list(asked.args[0])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([], range(5), id="the first rows"),
        pytest.param(range(5), range(9), id="more at the end"),
        pytest.param(range(5, 9), range(9), id="newer at the top"),
        pytest.param([1, 2, 8, 9], [1, 2, 5, 6, 8, 9], id="some in the middle"),
        pytest.param(range(9), [0, 1, 7, 8], id="the middle gone"),
        pytest.param(range(9), [], id="all gone"),
        pytest.param(range(9), [5, 3, 1], id="quite others"),
        pytest.param([1, 1, 1], [1, 1], id="one of the same gone"),
    ],
)
def test_qt_is_told_rightly_how_the_rows_change(
    model: RecordingModel, before: Iterable[int], after: Iterable[int]
) -> None:
    tester = watched(model)
    filled(model, range(10))
    model.show_listing(ids(before))
    model.show_listing(ids(after))
    assert list(model.ids) == list(after)
    assert model.rowCount() == len(list(after))
    tester.deleteLater()


@given(
    before=st.lists(st.integers(0, 12), unique=True, max_size=12),
    after=st.lists(st.integers(0, 12), unique=True, max_size=12),
)
def test_whatever_the_listings_are_the_rows_are_those_of_the_last(
    qapp: object, before: list[int], after: list[int]
) -> None:
    model = RecordingModel(NOON)
    tester = watched(model)
    mirror = list(before)
    resets: list[bool] = []
    model.show_listing(ids(before))

    def insert(_parent: object, first: int, last: int) -> None:
        mirror[first:first] = model.ids[first : last + 1]

    def remove(_parent: object, first: int, last: int) -> None:
        del mirror[first : last + 1]

    def reset() -> None:
        resets.append(True)
        mirror[:] = model.ids

    model.rowsInserted.connect(insert)
    model.rowsRemoved.connect(remove)
    model.modelReset.connect(reset)
    told = model.show_listing(ids(after))
    assert mirror == after == list(model.ids)
    assert (told is None) is any(resets)
    tester.deleteLater()


def test_the_same_listing_again_changes_nothing(model: RecordingModel, qtbot: QtBot) -> None:
    model.show_listing(ids(range(5)))
    with (
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.assertNotEmitted(model.rowsInserted),
        qtbot.assertNotEmitted(model.rowsRemoved),
    ):
        assert model.show_listing(ids(range(5))) == []


def test_rows_around_those_that_are_looked_at_are_asked_for_once(model: RecordingModel, qtbot: QtBot) -> None:
    model.show_listing(ids(range(1000)))
    asked = wanted(qtbot, model, 500, 501, 502)
    assert asked == list(range(500 - MARGIN, 502 + MARGIN))
    with qtbot.assertNotEmitted(model.wanted, wait=50):
        for row in (500, 501, 502):
            cell(model, row, NAME)
    assert wanted(qtbot, model, 520) == list(range(502 + MARGIN, 520 + MARGIN))


def test_what_is_already_there_is_not_asked_for(model: RecordingModel, qtbot: QtBot) -> None:
    model.show_listing(ids(range(100)))
    filled(model, range(50))
    with qtbot.assertNotEmitted(model.wanted, wait=50):
        cell(model, 10, NAME)
    assert min(wanted(qtbot, model, 50)) == 50


def test_rows_that_will_be_scrolled_to_are_asked_for_before_they_are_painted(
    model: RecordingModel, qtbot: QtBot
) -> None:
    model.show_listing(ids(range(1000)))
    filled(model, range(400, 521))
    with qtbot.assertNotEmitted(model.wanted, wait=50):
        model.look_within(range(450, 470))
    with qtbot.waitSignal(model.wanted, timeout=1000) as asked:
        model.look_within(range(480, 500))
    assert asked.args is not None
    assert min(asked.args[0]) == 521


def test_what_is_not_looked_at_is_not_painted_anew(model: RecordingModel) -> None:
    model.show_listing(ids(range(1000)))
    filled(model, range(100))
    model.look_within(range(20))
    rows: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, *_: rows.append((first.row(), last.row())))
    model.show_playing(recording(50).key)
    filled(model, range(100, 200))
    filled(model, range(20))
    assert rows == []
    model.fill({3: recording(3, name="Mended")})
    assert rows == [(0, 19)]


def test_a_row_that_went_away_before_it_was_asked_for_is_forgotten(
    model: RecordingModel, qtbot: QtBot
) -> None:
    model.show_listing(ids(range(10)))
    with qtbot.assertNotEmitted(model.wanted, wait=50):
        cell(model, 9, NAME)
        model.show_listing(ids(()))


def test_a_row_is_empty_until_its_recording_has_come(model: RecordingModel, qtbot: QtBot) -> None:
    model.show_listing(ids([7]))
    assert cell(model, 0, NAME) is None
    assert model.recording(0) is None
    with qtbot.waitSignal(model.dataChanged):
        filled(model, [7])
    assert cell(model, 0, NAME) == "Call · incoming"
    assert model.recording(0) == recording(7)


def test_after_a_renewal_everything_else_is_asked_for_again(model: RecordingModel, qtbot: QtBot) -> None:
    model.show_listing(ids(range(10)))
    filled(model, range(10))
    model.renew({0: recording(0, name="Mended")})
    assert cell(model, 0, NAME) == "Mended"
    assert wanted(qtbot, model, 5) == list(range(1, 10))


def test_memory_does_not_grow_with_what_was_looked_at(model: RecordingModel) -> None:
    many = KEPT + 2
    model.show_listing(ids(range(many)))
    model.look_within(range(1000, 1020))
    filled(model, range(many))
    assert model.known([0])
    filled(model, [5])
    assert not model.known([0])
    assert model.known([5, *range(1000, 1020)])


def test_the_label_of_an_account_appears_as_soon_as_it_is_known(model: RecordingModel) -> None:
    account = next(place for place, each in enumerate(COLUMNS) if each.key == "account")
    model.show_listing(ids([0]))
    filled(model, [0])
    assert cell(model, 0, account) == ""
    model.show_labels({BIRD.id: "EU support"})
    assert cell(model, 0, account) == "EU support"


def test_at_midnight_today_becomes_yesterday(model: RecordingModel) -> None:
    model.show_listing(ids([0]))
    filled(model, [0])
    assert cell(model, 0, STARTED) == "Today 12:00"
    model.show_now(NOON + timedelta(days=1))
    assert cell(model, 0, STARTED) == "Yesterday 12:00"


def test_the_recording_that_plays_is_marked_and_no_other(model: RecordingModel) -> None:
    model.show_listing(ids([0, 1]))
    filled(model, [0, 1])
    model.show_playing(recording(1).key)
    assert [cell(model, row, NAME, Role.PLAYING) for row in (0, 1)] == [False, True]
    model.show_playing(None)
    assert not cell(model, 1, NAME, Role.PLAYING)


SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def test_a_screen_reader_hears_the_whole_row_in_every_cell(model: RecordingModel) -> None:
    model.show_listing(ids([0, 1]))
    filled(model, [0, 1])
    heard = {cell(model, 1, column, SPOKEN) for column in range(len(COLUMNS))}
    (sentence,) = heard
    assert sentence.startswith("2 of 2, Call · incoming, Bird, 14 March 2026 12:01")


def test_a_screen_reader_hears_if_more_exist_than_are_shown(model: RecordingModel) -> None:
    model.show_listing(ids([0, 1]))
    filled(model, [0, 1])
    model.show_extent(more=True)
    assert cell(model, 1, NAME, SPOKEN).startswith("2 of 2 shown, more exist, Call")
    model.show_extent(more=False)
    assert cell(model, 1, NAME, SPOKEN).startswith("2 of 2, Call")


def test_a_row_whose_recording_has_not_come_has_a_name_too(model: RecordingModel) -> None:
    model.show_listing(ids([7, 8]))
    assert {cell(model, 1, column, SPOKEN) for column in range(len(COLUMNS))} == {"2 of 2, loading"}


def test_a_screen_reader_hears_what_plays_and_what_has_a_star(model: RecordingModel) -> None:
    model.show_listing(ids([0, 1]))
    filled(model, [0, 1])
    model.show_playing(recording(0).key)
    model.show_marks({recording(1).key: Marks(starred=True)})
    assert ", playing" in cell(model, 0, NAME, SPOKEN)
    assert ", starred" in cell(model, 1, NAME, SPOKEN)


def test_a_tip_is_never_read_as_html(model: RecordingModel) -> None:
    hostile = '<img src="file:///etc/passwd"> & <b>bold</b>'
    model.show_listing(ids([0]))
    model.fill({0: recording(0, name=hostile)})
    tip = cell(model, 0, NAME, Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "<b>" not in tip
    assert "&lt;img" in tip
    assert "&amp;" in tip
    assert cell(model, 0, NAME) == hostile


def test_headers_are_named_and_tell_the_word_that_asks_for_them(model: RecordingModel) -> None:
    across = Qt.Orientation.Horizontal
    assert model.headerData(STARTED, across) == "Started"
    assert model.headerData(STARTED, across, Qt.ItemDataRole.ToolTipRole) == "In the filter: date:"
    assert model.headerData(STATE, across, Qt.ItemDataRole.AccessibleTextRole) == "State"
    size = next(place for place, each in enumerate(COLUMNS) if each.key == "size")
    assert model.headerData(size, across, Qt.ItemDataRole.ToolTipRole) == "In the filter: size:"
    assert model.headerData(len(COLUMNS), across) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_a_recording_of_which_nothing_is_known_is_a_row_like_any_other(model: RecordingModel) -> None:
    tester = watched(model)
    bare = Recording(account="a", id="b", provider=BIRD.provider, fault="Its date makes no sense.")
    model.show_listing(ids([0]))
    model.fill({0: bare})
    for column in range(len(COLUMNS)):
        assert cell(model, 0, column) is not None
    assert "Its date makes no sense." in cell(model, 0, STATE, Qt.ItemDataRole.ToolTipRole)
    tester.deleteLater()


def test_only_the_rows_whose_recording_begins_or_stops_to_play_are_painted_anew(
    model: RecordingModel,
) -> None:
    model.show_listing(ids(range(5)))
    filled(model, range(5))
    model.show_playing(recording(1).key)
    rows: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, *_: rows.append((first.row(), last.row())))
    model.show_playing(recording(3).key)
    assert sorted(rows) == [(1, 1), (3, 3)]


def test_marks_that_are_known_already_have_nothing_painted_anew(model: RecordingModel) -> None:
    model.show_listing(ids(range(5)))
    filled(model, range(5))
    rows: list[int] = []
    model.dataChanged.connect(lambda first, *_: rows.append(first.row()))
    starred = {recording(2).key: Marks(starred=True)}
    model.show_marks(starred)
    model.show_marks(starred)
    assert rows == [2]
