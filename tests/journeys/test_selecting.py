"""What is selected and current stays so through filtering and sorting; the keys lead to it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playhead.core.finding.query import Order
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def selection_said(person: Person) -> str:
    return person.window.status.selection.whole


async def test_everything_that_matches_is_selected_and_summed_and_what_comes_joins(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        person.window.table.selectAll()
        await until(lambda: "shown selected" in selection_said(person), "that it is only the shown ones")
        assert selection_said(person).startswith(f"all {person.rows} shown selected")
        await person.loads_everything(500)
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


async def test_the_selection_stays_on_the_recordings_through_sorting_and_filtering(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
        table = person.window.table
        table.select_ids([person.program.model.ids[row] for row in (3, 30, 300)])
        chosen = sorted(table.selected_ids())
        table.header.sort_by(Order("duration", descending=True))
        await until(lambda: table.header.sortIndicatorSection() and not person.program.jobs.running("list"))
        assert sorted(table.selected_ids()) == chosen
        person.type_filter("direction:in,out")
        await person.sees_status("match in 500 loaded")
        person.type_filter("")
        await person.sees_status("500 loaded · everything is loaded")
        assert set(table.selected_ids()) <= set(chosen)


async def test_a_selection_out_of_view_is_said_to_be_so_and_is_in_view_when_a_filter_is_cleared(
    desk: Desk,
) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
        table = person.window.table
        table.selectRow(2)
        await until(lambda: selection_said(person).startswith("1 selected · "), "one that is in view")
        table.show_from(200)
        assert selection_said(person).startswith("1 selected, not in view · ")
        table.show_from(0)
        assert selection_said(person).startswith("1 selected · ")
        person.type_filter("status:failed")
        await person.sees_status("match in 500 loaded")
        table.selectRow(person.rows - 1)
        current = table.current_id
        person.type_filter("")
        await person.sees_status("500 loaded · everything is loaded")
        await until(lambda: table.currentIndex().row() in table.visible_rows, "the current row in view")
        assert table.current_id == current
        assert table.currentIndex().row() > len(table.visible_rows)


async def test_enter_goes_to_the_first_row_even_before_it_is_there(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
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


async def test_when_nothing_is_left_the_keys_are_the_filters_again(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        window, line = person.window, person.window.filter.line
        window.filter.focus()
        QTest.keyClicks(line, "zzqx")
        QTest.keyClick(line, Qt.Key.Key_Return)
        assert window.table.hasFocus()
        await until(lambda: not window.table.isVisible(), "that nothing matches")
        assert line.hasFocus()
        QTest.keyClick(line, Qt.Key.Key_Escape)
        await person.sees_rows(50)


async def test_who_looks_around_by_key_has_selected_nothing_to_export(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        table, export = person.window.table, person.window.export_button
        table.setFocus(Qt.FocusReason.TabFocusReason)
        assert table.current_id == person.program.model.ids[0]
        assert (export.text(), export.isEnabled()) == ("Export", False)
        QTest.keyClick(table, Qt.Key.Key_S)
        await until(
            lambda: person.program.model.marks(person.recording(0)).starred, "the star of the current row"
        )
        QTest.keyClick(table, Qt.Key.Key_End)
        assert export.text() == "Export 1"
        assert table.selected_rows() == [person.rows - 1]
