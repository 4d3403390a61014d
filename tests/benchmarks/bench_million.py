"""A million recordings in the encrypted catalogue: how soon it answers, against the same as bare SQL.

The file is made once (some minutes) and kept in the temporary folder for the next run.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import apsw
import million
import yardsticks
from figures import section, show, show_ratio, show_tail

from playhead.catalogue.candidates import candidates
from playhead.catalogue.connection import connect
from playhead.catalogue.orders import COLUMNS
from playhead.catalogue.orders import NEWEST_FIRST as BY_TIME
from playhead.catalogue.schema import MIGRATIONS
from playhead.catalogue.sql import where
from playhead.catalogue.store import Store, open_catalogue
from playhead.core.account import Account
from playhead.core.finding.parser import parse
from playhead.core.finding.query import NEWEST_FIRST, Order, Query
from playhead.core.page import Asked, FeedState

QUERIES = (
    "", "m", "ma", "mar", "maria", "de vries", "okafor zoë", "nothing like it", "0123", "+3120555", "555 01",
    "from:+31205550*", "with:2055501", "id:5b74ee", "welcome", "welcome 17", "name:holiday", "kind:voicemail",
    "kind:prompt,whisper", "status:failed", "-status:available", "status:absent maria", "account:bird smit",
    "duration:>30m", "duration:30s..1m", "after:2026-03-10", "date:2026-01 müller", "is:starred",
    "is:transcribed", "(maria OR jansen) -status:failed",
)  # fmt: skip
ACCOUNTS = tuple(
    Account(id=each, provider=each, label=each, base_url="https://example.invalid")
    for each in ("bird", "convirza")
)
STATE = FeedState(account="bird", asked=Asked(), exhausted=True, as_of=million.NEWEST)
PROCESS = Path(__file__).with_name("million_process.py")


def made(number: int = million.NUMBER) -> Path:
    """The file, made unless an earlier run has left it."""
    path = Path(tempfile.gettempdir()) / f"playhead-{number}-{len(MIGRATIONS)}" / "catalogue.db"
    done = path.with_name("done")
    if not done.exists():
        begun = time.perf_counter()
        million.make(path, million.KEY, number)
        print(f" made {path}: {number / (time.perf_counter() - begun):.0f} recordings a second")
        done.touch()
    show("the file", [path.stat().st_size / 1e6], "MB", aim=1200)
    return path


def bare_sql(query: Query) -> tuple[str, tuple[object, ...]]:
    """The one statement that one would write by hand."""
    condition = where(query.node)
    sql, values = condition.sql, condition.values
    for way in candidates(query):
        sql, values = f"id in ({way.ids.sql}) and {sql}", (*way.ids.values, *values)
    return f"select id from search where {sql} order by {BY_TIME}", values


async def timed(answer: Awaitable[object]) -> float:
    """Milliseconds until the answer is there."""
    begun = time.perf_counter()
    await answer
    return (time.perf_counter() - begun) * 1000


def bare(connection: apsw.Connection, query: Query, limit: int) -> float:
    """Milliseconds of the statement alone."""
    sql, values = bare_sql(query)
    begun = time.perf_counter()
    connection.execute(f"{sql} limit ?", (*values, limit)).fetchall()
    return (time.perf_counter() - begun) * 1000


async def querying(store: Store, connection: apsw.Connection) -> None:
    """Print how soon the first rows and all ids of every query are there."""
    queries = [parse(text, million.NEWEST, ACCOUNTS) for text in QUERIES]
    for name, limit in (("first 100 rows", 100), ("all rows and their number", -1)):
        ours, alone = list[float](), list[float]()
        for query in queries:
            first = limit > 0
            alone.append(bare(connection, query, limit))
            ours.append(
                await timed(store.listings.first_rows(query, NEWEST_FIRST))
                if first
                else await timed(store.listings.listing(query, NEWEST_FIRST))
            )
        section(f"{len(queries)} queries, {name}")
        show_tail("bare SQL", alone, "ms")
        show_tail("Playhead", ours, "ms", aim=16 if limit > 0 else None)
        show_ratio("Playhead : bare SQL", ours, alone, aim=2 if limit > 0 else 1.5)
        slow = sorted(zip(ours, alone, QUERIES, strict=True), reverse=True)[:4]
        print(
            "   slowest: " + ", ".join(f"“{text}” {one:.0f} (bare {other:.0f})" for one, other, text in slow)
        )


async def sorting(store: Store) -> None:
    """Print how soon the first rows of every order are there, the first time and from then on."""
    section("header clicks, first 100 rows")
    unused, used, whole = list[float](), list[float](), list[float]()
    for column in ("started", "account", "starred", "heard", "exported", *COLUMNS):
        orders = [Order(column, descending=falling) for falling in (True, False)]
        unused.append(await timed(store.listings.first_rows(Query(), orders[0])))
        whole += [await timed(store.listings.listing(Query(), order)) for order in orders]
        used += [await timed(store.listings.first_rows(Query(), order)) for order in orders]
    show_tail("an order that was never used before", unused, "ms", worst=100)
    show_tail("from then on", used, "ms", aim=33)
    show_tail("all rows", whole, "ms")


async def reading(store: Store) -> None:
    """Print what scrolling, selecting and jumping take."""
    section("besides")
    ids = (await store.listings.listing(Query(), NEWEST_FIRST)).ids
    step = len(ids) // 50
    windows = [ids[at : at + 60] for at in range(0, len(ids) - 60, step)]
    show_tail("60 rows anywhere", [await timed(store.recordings.read(each)) for each in windows], "ms", aim=5)
    rows = [[each for each in await store.recordings.read(window) if each] for window in windows[:20]]
    show_tail("marks of 60 rows", [await timed(store.marks.read(each)) for each in rows], "ms")
    show("length and size of all together", [await timed(store.listings.totals(ids))], "ms")
    middle = million.NEWEST - timedelta(days=150)
    show("jump to a date", [await timed(store.listings.seek(Query(), NEWEST_FIRST, middle))], "ms")
    show("values for completion", [await timed(store.recordings.values("with"))], "ms")
    for word in ("m", "ma", "7", "é", "zz"):
        short = parse(word, million.NEWEST, ACCOUNTS)
        answers = [await timed(store.listings.listing(short, NEWEST_FIRST)) for _ in range(3)]
        show(f"the whole answer to “{word}”", answers, "ms", aim=150)
    maria = parse("maria", million.NEWEST, ACCOUNTS)
    show("number of a saved query", [await timed(store.listings.count(maria))], "ms")


async def arriving(store: Store, when: str, aim: float) -> None:
    """Print what pages cost that come on top of the million, with a filter that matches some of them."""
    section(f"a page of 99 on top of the million, {when}")
    run = time.time_ns()
    fresh = [
        replace(each, id=f"{each.id}-{run}", started=million.NEWEST + timedelta(seconds=place))
        for place, each in enumerate(million.recordings(99 * 30))
    ]
    query = parse("maria", million.NEWEST, ACCOUNTS)
    stored, listed = list[float](), list[float]()
    for at in range(0, len(fresh), 99):
        stored.append(await timed(store.recordings.add(fresh[at : at + 99], STATE)))
        listed.append(await timed(store.listings.first_rows(query, NEWEST_FIRST)))
    show("stored", stored, "ms", aim=aim)
    show_tail("stored, of all pages", stored, "ms")
    show_tail("first rows of a filter after it", listed, "ms")


def process(*arguments: str) -> dict[str, float]:
    """What a process of its own measures."""
    command = [sys.executable, str(PROCESS), *arguments]
    figures: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return figures


def starting(path: Path) -> None:
    """Print what opening and holding the million costs, against a catalogue with nothing in it."""
    section("a fresh process")
    with tempfile.TemporaryDirectory() as folder:
        empty = [process(str(Path(folder) / "catalogue.db")) for _ in range(5)]
    full = [process(str(path)) for _ in range(5)]
    for name, each in (("empty", empty), ("full", full)):
        show(f"{name}: opened, first rows there", [figures["ms"] for figures in each], "ms")
    show_ratio("full : empty", [each["ms"] for each in full], [each["ms"] for each in empty], aim=1.3)
    more = [one["mb"] - other["mb"] for one, other in zip(full, empty, strict=True)]
    show("more memory, sorted by every column once", more, "MB", aim=120)
    show(
        "the most of it meanwhile",
        [one["peak"] - other["peak"] for one, other in zip(full, empty, strict=True)],
        "MB",
        aim=120,
    )


async def asking(path: Path) -> None:
    """Ask everything of one open catalogue."""
    store = await open_catalogue(path, million.KEY)
    connection = connect(path, million.KEY)
    connection.pragma("cache_size", -32 * 1024)
    await querying(store, connection)
    connection.close()
    await reading(store)
    await arriving(store, "no column was ever sorted by", aim=6)
    await sorting(store)
    await arriving(store, "every column was", aim=15)
    await store.close()


def main() -> None:
    """Print everything."""
    print("A million recordings")
    path = made()
    starting(path)
    asyncio.run(asking(path))
    yardsticks.show_proxy_model()
    yardsticks.show_duckdb()


if __name__ == "__main__":
    main()
