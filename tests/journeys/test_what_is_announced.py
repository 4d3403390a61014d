"""What a screen reader is told of the listing, of notices and of exports: each once."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.window.accessible_events import overheard
from support.window.driven_program import until
from support.window.export_steps import ended, export
from support.window.lasting_profile import Desk


async def test_the_end_of_a_search_is_said_and_once_how_many_match_and_of_what(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        with overheard() as events:
            await person.loads_everything(500)
            await until(lambda: any("Searched the rest" in each for each in events.said), "its end")
        assert events.said[-1] == "Searched the rest: 500 loaded, everything is loaded"
        line = person.window.filter.line
        line.setFocus()
        with overheard() as events:
            QTest.keyClicks(line, "kind:call")
            QTest.keyClick(line, Qt.Key.Key_Return)
            await until(lambda: [each for each in events.said if "match" in each], "the number of matches")
            await person.job_done("list")
            told = [each for each in events.said if "match" in each]
        number = person.status.partition(" ")[0]
        assert told == [f"kind:call: {number} match in 500 loaded, nothing else can match"]


async def test_a_notice_is_said_with_what_it_offers_and_a_fault_when_the_person_pauses(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=20, only="kind:call") as person:
        with overheard() as events:
            person.window.filter.clear()
        said = [each for each in events.said if "was cleared" in each]
        assert said == ["The filter “kind:call” was cleared. Undo: a button in the notices."]
        line = person.window.filter.line
        line.setFocus()
        with overheard() as events:
            QTest.keyClicks(line, "colour:red")
            await until(lambda: any("no field called" in each for each in events.said), "the fault")
        assert len([each for each in events.said if "no field called" in each]) == 1


async def test_the_beginning_and_the_end_of_an_export_are_said(desk: Desk, tmp_path: Path) -> None:
    async with desk.opened(desk.bird, rows=20) as person:
        person.select(person.playable_rows()[:2])
        with overheard() as events:
            await export(person, tmp_path / "out")
            await ended(person)
        said = [each for each in events.said if each.startswith("Export")]
        assert said[0] == "Export begun: out"
        assert said[-1].startswith("Export ended: 2 files exported, ")
        assert len(said) == 2
