"""How long 100 000 measured recordings take to be grouped by their sound, and one more among them.

All of it is time of the processor. Baseline of the same run: to keep their figures alone.
"""

import pickle
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import apsw
from figures import show, show_ratio

from playhead.catalogue import healthrows, samesounds
from playhead.catalogue.connection import connect, transaction
from playhead.catalogue.schema import MIGRATIONS, migrate
from playhead.catalogue.store import CACHES
from playhead.catalogue.writing import add
from playhead.core.health.audiofigures import Measured
from playhead.core.health.soundprint import SoundPrint
from playhead.core.recording import Recording
from support.catalogue.catalogue_examples import KEY, feed, recording
from support.health.figures_examples import figures
from support.health.sound_prints import spoken

NUMBER = 100_000
ORIGINALS = 70_000
"""Sounds that differ; every other recording is one of them: softer, noisy, some cut."""
MORE = 50
PARTS = 5
Made = Sequence[tuple[int, bytes]]
"""The number of a sound, and a print of it in its compact form."""


def prints() -> Made:
    """Prints of prompts and calls of 6 to 30 s, each with the number of its sound; made once for all runs."""
    kept = Path(tempfile.gettempdir()) / f"playhead-landmarks-{NUMBER}.pickle"
    if not kept.exists():
        chance = random.Random(1)
        seconds = [chance.choice((6.0, 9.0, 15.0, 30.0)) for _ in range(ORIGINALS)]
        made = [(seed, spoken(seed, seconds[seed]).to_bytes()) for seed in range(ORIGINALS)]
        for _ in range(NUMBER + MORE - ORIGINALS):
            seed = chance.randrange(ORIGINALS)
            cut = chance.choice((0.0, 1.0))
            made.append((seed, spoken(seed, seconds[seed], cut=cut, noise=3, softer=20).to_bytes()))
        chance.shuffle(made)
        kept.write_bytes(pickle.dumps(made))
    found: Made = pickle.loads(kept.read_bytes())
    return found


def keep(
    connection: apsw.Connection, made: Made, some: range, recordings: Sequence[Recording]
) -> list[float]:
    """Keep some recordings in one transaction; seconds of the processor for figures and for groups."""
    measured = [
        Measured(figures(), str(each).encode(), soundprint=SoundPrint.from_bytes(made[each][1]))
        for each in some
    ]
    with transaction(connection):
        begun = time.process_time()
        for each, found in zip(some, measured, strict=True):
            healthrows.keep(connection, each + 1, recordings[each], found)
        kept = time.process_time()
        for each, found in zip(some, measured, strict=True):
            samesounds.keep(connection, each + 1, found, None)
        return [kept - begun, time.process_time() - kept]


def told(connection: apsw.Connection, made: Made) -> str:
    """A sentence on how many recordings are in the group in which they belong."""
    rows: list[tuple[Any, ...]] = connection.execute(
        "select health.id, sound.kin from health join sound on sound.number = health.sound"
    ).fetchall()
    groups, sounds = defaultdict[int, list[int]](list), defaultdict[int, int](int)
    for number, kin in rows:
        groups[kin].append(made[number - 1][0])
    for sound, _ in made:
        sounds[sound] += 1
    wrong = sum(len(set(each)) > 1 for each in groups.values())
    several = sum(number for number in sounds.values() if number > 1)
    whole = (each for each in groups.values() if len(set(each)) == 1 and len(each) == sounds[each[0]] > 1)
    found = sum(map(len, whole))
    return f"{found} of {several} that are not alone are in a whole group; {wrong} groups are of two sounds"


def grouped() -> None:
    """Print what grouping costs, and if the groups are right."""
    made = prints()
    recordings = [recording(number % 1000, id=str(number)) for number in range(NUMBER + MORE)]
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(Path(folder) / "catalogue.db", KEY)
        connection.pragma("cache_size", -CACHES["writing"])
        migrate(connection, MIGRATIONS)
        add(connection, recordings, feed())
        step = NUMBER // PARTS
        parts = [keep(connection, made, range(at, at + step), recordings) for at in range(0, NUMBER, step)]
        plain, compared = ([part[which] for part in parts] for which in (0, 1))
        show("a fifth: figures kept", plain, "s")
        show("a fifth: grouped", compared, "s")
        show_ratio("grouping, of keeping figures", compared, plain)
        show("all grouped", [sum(compared)], "s")
        more = [
            sum(keep(connection, made, range(at, at + 1), recordings)) * 1000
            for at in range(NUMBER, NUMBER + MORE)
        ]
        show("one more: kept and grouped", more, "ms")
        print(f"  {told(connection, made)}")
        connection.close()


if __name__ == "__main__":
    grouped()
