"""What a screen reader is told of the player: politely, once, and nothing of what plays by itself."""

from PySide6.QtCore import Qt

from playhead.core.errors import Missing
from support.window.accessible_events import overheard
from support.window.driven_program import until
from support.window.lasting_profile import Desk


async def test_playing_pausing_the_end_and_why_nothing_is_heard_are_announced_once(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=20, only="is:playable") as (person, player):
        person.window.table.setFocus()
        with overheard() as events:
            person.play(0)
            await until(lambda: events.player_said == ["Playing"], "the word")
            player.plays(0, 65)
            events.forget()
            person.press(Qt.Key.Key_Space)
            await until(lambda: events.player_said == ["Paused at 1 minute 5 seconds"], "the word")
            person.press(Qt.Key.Key_Space)
            await until(lambda: events.player_said[1:] == ["Playing"], "the word")
            player.ends()
            await until(lambda: events.player_said[2:] == ["End of the recording"], "the word")
            person.play(1)
            events.forget()
            player.failed.emit(Missing(status=404))
            assert len(events.player_said) == 1
            assert "does not have it" in events.player_said[0]


async def test_nothing_is_said_of_recordings_that_play_one_after_the_other(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=20, only="is:playable") as (person, player):
        person.bar.choose("Autoplay", "listing")
        person.play(0)
        with overheard() as events:
            await until(lambda: events.player_said == ["Playing"], "the word")
            for number in (2, 3, 4):
                player.ends()
                await until(lambda number=number: len(player.loaded) == number, "the next one")  # type: ignore[misc]
            person.press(Qt.Key.Key_Period)
            await until(lambda: len(events.player_said) > 1, "the speed")
            assert events.player_said == ["Playing", "Speed 1.25"]


async def test_changes_by_key_are_announced_and_those_of_a_control_are_left_to_it(desk: Desk) -> None:
    async with desk.by_hand(desk.bird, rows=5) as (person, _):
        person.window.table.setFocus()
        with overheard() as events:
            for key in (Qt.Key.Key_Period, Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_2):
                person.press(key)
            assert events.player_said == ["Speed 1.25", "Left channel", "Both channels", "Right channel"]
            events.forget()
            person.bar.click("Mute")
            person.bar.click("Unmute")
            assert events.player_said == ["Muted", "Volume 100 %"]
            events.forget()
            person.bar.focus("Speed")
            person.bar.choose("Speed", 2.0)
            assert events.player_said == []
