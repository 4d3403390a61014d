"""What was really heard of a recording is kept, shown and found again."""

import pytest

from playhead.ui.inspector.details import Details
from support.widgets import find
from support.window.driven_program import until
from support.window.hand_player import HandPlayer
from support.window.lasting_profile import Desk


async def test_the_seconds_that_were_really_played_are_kept_and_shown_in_the_column(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        row = person.playable_rows()[0]
        recording = person.play(row)
        assert recording.duration
        assert person.cell(row, "heard") == "0 %"
        player.plays(0, recording.duration / 2)
        player.seek(0)
        player.plays(0, recording.duration / 4)
        await until(lambda: person.cell(row, "heard") == "50 %", "half of it")
        assert person.window.player.waveform.sight.heard.seconds == pytest.approx(recording.duration / 2)
    async with desk.opened(player=HandPlayer, rows=50) as person:
        here = next(row for row in range(person.rows) if person.recording(row).id == recording.id)
        assert person.cell(here, "heard") == "50 %"


async def test_what_was_heard_just_before_the_window_is_closed_is_kept(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        recording = person.play(person.playable_rows()[0])
        player.plays(0, 3)
    assert player.closed
    async with desk.opened(player=HandPlayer) as person:
        assert (await person.marks_of(recording)).heard.pairs == ((0, 3),)


async def test_the_last_moment_of_a_recording_counts_though_another_plays_already(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        first = person.play(person.playable_rows()[0])
        player.plays(0, 1)
        second = person.play(person.playable_rows()[1])
        player.tells_of(player.loaded[0], 1, 1.5)
        player.plays(4, 5)
        await person.program.journeys.marking.close()
        assert (await person.marks_of(first)).heard.pairs == ((0, 1.5),)
        assert (await person.marks_of(second)).heard.pairs == ((4, 5),)


async def test_what_was_heard_can_be_looked_for(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        little = person.play(person.playable_rows()[0])
        assert little.duration
        player.plays(0, little.duration / 5)
        much = person.play(person.playable_rows()[1])
        assert much.duration
        player.plays(0, much.duration)
        await person.program.journeys.marking.close()
        assert await person.finds("heard:>=90%") == [much.id]
        assert await person.finds("heard:<50% -is:unheard") == [little.id]
        person.type_filter("is:unheard")
        await until(lambda: person.rows > 50)
        await person.job_done("list")
        ids = [person.recording(row).id for row in person.window.table.visible_rows]
        assert ids
        assert not {little.id, much.id} & set(ids)


async def test_the_length_that_was_learnt_by_playing_is_in_the_row_the_details_and_the_filter(
    desk: Desk,
) -> None:
    async with desk.by_hand(desk.convirza, rows=20) as (person, _):
        row = next(each for each in person.playable_rows() if person.recording(each).duration is None)
        assert person.cell(row, "duration") == "—"
        recording = person.play(row)
        person.window.table.selectRow(row)
        await until(lambda: person.cell(row, "duration") != "—", "its length")
        learnt = person.recording(row).length
        assert learnt
        details = find(person.window.inspector, Details, "detailsList")
        await until(
            lambda: any(line.whole.endswith(" s, as measured") for line in details.lines),
            "the length in the details",
        )
        assert recording.id in await person.finds(f"duration:{learnt - 1:.0f}s..{learnt + 1:.0f}s")
    async with desk.opened(rows=1) as person:
        assert recording.id in await person.finds("duration:>0s")
