"""The table as a person drives it: opening, sorting, selecting, and staying in place while rows come."""

import json
from array import array
from collections.abc import Iterable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from fakes import NOON, recording
from playhead.core.finding.query import Order
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.table.rowheights import ROW_HEIGHT

ROWS = range(1000, 1200)


def ids(numbers: Iterable[int]) -> "array[int]":
    return array("q", numbers)


def place_of(key: str) -> int:
    return next(place for place, each in enumerate(COLUMNS) if each.key == key)


@pytest.fixture
def model(qtbot: QtBot) -> RecordingModel:
    made = RecordingModel(NOON)
    made.fill({each: recording(-each) for each in range(900, 1300)})
    return made


class Around(QWidget):
    """What holds the table, and hears the keys that it has no use for."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[int] = []

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.heard.append(event.key())


@pytest.fixture
def around(qtbot: QtBot) -> Around:
    made = Around()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def table(around: Around, model: RecordingModel, theme: Theme, icons: Icons) -> RecordingTable:
    made = RecordingTable(model, theme, icons, around)
    made.resize(1000, 30 + 20 * ROW_HEIGHT)
    made.show_listing(ids(ROWS))
    around.show()
    made.setFocus()
    return made


@pytest.fixture
def opened(table: RecordingTable) -> list[int]:
    heard: list[int] = []
    table.opened.connect(heard.append)
    return heard


def another(qtbot: QtBot, model: RecordingModel, theme: Theme, icons: Icons) -> RecordingTable:
    made = RecordingTable(model, theme, icons)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def click(table: RecordingTable, row: int, *, twice: bool = False) -> None:
    assert table.model() is not None
    place = table.visualRect(table.model().index(row, place_of("name"))).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    if twice:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def click_header(table: RecordingTable, key: str) -> None:
    header = table.horizontalHeader()
    middle = header.sectionViewportPosition(place_of(key)) + header.sectionSize(place_of(key)) // 2
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, 10))


def top_of(table: RecordingTable, identifier: int) -> int:
    """How far below the viewport's top a recording is drawn, in pixels."""
    row = table.row_of(identifier)
    assert row is not None
    return table.rowViewportPosition(row)


# ------------------------------------------------------------------------------------------- opening


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


# ------------------------------------------------------------------------------------------- sorting


def test_a_click_on_a_header_sorts_and_another_one_turns_the_order_around(table: RecordingTable) -> None:
    asked: list[Order] = []
    table.header.sorted_by.connect(asked.append)
    for key in ("duration", "duration", "name", "name", "started"):
        click_header(table, key)
    assert asked == [
        Order("duration", descending=True),
        Order("duration", descending=False),
        Order("name", descending=False),
        Order("name", descending=True),
        Order("started", descending=True),
    ]


def test_the_rows_are_newest_first_at_the_beginning_and_the_header_says_so(table: RecordingTable) -> None:
    header = table.horizontalHeader()
    assert header.isSortIndicatorShown()
    assert header.sortIndicatorSection() == place_of("started")
    falling = header.sortIndicatorOrder()
    asked: list[Order] = []
    table.header.sorted_by.connect(asked.append)
    click_header(table, "started")
    assert asked == [Order("started", descending=False)]
    assert header.sortIndicatorSection() == place_of("started")
    assert header.sortIndicatorOrder() is not falling


def test_a_click_on_the_state_sorts_by_status(table: RecordingTable) -> None:
    asked: list[Order] = []
    table.header.sorted_by.connect(asked.append)
    click_header(table, "state")
    assert asked == [Order("status", descending=False)]
    assert table.horizontalHeader().sortIndicatorSection() == place_of("status")


# ----------------------------------------------------------------------------- staying where one is

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


# ------------------------------------------------------------------------------------------- columns


def test_places_widths_and_visibility_come_back_at_the_next_start(
    qtbot: QtBot, table: RecordingTable, model: RecordingModel, theme: Theme, icons: Icons
) -> None:
    header = table.horizontalHeader()
    header.moveSection(header.visualIndex(place_of("duration")), 1)
    header.resizeSection(place_of("from"), 211)
    header.hideSection(place_of("status"))
    header.showSection(place_of("id"))
    next_one = another(qtbot, model, theme, icons)
    next_one.header.restore(table.header.save())
    restored = next_one.horizontalHeader()
    assert restored.visualIndex(place_of("duration")) == 1
    assert restored.sectionSize(place_of("from")) == 211
    assert restored.isSectionHidden(place_of("status"))
    assert not restored.isSectionHidden(place_of("id"))
    assert next_one.header.save() == table.header.save()


def test_a_hidden_column_keeps_its_width(
    qtbot: QtBot, table: RecordingTable, model: RecordingModel, theme: Theme, icons: Icons
) -> None:
    table.horizontalHeader().resizeSection(place_of("from"), 211)
    table.horizontalHeader().hideSection(place_of("from"))
    next_one = another(qtbot, model, theme, icons)
    next_one.header.restore(table.header.save())
    next_one.horizontalHeader().showSection(place_of("from"))
    assert next_one.horizontalHeader().sectionSize(place_of("from")) == 211


def test_reset_brings_back_the_columns_of_a_new_profile(table: RecordingTable) -> None:
    fresh = table.header.save()
    header = table.horizontalHeader()
    header.moveSection(0, 5)
    header.resizeSection(place_of("from"), 400)
    header.hideSection(place_of("to"))
    table.header.reset_columns()
    assert table.header.save() == fresh


@pytest.mark.parametrize(
    "saved",
    ["", "no JSON", "[]", "null", "{}", '{"state": 3}', '{"state": [1, 2, 3]}', '{"state": ["a", null, {}]}'],
)
def test_settings_that_make_no_sense_leave_the_columns_as_they_are(table: RecordingTable, saved: str) -> None:
    before = table.header.save()
    table.header.restore(saved)
    assert table.header.save() == before


def test_a_wild_width_or_place_in_the_settings_is_tamed(table: RecordingTable) -> None:
    wild = {each.key: [10**6, 10**9, 1] for each in COLUMNS}
    table.header.restore(json.dumps(wild | {"sized": True}))
    header = table.horizontalHeader()
    assert all(24 <= header.sectionSize(place) <= 2000 for place in range(len(COLUMNS)))


def test_the_name_takes_the_room_that_is_left_until_the_person_sizes_columns(table: RecordingTable) -> None:
    header = table.horizontalHeader()
    assert header.length() == table.viewport().width()
    table.resize(table.width() + 200, table.height())
    assert header.length() == table.viewport().width()
    header.resizeSection(place_of("name"), 130)
    table.resize(table.width() + 200, table.height())
    assert header.sectionSize(place_of("name")) == 130


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_headers_menu_shows_and_hides_columns_and_resets_them(table: RecordingTable) -> None:
    header = table.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(10, 10))
    menu = next(each for each in header.findChildren(QMenu) if each.isVisible())
    actions = {action.text(): action for action in menu.actions()}
    assert "Started" in actions
    assert "" not in {text for text, action in actions.items() if not action.isSeparator()}
    assert actions["To"].isChecked()
    assert not actions["Size"].isChecked()
    actions["To"].trigger()
    actions["Size"].trigger()
    assert header.isSectionHidden(place_of("to"))
    assert not header.isSectionHidden(place_of("size"))
    actions["Reset columns"].trigger()
    assert not header.isSectionHidden(place_of("to"))
    menu.close()


def test_rows_can_be_lower_and_the_first_one_in_view_stays(table: RecordingTable) -> None:
    table.verticalScrollBar().setValue(100 * ROW_HEIGHT)
    top = table.top_id
    table.show_density("compact")
    assert table.rowHeight(0) < ROW_HEIGHT
    assert table.top_id == top
    assert table.header.density == "compact"
    table.show_density("nonsense")
    assert table.rowHeight(0) == ROW_HEIGHT
    assert table.header.density == "comfortable"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_headers_menu_offers_the_heights_of_rows(table: RecordingTable) -> None:
    header = table.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(10, 10))
    menu = next(each for each in header.findChildren(QMenu) if each.isVisible())
    next(each for each in menu.actions() if each.text() == "Compact rows").trigger()
    assert table.header.density == "compact"
    menu.close()


# ---------------------------------------------------------------------------------------------- keys


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


def test_every_row_is_painted_whatever_its_recording_is_like(
    table: RecordingTable, model: RecordingModel
) -> None:
    odd = {
        1000: recording(0, status="failed"),
        1001: recording(1, status="ongoing"),
        1002: recording(2, status="absent"),
        1003: recording(3, status="paused", caller=None),
        1004: recording(4, fault="Its id is missing.", name="<b>x</b>\n\u202e" + "y" * 10_000),
        1005: recording(5, status=None, duration=None, started=None, created=None),
    }
    model.renew(odd)
    model.show_playing(odd[1004].key)
    table.select_ids([1001, 1004], current=1004)
    assert not table.grab().isNull()
