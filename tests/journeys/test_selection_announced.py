"""What a screen reader is told of a selection, and of what is copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from playhead.ui.shell.actions import COPY_ROWS, SELECT_ALL
from support.window.accessible_events import overheard
from support.window.driven_program import until
from support.window.lasting_profile import Desk


async def test_the_number_of_several_rows_is_said_once_it_stays(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=20) as (person, _):
        table = person.window.table
        table.setFocus()
        table.selectRow(0)
        with overheard() as events:

            def selections() -> list[str]:
                return [said for said in events.said if "selected" in said]

            for _ in range(2):
                person.press(Qt.Key.Key_Down, shift=True)
            await until(lambda: len(selections()) > 0 and selections()[-1].startswith("3 selected"), "three")
            person.window.commands.do(SELECT_ALL)
            await until(lambda: selections()[-1].startswith("all "), "everything")
            table.selectRow(1)
            await person.job_done("totals")
            assert not selections()[-1].startswith("1 ")


async def test_what_is_copied_is_said(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=20) as (person, _):
        table = person.window.table
        table.setFocus()
        table.selectRow(0)
        with overheard() as events:
            person.window.commands.do(COPY_ROWS)
            await until(lambda: "1 row copied" in events.said, "the word")
        assert QGuiApplication.clipboard().text().strip()
