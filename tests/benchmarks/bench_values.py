"""Values of a column among a million recordings: how soon the first and all are there, against bare SQL.

Bare SQL is one GROUP BY, as one would write it by hand. Then a list of 100 000 of them in the
window, in milliseconds of the processor.
"""

import asyncio
import time
from collections import Counter
from pathlib import Path

import apsw
import million
from bench_million import ACCOUNTS, made
from figures import section, show, show_ratio, show_tail
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from playhead.catalogue.connection import connect
from playhead.catalogue.sql import where
from playhead.catalogue.store import Store, open_catalogue
from playhead.catalogue.valuekeys import key_of
from playhead.core.finding.grouping import Alternatives, Counted
from playhead.core.finding.parser import parse
from playhead.core.finding.query import Node
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.showing import Showing
from playhead.ui.values.valueorder import ValueOrder, arranged
from playhead.ui.values.valuespanel import ValuesPanel

KEYS = ("from", "status", "duration", "started", "name", "size")
QUERIES = ("", "account:bird", "direction:in", "maria", "status:failed", "after:2026-03-10")
SETTLED = 1.0
"""Seconds after the opening."""
ROUNDS = 3
MANY = 100_000
STEPS = 300
ICONS = Path(__file__).parents[2] / "resources" / "icons"
SHOWING = Showing(million.NEWEST, {each.id: each.label for each in ACCOUNTS})


def meaning(text: str) -> Node:
    """The condition that a text stands for."""
    return parse(text, million.NEWEST, ACCOUNTS).node


async def ours(store: Store, key: str, text: str) -> tuple[float, float]:
    """Milliseconds until the first values of a column are there, and until all are."""
    kind = next(each for each in COLUMNS if each.key == key).values
    assert kind is not None
    told: list[float] = []
    begun = time.perf_counter()
    found = await store.values.values(
        parse(text, million.NEWEST, ACCOUNTS),
        kind.grouping(SHOWING, meaning),
        lambda _found: told.append(time.perf_counter() - begun),
    )
    arranged(kind.gathered(found, SHOWING), kind, SHOWING, ValueOrder())
    whole = time.perf_counter() - begun
    return 1000 * (told or [whole])[0], 1000 * whole


def bare(connection: apsw.Connection, key: str, text: str) -> float:
    """Milliseconds of the one statement."""
    kind = next(each for each in COLUMNS if each.key == key).values
    assert kind is not None
    grouping = kind.grouping(SHOWING, meaning)
    assert not isinstance(grouping, Alternatives)
    value, condition = key_of(grouping), where(meaning(text))
    begun = time.perf_counter()
    connection.execute(
        f"select {value.sql}, count(*) from search where {condition.sql} group by 1",
        (*value.values, *condition.values),
    ).fetchall()
    return 1000 * (time.perf_counter() - begun)


async def counting(path: Path) -> None:
    """Print how soon values are there."""
    store, connection = await open_catalogue(path, million.KEY), connect(path, million.KEY)
    # Nobody asks for values before the first rows are there; what they need of NumPy is loaded by then.
    await asyncio.sleep(SETTLED)
    for text in QUERIES:
        section(f"values, of “{text}”")
        firsts, all_of_them, alone = list[float](), list[float](), list[float]()
        for _ in range(ROUNDS):
            for key in KEYS:
                first, whole = await ours(store, key, text)
                firsts.append(first)
                all_of_them.append(whole)
                alone.append(bare(connection, key, text))
        show_tail(f"first values of {len(KEYS)} columns", firsts, "ms", aim=50)
        show_tail("all of them", all_of_them, "ms", aim=250)
        show_ratio("all of them : bare SQL", all_of_them, alone, aim=1)
    connection.close()
    await store.close()


def stepping() -> None:
    """Print what a step through very many values takes."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme, over = Theme(app), QWidget()
    over.resize(800, 600)
    panel = ValuesPanel(COLUMNS, theme, Icons(ICONS, theme), over)
    column = next(each for each in COLUMNS if each.key == "from")
    kind = column.values
    assert kind is not None
    counts = Counter({f"3120{place:07}": 1 + place % 500 for place in range(MANY)})
    samples = {key: place for place, key in enumerate(counts)}
    found = Counted(counts, samples, number=counts.total(), whole=True)
    over.show()
    panel.appear(column)
    begun = time.thread_time()
    values = arranged(found, kind, SHOWING, ValueOrder())
    ordered = 1000 * (time.thread_time() - begun)
    times = list[float]()
    begun = time.thread_time()
    panel.show_values(SHOWING, found, values)
    shown = 1000 * (time.thread_time() - begun)
    for step in range(STEPS):
        begun = time.thread_time()
        panel.list.go_to(step * MANY // STEPS)
        QCoreApplication.processEvents()
        times.append(1000 * (time.thread_time() - begun))
    section(f"{MANY} values in the window")
    show_tail("a step", times, "ms", aim=16)
    show("to show them", [shown], "ms", aim=16)
    show("their order, in a thread", [ordered], "ms")
    over.close()


def main() -> None:
    """Print everything."""
    print("Values of a column")
    stepping()
    asyncio.run(counting(made()))


if __name__ == "__main__":
    main()
