"""Values of a column: seen for what matches, chosen, left out and copied, all by key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from playhead.ui.shell.actions import STAR, VALUES
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


async def values_of(person: Person, key: str) -> None:
    """Open the values of a column."""
    person.window.table.setFocus()
    person.window.commands.do(VALUES)
    person.window.values.column_chosen.emit(next(each for each in COLUMNS if each.key == key))
    await until(lambda: "value" in person.window.values.sentence, "the values")


def counted(person: Person, title: str) -> int:
    """For how many a value counts; 0 if it is not there."""
    rows = person.window.values.rows
    titles = {rows.title(row): rows.counted.counts[key] for row, key in enumerate(rows.keys)}
    return titles.get(title, 0)


async def test_what_is_heard_is_counted_while_they_are_open(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        await values_of(person, "state")
        await until(lambda: counted(person, "Not heard yet") > 1, "their number")
        before = counted(person, "Not heard yet")
        person.play(person.playable_rows()[0])
        await until(lambda: player.loaded, "the player")
        player.plays(0, 3)
        await until(lambda: counted(person, "Not heard yet") == before - 1, "one fewer")


async def test_a_star_that_is_taken_away_counts_no_more_here_and_in_the_timeline(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        person.select(person.playable_rows()[:3])
        person.window.commands.do(STAR)
        await until(lambda: not person.program.jobs.running("write 1"), "the stars")
        await person.filters_by("is:starred")
        await until(lambda: person.rows == 3, "the three")
        await values_of(person, "status")
        person.window.table.selectRow(0)
        person.window.commands.do(STAR)
        rows, strip = person.window.values.rows, person.window.strip.strip
        await until(lambda: rows.counted.number == 2, "the values of two")
        await until(lambda: sum(bar.number for bar in strip.sight.bars) == 2, "the bars of two")
