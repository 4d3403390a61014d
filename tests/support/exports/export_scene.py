"""What the tests of exports share: recordings, clouds that give out audio, and looks at what came out."""

import asyncio
import csv
import io
import os
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from playhead.core.errors import PlayheadError
from playhead.core.exports.choices import AS_USUAL, Choices
from playhead.core.exports.engine.journal import Journal
from playhead.core.exports.engine.needs import Earlier, Fetcher, Needs
from playhead.core.exports.engine.progress import Progress
from playhead.core.exports.engine.run import Export
from playhead.core.exports.files import Kept, PartFile
from playhead.core.exports.plan import Plan, plan
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.fetching.downloads import Fetch
from playhead.core.recording import Party, Recording
from playhead.core.stores import Entries
from support.stock_tools import check_sums, table

ZONE = timezone(timedelta(hours=1), "CET")
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


def recording(number: int, account: str = "a1", **changes: object) -> Recording:
    """An invented recording."""
    fields: dict[str, object] = {
        "account": account,
        "id": f"id-{number}",
        "provider": "bird",
        "status": "available",
        "format": "mp3",
        "caller": Party(identity="+31205550123"),
        "started": NOON,
    }
    return Recording(**{**fields, **changes})  # type: ignore[arg-type]


def recordings(number: int) -> list[Recording]:
    """The first so many of them."""
    return [recording(each) for each in range(number)]


def audio(number: int, size: int = 300_000) -> bytes:
    """What the provider has for it."""
    return bytes([number % 256]) * size


@dataclass
class Clouds:
    """Gives out audio in pieces; fails where it is told to."""

    failures: dict[str, PlayheadError] = field(default_factory=dict)
    halting: set[str] = field(default_factory=set)
    """These stop after the first piece and never go on."""
    restarting: set[str] = field(default_factory=set)
    countdown: int = -1
    """After so many pieces `reached` is set."""
    asked: list[str] = field(default_factory=list)
    most: int = 0
    now: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
    """Bytes of those that are not of the usual size."""
    media_type: str = ""
    """What they call all of them."""
    edition: str | None = None
    """What names what they have now; without it nothing is resumed."""
    given: int = 0
    """Bytes in all."""
    trouble: Callable[[Recording], PlayheadError | None] = lambda _: None
    """Asked before every answer."""
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    def prepare(self, recording: Recording) -> None:
        pass

    @asynccontextmanager
    async def fetch(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Fetch]:
        self.asked.append(recording.id)
        self.now += 1
        self.most = max(self.most, self.now)
        fetch = Fetch()
        begin = offset if validator is not None and validator == self.edition else 0
        fetch.pieces = self._pieces(recording, fetch, begin)
        try:
            yield fetch
        finally:
            self.now -= 1

    async def _pieces(
        self, recording: Recording, fetch: Fetch, begin: int
    ) -> AsyncIterator[tuple[int, bytes]]:
        trouble = self.trouble(recording)
        if trouble is not None:
            raise trouble
        number = int(recording.id.removeprefix("id-"))
        content = audio(number, self.sizes.get(recording.id, 300_000))
        await asyncio.sleep(0)
        fetch.total, fetch.validator = len(content), self.edition
        fetch.media_type = self.media_type
        if recording.id in self.restarting:
            yield 0, b"x" * 280_000
            yield 280_000, b"y" * 5
        for at in range(begin, len(content), 70_000):
            if self.countdown == 0:
                self.reached.set()
            self.countdown -= 1
            await asyncio.sleep(0)
            piece = content[at : at + 70_000]
            self.given += len(piece)
            yield at, piece
            if recording.id in self.halting:
                self.reached.set()
                await asyncio.Event().wait()
            if recording.id in self.failures:
                raise self.failures[recording.id]


class Sheets:
    """Papers that are no more than a table and the sums."""

    def write(self, report: Report, program: str) -> tuple[Kept, ...]:
        """Write both."""
        sheet = io.StringIO()
        writer = csv.DictWriter(sheet, ["result", "file", "id", "why"])
        writer.writeheader()
        kept = []
        for each in report.outcomes:
            row = {"result": each.state, "file": each.path, "id": each.recording.id, "why": each.why}
            writer.writerow(row)
            if each.sha256:
                kept.append(Kept(each.path, each.size, each.sha256))
        table = self._write(report.plan.folder, "recordings.csv", sheet.getvalue())
        sums = "".join(f"{file.sha256}  {file.path}\n" for file in (*kept, table))
        return table, self._write(report.plan.folder, "SHA256SUMS", sums)

    def _write(self, folder: Path, name: str, text: str) -> Kept:
        part = PartFile(folder, name)
        try:
            part.write(0, text.encode())
            return part.keep()
        finally:
            part.discard()


def planned(recordings: Sequence[Recording], folder: Path) -> Plan:
    return plan(recordings, folder, template="{kind}/{id}", labels={"a1": "EU support"}, zone=ZONE)


class Unwritten:
    """Journal that nobody writes to."""

    async def settle(self, number: int, place: int, outcome: Outcome) -> None:
        raise AssertionError

    async def end(self, number: int) -> None:
        raise AssertionError


def made_export(
    plan: Plan,
    fetcher: Fetcher,
    *,
    choices: Choices = AS_USUAL,
    journal: Entries | None = None,
    number: int = 1,
    done: Mapping[int, Outcome] | None = None,
    replaces: Sequence[Kept] = (),
    began: datetime | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    **needs: object,
) -> Export:
    """An export with the `needs` that a test names; the others are as usual."""
    return Export(
        plan,
        Needs(fetcher=fetcher, **needs),  # type: ignore[arg-type]
        choices,
        journal=Journal(journal or Unwritten(), number if journal else None),
        earlier=Earlier(done=done, replaces=replaces, began=began),
        progress=progress,
    )


def export(
    recordings: Sequence[Recording],
    folder: Path,
    clouds: Clouds | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Run an export to its end."""
    made = made_export(
        planned(recordings, folder),
        clouds or Clouds(),
        choices=Choices(coverage="Everything of EU support."),
        papers=Sheets(),
        program="Playhead 1.0",
        clock=lambda: NOON,
        progress=progress,
    )
    return asyncio.run(made.run())


def names(report: Report) -> tuple[str, ...]:
    """What the sheets are called."""
    return tuple(sheet.path for sheet in report.sheets)


def check_nothing_half(report: Report, folder: Path) -> None:
    """No part is left, and every file is in the sheets and in the sums."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    kept = {outcome.path for outcome in report.of(State.KEPT)}
    assert files == kept | {sheet.path for sheet in report.sheets}
    check_sums(folder, report.sheets[-1].path)
    assert {row["file"] for row in table(folder, report.sheets[0].path) if row["result"] == "kept"} == kept


def run_apart(program: str, *wrapper: str) -> str:
    """What a program of these tests prints in a process of its own, which `wrapper` may start."""
    root = Path(__file__).parents[3]
    path = os.pathsep.join(str(root / place) for place in ("desktop", "tests/core", "tests"))
    done = subprocess.run(
        [*wrapper, sys.executable, "-c", textwrap.dedent(program)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass
class Naps:
    """Sleep that takes next to no time, and how long it would have been."""

    seconds: list[float] = field(default_factory=list)
    over: Callable[[], bool] = lambda: True
    """Nobody wakes up before this is so."""

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0.05)
        await until(self.over)


async def until(told: Callable[[], bool]) -> None:
    """Wait for a condition; a test that waits too long fails."""
    async with asyncio.timeout(20):
        while not told():  # noqa: ASYNC110 - what is waited for cannot tell
            await asyncio.sleep(0.001)
