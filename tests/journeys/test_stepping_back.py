"""Esc takes the smallest step back, and what it takes away can be had back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def escapes(person: Person) -> None:
    """Press Esc where the keyboard is."""
    here = person.window.focusWidget()
    QTest.keyClick(here, Qt.Key.Key_Escape)


async def test_esc_leads_to_the_rows_then_lets_go_of_the_selection_and_never_of_the_filter(
    desk: Desk,
) -> None:
    async with desk.opened(desk.bird, rows=20, only="kind:call") as person:
        person.select([1, 2])
        for place in (person.window.side_bar.tree, person.window.player.waveform):
            place.setFocus()
            escapes(person)
            assert person.window.table.hasFocus(), place
            assert person.window.table.selected_count() == 2, place
        person.select([1, 2, 3])
        person.window.table.setFocus()
        for _ in range(3):
            escapes(person)
            assert person.window.filter.text == "kind:call"
        assert person.window.table.selected_count() == 0
        await person.takes_up("3 rows are no longer selected.")
        assert person.window.table.selected_rows() == [1, 2, 3]


async def test_one_row_is_let_go_of_without_a_word_and_everything_is_everything_again(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=20) as person:
        table = person.window.table
        person.select([1])
        table.setFocus()
        escapes(person)
        assert table.selected_count() == 0
        assert person.notices == []
        table.selectAll()
        escapes(person)
        assert not table.selection.everything
        await person.takes_up("are no longer selected.")
        assert table.selection.everything


async def test_a_filter_that_was_cleared_in_its_line_can_be_had_back_until_there_is_another(
    desk: Desk,
) -> None:
    async with desk.opened(desk.bird, rows=20, only="kind:call") as person:
        person.window.filter.focus()
        escapes(person)
        await until(lambda: person.window.filter.text == "", "the empty line")
        await person.takes_up("The filter “kind:call” was cleared.")
        assert person.window.filter.text == "kind:call"
        assert person.notices == []
        await person.job_done("list")
        person.window.filter.clear()
        await person.sees_notice("was cleared")
        person.type_filter("is:stereo")
        await until(lambda: not person.notices, "no notice")


async def test_esc_closes_what_is_offered_first_then_clears_then_leaves_the_line(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=20) as person:
        line, offered = person.window.filter, person.program.journeys.completing.suggestions
        line.focus()
        QTest.keyClicks(line.line, "kind:")
        await until(offered.isVisible, "the values")
        escapes(person)
        assert not offered.isVisible()
        assert line.text == "kind:"
        escapes(person)
        assert line.text == ""
        assert line.line.hasFocus()
        escapes(person)
        assert person.window.table.hasFocus()
