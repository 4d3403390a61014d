"""What listening costs, with the whole program, on a sound server without a sound card.

How soon a recording from the cache is heard after Enter, what playing takes of a core while the waveform
moves, how much memory twelve searches and six sounds leave behind, and how long the window's loop stands
still while 300 files are exported, pages arrive and something plays. `bench_listening.py memory CLOUD` is the
process whose memory is measured.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
from bench_audition import calls, go_to
from bench_sound import resident
from cloud_process import Cloud, cloud_with
from ear import Ear, ear_at
from figures import section, show
from measuring import Heartbeat, run
from PySide6.QtCore import Qt

from support.audio.tones import encoded
from support.processes.null_sink import MISSING, null_sink
from support.window.driven_program import Person, opened
from support.window.export_steps import asked, ended, start

RUNS = 12
RECORDINGS = 5000
SETTLING = 4.0
"""Seconds after which a start is over: what the first Enter needs has been imported."""
PLAYING = 10.0
ROUNDS = 3
LONG = 100.0
"""Seconds that the recording lasts at least whose playing is measured: shorter waveforms move faster."""
EXPORTED = 300
SEARCHES = (
    *("maria", "visser", "welcome", "status:failed", "duration:>1m", "from:+3120*"),
    *("kind:prompt", "a", "no", "zzzz", "is:starred", "after:2026-01-01"),
)
SOUNDS = 6


def tone() -> bytes:
    """Something that is loud from its first sample on."""
    return encoded("wav PCM at 48 kHz", np.sin(2 * np.pi * 440 * np.arange(48_000 * 20) / 48_000) / 2)


async def entering(cloud: Cloud, ear: Ear) -> list[float]:
    """Milliseconds from Enter to the sound, of recordings in the encrypted cache; the first one warms up."""
    taken, content = list[float](), tone()
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder), (cloud.account, cloud.credential)) as person:
            await person.sees_rows(50)
            await asyncio.sleep(SETTLING)
            chosen = await calls(person, RUNS + 1)
            for _, recording in chosen:
                await person.program.session.catalogue.media.keep(recording, content)
            for row, _ in chosen:
                await go_to(person, row)
                person.program.journeys.listening.stop()
                await asyncio.sleep(0.6)
                ear.forget()
                begun = time.monotonic()
                person.press(Qt.Key.Key_Return)
                taken.append((await asyncio.to_thread(ear.first) - begun) * 1000)
    return taken[1:]


async def share_of_a_core(cloud: Cloud) -> list[float]:
    """Percent of one core that the process takes while it plays and its waveform moves, several times."""
    shares = list[float]()
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder), (cloud.account, cloud.credential)) as person:
            await person.sees_rows(50)
            await asyncio.sleep(SETTLING)
            await play_a_long_one(person)
            for _ in range(ROUNDS):
                used, begun = time.process_time(), time.perf_counter()
                await asyncio.sleep(PLAYING)
                shares.append((time.process_time() - used) / (time.perf_counter() - begun) * 100)
    return shares


async def play_a_long_one(person: Person) -> None:
    """Play a recording that goes on for longer than is measured, and wait until it is drawn."""
    for row in range(person.rows):
        recording = await go_to(person, row)
        if recording.playable and (recording.length or 0) > LONG:
            break
    person.press(Qt.Key.Key_Return)
    await person.sees_waveform()
    await asyncio.sleep(1)


async def remembered(cloud: Cloud) -> tuple[float, float]:
    """Megabytes more after searches and sounds than after the start: all, and what is no page of a file."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder), (cloud.account, cloud.credential)) as person:
            await person.sees_rows(50)
            await asyncio.sleep(SETTLING)
            before, own = resident(), resident("RssAnon")
            for text in (*SEARCHES, ""):
                await person.filters_by(text)
                await asyncio.sleep(0.3)
            for row in person.playable_rows()[:SOUNDS]:
                await go_to(person, row)
                person.press(Qt.Key.Key_Return)
                await asyncio.sleep(2)
            await asyncio.sleep(1)
            return resident() - before, resident("RssAnon") - own


def in_a_process(cloud: Cloud) -> tuple[float, float]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "memory", json.dumps(asdict(cloud))]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    more, own = map(float, done.stdout.splitlines()[-1].split())
    return more, own


async def exporting(cloud: Cloud) -> Heartbeat:
    """How the loop beats while files are exported, pages arrive and something plays."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder), (cloud.account, cloud.credential)) as person:
            await person.loads_everything(2 * EXPORTED)
            await asyncio.sleep(SETTLING)
            await play_a_long_one(person)
            person.window.table.select_ids(list(person.program.model.ids[:EXPORTED]), None)
            dialog = await asked(person)
            heartbeat = Heartbeat()
            await start(dialog, Path(folder) / "export")
            account = cloud.account.id
            while person.program.journeys.exporting.busy:
                person.program.journeys.browsing.refresh.look_for_new(account)
                await asyncio.sleep(0.5)
            await ended(person)
            heartbeat.stop()
            return heartbeat


def main() -> None:
    """Print medians over several runs."""
    print(f"Listening: the whole program, {RUNS} runs")
    if MISSING:
        print(f"  needs {', '.join(MISSING)}")
        return
    with null_sink() as leading:
        os.environ.update(leading)
        with cloud_with(RECORDINGS) as cloud:
            with ear_at(leading) as ear:
                show("Enter to the sound, cached", run(entering(cloud, ear)), "ms", aim=100)
            show("of a core, playing, the waveform moves", run(share_of_a_core(cloud)), "%", aim=3)
            more, own = zip(*(in_a_process(cloud) for _ in range(ROUNDS)), strict=True)
            show(f"more memory, {len(SEARCHES)} searches and {SOUNDS} sounds", more, "MB", aim=15)
            show("of it no pages of libraries and fonts", own, "MB")
        with cloud_with(2 * EXPORTED) as cloud:
            section(f"{EXPORTED} files exported, pages arrive, something plays")
            beats = run(exporting(cloud))
            show("worst gap of the loop", [beats.worst], "ms", aim=16)
            show("the most work of the loop at once", [beats.busiest], "ms", aim=16)
            show("99 of 100 ms wait less than", [beats.share(0.99)], "ms")


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        more, own = run(remembered(Cloud(**json.loads(sys.argv[2]))))
        sys.stdout.write(f"{more} {own}\n")
    else:
        main()
