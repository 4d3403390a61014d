"""How near an export comes to what a line and its provider allow, and what that costs.

A cell is a line (round trip, bandwidth) and a size of files. The bound is the longer of what the bytes take
on the line and what the requests take at the provider's rate, and one round trip. Playhead asks for every
link first, and hashes, journals and brings to the disk what comes; curl is given ready links and does none of
it, nor keeps to the rate. What the heartbeat costs is taken off.

The first page and *Search the rest* by the whole program stand beside their own bounds: a round trip and the
bytes of each page, as each has to be asked for with what the one before it says.

Called by itself, with `--all`: 1000 files in every cell; with `--loss SHARE`: that share of all pieces makes
its connection wait for a round trip.
"""

import argparse
import asyncio
import resource
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
from bench_first_page import first_page
from cloud_process import Cloud
from figures import section, show, show_ratio
from line_process import LISTED, PAGE, FarEnd, Wire, far_end, page
from measuring import Heartbeat, run

from playhead.catalogue.store import open_catalogue
from playhead.core.account import Account, Credential
from playhead.core.exports.choices import Choices
from playhead.core.exports.plan import plan
from playhead.core.exports.report import Outcome
from playhead.core.fetching.downloads import Downloads
from playhead.core.page import Asked, FeedState
from playhead.core.recording import Recording
from playhead.core.stores import Entries
from playhead.providers.bird.birdsource import PER_SECOND, BirdSource
from playhead.providers.http.web import Web
from support.exports.export_scene import made_export
from support.fakes import BIRD, NOON, FakeMedia, recording
from support.providers.provider_sources import PocketKeys
from support.window.driven_program import opened

TRIPS, SPEEDS, SIZES = (20, 80, 150), (20, 100, 1000), (480_000, 5_000_000)
SOME = (
    (Wire(20, 100), 480_000, 150),
    (Wire(80, 20), 480_000, 25),
    (Wire(80, 100), 5_000_000, 20),
    (Wire(150, 100), 480_000, 400),
    (Wire(20, 1000), 480_000, 300),
    (Wire(150, 1000), 480_000, 500),
    (Wire(80, 1000), 5_000_000, 80),
)
"""The cells of a run that takes a minute or two, each with its number of files."""
PAGED = (Wire(20, 100), Wire(150, 20))
"""Lines on which pages are asked for."""
CURLS = 16
"""Files that curl fetches at once: the most that a person can choose here."""
KEY = bytes(32)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that something takes by the clock, and of the processor."""

    seconds: float
    processor: float


class FirstKept:
    """Journal that remembers when the first file was whole."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self.moment: float | None = None

    async def settle(self, number: int, place: int, outcome: Outcome) -> None:
        """Write down what became of a file."""
        self.moment = self.moment or time.perf_counter()
        await self._entries.settle(number, place, outcome)

    async def end(self, number: int) -> None:
        """Write down that the export has ended."""
        await self._entries.end(number)


class NoPapers:
    """Writes nothing: curl writes nothing either."""

    def write(self, *_: object) -> tuple[()]:
        return ()


async def exported(
    end: FarEnd, wanted: list[Recording], place: Path
) -> tuple[Cost, float, tuple[float, float]]:
    """Cost of an export, seconds to its first file, and the worst gaps of the loop before it and within."""
    account = Account(
        id=BIRD.id, provider="bird", label=BIRD.label, base_url=end.api, details={"workspace_id": "w"}
    )
    web = Web()
    source = BirdSource(account, PocketKeys(Credential(access="invented")), web)
    downloads = Downloads(lambda _: source, FakeMedia())
    store = await open_catalogue(place / "catalogue", KEY)
    state = FeedState(account=BIRD.id, asked=Asked(), exhausted=True, as_of=NOON)
    await store.recordings.add(wanted, state)
    made = plan(wanted, place / "playhead", labels={}, template="{id}")
    # One connection to the API and the certificates are there before somebody exports: pages were loaded.
    await source.again(wanted[0])
    journal, number = FirstKept(store.exports), await store.exports.begin(made, Choices())
    export = made_export(made, downloads, papers=NoPapers(), journal=journal, number=number)
    heartbeat, beating = Heartbeat(), time.process_time()
    await asyncio.sleep(1)
    beating, idle = time.process_time() - beating, heartbeat.worst
    heartbeat.gaps.clear()
    processor, begun = time.process_time(), time.perf_counter()
    report = await export.run()
    seconds = time.perf_counter() - begun
    # A thousand beats a second cost as much as some megabytes do.
    cost = Cost(seconds, time.process_time() - processor - seconds * beating)
    heartbeat.stop()
    assert report.complete
    assert journal.moment is not None
    await downloads.close()
    await web.close()
    await store.close()
    return cost, journal.moment - begun, (idle, heartbeat.worst)


def curled(end: FarEnd, number: int, size: int, folder: Path) -> Cost:
    """What it costs curl."""
    folder.mkdir()
    wanted = "".join(f'url = "{end.link(size)}"\noutput = "{folder}/{each}"\n' for each in range(number))
    command = ["curl", "-sS", "--no-progress-meter", "-Z", "--parallel-max", str(CURLS), "-K", "-"]
    return _run_apart(command, wanted)


def aria2(end: FarEnd, number: int, size: int, folder: Path) -> Cost:
    """What it costs aria2."""
    folder.mkdir()
    wanted = "".join(f"{end.link(size)}\n  out={each}\n" for each in range(number))
    command = ["aria2c", "-q", "-x1", f"-j{CURLS}", "-d", str(folder), "--file-allocation=none", "-i", "-"]
    return _run_apart(command, wanted)


def _run_apart(command: list[str], given: str) -> Cost:
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, input=given, text=True, check=True)
    seconds, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


async def paged(end: FarEnd) -> tuple[float, float]:
    """Seconds from the asking to the painted first page, and of *Search the rest*."""
    cloud = Cloud(end.api, "w", "invented")
    with tempfile.TemporaryDirectory() as name:
        async with opened(Path(name), (cloud.account, cloud.credential)) as person:
            await person.sees_rows(50)
            first = await first_page(person, cloud) / 1000
            await asyncio.sleep(0.5)
            begun = time.perf_counter()
            person.window.status.search_rest.click()
            while person.rows < LISTED or not person.everything_in_view_is_there():  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.01)
            return first, time.perf_counter() - begun


async def bare_pages(end: FarEnd) -> float:
    """Seconds that httpx alone takes for all pages but the first."""
    address = Cloud(end.api, "w", "invented").list_url
    async with httpx.AsyncClient() as client:
        answer, begun = (await client.get(address)).json(), time.perf_counter()
        while token := answer["nextPageToken"]:
            answer = (await client.get(address, params={"pageToken": token})).json()
        return time.perf_counter() - begun


def pages(wire: Wire) -> None:
    """Measure both once and print their lines."""
    with far_end(wire) as end:
        bare = run(bare_pages(end))
        first, rest = run(paged(end))
    size, number = len(page(0)), LISTED // PAGE
    one = wire.trip / 1000 + size / wire.bytes_a_second
    least = (number - 1) * max(one, 1 / PER_SECOND)
    section(f"{wire.trip:g} ms, {wire.mbits:g} Mbit/s, pages of {size / 1000:.0f} kB")
    show_ratio("share of the bound, first page", [one], [first])
    show("first page, beyond its bound", [(first - one) * 1000], "ms")
    show_ratio("share of the bound, httpx", [least], [bare])
    show_ratio("share of the bound, Search the rest", [least], [rest], least=0.9)


def bound(wire: Wire, number: int, size: int) -> float:
    """Seconds that nobody can do without."""
    return max(number * size / wire.bytes_a_second, number / PER_SECOND) + wire.trip / 1000


def cell(wire: Wire, size: int, number: int, place: Path) -> None:
    """Measure a cell once and print its line."""
    wanted = [recording(each, id=f"r{each}-{size}") for each in range(number)]
    least, megabytes = bound(wire, number, size), number * size / 1e6
    with far_end(wire) as end:
        others = [("curl", curled)] + ([("aria2", aria2)] if shutil.which("aria2c") else [])
        figures = []
        for name, fetched in others:
            cost = fetched(end, number, size, place / name)
            figures.append((name, cost))
        cost, first, (idle, worst) = run(exported(end, wanted, place))
    section(f"{wire.trip:g} ms, {wire.mbits:g} Mbit/s, {number} files of {size / 1000:g} kB")
    for name, each in (*figures, ("Playhead", cost)):
        ours = name == "Playhead"
        show_ratio(f"share of the bound, {name}", [least], [each.seconds], least=0.95 if ours else None)
        show(f"processor, {name}", [each.processor / megabytes * 1000], "ms/MB", aim=20 if ours else None)
    bare = size / wire.bytes_a_second
    # On a busy line the first files share it.
    aim = 4 if bare < 1 / PER_SECOND else None
    show("first file beside its own bytes", [(first - bare) / wire.trip * 1000], "trips", aim=aim)
    show("gaps of the loop in the second before, worst", [idle], "ms")
    show("gaps of the loop, worst", [worst], "ms", aim=16)


def main() -> None:
    """Print the cells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="1000 files in every cell")
    parser.add_argument("--loss", type=float, default=0.0, help="share of all pieces that is late, 0 to 1")
    given = parser.parse_args()
    cells: tuple[tuple[Wire, int, int], ...] = SOME
    if given.all:
        cells = tuple((Wire(trip, speed), size, 1000) for size in SIZES for speed in SPEEDS for trip in TRIPS)
    for wire in PAGED:
        pages(wire)
    for wire, size, number in cells:
        with tempfile.TemporaryDirectory() as name:
            cell(Wire(wire.trip, wire.mbits, given.loss), size, number, Path(name))


if __name__ == "__main__":
    main()
