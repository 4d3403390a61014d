"""Values of a column: seen for what matches, chosen, left out and copied, all by key."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from playhead.ui.shell.actions import VALUES
from playhead.ui.table.columns import COLUMNS
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


async def test_they_follow_the_filter_that_is_made_of_them(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        window, panel = person.window, person.window.values
        window.table.setFocus()
        window.commands.do(VALUES)
        status = next(each for each in COLUMNS if each.key == "status")
        panel.column_chosen.emit(status)
        await until(lambda: "values in all" in panel.sentence, "the values")
        first = panel.rows.spoken(0)
        number = int(re.findall(r"(\d+) recording", first)[0])
        await excluded(person, number)
        QTest.keyClick(panel.line, Qt.Key.Key_Return)
        await until(lambda: not panel.isVisible(), "the panel to close")
        assert window.table.hasFocus()
        assert window.filter.text.startswith("status:")
        await until(lambda: person.rows and f"{person.rows} match" in person.status, "the rows")


async def excluded(person: Person, number: int) -> None:
    """Leave the first value out, by key; the panel stays and counts what is left. Copy that."""
    panel = person.window.values
    before, value = panel.rows.counted.number, panel.rows.title(0)
    QTest.keyClick(panel.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: "that match" in panel.sentence, "the values of the others")
    assert (panel.rows.counted.number, person.window.filter.text) == (before - number, f"-status:{value} ")
    QGuiApplication.clipboard().clear()
    panel.copy_asked.emit()
    await until(lambda: QGuiApplication.clipboard().text(), "the copy")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Status\t")
    assert len(lines) == 1 + len(panel.rows.keys)
