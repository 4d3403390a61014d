"""What a power user does with the table: select all, copy, filter by a cell, go to a date, look again."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from person import Person, Run, bird_account, opened, until
from playhead.core.account import Account, Credential
from playhead.core.finding.query import Order
from playhead.demo.cloud import DemoCloud, Fault
from playhead.ui.table.columns import COLUMNS

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


def bird(cloud: DemoCloud) -> tuple[Account, Credential]:
    return (bird_account(cloud), Credential(access=cloud.access_key))


def selection_said(person: Person) -> str:
    return person.window.status.selection.whole


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
    chosen = next(each for each in person.window.table.actions() if each.text().startswith(begin))
    assert chosen.isEnabled()
    chosen.trigger()


def a_day_below(person: Person) -> datetime:
    """A full minute, a day before the oldest that is loaded."""
    reached = person.program.journeys.browsing.answering.not_before
    assert reached is not None
    return (reached - timedelta(days=1)).replace(second=0, microsecond=0)


async def has_everything(person: Person, number: int = 500) -> None:
    await person.sees_rows(50)
    person.window.status.search_rest.click()
    await person.sees_status(f"{number} loaded · everything is loaded")


def test_everything_that_matches_is_selected_and_summed_and_what_comes_joins(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            person.window.table.selectAll()
            await until(lambda: "loaded selected" in selection_said(person), "that it is the loaded ones")
            assert selection_said(person).startswith(f"all {person.rows} loaded selected")
            await has_everything(person)
            await until(lambda: "all 500 recordings selected" in selection_said(person), "all of them")
            await until(lambda: " h " in selection_said(person), "their length")
            assert len(person.window.table.selected_ids()) == 500
            person.type_filter("status:failed")
            await person.sees_status("match in 500 loaded")
            person.window.table.selectAll()
            await until(lambda: "that match selected" in selection_said(person), "those that match")
            number = person.rows
            person.type_filter("")
            assert selection_said(person).startswith(f"{number} selected")

    run(scene())


def test_the_selection_stays_on_the_recordings_through_sorting_and_filtering(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await has_everything(person)
            table = person.window.table
            table.select_ids([person.program.model.ids[row] for row in (3, 30, 300)])
            chosen = sorted(table.selected_ids())
            table.header.sort_by(Order("duration", descending=True))
            await until(
                lambda: table.header.sortIndicatorSection() and not person.program.jobs.running("list")
            )
            assert sorted(table.selected_ids()) == chosen
            person.type_filter("direction:in,out")
            await person.sees_status("match in 500 loaded")
            person.type_filter("")
            await person.sees_status("500 loaded · everything is loaded")
            assert set(table.selected_ids()) <= set(chosen)

    run(scene())


def test_the_current_row_is_in_view_when_a_filter_is_cleared(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await has_everything(person)
            table = person.window.table
            person.type_filter("status:failed")
            await person.sees_status("match in 500 loaded")
            table.selectRow(person.rows - 1)
            current = table.current_id
            person.type_filter("")
            await person.sees_status("500 loaded · everything is loaded")
            await until(lambda: table.currentIndex().row() in table.visible_rows, "the current row in view")
            assert table.current_id == current
            assert table.currentIndex().row() > len(table.visible_rows)

    run(scene())


def test_enter_goes_to_the_first_row_even_before_it_is_there(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await has_everything(person)
            window, table = person.window, person.window.table
            window.filter.focus()
            QTest.keyClicks(window.filter.line, "zzqx")
            await until(lambda: not table.isVisible(), "that nothing matches")
            window.filter.focus()
            QTest.keyClicks(window.filter.line, "status:failed")
            QTest.keyClick(window.filter.line, Qt.Key.Key_Return)
            await until(table.hasFocus, "the focus on the rows")
            assert table.selected_rows() == [0]
            assert window.export_button.isEnabled()

    run(scene())


def test_when_nothing_is_left_the_keys_are_the_filters_again(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            window, line = person.window, person.window.filter.line
            window.filter.focus()
            QTest.keyClicks(line, "zzqx")
            QTest.keyClick(line, Qt.Key.Key_Return)
            assert window.table.hasFocus()
            await until(lambda: not window.table.isVisible(), "that nothing matches")
            assert line.hasFocus()
            QTest.keyClick(line, Qt.Key.Key_Escape)
            await person.sees_rows(50)

    run(scene())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_rows_and_cells_are_copied_as_text_whole_and_in_the_order_of_the_columns(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            table = person.window.table
            table.header.moveSection(table.header.visualIndex(2), 1)
            table.select_ids(person.program.model.ids[:3])
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

    run(scene())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_cell_narrows_the_filter_to_its_value_or_to_the_others(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
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

    run(scene())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_whoever_comes_by_key_chooses_among_the_values_of_the_row(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            direction = person.cell(0, "direction")
            point_at(person, 0, "state")
            for begin, filtered in (
                ("Exclude a value", f"-direction:{direction}"),
                ("Filter by a value", f"direction:{direction}"),
            ):
                menus = (each.menu() for each in person.window.table.actions() if each.menu() is not None)
                menu = next(
                    each for each in menus if isinstance(each, QMenu) and each.title().startswith(begin)
                )
                next(each for each in menu.actions() if each.text().startswith("Direction: ")).trigger()
                assert person.window.filter.text == filtered

    run(scene())


def test_a_date_that_is_loaded_is_gone_to_and_another_one_is_loaded_first(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            table = person.window.table
            line = person.program.journeys.browsing.jumping.line
            deep = a_day_below(person)
            person.window.jump_asked.emit()
            assert line.isVisible()
            QTest.keyClicks(line.line, "the day before")
            QTest.keyClick(line.line, Qt.Key.Key_Return)
            assert "is not a date" in line.sentence
            line.line.setText(f"{deep:%Y-%m-%dT%H:%M}")
            QTest.keyClick(line.line, Qt.Key.Key_Return)
            await until(lambda: "so far" in line.sentence, "how far the rows are loaded")
            line.load_asked.emit()
            line.put_away()

            def at_the_date() -> bool:
                found = person.program.model.recording(table.currentIndex().row())
                return found is not None and found.moment is not None and found.moment <= deep

            await until(at_the_date, "the row of the date")
            above = person.program.model.recording(table.currentIndex().row() - 1)
            await until(lambda: above is None or above.moment is None or above.moment >= deep)
            assert person.rows < 500
            person.window.jump_asked.emit()
            QTest.keyClick(line.line, Qt.Key.Key_Escape)
            assert not line.isVisible()

    run(scene())


def test_new_ones_above_what_is_read_are_told_by_a_pill_until_they_are_seen(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await has_everything(person)
            bar = person.window.table.verticalScrollBar()
            bar.setValue(bar.maximum() // 2)
            top = person.window.table.top_id
            cloud.add_new(12)
            person.window.refresh_asked.emit()
            await until(lambda: "12 new" in person.window.status.new, "the pill")
            assert person.window.table.top_id == top
            bar.setValue(0)
            await until(lambda: not person.window.status.new, "no pill at the top")

    run(scene())


def test_it_looks_by_itself_as_often_as_the_person_wants(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await has_everything(person)
            returning = person.program.journeys.browsing.returning
            returning.look_every(0.001)
            cloud.add_new(3)
            await until(lambda: person.rows == 503, "the new ones")
            returning.look_every(15)
            assert returning.every == 15
            person.window.table.header.density_chosen.emit("compact")
        async with opened(tmp_path) as person:
            assert person.program.journeys.browsing.returning.every == 15
            assert person.window.table.row_height == 22
            person.program.journeys.browsing.returning.look_every(0)
            assert person.program.journeys.browsing.returning.every == 0

    run(scene())


def test_everything_is_loaded_for_who_asks_and_an_account_that_fails_is_told(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            await person.sees_rows(50)
            browsing, told = person.program.journeys.browsing, list[int]()
            cloud.faults.add(Fault(scope="bird-list", status=403, times=1))
            assert not await browsing.load_everything(browsing.query, lambda loaded, _: told.append(loaded))
            await person.sees_notice("may not read recordings")
            assert await browsing.load_everything(browsing.query, lambda loaded, _: told.append(loaded))
            assert told == sorted(told)
            await person.sees_status("500 loaded · everything is loaded")
            assert await browsing.load_everything(browsing.query, lambda loaded, _: told.append(loaded))

    run(scene())
