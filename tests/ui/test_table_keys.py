"""Keys in the table: those it has a use for, and those it passes on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playhead.ui.table.recordingtable import RecordingTable
from support.window.table_scene import ROWS, Around, ids


@pytest.mark.parametrize("keys", ["space", "left", "right", "comma", "period", "0", "1", "2", "escape"])
def test_the_players_keys_are_passed_on(around: Around, table: RecordingTable, keys: str) -> None:
    key = getattr(Qt.Key, f"Key_{keys.capitalize()}")
    table.selectRow(4)
    QTest.keyClick(table, key)
    assert around.heard == [key]
    assert list(table.selected_ids()) == [1004]


def test_letters_do_not_search_the_first_column(table: RecordingTable) -> None:
    table.selectRow(4)
    QTest.keyClicks(table, "call")
    assert table.current_id == 1004


def test_arrows_move_and_shift_widens_the_selection(table: RecordingTable) -> None:
    table.selectRow(4)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert list(table.selected_ids()) == [1005]
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert list(table.selected_ids()) == [1005, 1006]


def test_a_row_can_be_selected_from_right_to_left_too(table: RecordingTable) -> None:
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    table.go_to(3)
    assert table.selected_rows() == [3]
    assert table.step(1) == ROWS[4]


def test_who_comes_by_tab_finds_a_row_selected_and_keeps_what_was(table: RecordingTable) -> None:
    table.clearFocus()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.selected_rows() == [0]
    table.select_ids([1004, 1007], current=1007)
    table.clearFocus()
    table.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert table.selected_rows() == [4, 7]


def test_the_current_row_is_brought_into_view_as_soon_as_longer_rows_are_there(table: RecordingTable) -> None:
    table.show_listing(ids([1180, 1181]))
    table.selectRow(0)
    table.show_listing(ids(ROWS))
    table.reveal_current()
    assert table.currentIndex().row() == 180
    assert 180 in table.visible_rows


def test_tab_leaves_the_table(table: RecordingTable) -> None:
    assert not table.tabKeyNavigation()
