"""What a screen reader is told of stars and notes, and how little of a row that is only passed."""

import asyncio
from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from support.window.accessible_events import overheard
from support.window.driven_program import until
from support.window.lasting_profile import Desk

FEW = 20
"""Events of an arrow key, without those of places, which no bridge passes on; it was 140."""


async def test_stars_are_announced_when_they_are_kept(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=5) as (person, _):
        table = person.window.table
        table.setFocus()
        table.selectRow(0)
        with overheard() as events:

            def stars() -> list[str]:
                return [said for said in events.said if said.startswith("Star")]

            person.press(Qt.Key.Key_S)
            await until(lambda: stars() == ["Starred"], "the word")
            person.press(Qt.Key.Key_S)
            await until(lambda: stars()[1:] == ["Star taken away"], "the word")
            table.selectAll()
            person.press(Qt.Key.Key_S)
            await until(lambda: len(stars()) == 3, "the word")
            assert stars()[2].startswith("Starred ")
            assert stars()[2].endswith(" recordings")


async def test_a_note_is_announced_with_its_time(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=20, only="is:playable") as (person, player):
        person.play(0)
        await until(lambda: player.loaded, "sound")
        player.plays(0, 65)
        person.press(Qt.Key.Key_N)
        line = person.window.inspector.notes.line
        with overheard() as events:
            line.setText("call back")
            QTest.keyClick(line, Qt.Key.Key_Return)
            await until(lambda: "Note kept at 1 minute 5 seconds" in events.said, "the word")


async def test_an_arrow_key_costs_a_handful_of_events(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, _):
        # Pages that arrive meanwhile have events of their own.
        await person.loads_everything(500)
        table = person.window.table
        table.setFocus()
        table.selectRow(0)
        await person.job_done("marks")
        with overheard() as events:
            # The side bar and the timeline count what has come a moment later.
            quiet = False
            while not quiet:
                events.forget()
                await asyncio.sleep(0.3)
                quiet = not events.events
            for _ in range(5):
                events.forget()
                QTest.keyClick(table, Qt.Key.Key_Down)
                await person.job_done("marks")
                told = [each for each in events.events if each[0] is not QAccessible.Event.LocationChanged]
                found = Counter(f"{kind.name} {source}" for kind, source in told)
                assert sum(found.values()) <= FEW, found
