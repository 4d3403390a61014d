"""A date is gone to, once the rows reach so far."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playhead.ui.shell.actions import JUMP
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def a_day_below(person: Person) -> datetime:
    """A full minute, a day before the oldest that is loaded."""
    reached = person.program.journeys.browsing.rows.not_before
    assert reached is not None
    return (reached - timedelta(days=1)).replace(second=0, microsecond=0)


async def test_a_date_that_is_loaded_is_gone_to_and_another_one_is_loaded_first(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        table = person.window.table
        line = person.program.journeys.browsing.go_to_date.line
        deep = a_day_below(person)
        person.window.commands.do(JUMP)
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
        assert above is None or above.moment is None or above.moment >= deep
        assert person.rows < 500
        person.window.commands.do(JUMP)
        QTest.keyClick(line.line, Qt.Key.Key_Escape)
        assert not line.isVisible()
