"""A report speaks of what is on the disk at its end, whatever other programs did meanwhile."""

import asyncio
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from export_scene import Clouds, Naps, Sheets, names, planned, recordings

from playhead.core.errors import ExportError, PlayheadError
from playhead.core.exports.choices import AS_USUAL
from playhead.core.exports.files import Kept
from playhead.core.exports.progress import Progress
from playhead.core.exports.recheck import Recheck
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.exports.run import Export
from playhead.core.exports.targetfolder import TargetFolder
from playhead.core.recording import Recording
from stock_tools import check_sums

NUMBER = 12
LAST = "id-11"


class Noted:
    """A journal in memory."""

    def __init__(self) -> None:
        self.states: dict[int, State] = {}

    async def settle(self, place: int, outcome: Outcome) -> None:
        self.states[place] = outcome.state

    async def end(self) -> None:
        pass


@dataclass
class Meddled:
    """An export of `NUMBER` files; `deed` is done when the last of them is asked for."""

    folder: Path
    deed: Callable[[], object]
    done: bool = False

    def run(self, until: Callable[[Progress], bool] = lambda _: False) -> Report:
        """The report; cancelled when `until` says so of its progress."""
        journal = Noted()
        made: list[Export] = []

        def progress(each: Progress) -> None:
            if until(each):
                made[0].cancel()

        made.append(
            Export(
                planned(recordings(NUMBER), self.folder),
                Clouds(trouble=self._trouble),
                choices=AS_USUAL,
                papers=Sheets(),
                journal=journal,
                progress=progress,
                sleep=Naps(),
            )
        )
        report = asyncio.run(asyncio.wait_for(made[0].run(), 20))
        for place, outcome in enumerate(report.outcomes):
            if outcome.state is State.FAILED:
                assert journal.states[place] is outcome.state
        return report

    def _trouble(self, recording: Recording) -> PlayheadError | None:
        if recording.id == LAST and not self.done:
            self.done = True
            self.deed()
        return None


def file(folder: Path, number: int) -> Path:
    return folder / "call" / f"id-{number}.mp3"


def failed(report: Report) -> dict[str, str]:
    """What failed, and why."""
    return {each.recording.id: each.why for each in report.of(State.FAILED)}


def append(path: Path) -> None:
    with path.open("ab") as opened:
        opened.write(b"tag")


def same_size(path: Path) -> None:
    """Other bytes, as many, with the time of before."""
    before = path.stat()
    path.write_bytes(b"x" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def into_a_link(path: Path) -> None:
    path.rename(path.with_suffix(".elsewhere"))
    path.symlink_to(path.with_suffix(".elsewhere"))


def into_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        (Path.unlink, "the file was removed while the export ran"),
        (append, "the file was altered by another program while the export ran"),
        (same_size, "the file was altered by another program while the export ran"),
        (into_a_link, "the file was removed while the export ran"),
        (into_a_folder, "the file was removed while the export ran"),
    ],
)
def test_what_another_program_did_to_a_kept_file_is_a_failure_with_its_own_sentence(
    tmp_path: Path, deed: Callable[[Path], object], why: str
) -> None:
    folder = tmp_path / "out"
    report = Meddled(folder, lambda: deed(file(folder, 0))).run()
    assert failed(report) == {"id-0": why}
    assert report.retryable == (0,)
    assert not report.complete
    assert len(report.of(State.KEPT)) == NUMBER - 1
    check_sums(folder, "SHA256SUMS")


@pytest.mark.parametrize("deed", [os.utime, lambda path: path.write_bytes(path.read_bytes())])
def test_a_file_with_another_time_and_the_same_bytes_is_kept(
    tmp_path: Path, deed: Callable[[Path], object]
) -> None:
    folder = tmp_path / "out"
    report = Meddled(folder, lambda: deed(file(folder, 0))).run()
    assert report.complete
    check_sums(folder, "SHA256SUMS")


def test_a_copy_that_vanished_is_said_and_its_original_is_kept(tmp_path: Path) -> None:
    report = Meddled(tmp_path / "out", lambda: None).run()
    outcome = report.outcomes[0]
    recheck = Recheck(tmp_path / "out")
    recheck.note(outcome)
    assert recheck.changed({0: outcome}) == {}
    with_copy = replace(outcome, copy=Kept("a.wav", 3, "0" * 64))
    (now,) = recheck.changed({0: with_copy}).values()
    assert now.state is State.KEPT
    assert now.copy is None
    assert now.copy_failure == "the file was removed while the export ran"


def replaced(folder: Path) -> None:
    """Rename the folder, and make another of its name."""
    folder.rename(folder.with_name("moved"))
    folder.mkdir()


def linked(folder: Path) -> None:
    """Rename the folder, and put a link to another in its place."""
    folder.rename(folder.with_name("moved"))
    other = folder.with_name("other")
    other.mkdir()
    folder.symlink_to(other)


@pytest.mark.parametrize("deed", [replaced, linked])
def test_nothing_is_written_to_another_folder_that_has_the_path_of_the_exports(
    tmp_path: Path, deed: Callable[[Path], object]
) -> None:
    folder = tmp_path / "out"
    report = Meddled(folder, lambda: deed(folder)).run(until=lambda progress: progress.paused == "moved")
    assert report.stopped is not None
    assert report.stopped.reason == "moved"
    assert report.sheets == ()
    assert report.sheets_failure is not None
    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert not report.of(State.KEPT)
    assert len(report.of(State.FAILED)) >= NUMBER - 6


def test_an_export_goes_on_when_its_own_folder_comes_back(tmp_path: Path) -> None:
    folder, away = tmp_path / "out", tmp_path / "moved"

    def back(progress: Progress) -> bool:
        if progress.paused == "moved" and away.exists():
            folder.rmdir()
            away.rename(folder)
        return False

    report = Meddled(folder, lambda: replaced(folder)).run(until=back)
    assert report.complete
    assert names(report) == ("recordings.csv", "SHA256SUMS")
    check_sums(folder, "SHA256SUMS")


def test_a_disk_that_comes_back_with_other_numbers_is_known_by_its_files(tmp_path: Path) -> None:
    folder, target = tmp_path / "out", TargetFolder(tmp_path / "out")
    report = Meddled(folder, lambda: None).run()
    target.begin()
    for outcome in report.outcomes:
        target.note(outcome)
    shutil.copytree(folder, tmp_path / "again")
    shutil.rmtree(folder)
    (tmp_path / "again").rename(folder)
    target.require()
    replaced(folder)
    with pytest.raises(ExportError) as caught:
        target.require()
    assert caught.value.reason == "moved"
    assert not target.works(1)


@pytest.mark.parametrize("at", ["before", "meanwhile"])
def test_no_link_inside_the_folder_leads_audio_out_of_it(tmp_path: Path, at: str) -> None:
    folder, other = tmp_path / "out", tmp_path / "other"
    other.mkdir()
    folder.mkdir()
    if at == "before":
        (folder / "call").symlink_to(other)

    def deed() -> None:
        if at == "meanwhile":
            (folder / "call").rename(tmp_path / "moved")
            (folder / "call").symlink_to(other)

    report = Meddled(folder, deed).run(until=lambda progress: progress.paused is not None)
    assert list(other.iterdir()) == []
    assert not report.of(State.KEPT)


def test_what_could_not_be_read_again_is_not_called_kept(tmp_path: Path) -> None:
    recheck = Recheck(tmp_path / "nowhere")
    outcome = Outcome(recording=recordings(1)[0], state=State.KEPT, path="a.mp3", size=3, sha256="0" * 64)
    recheck.note(outcome)
    (now,) = recheck.changed({7: outcome}).values()
    assert now.state is State.FAILED
    assert now.path == now.sha256 == ""
