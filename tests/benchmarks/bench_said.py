"""How soon what was said is found, what its index takes, and how fast transcripts are read.

The transcripts are made up: 6 kB each, of words as often as words are used (Zipf), by two sides in turns.
With `--transcripts N` so many; 100 000 are what the aims are for, and take some minutes to be indexed.
Reading is compared with bare httpx that asks for the same contents at the same rate.
"""

import argparse
import asyncio
import itertools
import json
import random
import statistics
import tempfile
import time
from array import array
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import httpx
from figures import section, show

from playhead.catalogue.connection import connect, only_row, transaction
from playhead.catalogue.speechindex import tokens_of
from playhead.catalogue.store import Store, open_catalogue
from playhead.core.account import Account, Credential
from playhead.core.finding.parser import parse
from playhead.core.finding.query import NEWEST_FIRST, Flag, Is, Query
from playhead.core.finding.speech import folded_voices
from playhead.core.loading.library import Library
from playhead.core.loading.transcriptreader import TranscriptReader
from playhead.core.loading.transcriptwork import TranscriptWork
from playhead.core.page import Asked
from playhead.core.transcript import Line, Side, Transcript
from playhead.core.worklists.workrun import WorkRun
from playhead.demo.cloud import DemoCloud
from playhead.providers.bird.birdsource import PER_SECOND, BirdSource
from playhead.providers.http.web import Web
from support.catalogue.catalogue_examples import KEY, NOON, feed, recording
from support.fakes import FixedClock
from support.providers.provider_sources import RESOURCES, PocketKeys

SIZE = 6_000
"""Characters of a transcript."""
WORDS = 30_000
ROUNDS = 5
DISTINCT = 2_000
"""Transcripts that differ; of more there are several of each, which makes no difference to an index."""
KEPT_AT_ONCE = 500
OLDER = 500
"""Transcripts that are indexed as those of an older Playhead are."""
READ = 150
"""Transcripts that are read from the demo cloud."""


def vocabulary(chance: random.Random) -> list[str]:
    """Made-up words, the short ones first."""
    syllables = [a + b for a in "bcdfghjklmnprstvw" for b in "aeiou"]
    made = {"".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(4 * WORDS)}
    return sorted(sorted(made), key=lambda word: len(word) + chance.random() * 6)[:WORDS]


def spoken(chance: random.Random, words: Sequence[str], weights: Sequence[float]) -> Transcript:
    """One transcript: sentences of two sides in turns."""
    lines, length = list[Line](), 0
    while length < SIZE:
        text = " ".join(chance.choices(words, cum_weights=weights, k=12)).capitalize() + "."
        side = (Side.LEFT, Side.RIGHT)[len(lines) % 2]
        lines.append(Line(start=5.0 * len(lines), end=5.0 * len(lines) + 5, text=text, side=side))
        length += len(text) + 1
    return Transcript(id="t", locale="en", lines=tuple(lines))


async def filled(path: Path, number: int) -> Sequence[str]:
    """Fill a catalogue; the words, the most frequent first."""
    chance = random.Random(1)
    words = vocabulary(chance)
    weights = list(itertools.accumulate(1 / (place + 2.7) for place in range(len(words))))
    texts = [spoken(chance, words, weights) for _ in range(min(number, DISTINCT))]
    store = await open_catalogue(path, KEY)
    for start in range(0, number, 5_000):
        some = [recording(each) for each in range(start, min(number, start + 5_000))]
        await store.recordings.add(some, feed())
    await store.close()
    connection = connect(path, KEY)
    values = [json.dumps(asdict(each), separators=(",", ":")) for each in texts]
    folded = [folded_voices(each) for each in texts]
    tokens = [tokens_of(each) for each in folded]
    for start in range(1, number + 1, KEPT_AT_ONCE):
        ids = range(start, min(number + 1, start + KEPT_AT_ONCE))
        with transaction(connection):
            connection.executemany(
                "insert into transcript (id, folded, value) values (?, ?, ?)",
                ((each, folded[each % len(texts)], values[each % len(texts)]) for each in ids),
            )
            connection.executemany(
                "insert into said (rowid, words) values (?, ?)",
                ((each, tokens[each % len(texts)]) for each in ids),
            )
    connection.execute("update search set listed = 1")
    connection.close()
    return words


async def indexed(path: Path, number: int) -> None:
    """Print how long it takes to index what an older Playhead has kept."""
    connection = connect(path, KEY)
    with transaction(connection):
        connection.execute("insert into unsaid select id from transcript limit ?", (number,))
        connection.execute("delete from said where rowid in (select id from unsaid)")
    connection.close()
    store = await open_catalogue(path, KEY)
    begun, before = time.perf_counter(), time.process_time()
    while await store.transcripts.index_some():
        pass
    show("index older transcripts, each", [(time.perf_counter() - begun) / number * 1000], "ms")
    show("...of the processor", [(time.process_time() - before) / number * 1000], "ms")
    await store.close()


def sizes(path: Path) -> tuple[float, float]:
    """The share of the texts that the index of words takes, and both indexes together."""
    connection = connect(path, KEY)
    (text,) = only_row(connection, "select sum(length(cast(folded as blob))) from transcript")
    (said,) = only_row(connection, "select sum(length(block)) from said_data")
    (spoken,) = only_row(connection, "select sum(length(block)) from spoken_data")
    connection.close()
    return said / text, (said + spoken) / text


def asked(words: Sequence[str]) -> Sequence[str]:
    """Filters of every kind, about common words and rare ones."""
    common, usual, rare = words[3], words[400], words[20_000]
    return (
        f"said:{common}",
        f"said:{usual}",
        f"said:{rare}",
        f"said:left:{usual}",
        f"said:{usual[:3]}*",
        f'said:"{words[1]} {words[0]}"',
        f'said:"{usual} {common}"',
        f'said:"{rare} {common}"',
        f"said:({rare} OR {usual})",
        f"said:{usual} -said:{common}",
        f"-said:{common}",
        f"said:{usual} date:2026-02",
    )


async def answers(store: Store, words: Sequence[str]) -> None:
    """Print how long the first rows take, of all kinds of filters."""
    taken = dict[str, list[float]]()
    for _, text in itertools.product(range(ROUNDS), asked(words)):
        query = parse(text, NOON)
        begun = time.perf_counter()
        await store.listings.first_rows(query, NEWEST_FIRST)
        taken.setdefault(text, []).append((time.perf_counter() - begun) * 1000)
    for text, values in taken.items():
        show(text, values, "ms")
    every = sorted(each for values in taken.values() for each in values)
    show("key press to rows, 95 of 100", [every[round(0.95 * (len(every) - 1))]], "ms", aim=30)
    show("the median of all", [statistics.median(every)], "ms")


def memory() -> float:
    """Megabytes that the process has of the memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


async def bare(addresses: Sequence[str], key: str) -> float:
    """Seconds in which httpx reads contents at the provider's rate."""
    async with httpx.AsyncClient(headers={"Authorization": f"AccessKey {key}"}) as client:
        await client.get(addresses[0])
        begun = time.perf_counter()

        async def one(place: int) -> None:
            await asyncio.sleep(max(0.0, begun + place / PER_SECOND - time.perf_counter()))
            await client.get(addresses[place])

        await asyncio.gather(*(one(place) for place in range(len(addresses))))
        return time.perf_counter() - begun


async def given(addresses: Sequence[str], key: str) -> Sequence[bool]:
    """Say which contents there are: not all that is listed can be found."""
    async with httpx.AsyncClient(headers={"Authorization": f"AccessKey {key}"}) as client:
        return [(await client.get(each)).status_code == 200 for each in addresses]


async def reading(folder: Path) -> None:
    """Print how reading transcripts compares with bare httpx."""
    cloud = DemoCloud(resources=RESOURCES, bird=4_000)
    cloud.start()
    account = Account(
        id="first",
        provider="bird",
        label="B",
        base_url=cloud.bird_url,
        details={"workspace_id": cloud.workspace_id},
    )
    web = Web()
    source = BirdSource(account, PocketKeys(Credential(access=cloud.access_key)), web)
    store = await open_catalogue(folder / "reading.db", KEY)
    try:
        cursor: str | None = None
        for _ in range(20):
            page = await source.page(Asked(), cursor)
            await store.recordings.add(page.recordings, feed())
            cursor = page.cursor
        library = Library(store, FixedClock())
        library.connect(source)
        reader = TranscriptReader(store, library, FixedClock())
        await reader.lists.read("first")
        ids = (await store.listings.matching(Query(node=Is(Flag.TRANSCRIBED))))[:READ]
        recordings = [each for each in await store.recordings.read(ids) if each is not None]
        base = f"{cloud.bird_url}/workspaces/{cloud.workspace_id}/transcriptions"
        listed = [(await reader.lists.of(each))[0].id for each in recordings]
        found = await given([f"{base}/{each}.json" for each in listed], cloud.access_key)
        ids, there = array("q", itertools.compress(ids, found)), list(itertools.compress(listed, found))
        there = [f"{base}/{each}.json" for each in there]
        httpx_seconds = await bare(there, cloud.access_key)
        await store.readings.add(ids)
        begun = time.perf_counter()
        await WorkRun(store.readings, TranscriptWork(reader), lambda _: None).run()
        seconds = time.perf_counter() - begun
        rates = [(len(ids) / seconds) / (len(there) / httpx_seconds)]
        show("reading, as a share of the rate of bare httpx", rates, "x", least=0.9)
        show("transcripts read a second", [len(ids) / seconds], "/s")
    finally:
        await store.close()
        await source.close()
        await web.close()
        cloud.stop()


async def measured(number: int) -> None:
    """Measure all of it."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "catalogue.db"
        section(f"{number} transcripts of 6 kB")
        words = await filled(path, number)
        await indexed(path, min(number, OLDER))
        store = await open_catalogue(path, KEY)
        await store.upkeep.finished()
        said, both = sizes(path)
        show("index of words, share of the texts", [said], "x")
        show("both indexes, share of the texts", [both], "x", aim=0.8)
        before = memory()
        await answers(store, words)
        show("memory for answers", [memory() - before], "MB", aim=30)
        await store.close()
        section("reading")
        await reading(Path(place))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--transcripts", type=int, default=20_000)
    asyncio.run(measured(arguments.parse_args().transcripts))
