"""The table as a person drives it: opening, selecting, and staying in place while rows come."""

from collections.abc import Iterable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playhead.ui.table.model import RecordingModel
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.table.tableheader import ROW_HEIGHT
from support.fakes import recording
from support.window.table_scene import ROWS, click, ids, top_of


@pytest.fixture
def opened(table: RecordingTable) -> list[int]:
    heard: list[int] = []
    table.opened.connect(heard.append)
    return heard


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_current_row(table: RecordingTable, opened: list[int], key: Qt.Key) -> None:
    table.selectRow(3)
    QTest.keyClick(table, key)
    assert opened == [1003]


def test_a_click_selects_and_a_double_click_opens(table: RecordingTable, opened: list[int]) -> None:
    click(table, 2)
    assert opened == []
    assert list(table.selected_ids()) == [1002]
    click(table, 2, twice=True)
    assert opened == [1002]


def test_enter_without_a_row_opens_nothing(table: RecordingTable, opened: list[int]) -> None:
    table.show_listing(ids(()))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == []


def test_the_row_after_and_before_can_be_stepped_to_but_not_beyond_the_ends(table: RecordingTable) -> None:
    table.selectRow(0)
    assert table.step(1) == 1001
    assert list(table.selected_ids()) == [1001]
    assert table.step(-1) == 1000
    assert table.step(-1) is None
    assert table.current_id == 1000


LISTINGS = [
    pytest.param(range(990, 1200), id="newer ones above"),
    pytest.param([*range(1000, 1005), *range(900, 903), *range(1005, 1200)], id="some in the middle"),
    pytest.param(range(1000, 1250), id="older ones below"),
    pytest.param([*range(900, 950), *range(1003, 1250)], id="some gone and others come"),
    pytest.param(list(reversed(range(1000, 1200))), id="another order"),
]


@pytest.mark.parametrize("after", LISTINGS)
def test_selection_and_current_row_stay_on_the_same_recordings(
    table: RecordingTable, after: Iterable[int]
) -> None:
    table.select_ids([1004, 1005, 1050, 1199], current=1050)
    table.show_listing(ids(after))
    assert sorted(table.selected_ids()) == [1004, 1005, 1050, 1199]
    assert table.selected_count() == 4
    assert table.current_id == 1050


@pytest.mark.parametrize("after", LISTINGS)
def test_what_is_read_stays_where_it_is_while_rows_come_and_go(
    table: RecordingTable, after: Iterable[int]
) -> None:
    table.verticalScrollBar().setValue(50 * ROW_HEIGHT + 9)
    top = table.top_id
    assert top is not None
    before = top_of(table, top)
    table.show_listing(ids(after))
    if 0 < table.verticalScrollBar().value() < table.verticalScrollBar().maximum():
        assert table.top_id == top
        assert top_of(table, top) == before


def test_at_the_top_newer_recordings_appear_above(table: RecordingTable) -> None:
    table.show_listing(ids(range(990, 1200)))
    assert table.top_id == 990


def test_at_the_top_they_do_not_where_the_rows_are_to_be_held(table: RecordingTable) -> None:
    table.show_listing(ids(range(990, 1200)), hold=True)
    assert table.top_id == 1000


def test_a_selected_recording_that_is_gone_is_no_longer_selected(table: RecordingTable, qtbot: QtBot) -> None:
    table.select_ids([1001, 1002], current=1001)
    with qtbot.waitSignal(table.chosen, timeout=1000):
        table.show_listing(ids([1000, *range(1002, 1200)]))
    assert list(table.selected_ids()) == [1002]


def test_rows_that_come_say_nothing_about_the_selection(table: RecordingTable, qtbot: QtBot) -> None:
    table.select_ids([1001, 1002], current=1001)
    with qtbot.assertNotEmitted(table.chosen):
        table.show_listing(ids(range(990, 1250)))


def test_everything_can_be_selected_and_counted(table: RecordingTable) -> None:
    table.selectAll()
    assert table.selected_count() == len(ROWS)
    assert list(table.selected_ids()) == list(ROWS)


def test_recordings_that_are_not_listed_cannot_be_selected(table: RecordingTable) -> None:
    table.select_ids([5, 1001, 1199, 6], current=5)
    assert list(table.selected_ids()) == [1001, 1199]


def test_a_large_listing_has_room_for_no_more_and_a_short_one_has(table: RecordingTable) -> None:
    assert table.room == 0
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert table.room > 0
    table.show_listing(ids(range(1000, 1003)))
    assert list(table.visible_rows) == [0, 1, 2]
    assert table.room > 0
    table.show_listing(ids(()))
    assert table.current_id is None
    assert table.top_id is None
    assert not table.visible_rows


def test_every_row_is_painted_whatever_its_recording_is_like(
    table: RecordingTable, table_model: RecordingModel
) -> None:
    odd = {
        1000: recording(0, status="failed"),
        1001: recording(1, status="ongoing"),
        1002: recording(2, status="absent"),
        1003: recording(3, status="paused", caller=None),
        1004: recording(4, fault="Its id is missing.", name="<b>x</b>\n\u202e" + "y" * 10_000),
        1005: recording(5, status=None, duration=None, started=None, created=None),
    }
    table_model.renew(odd)
    table_model.show_playing(odd[1004].key)
    table.select_ids([1001, 1004], current=1004)
    assert not table.grab().isNull()


def test_a_row_that_is_current_only_because_another_went_away_is_not_what_one_looks_at(
    table: RecordingTable,
) -> None:
    table.selectRow(150)
    table.show_listing(ids([*range(1000, 1100), *range(1160, 1200)]))
    table.reveal_current()
    assert table.visible_rows.start == 0
    table.show_listing(ids(ROWS))
    assert table.current_id == 1150


def test_a_row_that_is_current_only_because_the_focus_came_is_not_what_one_looks_at(
    table: RecordingTable,
) -> None:
    table.clearFocus()
    table.setFocus(Qt.FocusReason.OtherFocusReason)
    assert table.current_id == 1000
    table.show_listing(ids(reversed(ROWS)))
    table.reveal_current()
    assert (table.visible_rows.start, table.current_id) == (0, 1199)
    QTest.keyClick(table, Qt.Key.Key_Down)
    table.show_listing(ids(ROWS))
    table.reveal_current()
    assert table.current_id == 1199
    assert 199 in table.visible_rows


@pytest.mark.parametrize(
    ("tail", "at", "room"),
    [(0, 0, False), (190, 0, True), (100, 0, False), (100, 90, True), (100, 100, False), (100, 200, True)],
)
def test_there_is_room_for_more_before_the_rows_that_stay_last(
    table: RecordingTable,
    tail: int,
    at: int,
    room: bool,  # noqa: FBT001 - a test's parameter
) -> None:
    table.tail = tail
    table.show_from(at)
    assert bool(table.room) is room


def test_a_row_that_is_visited_is_at_the_top_and_current_but_not_selected(table: RecordingTable) -> None:
    table.selectRow(3)
    table.visit(60)
    assert (table.current_id, table.visible_rows.start) == (1060, 60)
    assert table.selected_rows() == [3]
