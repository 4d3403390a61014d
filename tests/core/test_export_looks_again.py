"""A report speaks of what is on the disk at its end, whatever other programs did meanwhile."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from playhead.core.errors import ExportError, PlayheadError
from playhead.core.exports.choices import AS_USUAL
from playhead.core.exports.engine.progress import Progress
from playhead.core.exports.engine.reconcile import standing as genuine
from playhead.core.exports.engine.run import Export
from playhead.core.exports.engine.targetfolder import TargetFolder
from playhead.core.exports.files import Kept, PartFile
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.pace import Pace
from playhead.core.recording import Recording
from support.exports.export_scene import Clouds, Naps, Sheets, export, made_export, names, planned, recordings
from support.exports.lying_disk import LyingDisk
from support.stock_tools import check_sums

NUMBER = 12
LAST = "id-11"


class Noted:
    """A journal in memory."""

    def __init__(self) -> None:
        self.states: dict[int, State] = {}

    async def settle(self, number: int, place: int, outcome: Outcome) -> None:
        self.states[place] = outcome.state

    async def end(self, number: int) -> None:
        pass


@dataclass
class Meddled:
    """An export of `NUMBER` files; `deed` is done when the last of them is asked for."""

    folder: Path
    deed: Callable[[], object]
    done: bool = False
    naps: Naps = field(default_factory=Naps)

    def run(self, until: Callable[[Progress], bool] = lambda _: False) -> Report:
        """The report; cancelled when `until` says so of its progress."""
        journal = Noted()
        made: list[Export] = []

        def progress(each: Progress) -> None:
            if until(each):
                made[0].cancel()

        made.append(
            made_export(
                planned(recordings(NUMBER), self.folder),
                Clouds(trouble=self._trouble),
                papers=Sheets(),
                journal=journal,
                progress=progress,
                pace=Pace(sleep=self.naps),
            )
        )
        report = asyncio.run(asyncio.wait_for(made[0].run(), 20))
        for place, outcome in enumerate(report.outcomes):
            if outcome.state is State.FAILED:
                # A folder that is away may come back with all that it held.
                told = State.KEPT if place in report.unreached else State.FAILED
                assert journal.states[place] is told
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


@pytest.mark.parametrize(("deed", "path"), [(Path.unlink, "call/id-0.mp3"), (append, "call/id-0 (2).mp3")])
def test_what_was_lost_is_fetched_again_and_nothing_else(
    tmp_path: Path, deed: Callable[[Path], object], path: str
) -> None:
    folder = tmp_path / "out"
    first = Meddled(folder, lambda: deed(file(folder, 0))).run()
    others = {place: each for place, each in enumerate(first.outcomes) if place not in first.retryable}
    clouds = Clouds()
    report = asyncio.run(
        made_export(planned(recordings(NUMBER), folder), clouds, papers=Sheets(), done=others).run()
    )
    assert clouds.asked == ["id-0"]
    assert report.complete
    assert report.outcomes[0].path == path


def test_a_second_look_at_many_files_reads_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    report = Meddled(folder, lambda: None).run()
    target = TargetFolder(folder)
    target.watch(report.outcomes)
    monkeypatch.setattr(
        "playhead.core.exports.engine.targetfolder.same", lambda *_: pytest.fail("it was read")
    )
    assert target.changed(dict(enumerate(report.outcomes))) == {}


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
    target = TargetFolder(tmp_path / "out")
    target.watch([outcome])
    assert target.changed({0: outcome}) == {}
    with_copy = replace(outcome, copy=Kept("a.wav", 3, "0" * 64))
    (now,) = target.changed({0: with_copy}).values()
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
    assert set(failed(report).values()) == {"another folder has taken the place of the export's folder"}
    assert report.unreached.keys() == {place for place in report.retryable if place in report.unreached}
    assert len(report.unreached) >= NUMBER - 6


def test_an_export_goes_on_when_its_own_folder_comes_back(tmp_path: Path) -> None:
    folder, away = tmp_path / "out", tmp_path / "moved"

    def back() -> bool:
        if away.exists():
            # A file in hand may lie in the other folder for a moment, and the folders that lead to it.
            with contextlib.suppress(OSError):
                shutil.rmtree(folder)
                away.rename(folder)
        return not away.exists()

    report = Meddled(folder, lambda: replaced(folder), naps=Naps(over=back)).run()
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


def test_a_folder_that_held_nothing_yet_is_known_by_its_number(tmp_path: Path) -> None:
    """A mount point that is left behind looks like an empty folder."""
    folder, target = tmp_path / "out", TargetFolder(tmp_path / "out")
    folder.mkdir()
    target.begin()
    target.require()
    replaced(folder)
    with pytest.raises(ExportError) as caught:
        target.require()
    assert caught.value.reason == "moved"


def test_where_folders_have_no_numbers_they_are_known_by_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, target = tmp_path / "out", TargetFolder(tmp_path / "out")
    report = Meddled(folder, lambda: None).run()
    monkeypatch.setattr("playhead.core.exports.engine.targetfolder._number", lambda _: (7, 0))
    target.begin()
    for outcome in report.outcomes:
        target.note(outcome)
    target.require()
    replaced(folder)
    with pytest.raises(ExportError):
        target.require()


@dataclass
class Meddling:
    """Papers during which, or after which, something is done to the folder; each deed once."""

    deeds: list[Callable[[], object]]
    late: bool = False
    written: int = 0

    def write(self, report: Report, program: str) -> tuple[Kept, ...]:
        self.written += 1
        for sheet in report.replaces:
            (report.plan.folder / sheet.path).unlink(missing_ok=True)
        if not self.late and self.deeds:
            self.deeds.pop(0)()
        sheets = Sheets().write(report, program)
        if self.late and self.deeds:
            self.deeds.pop(0)()
        return sheets


def run(folder: Path, papers: Meddling, **more: object) -> Report:
    options: dict[str, object] = {"choices": AS_USUAL, "pace": Pace(sleep=Naps()), **more}
    made = made_export(planned(recordings(NUMBER), folder), Clouds(), papers=papers, **options)  # type: ignore[arg-type]
    return asyncio.run(asyncio.wait_for(made.run(), 20))


@pytest.mark.parametrize("late", [False, True])
def test_papers_during_which_a_file_changes_are_written_again(tmp_path: Path, *, late: bool) -> None:
    folder = tmp_path / "out"
    papers = Meddling([lambda: append(file(folder, 3)), lambda: file(folder, 4).unlink()], late=late)
    report = run(folder, papers)
    assert set(failed(report)) == {"id-3", "id-4"}
    assert papers.written == 3
    check_sums(folder, "SHA256SUMS")


@pytest.mark.parametrize("deed", [Path.unlink, append])
def test_papers_of_which_one_is_not_as_it_was_written_are_written_again(
    tmp_path: Path, deed: Callable[[Path], object]
) -> None:
    folder = tmp_path / "out"
    papers = Meddling([lambda: deed(folder / "recordings.csv")], late=True)
    report = run(folder, papers)
    assert papers.written == 2
    assert report.complete
    for each in report.sheets:
        assert (folder / each.path).read_bytes()
    check_sums(folder, names(report)[-1])


@pytest.mark.parametrize("late", [False, True])
def test_papers_wait_for_a_folder_that_goes_away_while_they_are_written(
    tmp_path: Path, *, late: bool
) -> None:
    folder, away = tmp_path / "out", tmp_path / "moved"
    seen: list[str | None] = []

    def back(progress: Progress) -> None:
        seen.append(progress.paused)
        if progress.paused == "missing" and away.exists():
            (away / "recordings.csv.part").write_bytes(b"left over")
            away.rename(folder)

    report = run(folder, Meddling([lambda: folder.rename(away)], late=late), progress=back)
    assert "missing" in seen
    assert report.complete
    assert report.sheets_failure is None
    assert not list(folder.rglob("*.part"))
    check_sums(folder, names(report)[-1])


def test_waiting_for_the_folder_at_the_end_can_be_cancelled_and_what_it_held_is_found_again(
    tmp_path: Path,
) -> None:
    folder, away, made = tmp_path / "out", tmp_path / "moved", list[Export]()

    def cancel(progress: Progress) -> None:
        if progress.paused == "missing":
            made[0].cancel()

    plan = planned(recordings(NUMBER), folder)
    papers, journal = Meddling([lambda: folder.rename(away)]), Noted()
    made.append(
        made_export(
            plan,
            Clouds(),
            papers=papers,
            journal=journal,
            progress=cancel,
            pace=Pace(sleep=Naps()),
        )
    )
    report = asyncio.run(asyncio.wait_for(made[0].run(), 20))
    assert report.cancelled
    assert set(failed(report).values()) == {"the folder is no longer there"}
    assert len(report.unreached) == NUMBER
    assert set(journal.states.values()) == {State.KEPT}
    away.rename(folder)
    clouds = Clouds()
    again = made_export(plan, clouds, papers=Sheets(), done=report.unreached)
    assert asyncio.run(again.run()).complete
    assert clouds.asked == []


def test_quitting_does_not_wait_for_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"

    async def scene() -> None:
        gone = asyncio.Event()
        loop = asyncio.get_running_loop()

        def paused(progress: Progress) -> None:
            if progress.paused == "missing":
                loop.call_soon(gone.set)

        made = made_export(
            planned(recordings(3), folder),
            Clouds(),
            papers=Meddling([lambda: folder.rename(tmp_path / "moved")]),
            journal=Noted(),
            progress=paused,
            pace=Pace(sleep=Naps()),
        )
        running = asyncio.create_task(made.run())
        await gone.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(asyncio.wait_for(scene(), 20))


def test_what_changes_after_it_was_read_again_is_seen_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an export that goes on: reading all of it takes as long as the disk does."""
    folder = tmp_path / "out"
    made = planned(recordings(NUMBER), folder)
    first = asyncio.run(made_export(made, Clouds(), papers=Sheets()).run())

    def standing(*arguments: object, **named: object) -> dict[int, Outcome]:
        held = genuine(*arguments, **named)  # type: ignore[arg-type]
        same_size(file(folder, 2))
        return held

    monkeypatch.setattr("playhead.core.exports.engine.reconcile.standing", standing)
    report = asyncio.run(
        made_export(made, Clouds(), papers=Sheets(), done=dict(enumerate(first.outcomes))).run()
    )
    assert failed(report) == {"id-2": "the file was altered by another program while the export ran"}


def test_a_file_that_cannot_be_read_again_is_not_said_to_be_removed(disk: LyingDisk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    report = Meddled(folder, lambda: disk.fail("stat", "EIO", about="id-1.mp3")).run()
    assert failed(report) == {"id-1": "the disk reported a fault (EIO)"}


@pytest.mark.parametrize("code", ["EIO", "ESTALE", "EACCES"])
def test_one_look_that_fails_at_the_end_costs_no_file(disk: LyingDisk, tmp_path: Path, code: str) -> None:
    report = Meddled(
        tmp_path / "out", lambda: disk.fail("stat", code, about="call/id-1.mp3", after=1, times=1)
    ).run()
    assert disk.calls == 1
    assert failed(report) == {}


def test_papers_speak_of_the_folder_as_the_last_look_found_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a disk that answers once that it has a fault, when it is looked at after the papers."""
    genuine, answers = TargetFolder.require, list[ExportError | None]()

    def require(target: TargetFolder) -> None:
        answer = answers.pop(0) if answers else None
        if answer is not None:
            raise answer
        genuine(target)

    monkeypatch.setattr(TargetFolder, "require", require)
    papers = Meddling([lambda: answers.extend([None, ExportError("disk", "EIO")])], late=True)
    report = run(tmp_path / "out", papers)
    assert not answers
    assert report.complete
    assert papers.written == 3
    check_sums(tmp_path / "out", "SHA256SUMS")


def test_one_file_that_cannot_be_read_does_not_stop_an_export_that_goes_on(
    disk: LyingDisk, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    made = planned(recordings(4), folder)
    first = asyncio.run(made_export(made, Clouds(), papers=Sheets()).run())
    (folder / "recordings.csv").unlink()
    (folder / "SHA256SUMS").unlink()
    disk.fail("open", "EIO", about="id-1.mp3", times=1)
    clouds = Clouds()
    report = asyncio.run(
        made_export(made, clouds, papers=Sheets(), done=dict(enumerate(first.outcomes))).run()
    )
    assert clouds.asked == ["id-1"]
    assert report.complete
    check_sums(folder, "SHA256SUMS")


def test_files_that_nobody_touched_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def same(_folder: Path, path: str, _file: Kept) -> bool:
        read.append(path)
        return True

    monkeypatch.setattr("playhead.core.exports.engine.targetfolder.same", same)
    assert export(recordings(5), tmp_path / "out").complete
    assert read == []


def elsewhere(folder: Path) -> None:
    """Move a folder in the folder away, and lead to it by a link."""
    away = folder.with_name("elsewhere")
    replaced_by_link(folder / "call", away, away)


def replaced_by_link(call: Path, away: Path, target: Path) -> None:
    """Move a folder away, and put a link to `target` into its place."""
    call.rename(away)
    while not call.is_symlink():
        with contextlib.suppress(FileExistsError):
            call.symlink_to(target)
            return
        # A file in hand has made the folder anew at this moment.
        with contextlib.suppress(OSError):
            for each in call.iterdir():
                each.rename(away / each.name)
            call.rmdir()


def test_what_is_reached_through_a_link_only_is_not_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    report = Meddled(folder, lambda: elsewhere(folder)).run()
    assert not report.of(State.KEPT)
    assert "the file was removed while the export ran" in failed(report).values()
    moved = tmp_path / "elsewhere"
    assert not [path for path in moved.iterdir() if path.stat().st_size not in {300_000}]


def test_nothing_of_another_folder_is_named_or_removed(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    parts = [PartFile(folder, "a.mp3"), PartFile(folder, "b.mp3")]
    for part in parts:
        part.write(0, b"sound")
    replaced(folder)
    for name in ("a.mp3.part", "b.mp3.part"):
        (folder / name).write_bytes(b"of somebody else")
    kept = parts[0].complete()
    with pytest.raises(ExportError) as caught:
        parts[0].name(kept.path)
    assert caught.value.reason == "missing"
    for part in parts:
        part.discard()
    assert {path.name for path in folder.iterdir()} == {"a.mp3.part", "b.mp3.part"}


def test_a_part_is_removed_whose_folder_went_away_as_it_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part, folder, away = PartFile(tmp_path / "out", "call/a.mp3"), tmp_path / "out", tmp_path / "moved"
    folder.mkdir()

    def require_way(*_: object) -> None:
        folder.rename(away)
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("playhead.core.exports.files.require_way", require_way)
    with pytest.raises(ExportError):
        part.write(0, b"sound")
    part.discard()
    settled_while_away = part.settled
    away.rename(folder)
    part.discard()
    assert (settled_while_away, part.settled) == (False, True)
    assert not list(folder.rglob("*.part"))


@pytest.mark.parametrize("moment", ["write", "name"])
def test_a_link_that_comes_while_a_file_is_written_leads_it_nowhere(tmp_path: Path, moment: str) -> None:
    folder, other = tmp_path / "out", tmp_path / "elsewhere"
    folder.mkdir()
    part = PartFile(folder, "call/a.mp3")
    if moment == "write":
        (folder / "call").mkdir()
        elsewhere(folder)
        with pytest.raises(ExportError) as caught:
            part.write(0, b"sound")
    else:
        part.write(0, b"sound")
        kept = part.complete()
        elsewhere(folder)
        with pytest.raises(ExportError) as caught:
            part.name(kept.path)
    assert caught.value.reason == "inway"
    part.discard()
    assert list(other.iterdir()) == []


@pytest.mark.parametrize("at", ["before", "meanwhile"])
def test_no_link_inside_the_folder_leads_audio_out_of_it(tmp_path: Path, at: str) -> None:
    folder, other = tmp_path / "out", tmp_path / "other"
    other.mkdir()
    folder.mkdir()
    if at == "before":
        (folder / "call").symlink_to(other)

    def deed() -> None:
        if at == "meanwhile":
            replaced_by_link(folder / "call", tmp_path / "moved", other)

    report = Meddled(folder, deed).run(until=lambda progress: progress.paused is not None)
    assert list(other.iterdir()) == []
    assert not report.of(State.KEPT)


def test_what_could_not_be_read_again_is_not_called_kept(tmp_path: Path) -> None:
    target = TargetFolder(tmp_path / "nowhere")
    outcome = Outcome(recording=recordings(1)[0], state=State.KEPT, path="a.mp3", size=3, sha256="0" * 64)
    target.watch([outcome])
    (now,) = target.changed({7: outcome}).values()
    assert now.state is State.FAILED
    assert now.path == now.sha256 == ""
