"""The timeline of a million recordings: how soon its first bars are there, and all of them.

The yardsticks are the listing of the same query, which shows the rows meanwhile, and one `group by`.
"""

import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import apsw
import million
from bench_million import ACCOUNTS, QUERIES, bare_sql, made, timed
from figures import section, show, show_ratio, show_tail
from measuring import run
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from playhead.catalogue.connection import connect
from playhead.catalogue.store import Store, open_catalogue
from playhead.core.finding.parser import parse
from playhead.core.finding.query import NEWEST_FIRST, Query
from playhead.core.timeline.timeline import Split, Timeline
from playhead.core.timeline.weeks import week
from playhead.runparts import resources
from playhead.ui.look.theme import Theme
from playhead.ui.strip.stripsight import StripSight, Subject
from playhead.ui.strip.timestrip import TimeStrip

ZONE = ZoneInfo("Europe/Amsterdam")
ROUNDS = 3


async def first_and_all(store: Store, query: Query, split: Split) -> tuple[float, float, Timeline]:
    """Milliseconds until the first bars and until all of them are there, and what was counted."""
    began, told = time.perf_counter(), list[float]()
    found = await store.timelines.timeline(query, split, lambda _: told.append(time.perf_counter()))
    ended = time.perf_counter()
    return ((told[0] if told else ended) - began) * 1000, (ended - began) * 1000, found


def grouped(connection: apsw.Connection, query: Query) -> float:
    """Milliseconds of one statement that counts by days of UTC and by kind."""
    ids, values = bare_sql(query)
    sql = f"select newest / 86400000000, kind, count(*) from search where id in ({ids}) group by 1, 2"
    if query.empty:
        sql = (
            "select newest / 86400000000, kind, count(*) from search indexed by search_timeline group by 1, 2"
        )
    begun = time.perf_counter()
    connection.execute(sql, values).fetchall()
    return (time.perf_counter() - begun) * 1000


async def querying(store: Store, connection: apsw.Connection) -> None:
    """Print how soon the bars of every query are there."""
    queries = [parse(text, million.NEWEST, ACCOUNTS) for text in QUERIES]
    section(f"{len(queries)} queries")
    firsts, alls, listed, alone = list[float](), list[float](), list[float](), list[float]()
    for query in queries:
        listed.append(await timed(store.listings.listing(query, NEWEST_FIRST)))
        first, whole, _ = await first_and_all(store, query, Split.KIND)
        firsts.append(first)
        alls.append(whole)
        alone.append(grouped(connection, query))
    show_tail("first bars", firsts, "ms", aim=50)
    show_tail("all bars", alls, "ms", aim=250)
    show_ratio("all bars : listing", alls, listed, aim=1)
    show_ratio("all bars : group by in bare SQL", alls, alone, aim=1)
    slow = sorted(zip(alls, firsts, QUERIES, strict=True), reverse=True)[:4]
    print("   slowest: " + ", ".join(f"“{text}” {one:.0f} (first {first:.0f})" for one, first, text in slow))


async def everything(store: Store) -> Timeline:
    """Print the same without a filter, by each property; gives what was counted."""
    section("without a filter")
    found = Timeline()
    for split in Split:
        rounds = [await first_and_all(store, Query(), split) for _ in range(ROUNDS)]
        show(f"by {split}, first bars", [each[0] for each in rounds], "ms", aim=50)
        show(f"by {split}, all bars", [each[1] for each in rounds], "ms", aim=250)
        found = rounds[0][2]
    return found


def looking(found: Timeline) -> None:
    """Print what the window's thread does with it: bars of a width, a zoom, a picture."""
    section("on the thread of the window, 1200 pixels")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    strip = TimeStrip(Theme(app, resources() / "fonts"))
    strip.resize(1200, strip.sizeHint().height())
    subject = Subject(timeline=found, zone=ZONE, now=million.NEWEST.timestamp())
    picture = QImage(strip.size(), QImage.Format.Format_RGB32)
    sight = StripSight().shown(subject, 300)
    middle, span = (sight.low + sight.high) / 2, sight.high - sight.low
    strip.show_subject(subject)
    for name, act in (
        ("bars", lambda: StripSight().shown(subject, 300)),
        ("zoomed bars", lambda: sight.looked(middle - span / 8, middle + span / 8, 300)),
        ("painted", lambda: strip.render(picture)),
    ):
        show(name, taken(act), "ms", aim=16)
    section("in a thread")
    show("hours of the week", taken(lambda: week(found, ZONE)), "ms")


def taken(act: Callable[[], object]) -> list[float]:
    """Milliseconds of the processor, of several times."""
    times = []
    for _ in range(10):
        begun = time.thread_time()
        act()
        times.append((time.thread_time() - begun) * 1000)
    return times


async def asking(path: Path) -> None:
    """Ask everything of one open catalogue."""
    store = await open_catalogue(path, million.KEY)
    connection = connect(path, million.KEY)
    await querying(store, connection)
    found = await everything(store)
    looking(found)
    connection.close()
    await store.close()


def main() -> None:
    """Print everything."""
    print("The timeline of a million recordings")
    run(asking(made()))


if __name__ == "__main__":
    main()
