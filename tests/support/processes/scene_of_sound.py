"""What a process of its own plays into a sound server that is recorded."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt

from support.window.demo_accounts import bird, small_cloud
from support.window.driven_program import opened, until


async def hear(folder: str, how: str) -> None:
    """Play a short call of two people: `both` or the `left` of them to the end, or `pause` on the way."""
    with small_cloud() as cloud:
        async with opened(Path(folder), bird(cloud)) as person:
            await person.sees_rows(90)
            row = next(
                row
                for row in person.playable_rows()
                if person.recording(row).stereo and person.recording(row).duration == 7
            )
            if how == "left":
                person.press(Qt.Key.Key_1)
            listening, clock = person.program.journeys.listening, asyncio.get_running_loop().time
            person.play(row)
            await until(lambda: listening.state == "playing", "the sound")
            if how == "pause":
                await until(lambda: person.window.player.waveform.position > 1.0, "a second")
                person.press(Qt.Key.Key_Space)
                await until(lambda: listening.state == "paused", "the pause")
                paused = clock()
                await until(lambda: clock() > paused + 2.0, "two seconds")
            else:
                await until(lambda: listening.state == "ended", "the end")
