"""What measuring the health of recordings costs, and how soon the catalogue answers by it.

Baselines of the same run: the pass that makes the waveform alone, and the same questions by duration.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import million
import numpy as np
from figures import section, show, show_ratio

from playhead.catalogue.connection import connect, transaction
from playhead.catalogue.orders import index_of, making_of
from playhead.catalogue.schema import MIGRATIONS
from playhead.catalogue.store import open_catalogue
from playhead.core.finding.parser import parse
from playhead.core.finding.query import Order, Query
from playhead.core.health.healthlimits import USUAL_LIMITS
from playhead.sound.healthgauge import HealthGauge
from playhead.sound.measurement import outlines
from playhead.sound.media_reader import MediaReader
from support.audio.arriving_media import arrived
from support.audio.tones import FORMATS, Wave, encoded
from support.health.figures_examples import figures
from support.health.synthetic_calls import speech

MINUTES = 3
RUNS = 7
TELEPHONY = ("wav mu-law", "wav IMA ADPCM", "mp3 at 8 kHz", "AMR")
STUDIO = ("ogg Opus", "m4a", "mp3 CBR", "wav PCM at 48 kHz")
NUMBER = 1_000_000
ASKED = (
    ("duration:>20m", "loudness:<-59.5"),
    ("duration:30s..1m", "health:one-sided"),
    ("duration:30s..1m", "silence:>70%"),
    ("duration:>20m", "peak:>-0.2"),
    ("duration:>20m", "clipped:>9.9%"),
    ("duration:30s..1m", "talk:left<5%"),
    ("duration:30s..1m de", "health:clipped de"),
)
COLUMNS = ("health", "loudness", "peak", "clipped", "silence", "talk_left", "talk_right", "decoded")
FEW = 20_000
"""Measured recordings of a catalogue in which most are not."""
JUDGED = 100_000
"""Recordings that are judged anew."""


def processed(work: Callable[[], object]) -> float:
    """Milliseconds of the processor that `work` takes."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def words(seconds: int, rate: int, seed: int) -> Wave:
    """Words of any loudness, with pauses in a third of the time."""
    chance = np.random.default_rng(seed)
    gains = 10 ** (-chance.uniform(0, 20, seconds * 2) / 20) * (chance.uniform(0, 1, seconds * 2) > 1 / 3)
    found: Wave = speech(seconds, rate, seed) * np.repeat(gains, rate // 2) * 0.5
    return found


def measure(name: str, channels: int, aim: float) -> None:
    """Print what a pass costs with and without health, and if it is `aim` times as much at most."""
    rate = FORMATS[name][2]
    content = encoded(name, *(words(MINUTES * 60, rate, each) for each in range(channels)))

    def drawn(gauge: HealthGauge | None) -> list[object]:
        return list(outlines(MediaReader(arrived(content)), every=60.0, gauge=gauge))

    plain, healthy = list[float](), list[float]()
    for _ in range(RUNS):
        plain.append(processed(lambda: drawn(None)) / MINUTES)
        healthy.append(processed(lambda: drawn(HealthGauge())) / MINUTES)
    label = f"{name}, {'stereo' if channels > 1 else 'mono'}"
    show(f"{label}: waveform", plain, "ms/min")
    show(f"{label}: and health", healthy, "ms/min")
    show_ratio(f"{label}: with health", healthy, plain, aim=aim)


def catalogue(measured: int) -> Path:
    """A catalogue of a million recordings, so many of them measured."""
    name = f"playhead-health-{NUMBER}-{measured}-{len(MIGRATIONS)}"
    path = Path(tempfile.gettempdir()) / name / "catalogue.db"
    done = path.with_name("done")
    if not done.exists():
        million.make(path, million.KEY, NUMBER)
        connection = connect(path, million.KEY)
        chance = random.Random(1)
        chosen = sorted(chance.sample(range(1, NUMBER + 1), measured))
        indexes = [(index_of(column), making_of(column)) for column in COLUMNS]
        with transaction(connection):
            # One after another they take minutes, at the end seconds.
            connection.execute("".join(f"drop index {name};" for name, _ in indexes))
            rows = ((*_values(chance), number) for number in chosen)
            connection.executemany(
                f"update search set {', '.join(f'{each} = ?' for each in COLUMNS)} where id = ?", rows
            )
            connection.execute(
                "insert into health (id, figures, digest)"
                " select id, ?, x'00' from search where health is not null limit ?",
                (figures().to_text(), JUDGED),
            )
            connection.execute(";".join(making for _, making in indexes))
        connection.close()
        done.touch()
    return path


def _values(chance: random.Random) -> tuple[float, ...]:
    """What is measured of a recording, in the order of `COLUMNS`."""
    return (
        chance.choice((1, 3, 4, 9, 9, 9)),
        chance.uniform(-60, -10),
        chance.uniform(-40, 0),
        max(0.0, chance.uniform(-0.9, 0.1)),
        *(chance.random() for _ in range(3)),
        chance.uniform(1, 3_600),
    )


async def judged(path: Path) -> None:
    """Print how long it takes to judge anew, and for how long another question of the catalogue waits."""
    store = await open_catalogue(path, million.KEY)
    recording = (
        await store.recordings.read((await store.listings.listing(Query(), Order("started"))).ids[:1])
    )[0]
    assert recording is not None
    waits = list[float]()

    async def wait() -> None:
        while True:
            begun = time.perf_counter()
            await store.analyses.keep_length(recording, 60.0)
            waits.append((time.perf_counter() - begun) * 1000)
            await asyncio.sleep(0.02)

    for loudest in (-30.0, -14.0):
        waiting = asyncio.create_task(wait())
        begun, spent = time.perf_counter(), time.process_time()
        changed = await store.analyses.judge_by(
            replace(USUAL_LIMITS, calls_loud=loudest, prompts_loud=loudest)
        )
        show(
            f"{changed} verdicts are others, quieter than {loudest:.0f} LUFS",
            [(time.perf_counter() - begun) * 1000],
            "ms",
        )
        show(f"processor of that, {loudest:.0f} LUFS", [(time.process_time() - spent) * 1000], "ms")
        waiting.cancel()
    show("what is kept meanwhile waits", waits, "ms")
    await store.close()


async def answered(path: Path) -> None:
    """Print how soon questions by health are answered."""
    store = await open_catalogue(path, million.KEY)
    await store.upkeep.finished()  # the orders of what was measured

    async def timed(query: Query, order: Order) -> tuple[list[float], list[float]]:
        first, whole = list[float](), list[float]()
        for _ in range(RUNS):
            begun = time.perf_counter()
            await store.listings.first_rows(query, order)
            first.append((time.perf_counter() - begun) * 1000)
            begun = time.perf_counter()
            await store.listings.listing(query, order)
            whole.append((time.perf_counter() - begun) * 1000)
        return first, whole

    async def compare(name: str, by_length: tuple[Query, Order], by_health: tuple[Query, Order]) -> None:
        _show(name, await timed(*by_length), await timed(*by_health))

    newest = Order("started")
    for length, health in ASKED:
        questions = (parse(length, million.NEWEST), parse(health, million.NEWEST))
        await compare(health, (questions[0], newest), (questions[1], newest))
    for column in COLUMNS:
        for descending in (False, True):
            await compare(
                f"sorted by {column}{', falling' if descending else ''}",
                (Query(), Order("duration", descending)),
                (Query(), Order(column, descending)),
            )
    await store.close()


def _show(
    name: str, base: tuple[Sequence[float], Sequence[float]], values: tuple[Sequence[float], Sequence[float]]
) -> None:
    for what, reference, measured in zip(("first rows", "all ids"), base, values, strict=True):
        show(f"{name}: {what}", measured, "ms")
        show_ratio(f"{name}: {what}, by duration", measured, reference, aim=1.1)


if __name__ == "__main__":
    for each in TELEPHONY:
        for channels in (1,) if each == "AMR" else (1, 2):
            measure(each, channels, aim=2)
    for each in STUDIO:
        measure(each, 2, aim=1.8)
    for measured in (NUMBER, FEW):
        section(f"a million recordings, {measured} of them measured")
        asyncio.run(answered(catalogue(measured)))
    section("judged anew")
    asyncio.run(judged(catalogue(NUMBER)))
