"""How soon the whole program lets a recording be heard, and what fast browsing by ear costs it.

From the key to the first PCM in a device without a sound card, over real HTTP to a cloud in another process.
Baselines of the same run: httpx and PyAV alone doing the same, and `ffplay` on the same slow link.
"""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from pathlib import Path

import av
import httpx
from bench_sound import TimedSpeakers, bare, call, resident
from cloud_process import Cloud, cloud_with
from ear import Ear, ear_at
from figures import section, show, show_ratio
from first_sound import SETTLING
from measuring import Heartbeat, run
from PySide6.QtCore import Qt

from playhead.core.media import Media
from playhead.core.recording import Recording
from playhead.runparts import resources
from playhead.sound.engine import Engine
from support.cloud.faultycloud import Fault
from support.processes.null_sink import MISSING, null_sink
from support.window.driven_program import Person, opened, until

RUNS = 12
COLD_RUNS = 5
DELAY = 0.05
RATE = 200_000
MINUTES = 30
PRESSES = 200
SCRIPT = Path(__file__).with_name("first_sound.py")


@asynccontextmanager
async def listener(cloud: Cloud) -> AsyncIterator[tuple[Person, TimedSpeakers]]:
    """Somebody at the window who sees the rows of the cloud, and what they hear it on."""
    speakers = TimedSpeakers()

    def player() -> Engine:
        return Engine(lambda: speakers)

    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder), (cloud.account, cloud.credential), player=player) as person:
            await person.sees_rows(50)
            await asyncio.sleep(SETTLING)
            yield person, speakers


async def go_to(person: Person, row: int) -> Recording:
    """Make a row the current one."""
    person.window.table.selectRow(row)
    await until(lambda: person.program.model.recording(row) is not None)
    return person.recording(row)


async def calls(person: Person, number: int) -> list[tuple[int, Recording]]:
    """So many mp3 calls that can be heard, none of them the next one after another: that is fetched ahead."""
    found, fresh = list[tuple[int, Recording]](), True
    for row in range(person.rows):
        recording = await go_to(person, row)
        if recording.playable:
            if fresh and recording.format == "mp3":
                found.append((row, recording))
                fresh = False
            else:
                fresh = True
        if len(found) == number:
            break
    return found


async def enter(person: Person, speakers: TimedSpeakers, row: int) -> float:
    """Milliseconds from Enter to the first PCM."""
    await go_to(person, row)
    await asyncio.sleep(0.3)
    before = len(speakers.sinks)
    begun = time.perf_counter()
    person.press(Qt.Key.Key_Return)
    while len(speakers.sinks) == before or speakers.sinks[-1].first is None:  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0.001)
    first = speakers.sinks[-1].first
    assert first is not None
    return (first - begun) * 1000


async def from_cache(cloud: Cloud) -> tuple[list[float], list[float]]:
    """Milliseconds for audio in the encrypted cache, and for audio that was heard a moment ago."""
    content = (resources() / "demo" / "support-outage.mp3").read_bytes()
    async with listener(cloud) as (person, speakers):
        chosen = await calls(person, RUNS + 1)
        for _, recording in chosen:
            await person.program.session.catalogue.media.keep(recording, content)
        stored = [await enter(person, speakers, row) for row, _ in chosen]
        recent = [await enter(person, speakers, row) for row, _ in chosen]
    return stored[1:], recent[1:]


async def over_the_network(cloud: Cloud) -> tuple[list[float], list[float]]:
    """Milliseconds of the bare requests with the first sound decoded, and of the program, in pairs."""
    alone, whole = list[float](), list[float]()
    async with listener(cloud) as (person, speakers), httpx.AsyncClient() as client:
        for row, recording in await calls(person, RUNS + 1):
            alone.append(await by_hand(client, cloud, recording))
            whole.append(await enter(person, speakers, row))
    return alone[1:], whole[1:]


async def by_hand(client: httpx.AsyncClient, cloud: Cloud, recording: Recording) -> float:
    """Milliseconds of the two requests and of PyAV for the first 0.2 s."""
    begun = time.perf_counter()
    row = await client.get(f"{cloud.list_url}/{recording.id}", headers=cloud.headers)
    audio = await client.get(row.json()["url"])
    requests = (time.perf_counter() - begun) * 1000
    return requests + bare(audio.content)


def long_calls(folder: Path) -> Path:
    """The demo's audio with a call of half an hour in place of every other call; gives that call's file."""
    demo = resources() / "demo"
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    long = folder / "half-hour.mp3"
    long.write_bytes(call(MINUTES))
    index = json.loads((folder / "audio.json").read_text(encoding="utf-8"))
    for clip in index["clips"]:
        if clip["kind"] == "call":
            clip |= {"file": long.name, "format": "mp3", "seconds": MINUTES * 60}
    (folder / "audio.json").write_text(json.dumps(index), encoding="utf-8")
    for derived in ("flawed.json", "copies.json"):  # of the clips that are gone
        (folder / derived).write_text('{"clips": []}', encoding="utf-8")
    return long


def cold(cloud: Cloud, leading: Mapping[str, str], ear: Ear) -> tuple[float, float]:
    """Milliseconds from the first Enter of a process to its word that it plays, and to the sound."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(SCRIPT), json.dumps(asdict(cloud)), folder]
        ear.forget()
        with subprocess.Popen(
            command, env={**os.environ, **leading}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            pressed, plays = json.loads(process.stdout.readline())
            heard = ear.first()
            process.communicate("")
    return (plays - pressed) * 1000, (heard - pressed) * 1000


def ffplay(address: str, leading: Mapping[str, str], ear: Ear) -> float:
    """Milliseconds from the start of `ffplay` to its sound."""
    command = ["ffplay", "-nodisp", "-autoexit", "-loglevel", "error", address]
    variables = {**os.environ, **leading, "SDL_AUDIODRIVER": "pulseaudio"}
    ear.forget()
    begun = time.monotonic()
    with subprocess.Popen(command, env=variables, stdin=subprocess.DEVNULL) as process:
        try:
            heard = ear.first()
        finally:
            process.send_signal(signal.SIGKILL)
    time.sleep(0.5)  # what the server still has of it
    return (heard - begun) * 1000


def link_of(cloud: Cloud) -> str:
    """A fresh link to the newest recording."""
    with httpx.Client(headers=cloud.headers) as client:
        rows = client.get(cloud.list_url, params={"limit": "1"}).json()["results"]
        return str(client.get(f"{cloud.list_url}/{rows[0]['id']}").json()["url"])


async def pressing(cloud: Cloud, *, audition: bool) -> None:
    """Print what 200 arrow keys, 10 in a second, do to the program."""
    async with listener(cloud) as (person, speakers):
        listening, table = person.program.journeys.listening, person.window.table
        person.window.activateWindow()
        table.setFocus()
        listening.choose(replace(listening.settings, audition=audition))
        await go_to(person, 0)
        await asyncio.sleep(1)
        loads = list[Media]()
        listening.began.connect(lambda _recording, media: loads.append(media))
        threads, memory, half = threading.active_count(), resident(), 0.0
        heartbeat = Heartbeat()
        for press in range(PRESSES):
            person.press(Qt.Key.Key_Down)
            await asyncio.sleep(0.1)
            if press == PRESSES // 2:
                half = resident()
        heartbeat.stop()
        listening.stop()
        await asyncio.sleep(1)
        show("worst gap of the loop", [heartbeat.worst], "ms", aim=16)
        show("the most work of the loop at once", [heartbeat.busiest], "ms", aim=16)
        show("99 of 100 ms wait less than", [heartbeat.share(0.99)], "ms")
        show("recordings loaded", [len(loads)], "")
        show("of them heard", [len(speakers.sinks)], "")
        show("sounds at once, at most", [speakers.most_open], "", aim=1)
        show("threads more than before", [threading.active_count() - threads], "")
        show("more memory after the first half", [half - memory], "MB")
        show("more memory after the second half", [resident() - half], "MB")
        audio = sum(media.arrived for media in loads) / 1e6
        show("of it audio, to go back to at once", [audio], "MB")


async def resting() -> float:
    """The worst gap of a loop on which nothing happens at all: what this machine can do."""
    heartbeat = Heartbeat()
    await asyncio.sleep(5)
    heartbeat.stop()
    return heartbeat.worst


def against_ffplay() -> None:
    """Print how soon half an hour is heard over a slow link."""
    section(f"{MINUTES} minutes over {RATE // 1000} kB/s, the first recording that a process plays")
    missing = [*MISSING, *(["ffplay"] if shutil.which("ffplay") is None else [])]
    if missing:
        print(f"  needs {', '.join(missing)}")
        return
    slow = (Fault(scope="media", rate=RATE),)
    with tempfile.TemporaryDirectory() as made:
        file = long_calls(Path(made))
        with (
            cloud_with(200, audio=Path(made), faults=slow) as cloud,
            null_sink() as leading,
            ear_at(leading) as ear,
        ):
            turns = [
                (
                    ffplay(str(file), leading, ear),
                    ffplay(link_of(cloud), leading, ear),
                    *cold(cloud, leading, ear),
                )
                for _ in range(COLD_RUNS)
            ]
    local, link, plays, heard = zip(*turns, strict=True)
    show("ffplay, a local file", local, "ms")
    show("ffplay, the link", link, "ms")
    show("Playhead, until it says that it plays", plays, "ms")
    show("Playhead, until it is heard", heard, "ms")
    show_ratio("Playhead : ffplay", heard, link, aim=1)


def main() -> None:
    """Print medians over several runs."""
    av.logging.set_level(av.logging.PANIC)
    print(f"Audition: the whole program, {RUNS} runs")
    section("Enter to the first PCM in the device")
    with cloud_with(500) as cloud:
        stored, recent = run(from_cache(cloud))
    alone = [bare((resources() / "demo" / "support-outage.mp3").read_bytes()) for _ in stored]
    show("PyAV alone, 0.2 s of PCM", alone, "ms")
    show("from the encrypted cache", stored, "ms", aim=30)
    show("heard before", recent, "ms", aim=30)
    delays = (Fault(scope="bird-get", delay=DELAY), Fault(scope="media", delay=DELAY))
    with cloud_with(500, faults=delays) as cloud:
        hand, whole = run(over_the_network(cloud))
    show(f"httpx and PyAV alone, {DELAY * 1000:.0f} ms a request", hand, "ms")
    show("Playhead", whole, "ms", aim=2 * DELAY * 1000 + 60)
    show_ratio("Playhead : httpx and PyAV", whole, hand)
    against_ffplay()
    section("at rest")
    show("worst gap of the loop", [run(resting())], "ms")
    with cloud_with(500) as cloud:
        for audition in (False, True):
            section(f"{PRESSES} arrow keys, 10 in a second, audition on select {'on' if audition else 'off'}")
            run(pressing(cloud, audition=audition))


if __name__ == "__main__":
    main()
