"""What is selected stays selected: everything, a few, and half of a long listing in another order."""

from array import array
from collections.abc import Iterable

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.table.tableheader import ROW_HEIGHT
from support.fakes import NOON, recording

MANY = range(5000)
HALF = range(0, 5000, 2)


def ids(numbers: Iterable[int]) -> "array[int]":
    return array("q", numbers)


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def table(around: QWidget, theme: Theme, icons: Icons) -> RecordingTable:
    model = RecordingModel(NOON)
    model.fill({each: recording(-each) for each in range(200)})
    made = RecordingTable(model, theme, icons, around)
    made.resize(1000, 30 + 20 * ROW_HEIGHT)
    made.show_listing(ids(MANY))
    around.show()
    made.setFocus()
    return made


def click(
    table: RecordingTable, row: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    model = table.model()
    assert model is not None
    place = table.visualRect(model.index(row, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, pos=place)


def toggle(table: RecordingTable, row: int) -> None:
    click(table, row, Qt.KeyboardModifier.ControlModifier)


def is_selected(table: RecordingTable, row: int) -> bool:
    """Whether Qt, and with it a screen reader, takes a row for selected."""
    model = table.model()
    assert model is not None
    return table.selectionModel().isSelected(model.index(row, 0))


def test_what_comes_joins_a_selection_of_everything(table: RecordingTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selection.everything
    table.show_listing(ids([7000, *range(2500), 7001, 7002, *range(2500, 6000)]))
    assert table.selected_count() == 6003
    table.show_listing(ids(reversed(range(6500))))
    assert table.selected_count() == 6500


def test_what_was_taken_out_of_everything_stays_out(table: RecordingTable) -> None:
    table.selectAll()
    toggle(table, 3)
    assert table.selection.everything
    table.show_listing(ids([*range(5000), 6001]))
    table.show_listing(ids(reversed(range(5500))))
    assert table.selected_count() == 5499
    assert 3 not in table.selected_ids()
    assert 5400 in table.selected_ids()


def test_after_another_question_nothing_new_joins(table: RecordingTable) -> None:
    table.selectAll()
    table.selection.settle()
    table.show_listing(ids(range(4000, 6000)))
    assert list(table.selected_ids()) == list(range(4000, 5000))


def test_a_click_ends_a_selection_of_everything(table: RecordingTable) -> None:
    table.selectAll()
    click(table, 4)
    assert not table.selection.everything
    table.show_listing(ids(range(6000)))
    assert list(table.selected_ids()) == [4]


def test_half_of_a_long_listing_stays_selected_in_another_order(table: RecordingTable) -> None:
    table.select_ids(ids(HALF))
    table.show_listing(ids(reversed(MANY)))
    assert table.selected_count() == len(HALF)
    assert list(table.selected_ids()) == list(reversed(HALF))
    assert [is_selected(table, row) for row in range(4)] == [False, True, False, True]


def test_rows_of_a_scattered_selection_are_selected_wherever_one_scrolls(table: RecordingTable) -> None:
    table.select_ids(ids(HALF))
    table.verticalScrollBar().setValue(3000 * ROW_HEIGHT)
    row = table.visible_rows.start + 2
    assert is_selected(table, row) is (row % 2 == 0)
    assert table.selected_count() == len(HALF)


def test_a_scattered_selection_can_be_added_to_and_taken_from(table: RecordingTable) -> None:
    table.select_ids(ids(HALF))
    toggle(table, 1)
    toggle(table, 2)
    assert list(table.selected_ids())[:4] == [0, 1, 4, 6]
    assert table.selected_count() == len(HALF)
    table.show_listing(ids([6000, *range(2, 5000)]))
    assert table.selected_count() == len(HALF) - 2
    toggle(table, 0)
    assert list(table.selected_ids())[:2] == [6000, 4]


def test_a_click_ends_a_scattered_selection(table: RecordingTable) -> None:
    table.select_ids(ids(HALF))
    click(table, 7)
    assert list(table.selected_ids()) == [7]
    assert table.selected_count() == 1


def test_between_the_first_rows_and_all_of_them_nothing_is_forgotten(
    table: RecordingTable, qtbot: QtBot
) -> None:
    table.select_ids([3, 2000, 4000], current=2000)
    with qtbot.assertNotEmitted(table.chosen):
        table.show_first(ids(range(4999, 4899, -1)))
        table.show_listing(ids(reversed(MANY)))
    assert sorted(table.selected_ids()) == [3, 2000, 4000]
    assert table.current_id == 2000


def test_what_is_selected_is_seen_among_the_first_rows_already(table: RecordingTable) -> None:
    table.select_ids([3, 2000], current=3)
    table.show_first(ids(range(2050, 1950, -1)))
    assert [row for row in range(100) if is_selected(table, row)] == [50]
    table.selectAll()
    table.show_first(ids(range(1950, 2050)))
    assert all(is_selected(table, row) for row in range(100))


def test_what_is_chosen_among_the_first_rows_counts(table: RecordingTable) -> None:
    table.select_ids([3, 2000], current=3)
    table.show_first(ids(range(4999, 4899, -1)))
    click(table, 1)
    table.show_listing(ids(reversed(MANY)))
    assert list(table.selected_ids()) == [4998]
    assert table.current_id == 4998


def test_everything_of_the_first_rows_is_everything_of_the_listing(table: RecordingTable) -> None:
    table.show_first(ids(range(100)))
    table.selectAll()
    table.show_listing(ids(MANY))
    assert table.selected_count() == len(MANY)


def test_where_the_selection_is_may_have_been_looked_for_before(table: RecordingTable) -> None:
    from playhead.ui.table.places import find_again

    table.select_ids(ids(HALF))
    after = ids(reversed(MANY))
    table.show_listing(after, found=find_again(table.selection.chosen().kept(), after))
    assert table.selected_count() == len(HALF)


def test_qt_may_be_told_to_clear_it(table: RecordingTable) -> None:
    table.select_ids(ids(HALF))
    table.selectionModel().clearSelection()
    assert table.selected_count() == 0
    table.selectAll()
    table.selectionModel().select(table.selectionModel().selection(), QItemSelectionModel.SelectionFlag.Clear)
    assert not table.selection.everything
