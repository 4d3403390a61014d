"""What checking a day's calls costs: fetched from a source in memory, measured, and kept in a catalogue.

The baseline of the same run is `ffmpeg -f null` for each of them where it is installed, else the same decoder
as Playhead's, without the start of a process for each. A day is 1 000 calls of 3 minutes; here are fewer.
"""

import asyncio
import io
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
from figures import show, show_ratio
from measuring import Heartbeat, run

from playhead.catalogue.store import Store, open_catalogue
from playhead.core.fetching.downloads import Downloads
from playhead.core.finding.query import Query
from playhead.core.health.checkup import Checkup, CheckupNeeds
from playhead.core.worklists.workrun import WorkRun
from playhead.core.worklists.workstates import WorkProgress
from playhead.machine.threadpriority import step_back
from playhead.sound.analysis import AudioAnalysis
from support.audio.tones import FORMATS, Wave, encoded
from support.catalogue.catalogue_examples import KEY, feed
from support.fakes import BIRD, FakeSource, recording
from support.health.synthetic_calls import speech

CALLS = 40
KINDS = 8
"""Calls that differ; the others are the same again."""
MINUTES = 3
ROUNDS = 3
IDLE = 5.0
"""Seconds in which nothing is done, to compare."""
NAME = "mp3 at 8 kHz"


def side(seed: int) -> Wave:
    """One side of a call: words, and pauses in a third of the time."""
    rate, chance = FORMATS[NAME][2], np.random.default_rng(seed)
    heard = chance.uniform(0, 1, MINUTES * 120) > 1 / 3
    found: Wave = speech(MINUTES * 60, rate, seed) * np.repeat(heard, rate // 2) * 0.5
    return found


def decoded(content: bytes) -> None:
    """Decode a call with FFmpeg, and do nothing with it."""
    program = shutil.which("ffmpeg")
    if program is None:
        with av.open(io.BytesIO(content), mode="r") as container:
            for _ in container.decode(audio=0):
                pass
        return
    command = (program, "-v", "error", "-i", "-", "-f", "null", "-")
    subprocess.run(command, input=content, check=True, stdout=subprocess.DEVNULL)


def decode(calls: list[bytes]) -> None:
    """Decode as many calls as are checked."""
    for each in range(CALLS):
        decoded(calls[each % len(calls)])


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that `work` takes by the clock, and of the processor with those of its children."""
    begun, clock = _processed(), time.perf_counter()
    work()
    return time.perf_counter() - clock, _processed() - begun


def _processed() -> float:
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in uses)


async def checked(calls: list[bytes], number: int, told: list[WorkProgress]) -> None:
    """Check so many calls, as the program does."""
    recordings = [recording(each) for each in range(number)]
    source = FakeSource(sounds={each.id: calls[at % len(calls)] for at, each in enumerate(recordings)})
    with tempfile.TemporaryDirectory() as folder:
        store: Store = await open_catalogue(Path(folder) / "catalogue.db", KEY)
        await store.recordings.add(recordings, feed(BIRD.id))
        await store.checkups.add(await store.listings.matching(Query()))
        needs = CheckupNeeds(
            analyses=store.analyses,
            fetcher=Downloads(lambda _account: source, store.media),
            measurer=AudioAnalysis(step_back),
        )
        await WorkRun(store.checkups, Checkup(needs), told.append).run()
        await store.close()


async def watched(calls: list[bytes]) -> None:
    """Print how long somebody at the window waits meanwhile, and what it takes of the memory."""
    idle = Heartbeat()
    await asyncio.sleep(IDLE)
    idle.stop()
    busy = Heartbeat()
    await checked(calls, CALLS, [])
    busy.stop()
    for what, beat, aim in (("idle", idle, None), ("checking", busy, 16)):
        show(f"{what}: a pause of the window, 99 % of the time", [beat.share(0.99)], "ms")
        show(f"{what}: the longest pause", [beat.worst], "ms", aim=aim)
    before = _memory()
    await checked(calls, 3 * CALLS, [])
    show("more memory after three times as many", [_memory() - before], "MB")


def _memory() -> float:
    """The most memory that this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """Print everything."""
    calls = [encoded(NAME, side(2 * each), side(2 * each + 1)) for each in range(KINDS)]
    asyncio.run(checked(calls, 2, []))  # what is imported, is imported once
    clocks, base_clocks, processed, base_processed = (list[float]() for _ in range(4))
    for _ in range(ROUNDS):
        clock, processor = seconds(lambda: decode(calls))
        base_clocks.append(clock)
        base_processed.append(processor)
        clock, processor = seconds(lambda: asyncio.run(checked(calls, CALLS, [])))
        clocks.append(clock)
        processed.append(processor)
    print(f"Checkup: {ROUNDS} rounds")
    by = "ffmpeg -f null" if shutil.which("ffmpeg") else "the decoder alone"
    show(f"{CALLS} calls of {MINUTES} minutes: {by}", base_clocks, "s")
    show(f"{CALLS} calls of {MINUTES} minutes: checked", clocks, "s")
    show_ratio("checked, by the clock", clocks, base_clocks, aim=1.5)
    show_ratio("checked, of the processor", processed, base_processed)
    run(watched(calls))


if __name__ == "__main__":
    main()
