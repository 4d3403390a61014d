"""A recording is measured from its page of health, without being played."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from playhead.core.health.healthlimits import HealthLimits
from playhead.core.preferences import HealthChecking
from playhead.core.stores import Saved
from playhead.ui.accounts.sourcetree import SourceRole
from playhead.ui.inspector.inspector import HEALTH
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def counted(person: Person) -> list[str]:
    """The numbers of the saved filters."""
    items = person.window.side_bar.tree.every_item()
    return [
        str(item.data(0, SourceRole.COUNT) or "")
        for item in items
        if item.data(0, SourceRole.SAVED) is not None
    ]


async def test_a_row_is_measured_and_told_and_its_picture_leads_to_a_moment(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        await person.program.session.catalogue.searches.save([Saved("Quiet", "health:too-quiet")])
        person.program.journeys.saving.begin()
        await until(lambda: counted(person) == ["0"], "the first count")
        person.window.inspector.show_page(HEALTH)
        pane = person.window.inspector.health
        row, other = person.playable_rows()[:2]
        person.window.table.selectRow(row)
        await until(pane.button.isVisible, "the offer to measure")
        assert "not measured yet" in pane.sentence
        pane.button.click()
        assert pane.button.text() == "Stop"
        await until(lambda: pane.verdict, "the verdict")
        await until(lambda: person.cell(row, "health") == pane.verdict, "the verdict in the row")
        assert not player.loaded
        analyses, browsing = person.program.session.catalogue.analyses, person.program.journeys.browsing
        await analyses.judge_by(HealthLimits(calls_quiet=-2.0, calls_loud=-1.0))
        browsing.show_learnt()
        await until(lambda: pane.verdict == "Too quiet", "the verdict by other limits")
        await until(lambda: counted(person) == ["1"], "the count by other limits")
        seconds = person.recording(row).length or 0.0
        place = QPoint(round(pane.picture.scale.x(seconds / 2)), 10)
        QTest.mouseClick(pane.picture, Qt.MouseButton.LeftButton, pos=place)
        assert person.playing == person.recording(row)
        assert abs(player.position - seconds / 2) < 1
        person.window.table.selectRow(other)
        await until(lambda: "not measured yet" in pane.sentence, "the next row")
        assert pane.verdict == ""
        preferences = person.program.settings.preferences
        person.program.journeys.measuring.prefer(replace(preferences, checking=HealthChecking.NEVER))
        await until(lambda: "turned off in the preferences" in pane.sentence, "the reason")
        assert not pane.button.isVisible()
        person.program.journeys.measuring.prefer(preferences)
        await until(pane.button.isVisible, "the offer again")
