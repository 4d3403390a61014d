"""How fast an export fetches, hashes and keeps for good, and how long the window waits meanwhile.

The baselines are curl, six files at a time from the same server to the same disk, which neither hashes nor
waits for the disk; curl with sha256sum and sync of what it got; and httpx in a process of its own, which
throws away what it gets. All ask once a file: the link that a provider is asked for before each is there
already. Also: 10 000 planned names that are all taken, and how memory grows with size and number.
"""

import asyncio
import http.server
import io
import os
import shutil
import socketserver
import subprocess
import sys
import tempfile
import time
import tracemalloc
import wave
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
from figures import section, show, show_ratio
from measuring import Heartbeat, run
from typing_extensions import override

from playhead.core.exports.files import Kept
from playhead.core.exports.plan import Plan, plan
from playhead.core.exports.report import Report
from playhead.core.fetching.downloads import Downloads
from playhead.core.ports import Delivery
from playhead.core.recording import Recording
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.delivery import AudioRequest, deliver
from playhead.providers.http.redirects import Link
from playhead.providers.http.web import Web
from support.exports.export_scene import made_export
from support.fakes import BIRD, FakeMedia, FakeSource, recording

RUNS = 3
LOADS = ((300, 480_000), (40, 5_000_000))
NAMES = 10_000
AT_ONCE = 6
"""Files at a time: those with which Playhead begins, and with which it stays on a line without latency."""


class Host(FakeSource):
    """A media host on loopback, asked as a provider asks it: through a link, without credential."""

    def __init__(self, address: str, web: Web) -> None:
        super().__init__()
        self._address = address
        # The pace that a provider asks for would hold back what is measured: curl keeps to none.
        self._lane = ApiClient(web, per_second=1_000_000)

    @override
    @asynccontextmanager
    async def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Delivery]:
        async def link() -> Link:
            return Link(f"{self._address}/{recording.size}")

        async with deliver(
            self._lane, link, link, AudioRequest(offset=offset, validator=validator)
        ) as delivery:
            yield delivery


class NoPapers:
    """Writes nothing: curl writes nothing either."""

    def write(self, report: Report, program: str) -> tuple[Kept, ...]:
        return ()


def noise(size: int) -> bytes:
    """So many bytes that are audio by their beginning, and cannot be packed."""
    made = io.BytesIO()
    with wave.open(made, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(8_000)
        audio.writeframes(os.urandom(size))
    return made.getvalue()[:size]


class RowLoader(http.server.BaseHTTPRequestHandler):
    """Answers any path that is a number with so many bytes."""

    protocol_version = "HTTP/1.1"
    _noise = noise(5_000_000)

    def do_GET(self) -> None:
        size = int(self.path[1:])
        self.send_response(200)
        self.send_header("Content-Type", "audio/mpeg")
        self.send_header("Content-Length", str(size))
        self.end_headers()
        self.wfile.write(memoryview(self._noise)[:size])

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """A thread a connection."""

    daemon_threads = True
    request_queue_size = 64


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server in a process of its own."""
    with subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def planned(number: int, size: int, folder: Path) -> Plan:
    """An export of so many files of that size."""
    return plan([recording(each, size=size) for each in range(number)], folder, labels={}, template="{id}")


async def exported(address: str, made: Plan) -> tuple[float, Heartbeat]:
    """Seconds that the export takes, and how the loop beat."""
    web = Web()
    source = Host(address, web)
    downloads = Downloads(lambda _: source, FakeMedia())
    export = made_export(made, downloads, papers=NoPapers())
    # Connections and certificates are there before somebody exports: pages were loaded.
    async with source.open(replace(recording(0), size=1000)) as delivery:
        assert [chunk async for chunk in delivery.chunks]
    heartbeat, begun = Heartbeat(), time.perf_counter()
    report = await export.run()
    seconds = time.perf_counter() - begun
    heartbeat.stop()
    assert report.complete
    await downloads.close()
    await web.close()
    return seconds, heartbeat


def curled(address: str, number: int, size: int, folder: Path) -> float:
    """Seconds that curl takes for the same."""
    folder.mkdir()
    wanted = "".join(f'url = "{address}/{size}"\noutput = "{folder}/{each}"\n' for each in range(number))
    command = ["curl", "-sS", "--no-progress-meter", "-Z", "--parallel-max", str(AT_ONCE), "-K", "-"]
    begun = time.perf_counter()
    subprocess.run(command, input=wanted, text=True, check=True)
    return time.perf_counter() - begun


def secured(folder: Path) -> float:
    """Seconds that it takes to hash what curl got, and to bring it to the disk for good."""
    files = [str(path) for path in folder.iterdir()]
    begun = time.perf_counter()
    subprocess.run(["sha256sum", *files], stdout=subprocess.DEVNULL, check=True)
    subprocess.run(["sync", *files], check=True)
    return time.perf_counter() - begun


async def thrown_away(address: str, number: int, size: int) -> float:
    """Seconds that httpx alone takes, six files at a time, doing nothing else."""
    left = iter(range(number))
    async with httpx.AsyncClient() as client:

        async def take() -> None:
            for _ in left:
                async with client.stream("GET", f"{address}/{size}") as answer:
                    async for _chunk in answer.aiter_raw():
                        pass

        await client.get(f"{address}/1000")
        begun = time.perf_counter()
        await asyncio.gather(*(take() for _ in range(AT_ONCE)))
        return time.perf_counter() - begun


def alone(address: str, number: int, size: int) -> float:
    """The same in a process of its own, on asyncio's loop and httpx's own connections."""
    command = [sys.executable, __file__, "httpx", address, str(number), str(size)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def names() -> float:
    """Milliseconds for planning names of which each is in the folder already."""
    subjects = [recording(each) for each in range(NAMES)]
    template = "{started:%Y-%m-%d}/{from}_{to}.{ext}"
    first = plan(subjects, Path("/exports"), labels={BIRD.id: BIRD.label}, template=template)
    existing = [file.path for file in first.files]
    begun = time.perf_counter()
    made = plan(
        subjects, Path("/exports"), labels={BIRD.id: BIRD.label}, template=template, existing=existing
    )
    seconds = time.perf_counter() - begun
    assert len(made.conflicts) == NAMES
    return seconds * 1000


async def remembered(address: str, number: int, size: int, folder: Path) -> float:
    """The most memory that an export of these takes at once, in megabytes."""
    tracemalloc.start()
    await exported(address, planned(number, size, folder))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def main() -> None:
    """Print medians over several runs."""
    print(f"Export: {RUNS} runs")
    with serving() as address, tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for number, size in LOADS:
            section(f"{number} files of {size / 1000:.0f} kB")
            ours, theirs, safe, bare, gaps = [], [], [], [], []
            for _ in range(RUNS):
                bare.append(alone(address, number, size))
                theirs.append(curled(address, number, size, place / "curl"))
                safe.append(theirs[-1] + secured(place / "curl"))
                seconds, heartbeat = run(exported(address, planned(number, size, place / "playhead")))
                ours.append(seconds)
                gaps.append(heartbeat)
                shutil.rmtree(place / "curl")
                shutil.rmtree(place / "playhead")
            total = number * size / 1e6
            rates, plain, secure, library = (
                [total / each for each in seconds] for seconds in (ours, theirs, safe, bare)
            )
            show("curl, six at a time", plain, "MB/s")
            show("curl, then sha256sum and sync", secure, "MB/s")
            show("httpx, doing nothing else", library, "MB/s")
            show("Playhead", rates, "MB/s")
            show_ratio("throughput, Playhead : curl", rates, plain)
            show_ratio("throughput, Playhead : httpx, doing nothing else", rates, library, least=0.8)
            show_ratio("throughput, Playhead : curl, secured", rates, secure, least=1)
            show("gaps of the loop, worst", [beat.worst for beat in gaps], "ms", aim=16)
            show("99 of 100 ms wait less than", [beat.share(0.99) for beat in gaps], "ms")
        section("memory, the most at once")
        for number, size in ((12, 480_000), (120, 480_000), (12, 5_000_000)):
            peak = run(remembered(address, number, size, place / f"{number} {size}"))
            show(f"{number} files of {size / 1000:.0f} kB", [peak], "MB")
    section("names")
    show(f"{NAMES} names, all taken", [names() for _ in range(RUNS)], "ms", aim=300)


def serve() -> None:
    """Answer until killed; says on which port."""
    server = Server(("127.0.0.1", 0), RowLoader)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve"]:
            serve()
        case ["httpx", address, number, size]:
            print(asyncio.run(thrown_away(address, int(number), int(size))))
        case _:
            main()
