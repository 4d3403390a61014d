"""What was said is found once transcripts are read: of what is selected, of all that an answer depends on."""

import re

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton

from playhead.ui.shell.actions import READ
from playhead.ui.worklists.workline import WorkLine
from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def line_of(person: Person) -> str:
    """What is said of the reading; empty if there is none."""
    lines = person.window.transfers.findChildren(WorkLine)
    return lines[-1].sentence if lines else ""


def said(person: Person) -> str:
    return person.program.journeys.browsing.state.said


def offered(person: Person) -> QPushButton:
    """The button that an empty table has for what was not read yet."""
    buttons = person.window.rows.emptiness.findChildren(QPushButton)
    return next(each for each in buttons if each.text() == "Read the transcripts…")


async def test_all_that_an_answer_depends_on_is_read_and_the_answer_says_of_how_many_it_is(
    desk: Desk,
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        await person.filters_by("said:northwind")
        await until(lambda: said(person).startswith("0 match in 0 transcripts read, "), "the coverage")
        await until(lambda: "as far as" not in said(person), "the whole list")
        # The table is empty, and says what would help; Enter leads there from the filter.
        QTest.keyClick(person.window.filter.line, Qt.Key.Key_Return)
        assert offered(person).hasFocus()
        QTest.keyClick(offered(person), Qt.Key.Key_Space)
        await until(lambda: person.window.findChildren(QDialog, "readingQuestion"), "the question")
        question = person.window.findChildren(QDialog, "readingQuestion")[0]
        assert "no audio is fetched" in question.accessibleDescription()
        QTest.keyClick(question, Qt.Key.Key_Return)
        await until(lambda: re.match(r"(\d+) of \d+ read", line_of(person)), "the reading")
        await until(lambda: person.rows > 0, "what was found")
        await until(lambda: not person.program.journeys.reading.work.running, "the end")
        read = re.match(r"(\d+) of (\d+) read(?: · (\d+) not given)?", line_of(person))
        assert read is not None
        await until(lambda: f"in {read[1]} transcripts read" in said(person), said(person))
        assert person.status.count("match in") == 1
        # The provider's own flag is another matter.
        listed = set(await person.finds("is:transcribed"))
        assert len(listed) == int(read[1])
        assert len(await person.finds("has:transcript")) == int(read[1])
        await person.filters_by("said:zzyzx")
        await until(lambda: said(person).startswith("0 match in"), "the coverage")
        assert not offered(person).isVisible()
        spoken = set(await person.finds('said:"thank you for calling"'))
        assert spoken <= set(await person.finds('"thank you for calling"')) <= listed
        assert await person.finds("said:返金") != [] or await person.finds("said:استرداد") != []


async def test_a_reading_that_is_cut_short_goes_on_at_the_next_start(desk: Desk, cloud: FaultyCloud) -> None:
    cloud.faults.add(Fault(scope="transcripts", path=".json", after=2, stall=10))
    async with desk.opened(desk.bird, rows=60) as person:
        person.window.table.selectAll()
        person.window.commands.do(READ)
        await until(lambda: re.match(r"[12] of \d+ read", line_of(person)), "some of them")
    cloud.faults.clear()
    async with desk.opened(rows=60) as person:
        await until(lambda: re.match(r"(\d+) of (\d+) read", line_of(person)), "the rest")
        await until(lambda: not person.program.journeys.reading.work.running, "the end")
        person.window.table.selectAll()
        person.window.commands.do(READ)
        await person.sees_notice("Nothing is left to read")
