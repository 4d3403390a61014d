"""The menu of the header, by key and by mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from playhead.core.finding.query import Order
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.table.tableheader import HeaderMenu
from support.window.table_scene import place_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def menu(table: RecordingTable) -> QMenu:
    """The menu, as a key opens it."""
    table.header.open_menu()
    return next(each for each in table.header.findChildren(QMenu) if each.isVisible())


def action(menu: QMenu, text: str) -> QAction:
    return next(each for each in menu.actions() if each.text() == text)


def shown(table: RecordingTable) -> set[str]:
    return {
        column.key
        for each, column in enumerate(COLUMNS)
        if column.title and not table.header.isSectionHidden(each)
    }


def test_it_stays_open_while_columns_are_shown_and_hidden_by_key(table: RecordingTable, menu: QMenu) -> None:
    for text, key in (("To", Qt.Key.Key_Space), ("Size", Qt.Key.Key_Return), ("To", Qt.Key.Key_Enter)):
        menu.setActiveAction(action(menu, text))
        QTest.keyClick(menu, key)
        assert menu.isVisible()
    assert {"to", "size"} <= shown(table)


def test_it_stays_open_while_columns_are_shown_and_hidden_by_mouse(
    table: RecordingTable, menu: QMenu
) -> None:
    for text in ("From", "Size"):
        place = menu.actionGeometry(action(menu, text)).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
        assert menu.isVisible()
    assert "size" in shown(table)
    assert "from" not in shown(table)


def test_the_last_column_cannot_be_hidden(table: RecordingTable, menu: QMenu) -> None:
    for each in menu.actions():
        if each.isCheckable() and each.isChecked() and each.text() not in {"To", "Comfortable rows"}:
            each.trigger()
    assert shown(table) == {"to"}
    assert not action(menu, "To").isEnabled()
    action(menu, "From").trigger()
    assert action(menu, "To").isEnabled()


def test_rows_are_sorted_from_it_and_the_same_column_again_turns_the_order_around(
    table: RecordingTable, menu: QMenu
) -> None:
    asked: list[Order] = []
    table.header.sorted_by.connect(asked.append)
    orders = next(each for each in menu.findChildren(QMenu) if each.title() == "Sort by")
    assert action(orders, "Started").isChecked()
    action(orders, "Duration").trigger()
    table.header.open_menu()
    newer = [each for each in table.header.findChildren(QMenu) if each.title() == "Sort by"][-1]
    assert action(newer, "Duration").isChecked()
    action(newer, "The other way round").trigger()
    assert asked == [Order("duration", descending=falls) for falls in (True, False)]


def test_the_widest_column_left_takes_the_room_of_one_that_is_hidden(
    table: RecordingTable, menu: QMenu
) -> None:
    action(menu, "Recording").trigger()
    assert table.header.length() == table.viewport().width()
    assert table.header.sectionSize(place_of("from")) > table.header.sectionSize(place_of("to"))


def test_columns_of_a_group_are_shown_and_hidden_in_a_submenu_that_stays_open(table: RecordingTable) -> None:
    menu = HeaderMenu(table.header, COLUMNS, COLUMNS[1])
    group = next(each.menu() for each in menu.actions() if each.text() == "Sound, as measured")
    assert isinstance(group, QMenu)
    group.popup(table.mapToGlobal(QPoint(0, 0)))
    action = next(each for each in group.actions() if each.text() == "Loudness")
    QTest.mouseClick(group, Qt.MouseButton.LeftButton, pos=group.actionGeometry(action).center())
    assert not table.header.isSectionHidden(place_of("loudness"))
    assert group.isVisible()
    group.close()
    menu.close()


def test_the_values_of_a_column_are_asked_for_at_its_header(table: RecordingTable) -> None:
    asked: list[str] = []
    table.header.values_asked.connect(lambda column: asked.append(column.key))
    middle = table.header.sectionViewportPosition(place_of("from")) + 20
    table.header.customContextMenuRequested.emit(QPoint(middle, 10))
    menu = next(each for each in table.header.findChildren(QMenu) if each.isVisible())
    action(menu, "Values of “From”…").trigger()
    menu.close()
    table.header.open_menu()
    menu = next(each for each in table.header.findChildren(QMenu) if each.isVisible())
    by_key = next(each for each in menu.findChildren(QMenu) if each.title() == "Values of")
    action(by_key, "Duration").trigger()
    assert asked == ["from", "duration"]
