"""What somebody at the window waits for among a million recordings: typing, sorting, jumping, scrolling.

With the path of a catalogue that `million.py` made, nothing is generated first. The yardstick is the same
machine at rest; the bare SQL is in `bench_million.py`.
"""

import asyncio
import resource
import sys
import tempfile
import time
from array import array
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import million
from figures import section, show, show_tail
from measuring import Heartbeat, run
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete
from typing_extensions import override

from playhead.catalogue.store import open_catalogue
from playhead.core.finding.query import NEWEST_FIRST, Order
from playhead.core.jobs import Jobs
from playhead.core.loading.library import Library
from playhead.core.preferences import Appearance
from playhead.program import _now
from playhead.runparts import resources
from playhead.ui.listing.listing import ListingJourney
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.window import Window
from support.fakes import BIRD, CONVIRZA, FakeSource
from support.sessions import session_over

QUERIES = (
    *("maria", "visser", "jose", "welcome", "zoë de", "a", "no", "zzzz", "holiday", "survey question"),
    *("+3120555", "0123", "from:+3120*", "to:99", "with:+31205550", "-status:failed", "status:ongoing"),
    *("duration:>30m", "duration:30s..1m", "after:2026-01-01", "date:2025-11", "on:2026-03-01"),
    *("is:starred", "is:unheard", "is:stereo", "kind:prompt", "format:wav maria", "(maria OR femke) -wang"),
    *("direction:in status:failed duration:<5s", "is:exported"),
)


async def reached(condition: Callable[[], bool]) -> None:
    """Wait for a condition, which is looked at every millisecond: not all the time, as nobody else would."""
    while not condition():  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0.001)


class Painted(QObject):
    """Tells when a window has been painted: `at` is the second of the last time, 0 before."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.at = 0.0
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        # The filter comes before the painting; a timer would come after more than that.
        watched.removeEventFilter(self)
        QCoreApplication.sendEvent(watched, event)
        self.at = time.perf_counter()
        watched.installEventFilter(self)
        return True


class Scene:
    """The window over a million recordings, without anybody else's work."""

    def __init__(self, app: QApplication, path: Path) -> None:
        self._app = app
        self._path = path

    async def open(self) -> None:
        """Show the first rows."""
        theme = Theme(self._app, resources() / "fonts", appearance=Appearance.LIGHT)
        icons = Icons(resources() / "icons", theme)
        self.model = RecordingModel(_now())
        self.window = Window()
        self.window.furnish(self.model, theme, icons, icons.get("star", "text"))
        self.window.show()
        self.store = await open_catalogue(self._path, million.KEY)
        self.library = Library(self.store, _now)
        await self.library.restore()
        for account in (BIRD, CONVIRZA):
            self.library.connect(FakeSource(account=account))
        self.jobs = Jobs(lambda name, error: print(name, repr(error)))
        self.browsing = ListingJourney(
            session_over(self.store, self.library, self.jobs, _now),
            self.window.rows,
            self.window.filter,
            self.window.side_bar,
            self.window.status,
            self.window.notices,
        )
        self.window.show_recordings()
        await self.browsing.rows.show_anew()

    async def close(self) -> None:
        """Leave nothing to the end of the process, which takes widgets in any order."""
        await self.jobs.close()
        await self.store.close()
        self.window.hide()
        delete(self.window)

    @property
    def table(self) -> RecordingTable:
        """The rows."""
        return self.window.table

    def there(self) -> bool:
        """Whether every row in view has its recording."""
        return all(self.model.recording(row) is not None for row in self.table.visible_rows)

    async def settled(self) -> None:
        """Wait until nothing is at work."""
        await reached(lambda: not (self.jobs.running("list") or self.jobs.running("totals")))
        await asyncio.sleep(0.05)


async def first_screen(scene: Scene, begin: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds from `begin` to the first screen painted, and to the whole answer."""
    model, painted = scene.model, Painted(scene.window)
    changed = list[float]()

    def note() -> None:
        changed.append(time.perf_counter())

    for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
        signal.connect(note)
    begun = 0.0

    def press() -> None:
        nonlocal begun
        begun = time.perf_counter()
        begin()

    # Keys and clicks come from Qt, not from a task.
    QTimer.singleShot(0, press)
    await reached(lambda: begun > 0)
    while not (changed and scene.there() and painted.at > changed[0]):
        await asyncio.sleep(0.001)
        if not scene.jobs.running("list") and not changed:
            break  # the answer is the same
    first = max(painted.at, begun)
    await reached(lambda: not (scene.browsing.rows.busy and scene.jobs.running("list")))
    whole = time.perf_counter()
    for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
        signal.disconnect(note)
    painted.deleteLater()
    return (first - begun) * 1000, (whole - begun) * 1000


async def typing(scene: Scene) -> None:
    """A query as if its last key had just been pressed, from the whole listing."""
    firsts, wholes = list[float](), list[float]()
    heartbeat = Heartbeat()
    for text in QUERIES:
        first, whole = await first_screen(scene, partial(scene.window.filter.set_text, text))
        firsts.append(first)
        wholes.append(whole)
        if "-v" in sys.argv:
            print(f"    {text:45}{first:8.1f}{whole:9.1f}  {len(scene.model.ids)}")
        scene.window.filter.set_text("")
        await scene.settled()
    heartbeat.stop()
    show_tail("key press to first screen painted", firsts, "ms", aim=16, worst=33)
    show_tail("key press to the whole answer", wholes, "ms", worst=150)
    show("worst gap of the loop (the painting of the benchmark too)", [heartbeat.worst], "ms")


async def sorting(scene: Scene) -> None:
    """A click on each header."""
    firsts, wholes = list[float](), list[float]()
    for column in COLUMNS[1:]:
        for falls in (True, False):
            order = Order(column.key, falls)
            first, whole = await first_screen(scene, partial(scene.table.header.sort_by, order))
            if "-v" in sys.argv:
                print(f"    {column.key:20}{falls!s:6}{first:8.1f}{whole:9.1f}")
            firsts.append(first)
            wholes.append(whole)
            await scene.settled()
    scene.table.header.sort_by(NEWEST_FIRST)
    await scene.settled()
    show_tail("header click to first screen", firsts, "ms", aim=33, worst=100)
    show_tail("header click to the whole answer", wholes, "ms")


async def scrolling(scene: Scene) -> None:
    """By the scroll bar to the middle and the end, and by the wheel."""
    bar = scene.table.verticalScrollBar()
    waits = []
    for share in (0.5, 1.0, 0.25, 0.75, 0.1, 0.9, 0.0):
        bar.setValue(round(bar.maximum() * share))
        waits.append(await blank(scene))
    show_tail("jump by the scroll bar to all rows there", waits, "ms", aim=50)
    await asyncio.sleep(0.2)
    heartbeat, blanks, steps = Heartbeat(), 0, 0
    since: float | None = None
    worst = 0.0
    while bar.value() < 10_000 * scene.table.row_height:
        bar.setValue(bar.value() + 3 * scene.table.row_height)
        await asyncio.sleep(0.008)
        steps += 1
        there = scene.there()
        since = None if there else since or time.perf_counter()
        blanks += since is not None
        worst = max(worst, 0.0 if since is None else (time.perf_counter() - since) * 1000)
    heartbeat.stop()
    print(f"  wheel through 10 000 rows: {steps} steps, {blanks} with a row that is not there yet")
    show("longest that a row was not there", [worst], "ms", aim=50)
    show("worst gap of the loop", [heartbeat.worst], "ms", aim=16)
    show("the most work of the loop at once", [heartbeat.busiest], "ms", aim=16)
    bar.setValue(0)
    await scene.settled()


async def arriving(scene: Scene) -> None:
    """A page of 99 that belong all over the rows, while a filter is active: work of the UI thread."""
    scene.window.filter.set_text("maria")
    await scene.settled()
    after = scene.model.ids
    step = max(1, len(after) // 99)
    before = array("q", (each for row, each in enumerate(after) if row % step))
    took = []
    for _ in range(5):
        scene.table.show_listing(before)
        await scene.settled()
        begun = time.perf_counter()
        scene.table.show_listing(after)
        took.append((time.perf_counter() - begun) * 1000)
    show(f"99 rows into {len(after)}, table told", took, "ms", aim=5)
    scene.window.filter.set_text("")
    await scene.settled()


async def blank(scene: Scene) -> float:
    """Milliseconds until every row in view is there."""
    begun = time.perf_counter()
    scene.table.grab()
    await reached(scene.there)
    return (time.perf_counter() - begun) * 1000


async def selecting(scene: Scene) -> None:
    """Everything selected, summed, sorted otherwise, and given back."""
    heartbeat = Heartbeat()
    began = time.perf_counter()
    scene.table.selectAll()
    scene.table.grab()
    took = (time.perf_counter() - began) * 1000
    await scene.settled()
    summed = (time.perf_counter() - began) * 1000
    scene.table.header.sort_by(Order("duration", descending=True))
    await scene.settled()
    began = time.perf_counter()
    number = len(scene.table.selected_ids())
    given = (time.perf_counter() - began) * 1000
    scene.table.header.sort_by(NEWEST_FIRST)
    await scene.settled()
    heartbeat.stop()
    show("Ctrl+A painted", [took], "ms")
    show("summed", [summed], "ms")
    show(f"{number} ids given back", [given], "ms")
    show("worst gap of the loop, two sorts included", [heartbeat.worst], "ms")
    scene.table.clearSelection()


async def timed(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Print a heading and do the work."""
    section(name)
    await work()


def resident() -> float:
    """Megabytes of memory at the peak so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


async def main(path: Path) -> None:
    """Print what is waited for."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as empty:
        nothing = Scene(app, Path(empty) / "catalogue.db")
        await nothing.open()
        await nothing.close()
    before = resident()
    scene = Scene(app, path)
    begun = time.perf_counter()
    await scene.open()
    show("window, catalogue and first rows", [(time.perf_counter() - begun) * 1000], "ms")
    await scene.settled()
    print(f"  {len(scene.model.ids)} recordings")
    show("more than with an empty catalogue, at most", [resident() - before], "MB", aim=120)
    await timed("typing", lambda: typing(scene))
    await timed("headers", lambda: sorting(scene))
    await timed("scrolling", lambda: scrolling(scene))
    await timed("a page arrives", lambda: arriving(scene))
    await timed("selecting", lambda: selecting(scene))
    show("more than with an empty catalogue, at most, after all that", [resident() - before], "MB", aim=120)
    await scene.close()


if __name__ == "__main__":
    given = [each for each in sys.argv[1:] if not each.startswith("-")]
    print("Scrolling: a window over a large catalogue")
    if given:
        run(main(Path(given[0])))
    else:
        with tempfile.TemporaryDirectory() as made:
            target = Path(made) / "catalogue.db"
            million.make(target, million.KEY, million.NUMBER)
            run(main(target))
