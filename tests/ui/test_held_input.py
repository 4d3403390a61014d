"""Keys and clicks at rows that nothing answers yet: they wait, and then happen in their order."""

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from playhead.core.finding.query import Order
from playhead.ui.table.heldinput import HeldInput
from playhead.ui.table.recordingtable import RecordingTable
from support.window.table_scene import click


def turn_of_wheel(receiver: QWidget) -> QWheelEvent:
    """Make the event of a wheel that is turned down over the middle of `receiver`."""
    middle = QPointF(receiver.rect().center())
    return QWheelEvent(
        middle,
        receiver.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - of Qt
    )


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


def test_a_click_that_waited_hits_the_row_that_was_clicked_whatever_the_wheel_did_then(
    table: RecordingTable,
) -> None:
    held = HeldInput(table)
    bar = table.verticalScrollBar()
    click(table, 2)
    for receiver in (table.viewport(), bar):
        QCoreApplication.sendEvent(receiver, turn_of_wheel(receiver))
    assert bar.value() == 0
    held.close()
    QCoreApplication.processEvents()
    assert list(table.selected_ids()) == [1002]
    assert bar.value() > 0


def test_once_it_is_closed_everything_happens_at_once(table: RecordingTable) -> None:
    HeldInput(table).close()
    click(table, 2)
    assert list(table.selected_ids()) == [1002]
