"""An export keeps what is whole, says what is not, and leaves nothing half."""

import asyncio
import csv
import hashlib
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from typing_extensions import override

from playhead.core.downloads import Fetch
from playhead.core.errors import (
    ExportError,
    Forbidden,
    Garbled,
    Missing,
    NoAudio,
    PlayheadError,
    Refused,
    VaultSilent,
)
from playhead.core.export import Export
from playhead.core.plan import Plan, plan
from playhead.core.progress import Progress
from playhead.core.recording import Party, ProviderName, Recording
from playhead.core.report import Outcome, Report, State
from playhead.core.sheets import to_csv, to_text

ZONE = timezone(timedelta(hours=1), "CET")
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


def recording(number: int, account: str = "a1", **changes: object) -> Recording:
    """An invented recording."""
    fields: dict[str, object] = {
        "account": account,
        "id": f"id-{number}",
        "provider": ProviderName.BIRD,
        "status": "available",
        "format": "mp3",
        "caller": Party(identity="+31205550123"),
        "started": NOON,
    }
    return Recording(**{**fields, **changes})  # type: ignore[arg-type]


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
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def fetch(self, recording: Recording) -> AsyncIterator[Fetch]:
        self.asked.append(recording.id)
        self.now += 1
        self.most = max(self.most, self.now)
        fetch = Fetch()
        fetch.pieces = self._pieces(recording, fetch)
        try:
            yield fetch
        finally:
            self.now -= 1

    async def _pieces(self, recording: Recording, fetch: Fetch) -> AsyncIterator[tuple[int, bytes]]:
        content = audio(int(recording.id.removeprefix("id-")))
        await asyncio.sleep(0)
        fetch.total = len(content)
        if recording.id in self.restarting:
            yield 0, b"x" * 280_000
            yield 280_000, b"y" * 5
        for at in range(0, len(content), 70_000):
            if self.countdown == 0:
                self.reached.set()
            self.countdown -= 1
            yield at, content[at : at + 70_000]
            if recording.id in self.halting:
                self.reached.set()
                await asyncio.Event().wait()
            if recording.id in self.failures:
                raise self.failures[recording.id]


def planned(recordings: Sequence[Recording], folder: Path) -> Plan:
    return plan(recordings, folder, template="{kind}/{id}", labels={"a1": "EU support"}, zone=ZONE)


def export(
    recordings: Sequence[Recording],
    folder: Path,
    clouds: Clouds | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Run an export to its end."""
    made = Export(
        planned(recordings, folder),
        clouds or Clouds(),
        coverage="Everything of EU support.",
        program="Playhead 1.0",
        clock=lambda: NOON,
        progress=progress,
    )
    return asyncio.run(made.run())


def table(folder: Path, name: str = "recordings.csv") -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as sheet:
        return list(csv.DictReader(sheet))


def check_sums(folder: Path, name: str = "SHA256SUMS") -> None:
    """Let the stock tool say whether all is as it was."""
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not installed")
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", name], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def check_nothing_half(report: Report, folder: Path) -> None:
    """No part is left, and every file is in the sheets and in the sums."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    kept = {outcome.path for outcome in report.of(State.KEPT)}
    assert files == kept | set(report.sheets)
    check_sums(folder, report.sheets[2])
    assert {row["file"] for row in table(folder, report.sheets[0]) if row["result"] == "kept"} == kept


def test_audio_is_kept_byte_for_byte_and_stock_tools_can_check_it(tmp_path: Path) -> None:
    recordings = [recording(number) for number in range(20)]
    report = export(recordings, tmp_path / "new" / "folder")
    folder = tmp_path / "new" / "folder"
    for number in range(20):
        assert (folder / "call" / f"id-{number}.mp3").read_bytes() == audio(number)
    assert report.complete
    assert report.sheets == ("recordings.csv", "report.txt", "SHA256SUMS")
    check_nothing_half(report, folder)
    row = table(folder)[3]
    assert row["sha256"] == hashlib.sha256(audio(3)).hexdigest()
    assert (row["result"], row["bytes"], row["account"]) == ("kept", "300000", "EU support")
    assert row["started"] == "2026-11-22T12:00:00+01:00"
    assert row["from"] == "'+31205550123"
    text = (folder / "report.txt").read_text(encoding="utf-8")
    for part in ("Playhead 1.0", "Everything of EU support.", "CET", "20 kept", "0 failed", "sha256sum -c"):
        assert part in text


def test_at_most_six_files_are_fetched_at_a_time(tmp_path: Path) -> None:
    clouds = Clouds()
    export([recording(number) for number in range(20)], tmp_path, clouds)
    assert clouds.most == 6


def test_what_fails_is_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    recordings = [recording(number) for number in range(10)]
    recordings.append(recording(10, status="ongoing"))
    recordings.append(recording(11, fault="Its id is no text."))
    clouds = Clouds(
        {
            "id-2": Missing(status=404, request_id="req-7"),
            "id-5": Garbled("length"),
            "id-7": NoAudio("absent"),
            "id-8": Forbidden(status=403),
        }
    )
    report = export(recordings, tmp_path, clouds)
    assert [len(report.of(state)) for state in State] == [6, 3, 3, 0]
    assert not report.complete
    assert "id-10" not in clouds.asked
    check_nothing_half(report, tmp_path)
    why = {row["id"]: row["why"] for row in table(tmp_path)}
    assert why["id-2"] == "the provider does not have it (HTTP 404, request req-7)"
    assert why["id-10"] == "it has no audio: its status is ongoing"
    assert why["id-11"] == "Its id is no text."
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "id-2 of bird EU support: the provider does not have it" in text


@pytest.mark.parametrize("failure", [Refused(status=401), VaultSilent("no answer")])
def test_a_refused_credential_fails_the_rest_of_its_account_without_asking(
    tmp_path: Path, failure: PlayheadError
) -> None:
    first = [recording(number) for number in range(50)]
    second = [recording(number, "a2") for number in range(50, 60)]
    clouds = Clouds({f"id-{number}": failure for number in range(50)})
    report = export(first + second, tmp_path, clouds)
    assert len(report.of(State.FAILED)) == 50
    assert len(report.of(State.KEPT)) == 10
    assert len(clouds.asked) <= 6 + 10


def test_audio_that_is_begun_anew_is_written_anew(tmp_path: Path) -> None:
    report = export([recording(1)], tmp_path, Clouds(restarting={"id-1"}))
    assert (tmp_path / "call" / "id-1.mp3").read_bytes() == audio(1)
    check_nothing_half(report, tmp_path)


def test_cancelling_keeps_what_is_whole_and_says_what_was_left(tmp_path: Path) -> None:
    clouds = Clouds(halting={"id-9"})

    async def scene() -> Report:
        made = Export(planned([recording(number) for number in range(10)], tmp_path), clouds)
        running = asyncio.create_task(made.run())
        await clouds.reached.wait()
        made.cancel()
        made.cancel()
        return await running

    report = asyncio.run(scene())
    assert report.cancelled
    assert report.of(State.LEFT)[-1].recording.id == "id-9"
    assert len(report.of(State.KEPT)) + len(report.of(State.LEFT)) == 10
    check_nothing_half(report, tmp_path)
    assert table(tmp_path)[9]["why"] == "the export was cancelled"
    assert "was cancelled" in (tmp_path / "report.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("pieces", [0, 1, 2, 3, 4, 5, 7, 11, 16, 23, 31, 40, 47, 55, 59])
@pytest.mark.parametrize("how", ["quitting", "cancelling", "both", "twice"])
def test_ending_at_any_moment_leaves_nothing_half(tmp_path: Path, pieces: int, how: str) -> None:
    """Also when it ends again while it is cleaning up."""

    async def scene() -> None:
        clouds = Clouds(countdown=pieces)
        made = Export(planned([recording(number) for number in range(12)], tmp_path), clouds)
        running = asyncio.create_task(made.run())
        await clouds.reached.wait()
        if how in {"cancelling", "both"}:
            made.cancel()
        if how != "cancelling":
            running.cancel()
        if how == "twice":
            await asyncio.sleep(0)
            running.cancel()
        if how == "cancelling":
            assert (await running).cancelled
        else:
            with pytest.raises(asyncio.CancelledError):
                await running

    asyncio.run(scene())
    assert not list(tmp_path.rglob("*.part"))
    audio_files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.mp3")}
    assert {row["file"] for row in table(tmp_path) if row["file"]} == audio_files
    check_sums(tmp_path)


def test_cancelling_before_the_start_does_nothing(tmp_path: Path) -> None:
    async def scene() -> Report:
        made = Export(planned([recording(1)], tmp_path), Clouds())
        made.cancel()
        return await made.run()

    report = asyncio.run(scene())
    assert report.cancelled
    assert len(report.of(State.LEFT)) == 1


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "call").mkdir()
    (tmp_path / "call" / "id-1.mp3").write_bytes(b"older")
    (tmp_path / "call" / "id-2.mp3.part").write_bytes(b"of somebody else")
    first = export([recording(1)], tmp_path)
    assert first.of(State.KEPT)[0].path == "call/id-1 (2).mp3"
    second = export([recording(1), recording(2)], tmp_path)
    assert second.sheets == ("recordings (2).csv", "report (2).txt", "SHA256SUMS (2)")
    assert [outcome.path for outcome in second.outcomes] == ["call/id-1 (3).mp3", "call/id-2.mp3"]
    assert (tmp_path / "call" / "id-1.mp3").read_bytes() == b"older"
    assert (tmp_path / "call" / "id-2.mp3.part").read_bytes() == b"of somebody else"
    check_sums(tmp_path)
    check_sums(tmp_path, "SHA256SUMS (2)")


def test_a_file_where_a_folder_should_be_fails_only_what_belongs_there(tmp_path: Path) -> None:
    (tmp_path / "call").write_text("in the way")
    report = export([recording(1), recording(2, kind="voicemail")], tmp_path)
    assert [outcome.state for outcome in report.outcomes] == [State.FAILED, State.KEPT]
    assert report.outcomes[0].why == "something is in the way of the file"


def test_a_file_where_the_whole_folder_should_be_stops_it(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("in the way")
    report = export([recording(1)], tmp_path / "target")
    assert report.stopped is not None
    assert report.stopped.reason == "inway"
    assert report.sheets_failure is not None
    assert report.of(State.LEFT)[0].why == "something is in the way of the file"


def test_a_disk_that_goes_away_stops_it_and_does_not_come_back_as_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "disk"

    class Unplugging(Clouds):
        @override
        @asynccontextmanager
        async def fetch(self, recording: Recording) -> AsyncIterator[Fetch]:
            if recording.id == "id-8" and folder.exists():
                folder.rename(tmp_path / "elsewhere")
            async with super().fetch(recording) as fetch:
                yield fetch

    report = export([recording(number) for number in range(30)], folder, Unplugging())
    assert report.stopped is not None
    assert report.stopped.reason == "missing"
    assert report.of(State.LEFT)
    assert not folder.exists()


def test_too_little_room_is_known_before_the_first_byte(tmp_path: Path) -> None:
    clouds = Clouds()
    report = export([recording(1, size=10**18)], tmp_path, clouds)
    assert report.stopped is not None
    assert report.stopped.reason == "full"
    assert clouds.asked == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit of file sizes")
def test_a_disk_that_is_full_stops_it_and_keeps_what_is_whole(tmp_path: Path) -> None:
    program = f"""
        import asyncio, resource
        from pathlib import Path
        from test_export import Clouds, Export, planned, recording

        async def scene():
            resource.setrlimit(resource.RLIMIT_FSIZE, (350_000, 350_000))
            clouds = Clouds()
            made = Export(planned([recording(1), recording(2)], folder), clouds)
            first = await made.run()
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 350_000))
            made = Export(planned([recording(number) for number in range(3, 30)], folder), clouds)
            second = await made.run()
            print(first.stopped, second.stopped.reason, len(second.outcomes), len(clouds.asked) <= 8)

        folder = Path({str(tmp_path)!r})
        asyncio.run(scene())
    """
    root = Path(__file__).parents[2]
    path = os.pathsep.join(str(root / place) for place in ("desktop", "tests/core", "tests"))
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "None full 27 True\n", done.stderr
    assert not list(tmp_path.rglob("*.part"))
    assert len(list(tmp_path.rglob("*.mp3"))) == 2
    assert len(list(tmp_path.glob("SHA256SUMS*"))) == 2
    check_sums(tmp_path)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="Windows has no such users")
def test_a_folder_that_cannot_be_written_stops_it(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    before = os.geteuid()
    folder.chmod(0o500)
    try:
        if before == 0:
            os.seteuid(65534)
        report = export([recording(1)], folder)
    finally:
        os.seteuid(before)
        folder.chmod(0o700)
    assert report.stopped is not None
    assert report.stopped.reason == "readonly"
    assert isinstance(report.sheets_failure, ExportError)


def test_progress_grows_and_ends_with_everything(tmp_path: Path) -> None:
    seen: list[Progress] = []
    recordings = [recording(number) for number in range(8)] + [recording(8, status="absent")]
    export(recordings, tmp_path, Clouds({"id-2": Missing(status=404)}), seen.append)
    last = seen[-1]
    assert (last.files, last.kept, last.skipped, last.failed, last.done) == (9, 7, 1, 1, 9)
    assert last.arrived == last.expected == 7 * 300_000
    assert last.running == ()
    assert last.left == 0.0
    assert [each.done for each in seen] == sorted(each.done for each in seen)
    assert all(0 <= each.arrived <= each.expected for each in seen)


def test_an_empty_plan_gives_empty_sheets(tmp_path: Path) -> None:
    report = export([], tmp_path)
    assert report.complete
    check_nothing_half(report, tmp_path)


def cell(value: str) -> str:
    """What the table holds for a recording of that name."""
    subject = recording(1, name=value)
    outcome = Outcome(recording=subject, state=State.KEPT)
    made = planned([subject], Path("/exports"))
    report = Report(plan=made, outcomes=(outcome,), began=NOON, ended=NOON)
    (row,) = csv.DictReader(to_csv(report).splitlines(keepends=True))
    return row["name"]


@pytest.mark.parametrize(
    "value", ["=1+1", "+31205550123", "-2", "@SUM(A1)", "'quoted", "0031205550123", "12E45", "\t=1", "＝1"]
)
def test_a_cell_that_a_spreadsheet_would_misread_is_guarded_by_an_apostrophe(value: str) -> None:
    assert cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["Maria", "a,b;c", 'say "hi"', "Zürich 语", "call +31", "2nd"])
def test_any_other_cell_is_as_it_was(value: str) -> None:
    assert cell(value) == value


def test_a_hostile_name_cannot_break_the_sheets() -> None:
    assert cell("a\x00b\x1bc") == "a b c"
    subject = recording(1, name="x", status="a\nFailed\n\n    forged")
    outcome = Outcome(recording=subject, state=State.SKIPPED, why="a\nb\u202e")
    made = planned([subject], Path("/exports"))
    text = to_text(Report(plan=made, outcomes=(outcome,), began=NOON, ended=NOON), "Playhead")
    assert "id-1 of bird EU support: a b\n" in text
