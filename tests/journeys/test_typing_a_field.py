"""Somebody types the name of a field: the window keeps calm until it is clear what they mean.

However slow the machine is, the pause of the person may be over before a test looks: what was shown before
that is noted when it changes.
"""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def types(person: Person, text: str) -> None:
    line = person.window.filter.line
    line.setFocus()
    QTest.keyClicks(line, text)


def dimmed(person: Person) -> bool:
    return person.window.rows.dimmed


def shown_while_typing(person: Person) -> list[int]:
    """The numbers of rows that are shown from now on while the person is still typing."""
    shown: list[int] = []

    def note() -> None:
        if person.window.filter.typing:
            shown.append(person.rows)

    model = person.window.table.model()
    assert model is not None
    for change in (model.modelReset, model.rowsInserted, model.rowsRemoved):
        change.connect(note)
    return shown


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
        shown = shown_while_typing(person)
        await begun(person, "kind")
        assert not shown
        types(person, ":call")
        await person.sees_status("match in 500 loaded")
        assert 0 < person.rows < 500


async def test_a_word_that_may_become_a_field_waits_until_the_person_pauses_and_is_then_believed(
    desk: Desk,
) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
        shown = shown_while_typing(person)
        for word in ("call", "dur"):
            types(person, word)
            assert person.window.filter.unfinished, word
            await person.sees_status("match in 500 loaded")
            assert not shown, word
            person.type_filter("")
            await person.sees_status("500 loaded · everything is loaded")
        await begun(person, "kind")
        await person.sees_status("0 match in 500 loaded")
        assert not person.window.table.isVisible()


async def test_half_a_word_that_finds_nothing_empties_no_table(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
        shown = shown_while_typing(person)
        await begun(person, "colour")
        types(person, ":red")
        line = person.window.filter.line
        await until(lambda: "no field called" in line.accessibleDescription(), "the fault")
        await until(lambda: person.rows == 500, "the rows without a filter")
        assert 0 not in shown
        assert person.status.startswith("still without a filter · 500 loaded")
        assert person.window.rows.dimmed


async def test_a_word_that_begins_a_faulty_one_is_looked_for_no_longer(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.loads_everything(500)
        await person.filters_by("incoming ")
        matching = person.rows
        QTest.keyClick(person.window.filter.line, Qt.Key.Key_End)
        types(person, "colour")
        await person.sees_status("0 match in 500 loaded")
        types(person, ":red")
        await person.sees_status("still for “incoming” · ")
        await until(lambda: person.rows == matching, "the rows of the part that is understood")


async def test_the_rows_under_a_fault_are_dimmed_until_it_is_mended(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        assert not dimmed(person)
        person.type_filter("after:2026-13-45")
        assert dimmed(person)
        person.type_filter("after:2026-13-45 duration:>x")
        assert dimmed(person)
        assert person.status.startswith("still without a filter · ")
        person.type_filter("")
        await until(lambda: not dimmed(person), "the rows in full colour")
        assert not person.status.startswith("still")


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
