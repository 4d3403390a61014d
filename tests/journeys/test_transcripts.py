"""What was said: fetched when it is looked at, shown with times, followed, found; never asked to be made."""

import asyncio

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QTabBar

from playhead.core.finding.speech import words_in
from playhead.core.finding.speechhits import LEAD
from playhead.core.transcript import Transcript
from playhead.ui.inspector.inspector import DETAILS, NOTES, TRANSCRIPT
from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.driven_program import Person, until
from support.window.hand_player import HandPlayer
from support.window.lasting_profile import Desk


def tabs(person: Person) -> QTabBar:
    return person.window.inspector.findChildren(QTabBar)[0]


def look(person: Person, page: int = TRANSCRIPT) -> None:
    """Turn the inspector to a page."""
    tabs(person).setCurrentIndex(page)


def lines(person: Person) -> QListView:
    return person.window.inspector.said.findChildren(QListView)[0]


def asked(cloud: FaultyCloud) -> list[str]:
    """What the cloud was asked about transcriptions."""
    return [each.path for each in cloud.requests if "transcriptions" in each.path]


async def rows(person: Person, cloud: FaultyCloud, *, yes: bool = True) -> list[int]:
    """The rows that have a transcript, or none, and can be heard; their own word for it cannot be trusted."""
    listing = await asyncio.to_thread(_listing, cloud)
    found = person.playable_rows()
    return [row for row in found if (person.recording(row).id in listing) == yes]


def _listing(cloud: FaultyCloud) -> set[str]:
    """Recordings that have a transcript: not all that is listed can be found."""
    address = f"{cloud.bird_url}/workspaces/{cloud.workspace_id}/transcriptions"
    with httpx.Client(headers={"Authorization": f"AccessKey {cloud.access_key}"}) as client:
        listed = client.get(f"{address}?limit=99").json()["results"]
        there = {
            str(row["recordingId"])
            for row in listed
            if client.get(f"{address}/{row['id']}.txt").status_code == 200
        }
    cloud.requests.clear()
    return there


async def said(person: Person, part: str) -> None:
    """Wait until the page says something."""
    await until(lambda: part in person.window.inspector.said.sentence, f"“{part}”")


async def fetched(person: Person) -> Transcript:
    """What the page shows, once it is there."""
    pane = person.window.inspector.said
    await until(lambda: pane.transcript, "the transcript")
    assert pane.transcript is not None
    return pane.transcript


async def transcribed(person: Person, cloud: FaultyCloud, place: int = 0) -> int:
    """Look at the transcript of a row that has one; which row."""
    row = (await rows(person, cloud))[place]
    person.window.table.selectRow(row)
    look(person)
    await fetched(person)
    return row


async def test_a_transcript_is_fetched_only_when_it_is_looked_at(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        row, *_ = await rows(person, cloud)
        person.window.table.selectRow(row)
        look(person, NOTES)
        look(person, DETAILS)
        person.press(Qt.Key.Key_Down)
        person.press(Qt.Key.Key_Up)
        await person.job_done("marks")
        assert not asked(cloud)
        look(person)
        await fetched(person)
        assert asked(cloud)
        assert {each.method for each in cloud.requests} == {"GET"}


async def test_a_transcript_that_was_fetched_is_there_without_asking_again(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        here, there, *_ = await rows(person, cloud)
        await transcribed(person, cloud)
        first = person.window.inspector.said.transcript
        person.window.table.selectRow(there)
        await until(lambda: person.window.inspector.said.transcript not in {first, None})
        cloud.requests.clear()
        person.window.table.selectRow(here)
        await until(lambda: person.window.inspector.said.transcript == first)
        look(person, DETAILS)
        look(person)
        await person.job_done("transcript")
        assert person.window.inspector.said.transcript == first
        assert not asked(cloud)


async def test_convirza_has_no_page_for_transcripts(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, desk.convirza, player=HandPlayer, rows=50) as person:
        await transcribed(person, cloud)
        assert tabs(person).isTabVisible(TRANSCRIPT)
        cloud.requests.clear()
        await person.filters_by("provider:convirza")
        person.window.table.selectRow(0)
        assert not tabs(person).isTabVisible(TRANSCRIPT)
        assert tabs(person).currentIndex() == DETAILS
        await person.job_done("transcript")
        assert not asked(cloud)


async def test_a_line_of_it_is_gone_to_and_marked_as_it_is_heard(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        row = await transcribed(person, cloud)
        recording = person.recording(row)
        pane = person.window.inspector.said
        said_lines = (await fetched(person)).lines
        assert lines(person).model().rowCount() == len(said_lines) >= 2
        spot = lines(person).visualRect(lines(person).model().index(1, 0)).center()
        QTest.mouseClick(lines(person).viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert person.playing == recording
        assert player.position == pytest.approx(said_lines[1].start)
        assert pane.heard == 1
        player.plays(said_lines[0].start, said_lines[0].start + 0.1)
        assert pane.heard == 0
        person.window.table.selectRow(row + 1)
        await person.job_done("transcript")
        player.plays(0, said_lines[1].start)
        assert pane.heard == -1


async def test_the_keys_of_the_player_work_from_the_lines(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        row = await transcribed(person, cloud)
        recording = person.recording(row)
        person.play(row)
        lines(person).setFocus()
        lines(person).setCurrentIndex(lines(person).model().index(1, 0))
        person.press(Qt.Key.Key_Space, lines(person))
        assert player.state == "paused"
        person.press(Qt.Key.Key_Return, lines(person))
        assert player.position > 0
        person.press(Qt.Key.Key_S, lines(person))
        marks = person.program.model
        await until(lambda: marks.marks(recording).starred, "the star")
        person.press(Qt.Key.Key_N, lines(person))
        assert person.window.inspector.notes.line.hasFocus()


async def test_words_of_it_are_found_once_it_was_fetched(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        row = await transcribed(person, cloud)
        recording = person.recording(row)
        transcript = await fetched(person)
        words = f'"{" ".join(transcript.lines[0].text.split()[:4])}"'
        assert await person.finds(words) == [recording.id]


async def test_where_there_is_none_the_page_says_so(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, player=HandPlayer, rows=50) as person:
        row, *_ = await rows(person, cloud, yes=False)
        person.window.table.selectRow(row)
        look(person)
        await said(person, "has no transcript")
        await said(person, "never asks for one to be made")
        assert {each.method for each in cloud.requests} == {"GET"}


FAULTS = [
    (Fault(scope="transcripts", status=403), "may not"),
    (Fault(scope="transcripts", html=True), "a web page instead of data"),
]


async def test_a_transcript_that_cannot_be_had_says_why_on_its_page_alone(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        first, second, *_ = await rows(person, cloud)
        for row, (fault, sentence) in zip((first, second), FAULTS, strict=True):
            cloud.faults.add(fault)
            person.play(row)
            look(person)
            await said(person, sentence)
            assert not person.notices, sentence
            assert player.state == "playing", sentence
            cloud.faults.clear()
            look(person, DETAILS)
            look(person)
            await fetched(person)
            look(person, DETAILS)


async def test_what_the_filter_asks_to_have_been_said_is_played_from_just_before_it(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        recording = person.recording(await transcribed(person, cloud))
        last = (await fetched(person)).lines[-1]
        phrase = " ".join(words_in(last.text)[:3])
        await person.filters_by(f'said:"{phrase}"')
        model, pane = person.program.model, person.window.inspector.said
        await until(lambda: model.passage(recording), "the sentence")
        person.window.table.setFocus()
        person.window.table.selectRow(next(r for r in range(50) if model.recording(r) == recording))
        await until(lambda: pane.hit, "the hit")
        assert pane.hit is not None
        start = pane.hit.start
        person.press(Qt.Key.Key_Return)
        assert abs(player.position - (start - LEAD)) < 0.01
        waveform = person.window.player.waveform
        await until(lambda: start in [each.seconds for each in waveform.sight.said], "the mark")
        player.plays(0, 0.5)
        person.press(Qt.Key.Key_H)
        assert abs(player.position - (pane.hit.start - LEAD)) < 0.01
        await person.filters_by("")
        await until(lambda: not waveform.sight.said, "no mark")
        await until(lambda: pane.hit is None, "no hit")
