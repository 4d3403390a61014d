"""What is offered for a row or a cell of the table: copy it, or filter by it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from playhead.ui.table.columns import COLUMNS
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def point_at(person: Person, row: int, key: str) -> None:
    """Ask for the menu of a cell, as a click with the other button does."""
    table = person.window.table
    model = table.model()
    assert model is not None
    column = next(place for place, each in enumerate(COLUMNS) if each.key == key)
    table.header.showSection(column)
    table.setCurrentIndex(model.index(row, column))
    table.customContextMenuRequested.emit(table.visualRect(model.index(row, column)).center())


def action(person: Person, begin: str) -> None:
    """Choose what begins so in the table's menu."""
    entries = person.window.table.actions()
    chosen = next(each for each in entries if each.text().replace("&", "").startswith(begin))
    assert chosen.isEnabled()
    chosen.trigger()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_rows_and_cells_are_copied_as_text_whole_and_in_the_order_of_the_columns(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        table = person.window.table
        table.header.moveSection(table.header.visualIndex(2), 1)
        person.select(range(3))
        clipboard = QGuiApplication.clipboard()
        clipboard.clear()
        action(person, "Copy rows with headings")
        await until(lambda: clipboard.text().count("\n") == 4, "four lines")
        head, first, *_ = clipboard.text().split("\n")
        assert head.split("\t")[:2] == ["Recording", "Started"]
        assert first.split("\t")[0] == person.cell(0, "name")
        assert len(first.split("\t")) == len(head.split("\t"))
        assert first.split("\t")[1].startswith("2026-")
        action(person, "Copy rows")
        await until(lambda: clipboard.text().count("\n") == 3, "three lines")
        point_at(person, 1, "status")
        action(person, "Copy cell")
        assert clipboard.text() == person.cell(1, "status")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_a_cell_narrows_the_filter_to_its_value_or_to_the_others(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        status = person.cell(0, "status")
        point_at(person, 0, "status")
        action(person, "Exclude “")
        await until(lambda: person.rows and status not in person.column("status"), "the others")
        other = person.cell(0, "status")
        point_at(person, 0, "status")
        action(person, "Filter by “")
        await until(lambda: set(person.column("status")) == {other}, "only those")
        point_at(person, 0, "duration")
        assert not any(
            each.isEnabled() for each in person.window.table.actions() if "this value" in each.text()
        )


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_by_key_the_number_of_the_row_is_copied_its_star_taken_away_and_a_value_of_it_chosen(
    desk: Desk,
) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        table = person.window.table
        for row in (0, 3, 7, 40):
            QTest.keyClick(table, Qt.Key.Key_Home)
            for _ in range(row):
                QTest.keyClick(table, Qt.Key.Key_Down)
            QTest.keyClick(table, Qt.Key.Key_Menu)
            menu = table.findChild(QMenu)
            assert menu is not None
            here = person.recording(row)
            other = here.callee if here.direction == "outgoing" else here.caller
            copy = next(each for each in menu.actions() if each.text().startswith("Copy number"))
            assert copy.text() == f"Copy number {(other.address if other else None) or ''}".rstrip()
            copy.trigger()
            if copy.isEnabled():
                assert other is not None
                assert QGuiApplication.clipboard().text() == other.address
            menu.close()
            await until(lambda: table.findChild(QMenu) is None, "its end")
        model = person.program.model
        person.select([3])
        point_at(person, 3, "name")
        action(person, "Star")
        await until(lambda: model.marks(person.recording(3)).starred, "a star")
        person.select([3, 4])
        table.customContextMenuRequested.emit(table.viewport().rect().bottomLeft())
        assert not any(each.text().startswith("Take the star away") for each in table.actions())
        person.select([3])
        point_at(person, 3, "name")
        action(person, "Take the star away")
        await until(lambda: not model.marks(person.recording(3)).starred, "no star")
        direction = person.cell(0, "direction")
        point_at(person, 0, "state")
        for begin, filtered in (
            ("Exclude a value", f"-direction:{direction}"),
            ("Filter by a value", f"direction:{direction}"),
        ):
            menus = (each.menu() for each in person.window.table.actions() if each.menu() is not None)
            menu = next(each for each in menus if isinstance(each, QMenu) and each.title().startswith(begin))
            next(each for each in menu.actions() if each.text().startswith("Direction: ")).trigger()
            assert person.window.filter.text == f"{filtered} "
