"""Taking hold of selected rows: a drag is one, and clicking and selecting stay as they were."""

import pytest
from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QTableView
from pytestqt.qtbot import QtBot

from playhead.ui.exports.filedrag import RowGrip

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def table(qtbot: QtBot) -> QTableView:
    made = QTableView()
    made.setModel(QStringListModel([f"row {row}" for row in range(8)], made))
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    return made


@pytest.fixture
def grip(table: QTableView) -> RowGrip:
    return RowGrip(table)


@pytest.fixture
def began(grip: RowGrip) -> list[list[int]]:
    """What was selected whenever rows were taken hold of."""
    heard: list[list[int]] = []
    table = grip.parent()
    assert isinstance(table, QTableView)
    grip.began.connect(lambda: heard.append(selected(table)))
    return heard


def at(table: QTableView, row: int) -> QPoint:
    model = table.model()
    assert model is not None
    return table.visualRect(model.index(row, 0)).center()


def selected(table: QTableView) -> list[int]:
    return sorted(index.row() for index in table.selectionModel().selectedRows())


def click(table: QTableView, row: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(table.viewport(), LEFT, held, at(table, row))


def drag(table: QTableView, start: int, end: int, *, release: bool = True) -> None:
    QTest.mousePress(table.viewport(), LEFT, pos=at(table, start))
    QTest.mouseMove(table.viewport(), (at(table, start) + at(table, end)) / 2)
    QTest.mouseMove(table.viewport(), at(table, end))
    if release:
        QTest.mouseRelease(table.viewport(), LEFT, pos=at(table, end))


def test_dragging_selected_rows_takes_hold_of_all_of_them(table: QTableView, began: list[list[int]]) -> None:
    click(table, 1)
    click(table, 3, Qt.KeyboardModifier.ControlModifier)
    drag(table, 1, 6)
    assert began == [[1, 3]]
    assert selected(table) == [1, 3]


def test_they_are_held_until_the_button_is_released(
    table: QTableView, grip: RowGrip, began: list[list[int]]
) -> None:
    held = []
    click(table, 2)
    held.append(grip.held)
    drag(table, 2, 5, release=False)
    held.append(grip.held)
    QTest.mouseRelease(table.viewport(), LEFT, pos=at(table, 5))
    held.append(grip.held)
    assert held == [False, True, False]
    assert selected(table) == [2]
    assert len(began) == 1


def test_after_a_drag_of_the_system_they_are_let_go(table: QTableView, grip: RowGrip) -> None:
    click(table, 2)
    drag(table, 2, 5, release=False)
    grip.let_go()
    assert not grip.held
    QTest.mouseRelease(table.viewport(), LEFT, pos=at(table, 5))


def test_a_click_on_one_of_several_selected_rows_selects_it_alone(
    table: QTableView, grip: RowGrip, began: list[list[int]]
) -> None:
    table.selectAll()
    click(table, 4)
    assert selected(table) == [4]
    assert began == []
    assert not grip.held


def test_a_hand_that_trembles_only_clicks(table: QTableView, began: list[list[int]], grip: RowGrip) -> None:
    table.selectAll()
    QTest.mousePress(table.viewport(), LEFT, pos=at(table, 4))
    QTest.mouseMove(table.viewport(), at(table, 4) + QPoint(2, 1))
    QTest.mouseRelease(table.viewport(), LEFT, pos=at(table, 4) + QPoint(2, 1))
    assert selected(table) == [4]
    assert began == []


def test_dragging_over_rows_that_are_not_selected_still_selects_them(
    table: QTableView, began: list[list[int]]
) -> None:
    drag(table, 2, 5)
    assert selected(table) == [2, 3, 4, 5]
    assert began == []


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_with_a_key_held_the_press_is_the_tables_own(
    table: QTableView, began: list[list[int]], held: Qt.KeyboardModifier
) -> None:
    click(table, 2)
    QTest.mousePress(table.viewport(), LEFT, held, at(table, 2))
    QTest.mouseMove(table.viewport(), at(table, 5))
    QTest.mouseRelease(table.viewport(), LEFT, held, at(table, 5))
    assert began == []


@pytest.mark.parametrize("before", [False, True])
def test_a_double_click_opens_a_row_whether_or_not_it_was_selected(
    table: QTableView,
    grip: RowGrip,
    before: bool,  # noqa: FBT001 - a test's parameter
) -> None:
    opened: list[int] = []
    table.doubleClicked.connect(lambda index: opened.append(index.row()))
    if before:
        table.selectRow(3)
    click(table, 3)
    QTest.mouseDClick(table.viewport(), LEFT, pos=at(table, 3))
    assert opened == [3]
    assert selected(table) == [3]
    assert not grip.held
