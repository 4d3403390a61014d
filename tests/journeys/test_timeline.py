"""The timeline above the table follows the filter, and what is chosen in it becomes a part of that."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from playhead.ui.shell import actions
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def shown(person: Person) -> int:
    """The number of recordings in all bars."""
    return sum(bar.number for bar in person.window.strip.strip.sight.bars)


async def test_the_bars_follow_the_filter_and_a_bar_that_is_chosen_narrows_it_until_esc(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=20) as person:
        window = person.window
        strip = window.strip.strip
        await until(lambda: shown(person) >= 20, "the bars")
        assert "is loaded" in strip.accessibleDescription()
        loaded = shown(person)
        person.type_filter("direction:in ")
        await until(lambda: 0 < shown(person) < loaded, "fewer bars")
        window.commands.do(actions.GO_STRIP)
        assert strip.hasFocus()
        QTest.keyClick(strip, Qt.Key.Key_Left)
        marked = strip.sight.bars[strip.sight.cursor or 0].number
        QTest.keyClick(strip, Qt.Key.Key_Return)
        assert window.filter.text.startswith("direction:in date:20")
        await until(lambda: shown(person) == marked, "the one bar")
        await until(lambda: person.rows == marked, "its rows")
        QTest.keyClick(strip, Qt.Key.Key_Escape)
        assert window.filter.text == "direction:in "
        await until(lambda: shown(person) > marked, "all bars")


async def test_an_hour_of_the_week_that_is_chosen_narrows_the_filter_to_it(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=20) as person:
        window = person.window
        window.commands.do(actions.STRIP_WEEK)
        week = window.strip.week
        await until(lambda: week.week.number >= 20, "the hours")
        window.commands.do(actions.GO_STRIP)
        assert week.hasFocus()
        QTest.keyClick(week, Qt.Key.Key_Right)
        most = week.week.most
        QTest.keyClick(week, Qt.Key.Key_Return)
        assert "weekday:" in window.filter.text
        assert "hour:" in window.filter.text
        await until(lambda: week.week.number == most, "that hour alone")
        QTest.keyClick(week, Qt.Key.Key_Escape)
        await until(lambda: window.filter.text == "", "the filter of before")
