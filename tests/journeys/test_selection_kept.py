"""A filter that is being typed does not throw the selection away, nor what is current."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk

EIGHT_A_SECOND = 0.125
"""Seconds between two keys."""


async def types(person: Person, text: str) -> list[int]:
    """Type it at a person's pace; how many rows were said to be selected after each key."""
    line = person.window.filter.line
    line.setFocus()
    line.setCursorPosition(len(line.text()))
    counts = []
    for key in text:
        QTest.keyClicks(line, key)
        await asyncio.sleep(EIGHT_A_SECOND)
        counts.append(person.window.table.selected_count())
    await person.job_done("list")
    return counts


async def test_what_matches_at_the_end_is_selected_whatever_was_typed_on_the_way(desk: Desk) -> None:
    async with desk.opened(*desk.both) as person:
        await person.loads_everything(540)
        await person.filters_by("provider:bird")
        table = person.window.table
        chosen = [row for row in range(40) if person.recording(row).kind == "call"][2:4]
        person.select(chosen)
        ids, current = list(table.selected_ids()), table.current_id
        assert set(await types(person, " kind:call")) == {2}
        assert list(table.selected_ids()) == ids
        assert table.current_id == current
        assert person.window.export_button.text() == "Export 2"


async def test_what_a_filter_hides_is_not_exported_and_comes_back_with_escape(desk: Desk) -> None:
    async with desk.opened(desk.bird) as person:
        await person.loads_everything(500)
        table, window = person.window.table, person.window
        ended = [row for row in range(60) if person.cell(row, "status").lower() != "failed"][3:7]
        person.select(ended)
        ids, current = list(table.selected_ids()), table.current_id
        await types(person, "status:failed")
        await person.sees_status("match in 500 loaded")
        assert not table.selected_count()
        assert not window.export_button.isEnabled()
        assert not window.status.selection.whole
        for _ in range(2):
            QTest.keyClick(window.filter.line, Qt.Key.Key_Escape)
        await until(lambda: not window.filter.text, "the filter cleared")
        await person.job_done("list")
        assert list(table.selected_ids()) == ids
        assert table.current_id == current
        assert window.export_button.text() == "Export 4"
        assert table.currentIndex().row() in table.visible_rows


async def test_all_that_was_selected_comes_back_after_a_filter_or_what_was_selected_meanwhile(
    desk: Desk,
) -> None:
    async with desk.opened(desk.bird) as person:
        await person.loads_everything(500)
        table = person.window.table
        person.select([3, 4, 5])
        await person.filters_by("status:failed")
        table.selectRow(1)
        chosen = table.current_id
        await person.filters_by("")
        assert list(table.selected_ids()) == [chosen]
        table.selectAll()
        table.setFocus()
        await person.filters_by("status:failed")
        assert table.selected_count() == person.rows < 500
        await person.filters_by("")
        assert table.selected_count() == 500
        assert not table.selection.everything
