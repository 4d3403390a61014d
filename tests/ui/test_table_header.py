"""The table's header: sorting, and the columns and rows as the person wants them."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from playhead.core.finding.query import Order
from playhead.core.preferences import Density
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.table.tableheader import ROW_HEIGHT, TableHeader
from support.window.table_scene import place_of


def another(qtbot: QtBot, model: RecordingModel, theme: Theme, icons: Icons) -> RecordingTable:
    made = RecordingTable(model, theme, icons)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def click_header(table: RecordingTable, key: str) -> None:
    header = table.horizontalHeader()
    middle = header.sectionViewportPosition(place_of(key)) + header.sectionSize(place_of(key)) // 2
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, 10))


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


def test_places_widths_and_visibility_come_back_at_the_next_start(
    qtbot: QtBot, table: RecordingTable, table_model: RecordingModel, theme: Theme, icons: Icons
) -> None:
    header = table.horizontalHeader()
    header.moveSection(header.visualIndex(place_of("duration")), 1)
    header.resizeSection(place_of("from"), 211)
    header.hideSection(place_of("status"))
    header.showSection(place_of("id"))
    next_one = another(qtbot, table_model, theme, icons)
    next_one.header.restore(table.header.save())
    restored = next_one.horizontalHeader()
    assert restored.visualIndex(place_of("duration")) == 1
    assert restored.sectionSize(place_of("from")) == 211
    assert restored.isSectionHidden(place_of("status"))
    assert not restored.isSectionHidden(place_of("id"))
    assert next_one.header.save() == table.header.save()


def test_a_hidden_column_keeps_its_width(
    qtbot: QtBot, table: RecordingTable, table_model: RecordingModel, theme: Theme, icons: Icons
) -> None:
    table.horizontalHeader().resizeSection(place_of("from"), 211)
    table.horizontalHeader().hideSection(place_of("from"))
    next_one = another(qtbot, table_model, theme, icons)
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


@pytest.mark.parametrize("width", [568, 600, 700, 790])
def test_where_there_is_too_little_room_names_give_way_and_time_numbers_and_length_stay_in_view(
    table: RecordingTable, width: int
) -> None:
    table.resize(width, table.height())
    header = table.horizontalHeader()
    right = header.sectionViewportPosition(place_of("duration")) + header.sectionSize(place_of("duration"))
    assert right <= table.viewport().width()
    assert header.sectionSize(place_of("name")) < COLUMNS[place_of("name")].width or width == 790
    metrics = table.fontMetrics()
    texts = {"from": "+44 20 7946 0538", "started": "Yesterday 19:00", "duration": "1:02:07"}
    for key, text in texts.items():
        assert header.sectionSize(place_of(key)) >= metrics.horizontalAdvance(text) + 16


def test_columns_are_as_wide_as_before_when_there_is_room_again(table: RecordingTable) -> None:
    before = [table.header.sectionSize(each) for each in range(len(COLUMNS))]
    width = table.width()
    table.resize(500, table.height())
    table.resize(width, table.height())
    assert [table.header.sectionSize(each) for each in range(len(COLUMNS))] == before


def test_columns_that_the_person_has_sized_do_not_shrink(table: RecordingTable) -> None:
    table.horizontalHeader().resizeSection(place_of("name"), 300)
    table.resize(500, table.height())
    assert table.header.sectionSize(place_of("name")) == 300


def test_settings_from_before_a_column_was_there_keep_all_others(table: RecordingTable) -> None:
    header = table.horizontalHeader()
    header.moveSection(header.visualIndex(place_of("duration")), 1)
    header.resizeSection(place_of("from"), 211)
    saved = json.loads(table.header.save())
    del saved["from_number"], saved["to_number"]
    table.header.reset_columns()
    table.header.restore(json.dumps(saved))
    assert header.visualIndex(place_of("duration")) == 1
    assert header.sectionSize(place_of("from")) == 211
    assert header.isSectionHidden(place_of("from_number"))


@pytest.mark.slow
@pytest.mark.parametrize("key", [each.key for each in COLUMNS if each.title])
@pytest.mark.parametrize("falls", [True, False])
def test_the_arrow_stands_beside_the_title_and_never_over_it(
    table: RecordingTable,
    key: str,
    falls: bool,  # noqa: FBT001 - a test's parameter
) -> None:
    header, section = table.header, place_of(key)
    header.showSection(section)
    header.resizeSection(section, COLUMNS[section].width)
    header.sort_by(Order("started" if key != "started" else "duration", descending=True))
    plain = inked(table, section)
    header.sort_by(Order(key, descending=falls))
    arrowed = inked(table, section)
    title = {column for column in plain if column in arrowed}
    assert arrowed - plain, "there is an arrow"
    if len(title) == len(plain):
        assert not {each for each in arrowed - plain if min(plain) <= each <= max(plain)}


def inked(table: RecordingTable, section: int) -> set[int]:
    """The columns of pixels of a header's section in which something is drawn."""
    header = table.horizontalHeader()
    left, width = header.sectionViewportPosition(section), header.sectionSize(section)
    header.setOffset(max(0, left + header.offset() + width - header.viewport().width()))
    left = header.sectionViewportPosition(section)
    picture = header.viewport().grab().toImage()
    rows = range(4, header.height() - 4)
    return {
        x - left
        for x in range(left, left + width)
        if len({picture.pixel(x, y) for y in rows} | {picture.pixel(left + 1, 5)}) > 1
    }


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
    table.show_density(Density.COMPACT)
    assert table.rowHeight(0) < ROW_HEIGHT
    assert table.top_id == top
    shown = [table.header.density]
    table.show_density(Density.COMFORTABLE)
    assert table.rowHeight(0) == ROW_HEIGHT
    assert [*shown, table.header.density] == [Density.COMPACT, Density.COMFORTABLE]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_headers_menu_offers_the_heights_of_rows(table: RecordingTable) -> None:
    header = table.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(10, 10))
    menu = next(each for each in header.findChildren(QMenu) if each.isVisible())
    next(each for each in menu.actions() if each.text() == "Compact rows").trigger()
    assert table.header.density == Density.COMPACT
    menu.close()


@pytest.mark.parametrize("width", [568, 640, 760, 900, 1300])
@pytest.mark.parametrize("order", ["started", "health", "name", "account"])
def test_no_title_in_view_is_cut_whatever_the_rows_are_sorted_by(
    table: RecordingTable, width: int, order: str
) -> None:
    table.resize(width, table.height())
    section = table.header.lead_with(Order(order, descending=False))
    header, room = table.header, table.viewport().width()
    for place in range(header.count()):
        left = header.sectionViewportPosition(place)
        if header.isSectionHidden(place) or left >= room or not COLUMNS[place].title:
            continue
        assert left + header.sectionSize(place) <= room, "no column is seen in part"
        titles = (COLUMNS[place].title, COLUMNS[place].short)
        assert min(title_width(header, title) for title in titles if title) <= header.sectionSize(place)
    assert header.sectionViewportPosition(section) < room or order == "account"


def title_width(header: TableHeader, title: str) -> int:
    """Pixels of a title between the margins that the style sheet gives it."""
    return header.fontMetrics().horizontalAdvance(title) + 12


def test_every_figure_has_a_whole_title_and_what_leads_stands_beside_the_name(table: RecordingTable) -> None:
    table.resize(2600, table.height())
    section = table.header.lead_with(Order("health", descending=False))
    header = table.header
    assert header.visualIndex(section) == header.visualIndex(place_of("name")) + 1
    for place, column in enumerate(COLUMNS):
        header.show_column(place, shown=True)
        assert title_width(header, column.title) <= header.sectionSize(place) or not column.title
