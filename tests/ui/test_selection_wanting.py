"""What was selected and is not listed any more is selected again once it is, unless the person chose."""

from array import array
from collections.abc import Iterable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playhead.ui.table.places import find_again
from playhead.ui.table.recordingtable import RecordingTable
from support.window.table_scene import ids, place_of

SHORT = range(50)
LONG = range(5000)
ODD = range(1, 5000, 2)


@pytest.fixture
def table(table: RecordingTable) -> RecordingTable:
    table.show_listing(ids(SHORT))
    return table


def toggle(table: RecordingTable, row: int) -> None:
    model = table.model()
    assert model is not None
    place = table.visualRect(model.index(row, place_of("name"))).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)


def without(rows: Iterable[int], *left_out: int) -> "array[int]":
    return ids(each for each in rows if each not in left_out)


@pytest.mark.parametrize("between", [without(SHORT, 3, 30), ids(range(40, 4, -1)), ids([])])
def test_what_is_not_listed_is_neither_counted_nor_given_and_comes_back(
    table: RecordingTable, between: "array[int]"
) -> None:
    table.select_ids([3, 4, 30], current=3)
    here = [each for each in between if each in {4, 30}]
    table.show_listing(between)
    assert (table.selected_count(), list(table.selected_ids())) == (len(here), here)
    table.show_listing(without(between, 4))
    assert 4 not in table.selected_ids()
    table.show_listing(ids(SHORT))
    assert list(table.selected_ids()) == [3, 4, 30]
    assert table.current_id == 3


def test_it_comes_back_one_by_one_too(table: RecordingTable) -> None:
    table.select_ids([3, 4, 30], current=30)
    table.show_listing(without(SHORT, 3, 4, 30))
    for listed in ([0, 3], [0, 3, 4], [0, 3, 4, 5], [0, 3, 4, 5, 30]):
        table.show_listing(ids(listed))
        assert list(table.selected_ids()) == [each for each in listed if each in {3, 4, 30}]
    assert table.current_id == 30


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_End])
def test_who_goes_elsewhere_meanwhile_has_chosen(table: RecordingTable, key: Qt.Key) -> None:
    table.select_ids([3, 4], current=3)
    table.show_listing(ids(range(10, 20)))
    QTest.keyClick(table, key)
    chosen = table.current_id
    table.show_listing(ids(SHORT))
    assert list(table.selected_ids()) == [chosen]
    assert table.current_id == chosen


def test_who_adds_to_it_meanwhile_has_chosen(table: RecordingTable) -> None:
    table.select_ids([3, 4], current=4)
    table.show_listing(ids(range(4, 20)))
    toggle(table, 2)
    table.show_listing(ids(SHORT))
    assert list(table.selected_ids()) == [4, 6]


def test_who_clears_it_meanwhile_has_chosen(table: RecordingTable) -> None:
    table.select_ids([3, 4], current=4)
    table.show_listing(ids(range(4, 20)))
    table.clearSelection()
    table.show_listing(ids(SHORT))
    assert not table.selected_count()


def test_everything_that_was_selected_comes_back_and_nothing_new_joins(table: RecordingTable) -> None:
    table.selectAll()
    table.settle()
    table.show_listing(ids(range(10)))
    assert table.selected_count() == 10
    table.show_listing(ids(range(60)))
    assert list(table.selected_ids()) == list(SHORT)


def test_another_question_asked_before_the_last_was_answered_ends_everything(table: RecordingTable) -> None:
    table.selectAll()
    table.show_first(ids(range(20)))
    table.settle()
    table.show_first(ids(range(10)))
    table.show_listing(ids(range(60)))
    assert not table.selection.everything
    assert list(table.selected_ids()) == list(SHORT)


def test_what_was_taken_out_of_everything_stays_out_when_it_comes_back(table: RecordingTable) -> None:
    table.selectAll()
    toggle(table, 3)
    table.show_listing(without(SHORT, 3))
    table.show_listing(ids(range(60)))
    assert list(table.selected_ids()) == list(without(range(60), 3))
    table.show_listing(ids(range(30, 0, -1)))
    table.show_listing(ids(range(60)))
    assert list(table.selected_ids()) == list(without(range(60), 3))


@pytest.mark.parametrize("between", [range(4, 4000), range(3000, 100, -1)])
def test_half_of_a_long_listing_comes_back(table: RecordingTable, between: range) -> None:
    table.show_listing(ids(LONG))
    table.select_ids(ids(ODD))
    table.show_listing(ids(between))
    assert list(table.selected_ids()) == [each for each in between if each % 2]
    table.show_listing(ids(LONG))
    assert list(table.selected_ids()) == list(ODD)
    table.show_listing(without(LONG, 7))
    assert table.selected_count() == len(ODD) - 1
    table.show_listing(ids(LONG))
    assert list(table.selected_ids()) == list(ODD)


def test_what_is_let_go_does_not_come_back(table: RecordingTable) -> None:
    table.select_ids([3, 4, 30], current=3)
    table.show_listing(without(SHORT, 3, 4))
    table.selection.let_go()
    table.show_listing(ids(SHORT))
    assert list(table.selected_ids()) == [30]
    assert table.current_id != 3


def test_first_rows_that_lack_it_forget_nothing(table: RecordingTable, qtbot: QtBot) -> None:
    table.select_ids([3, 4, 30], current=3)
    for first in (range(40, 50), range(20, 35)):
        table.show_first(ids(first))
    table.show_listing(ids(range(20, 45)))
    assert list(table.selected_ids()) == [30]
    assert table.current_id != 3
    table.show_first(ids(range(4, 10)))
    with qtbot.waitSignal(table.chosen):
        table.show_listing(ids(SHORT))
    assert (list(table.selected_ids()), table.current_id) == ([3, 4, 30], 3)


def test_it_may_have_been_looked_for_in_another_thread(table: RecordingTable) -> None:
    table.select_ids([3, 4, 30])
    for listed in (ids(range(4, 20)), ids(reversed(SHORT))):
        table.show_listing(listed, found=find_again(table.leave().chosen.kept(), listed))
    assert sorted(table.selected_ids()) == [3, 4, 30]


def test_what_takes_the_place_of_the_current_row_is_current_until_that_comes_back(
    table: RecordingTable,
) -> None:
    table.select_ids([3], current=3)
    table.show_listing(without(SHORT, 3))
    assert table.current_id in {2, 4}
    table.show_listing(ids(range(30, 4, -1)))
    table.show_listing(ids(SHORT))
    assert table.current_id == 3
