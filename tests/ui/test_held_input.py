"""Keys and clicks at rows that nothing answers yet: they wait, and then happen in their order."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from playhead.core.finding.query import Order
from playhead.ui.table.heldinput import HeldInput
from playhead.ui.table.recordingtable import RecordingTable
from support.window.table_scene import click


def test_what_is_typed_and_clicked_waits_and_then_happens_in_its_order(table: RecordingTable) -> None:
    heard: list[object] = []
    table.opened.connect(heard.append)
    table.header.sorted_by.connect(heard.append)
    held = HeldInput(table)
    click(table, 2)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=table.header.rect().center())
    assert (heard, table.selected_count()) == ([], 0)
    held.close()
    QCoreApplication.processEvents()
    row, order = heard
    assert row == 1003
    assert isinstance(order, Order)
    assert list(table.selected_ids()) == [1003]


def test_once_it_is_closed_everything_happens_at_once(table: RecordingTable) -> None:
    HeldInput(table).close()
    click(table, 2)
    assert list(table.selected_ids()) == [1002]
