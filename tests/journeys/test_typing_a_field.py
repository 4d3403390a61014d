"""Somebody types the name of a field: the window keeps calm until it is clear what they mean."""

from PySide6.QtTest import QTest

from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def types(person: Person, text: str) -> None:
    line = person.window.filter.line
    line.setFocus()
    QTest.keyClicks(line, text)


async def begun(person: Person, text: str) -> None:
    """Type, and wait until what was typed was looked at."""
    heard: list[str] = []
    person.window.filter.changed.connect(heard.append)
    types(person, text)
    await until(lambda: text in heard, "that what was typed is looked at")
    await person.job_done("show query")
    await person.job_done("list")


async def test_the_rows_stay_while_the_beginning_of_a_field_finds_nothing(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
        await begun(person, "kind")
        assert person.rows == 500
        assert person.window.table.isVisible()
        types(person, ":call")
        await person.sees_status("match in 500 loaded")
        assert 0 < person.rows < 500


async def test_a_word_that_finds_nothing_is_believed_when_the_person_pauses(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
        await begun(person, "kind")
        await person.sees_status("0 match in 500 loaded")
        assert not person.window.table.isVisible()


async def test_a_word_that_is_found_is_shown_at_once_though_it_begins_a_field(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
        await begun(person, "call")
        assert person.window.filter.unfinished
        await person.sees_status("match in 500 loaded")
        assert 0 < person.rows < 500


async def test_no_fault_is_said_while_values_are_offered_for_a_field(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        suggestions = person.program.journeys.completing.suggestions
        types(person, "status:")
        await until(lambda: suggestions.isVisible() and person.window.filter.faulty, "values")
        line = person.window.filter.line
        assert line.accessibleDescription() == ""
        assert "still without a filter" in person.window.status.accessibleDescription()
        person.window.table.setFocus()
        assert "after “status:”" in line.accessibleDescription()
