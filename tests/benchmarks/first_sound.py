"""A process that plays the first recording of its life: `first_sound.py CLOUD FOLDER`.

Opens the program with an account of the cloud (JSON), presses Enter at the newest row, and prints the moment
of the key and the moment at which the player has said that it plays, by the monotonic clock, which all
processes share. Then it waits for its standard input to be closed.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from cloud_process import Cloud
from measuring import run
from PySide6.QtCore import Qt

from support.window.driven_program import opened

SETTLING = 2.0
"""Seconds in which somebody reads the first rows."""


async def play(cloud: Cloud, folder: Path) -> None:
    """Open, read, press Enter."""
    async with opened(folder, (cloud.account, cloud.credential)) as person:
        await person.sees_rows(3)
        await asyncio.sleep(SETTLING)
        person.window.table.selectRow(0)
        listening = person.program.journeys.listening
        pressed = time.monotonic()
        person.press(Qt.Key.Key_Return)
        while listening.state != "playing":
            assert listening.state != "failed", person.player_says
            await asyncio.sleep(0.001)
        sys.stdout.write(json.dumps([pressed, time.monotonic()]) + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    run(play(Cloud(**json.loads(sys.argv[1])), Path(sys.argv[2])))
