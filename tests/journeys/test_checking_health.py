"""The health of recordings is checked without playing them: asked for, seen, ended, taken up again."""

import re
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QMessageBox, QPushButton, QToolButton

from playhead.core.playbacksettings import PlayerState
from playhead.core.preferences import HealthChecking
from playhead.ui.shell.actions import CHECK, CHECK_ALL, REFRESH, WORST_FIRST
from playhead.ui.worklists.workline import WorkLine
from support.cloud.faultycloud import Fault, FaultyCloud
from support.widgets import appeared, find
from support.window.accessible_events import overheard
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


def line_of(person: Person) -> str:
    """What is said of the check; empty if there is none."""
    lines = person.window.transfers.findChildren(WorkLine)
    return lines[-1].sentence if lines else ""


async def test_what_is_selected_is_measured_and_said_and_nothing_of_it_is_kept(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        chosen = person.select(person.playable_rows()[:6])
        with overheard() as events:
            person.window.commands.do(CHECK)
            await until(lambda: "6 of 6 checked" in line_of(person), "the end")
            await until(lambda: any("ended" in each for each in events.said), "the word of it")
        told = [each for each in events.said if each.startswith("Check of health")]
        assert told == ["Check of health begun: 6 recordings", f"Check of health ended: {line_of(person)}"]
        assert all([(await person.marks_of(each)).health for each in chosen])
        assert (await person.program.session.catalogue.media.usage())[0] == 0
        person.window.commands.do(WORST_FIRST)
        await until(lambda: all(person.column("health")[:6]), "the verdicts on top")
        await until(lambda: person.program.journeys.browsing.state.measured.startswith("measured 6 of "))
        person.window.commands.do(CHECK)
        await person.sees_notice("6 recordings are measured already")


async def test_all_that_match_are_checked_by_keys_once_it_is_said_how_many_are_loaded(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        await person.filters_by("duration:<20s")
        person.window.commands.do(CHECK_ALL)
        await until(lambda: person.window.findChildren(QDialog, "checkupQuestion"), "the question")
        question = person.window.findChildren(QDialog, "checkupQuestion")[0]
        assert "Only what is loaded is checked" in question.accessibleDescription()
        QTest.keyClick(question, Qt.Key.Key_Return)
        await until(lambda: "checked" in line_of(person) and person.column("health"), "the check")
        await until(lambda: not person.program.journeys.checkup.running, "the end")
        found = re.fullmatch(r"(\d+) of \1 checked(?: · \d+ broken)? · (\d+) gone", line_of(person))
        assert found, line_of(person)
        assert len(await person.finds("is:measured")) == int(found[1]) - int(found[2])
        assert await person.finds("duration:>=20s is:measured") == []


async def test_a_check_that_is_cut_short_goes_on_at_the_next_start(desk: Desk, cloud: FaultyCloud) -> None:
    cloud.faults.add(Fault(scope="media", after=3, stall=1000))
    async with desk.opened(desk.bird, rows=60) as person:
        person.select(person.playable_rows()[:10])
        person.window.commands.do(CHECK)
        await until(lambda: line_of(person).startswith(("2 of 10", "3 of 10")), "some of them")
    cloud.faults.clear()
    with overheard() as events:
        async with desk.opened(rows=60) as person:
            await until(lambda: "10 of 10 checked" in line_of(person), "the rest")
    assert [each for each in events.said if each.startswith("Check of health goes on: ")]


async def test_the_rest_that_was_to_be_searched_first_is_searched_at_the_next_start(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        await person.filters_by("duration:<4s")
        await person.sees_rows(1)
        loaded = len(person.playable_rows())
        cloud.faults.add(Fault(scope="bird-list", stall=1000))
        person.window.commands.do(CHECK_ALL)
        await until(lambda: person.window.findChildren(QDialog, "checkupQuestion"), "the question")
        question = person.window.findChildren(QDialog, "checkupQuestion")[0]
        find(question, QCheckBox, "checkupRestBox").setChecked(True)
        find(question, QPushButton, "beginCheckupButton").click()
        await until(lambda: line_of(person).startswith("Searching the rest first"), "the search")
    cloud.faults.clear()
    async with desk.opened(rows=1) as person:
        await until(lambda: re.match(r"(\d+) of \1 checked", line_of(person)), "the rest")
        assert int(line_of(person).split()[0]) > loaded > 0
        assert await person.program.session.catalogue.checkups.wishes() == []


async def test_a_check_that_was_paused_waits_for_the_person_at_the_next_start(
    desk: Desk, cloud: FaultyCloud
) -> None:
    cloud.faults.add(Fault(scope="media", after=1, stall=1000))
    async with desk.opened(desk.bird, rows=60) as person:
        person.select(person.playable_rows()[:4])
        person.window.commands.do(CHECK)
        await until(lambda: "of 4 checked" in line_of(person), "its begin")
        find(person.window, QToolButton, "pauseCheckupButton").click()
        await until(lambda: line_of(person).startswith("Paused"), "the pause")
        await person.job_done("hold checkup")
    cloud.faults.clear()
    async with desk.opened(rows=60) as person:
        await until(lambda: line_of(person).startswith("Paused"), "the pause of before")
        find(person.window, QToolButton, "pauseCheckupButton").click()
        await until(lambda: "4 of 4 checked" in line_of(person), "the rest")


async def test_every_new_recording_is_checked_if_that_is_wished_and_nothing_where_it_is_turned_off(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        commands, settings = person.window.commands, person.program.settings
        checking = person.program.journeys.checking
        cloud.add_new(3)
        commands.do(REFRESH)
        await person.job_done("new bird")
        assert not line_of(person)
        checking.prefer(replace(settings.preferences, checking=HealthChecking.NEW))
        cloud.add_new(4)
        commands.do(REFRESH)
        await until(lambda: "4 of 4 checked" in line_of(person), "the new ones")
        checking.prefer(replace(settings.preferences, checking=HealthChecking.NEVER))
        assert not commands.entry(CHECK).isEnabled()
        assert not commands.entry(CHECK_ALL).isEnabled()
        assert not person.window.transfers.isVisible()


async def test_a_check_waits_while_something_plays_and_lets_go_of_an_account_that_leaves(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.by_hand(*desk.both, rows=60, only="account:bird") as (person, player):
        cloud.faults.add(Fault(scope="media", after=1, stall=1000))
        rows = person.playable_rows()
        person.select(rows[:5])
        person.window.commands.do(CHECK)
        await until(lambda: "of 5 checked" in line_of(person), "its begin")
        person.play(rows[6])
        player.state_changed.emit(PlayerState.PLAYING)
        await until(lambda: line_of(person).startswith("Waits while something plays"), "the word of it")
        player.state_changed.emit(PlayerState.PAUSED)
        await until(lambda: not line_of(person).startswith("Waits"), "its going on")
        person.window.side_bar.disconnect_asked.emit("bird")
        box = await appeared(person.window, QMessageBox)
        next(each for each in box.buttons() if each.text() == "Disconnect").click()
        await until(lambda: not line_of(person), "its end")


async def test_a_check_that_is_stopped_keeps_what_is_measured_and_what_failed_can_be_tried_again(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        rows = person.playable_rows()
        cloud.faults.add(Fault(scope="media", status=400))
        person.select(rows[:2])
        person.window.commands.do(CHECK)
        await until(lambda: "2 could not be fetched" in line_of(person), "their failure")
        cloud.faults.clear()
        find(person.window, QPushButton, "retryCheckupButton").click()
        await until(lambda: line_of(person) == "2 of 2 checked", "the second try")
        cloud.faults.add(Fault(scope="media", after=1, stall=1000))
        person.select(rows[2:8])
        person.window.commands.do(CHECK)
        await until(lambda: re.match(r"[34] of 8 checked", line_of(person)), "some of them")
        find(person.window, QToolButton, "stopCheckupButton").click()
        assert "stopped; what is measured stays" in line_of(person)
        find(person.window, QToolButton, "dismissCheckupButton").click()
        assert not person.window.transfers.isVisible()
        await person.job_done("clear checkup")
        assert (await person.program.session.catalogue.checkups.figures()).total == 0
        cloud.faults.clear()
