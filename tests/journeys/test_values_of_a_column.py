"""Values of a column: seen for what matches, chosen, left out and copied, all by key."""

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
        await excluded(person)
        QTest.keyClick(panel.line, Qt.Key.Key_Return)
        await until(lambda: not panel.isVisible(), "the panel to close")
        assert window.table.hasFocus()
        assert window.filter.text.startswith("status:")
        await until(lambda: person.rows and f"{person.rows} match" in person.status, "the rows")


async def excluded(person: Person) -> None:
    """Leave the first value out, by key; the panel stays and counts what is left. Copy that."""
    panel = person.window.values
    value = panel.rows.title(0)
    QTest.keyClick(panel.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: "that match" in panel.sentence, "the values of the others")
    assert person.window.filter.text == f"-status:{value} "
    assert value not in [panel.rows.title(row) for row in range(len(panel.rows.keys))]
    # More may be loaded meanwhile.
    await until(lambda: person.status.startswith(f"{panel.rows.counted.number} match"), "the same number")
    QGuiApplication.clipboard().clear()
    panel.copy_asked.emit()
    await until(lambda: QGuiApplication.clipboard().text(), "the copy")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Status\t")
    assert len(lines) == 1 + len(panel.rows.keys)
