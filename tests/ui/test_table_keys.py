"""Keys in the table: those it has a use for, and those it passes on."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from playhead.ui.listing.gotodate import JumpLine
from playhead.ui.table.recordingtable import RecordingTable
from support.window.table_scene import ROWS, Around, click, ids, place_of


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


def test_of_the_row_that_an_arrow_leads_to_is_told_once(table: RecordingTable) -> None:
    table.selectRow(4)
    told: list[tuple[int | None, list[int]]] = []
    table.chosen.connect(lambda: told.append((table.current_id, list(table.selected_ids()))))
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert told == [(1005, [1005])]


def test_a_row_can_be_selected_from_right_to_left_too(table: RecordingTable) -> None:
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    table.go_to(3)
    assert table.selected_rows() == [3]
    assert table.step(1) == ROWS[4]


def test_who_comes_by_tab_is_at_a_row_that_is_not_selected_by_that_and_keeps_what_was(
    table: RecordingTable,
) -> None:
    table.clearFocus()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert (table.current_id, table.selected_rows()) == (1000, [])
    assert list(table.meant_ids()) == [1000]
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.selected_rows() == [0]
    table.select_ids([1004, 1007], current=1007)
    table.clearFocus()
    table.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert table.selected_rows() == [4, 7]


def test_who_comes_by_tab_is_at_a_row_that_is_in_view(table: RecordingTable) -> None:
    table.clearFocus()
    table.show_listing(ids(()))
    table.show_listing(ids(range(900, 1000)))
    table.show_from(60)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.current_id == 960


NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)


@pytest.mark.parametrize("held", [NONE, CONTROL, KEYPAD])
@pytest.mark.parametrize(("key", "row"), [(Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 199)])
def test_home_and_end_go_to_the_first_and_the_last_row_and_select_it(
    table: RecordingTable, key: Qt.Key, held: Qt.KeyboardModifier, row: int
) -> None:
    table.selectRow(20)
    QTest.keyClick(table, key, held)
    assert table.selected_rows() == [row]
    assert table.currentIndex().row() == row
    assert row in table.visible_rows


@pytest.mark.parametrize("held", [SHIFT, SHIFT | CONTROL])
@pytest.mark.parametrize(
    ("key", "rows"),
    [
        (Qt.Key.Key_Home, range(21)),
        (Qt.Key.Key_End, range(20, 200)),
        (Qt.Key.Key_Up, range(19, 21)),
        (Qt.Key.Key_Down, range(20, 22)),
    ],
)
def test_with_shift_all_from_where_one_was_are_selected(
    table: RecordingTable, key: Qt.Key, held: Qt.KeyboardModifier, rows: range
) -> None:
    table.selectRow(20)
    QTest.keyClick(table, key, held)
    assert table.selected_rows() == list(rows)


def test_a_selection_is_widened_and_narrowed_from_where_it_began(table: RecordingTable) -> None:
    click(table, 5)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(table, key, SHIFT)
    assert table.selected_rows() == [2, 3, 4, 5]
    QTest.keyClick(table, Qt.Key.Key_End, SHIFT)
    assert table.selected_rows() == list(range(5, 200))


def test_after_the_rows_are_sorted_anew_a_selection_is_widened_from_the_current_one(
    table: RecordingTable,
) -> None:
    table.selectRow(20)
    table.show_listing(ids(reversed(ROWS)))
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert list(table.selected_ids()) == [1020, 1019]


@pytest.mark.parametrize("key", [Qt.Key.Key_PageDown, Qt.Key.Key_PageUp])
def test_a_page_key_goes_as_far_as_one_sees_and_selects_the_row(table: RecordingTable, key: Qt.Key) -> None:
    table.selectRow(100)
    seen = len(table.visible_rows)
    QTest.keyClick(table, key)
    (row,) = table.selected_rows()
    assert seen - 3 <= abs(row - 100) <= seen
    assert (row > 100) is (key == Qt.Key.Key_PageDown)
    assert table.currentIndex().row() == row


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, *ENDS]
)
def test_no_key_moves_without_selecting_and_none_of_them_changes_the_column(
    table: RecordingTable, key: Qt.Key
) -> None:
    click(table, 10)
    for _ in range(3):
        QTest.keyClick(table, key)
        assert table.selected_rows() == [table.currentIndex().row()]
        assert table.currentIndex().column() == place_of("name")


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown])
def test_with_ctrl_one_looks_at_other_rows_and_takes_them_in_with_space(
    table: RecordingTable, key: Qt.Key
) -> None:
    table.selectRow(50)
    QTest.keyClick(table, key, CONTROL)
    assert table.selected_rows() == [50]
    row = table.currentIndex().row()
    QTest.keyClick(table, Qt.Key.Key_Space, CONTROL)
    assert table.selected_rows() == sorted([50, row])


@pytest.mark.parametrize("held", [NONE, CONTROL])
@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right])
def test_no_key_leads_to_another_column(
    table: RecordingTable, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    click(table, 10)
    QTest.keyClick(table, key, held)
    assert table.currentIndex().column() == place_of("name")


def test_keys_find_their_way_though_the_column_of_the_last_click_is_hidden(table: RecordingTable) -> None:
    click(table, 10)
    table.header.show_column(place_of("name"), shown=False)
    QTest.keyClick(table, Qt.Key.Key_PageDown)
    assert table.selected_rows()[0] > 20
    QTest.keyClick(table, Qt.Key.Key_Up, SHIFT)
    assert len(table.selected_rows()) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_PageUp, *ENDS])
def test_without_rows_no_key_does_anything(table: RecordingTable, key: Qt.Key) -> None:
    table.show_listing(ids(()))
    QTest.keyClick(table, key)
    QTest.keyClick(table, key, SHIFT)
    assert table.selected_count() == 0


def test_a_shortcut_with_ctrl_that_leads_to_a_row_selects_it_alone(table: RecordingTable) -> None:
    table.selectRow(3)
    QTest.keyPress(table, Qt.Key.Key_Control, CONTROL)
    table.go_to(3)
    table.go_to(7)
    assert table.selected_rows() == [7]
    QTest.keyRelease(table, Qt.Key.Key_Control)


@pytest.fixture
def menus(table: RecordingTable) -> list[tuple[int, QPoint]]:
    """Rows whose menu was asked for, and the places for it in the viewport."""
    asked: list[tuple[int, QPoint]] = []

    def note(index: QModelIndex, place: QPoint) -> None:
        asked.append((index.row(), table.viewport().mapFromGlobal(place)))

    table.menu_asked.connect(note)
    return asked


def ask_by_key(table: RecordingTable, way: str) -> None:
    """Ask for the menu as a system does that has a key for it (wherever it says that is), or by its keys."""
    if way == "event":
        centre = table.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, centre, table.mapToGlobal(centre))
        QApplication.sendEvent(table, event)
    elif way == "menu":
        QTest.keyClick(table, Qt.Key.Key_Menu)
    else:
        QTest.keyClick(table, Qt.Key.Key_F10, SHIFT)


WAYS = ("event", "menu", "shift and F10")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("row", [0, 7, 199])
def test_the_menu_by_key_is_that_of_the_current_row_and_opens_at_it(
    table: RecordingTable, menus: list[tuple[int, QPoint]], row: int, way: str
) -> None:
    table.selectRow(row)
    ask_by_key(table, way)
    ((asked, place),) = menus
    assert asked == row
    assert table.rowAt(place.y()) == row
    assert table.viewport().rect().contains(place)


@pytest.mark.parametrize("way", WAYS)
def test_the_menu_by_key_is_that_of_the_current_row_wherever_one_has_scrolled(
    table: RecordingTable, menus: list[tuple[int, QPoint]], way: str
) -> None:
    click(table, 3)
    table.show_from(120)
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    ask_by_key(table, way)
    ((asked, place),) = menus
    assert asked == 3
    assert table.rowAt(place.y()) == 3


@pytest.mark.parametrize("way", WAYS)
def test_the_menu_by_key_acts_on_the_row_that_it_is_of(
    table: RecordingTable, menus: list[tuple[int, QPoint]], way: str
) -> None:
    table.selectRow(3)
    QTest.keyClick(table, Qt.Key.Key_Down, CONTROL)
    ask_by_key(table, way)
    assert [row for row, _ in menus] == [4]
    assert table.selected_rows() == [4]


def test_the_menu_by_key_keeps_a_selection_that_the_row_is_in(
    table: RecordingTable, menus: list[tuple[int, QPoint]]
) -> None:
    table.select_ids([1004, 1007], current=1007)
    ask_by_key(table, "menu")
    assert [row for row, _ in menus] == [7]
    assert table.selected_rows() == [4, 7]


def test_without_rows_there_is_no_menu_by_key(table: RecordingTable, menus: list[tuple[int, QPoint]]) -> None:
    table.show_listing(ids(()))
    for way in WAYS:
        ask_by_key(table, way)
    assert menus == []


def test_the_menu_by_click_is_that_of_the_row_below_the_pointer(
    table: RecordingTable, menus: list[tuple[int, QPoint]]
) -> None:
    table.selectRow(3)
    model = table.model()
    assert model is not None
    place = table.visualRect(model.index(9, place_of("from"))).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, table.viewport().mapToGlobal(place), NONE
    )
    QApplication.sendEvent(table.viewport(), event)
    assert menus == [(9, place)]


def test_the_current_row_is_brought_into_view_as_soon_as_longer_rows_are_there(table: RecordingTable) -> None:
    table.show_listing(ids([1180, 1181]))
    table.selectRow(0)
    table.show_listing(ids(ROWS))
    table.reveal_current()
    assert table.currentIndex().row() == 180
    assert 180 in table.visible_rows


def test_tab_leaves_the_table(table: RecordingTable) -> None:
    assert not table.tabKeyNavigation()


def test_keys_of_the_date_stay_there(table: RecordingTable, around: Around) -> None:
    date = JumpLine(table)
    table.selectRow(4)
    date.appear()
    opened: list[int] = []
    table.opened.connect(opened.append)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Space):
        QTest.keyClick(date.line, key)
    assert (opened, around.heard, table.current_id) == ([], [], 1004)
    QTest.keyClick(date.line, Qt.Key.Key_Escape)
    assert table.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_menu_that_is_opened_by_key_points_at_its_first_entry(table: RecordingTable) -> None:
    table.header.open_menu()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.activeAction() is menu.actions()[0]
    menu.close()
