"""Papers that are being written when the program is killed: no list is untrue, and the next run mends it."""

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from playhead.core.errors import ExportError
from playhead.core.exports import formats
from playhead.core.exports.choices import Choices
from playhead.core.exports.engine.reconcile import standing
from playhead.core.exports.report import Report
from playhead.core.exports.sums import read_sums
from playhead.papers.exportfiles import write
from support.exports.export_examples import PROGRAM, SPOKEN, kept, report

PAPERS = {*(each.file_name for each in formats.FORMATS), "SHA256SUMS", "report.sha256"}


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def untrue(folder: Path) -> list[str]:
    """What the lists in the folder say and is not so."""
    found = []
    for name in ("SHA256SUMS", "report.sha256"):
        for path, digest in read_sums(folder / name).items():
            there = folder / path
            if not there.is_file() or hashlib.sha256(there.read_bytes()).hexdigest() != digest:
                found.append(f"{name}: {path}")
    return found


def at_every_change(exported: Report, look: Callable[[int], None]) -> int:
    """Write the papers; `look` is called before each change of a name, with its number; how many there were.

    What is on the disk then is what a process leaves that is killed there: nothing more is written.
    """
    steps = 0
    names = {name: getattr(os, name) for name in ("link", "replace", "unlink", "rename")}

    def before(name: str, *arguments: object, **options: object) -> object:
        nonlocal steps
        look(steps)
        steps += 1
        return names[name](*arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            patch.setattr(os, name, lambda *args, _name=name, **options: before(_name, *args, **options))
        write(exported, PROGRAM)
    return steps


def left_by_kills(exported: Report, folder: Path) -> list[Path]:
    """Write the papers; in `folder`: what a kill before each change of a name leaves, and all of it."""
    place = exported.plan.folder.parent

    def keep(step: int) -> None:
        shutil.copytree(place, folder / str(step))

    keep(at_every_change(exported, keep))
    return sorted(folder.iterdir(), key=lambda each: int(each.name))


def kill(exported: Report, number: int) -> None:
    """Write the papers and leave what a kill before change `number` leaves, or all if there are fewer."""
    place = exported.plan.folder.parent
    left = place.with_name("left by a kill")

    def keep(step: int) -> None:
        if step == number:
            shutil.copytree(place, left)

    at_every_change(exported, keep)
    if left.exists():
        shutil.rmtree(place)
        left.rename(place)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "bag"),
    [(False, False), (True, False), (True, True)],
    ids=["new", "gone on with", "bag gone on with"],
)
def test_no_list_is_untrue_after_a_kill_and_the_next_run_makes_it_whole(
    tmp_path: Path, *, old: bool, bag: bool
) -> None:
    base = tmp_path / "base" / "data"
    base.mkdir(parents=True)
    outcomes = [kept(base, 1, path="a.mp3", transcript=SPOKEN)]
    if old:
        write(report(base, outcomes, Choices(bag=bag)), PROGRAM)
    outcomes = [*outcomes, kept(base, 2, path="b.mp3")]
    wanted = {"a.mp3", "b.mp3", "a.vtt", "a.txt"} | PAPERS
    folder = tmp_path / "trial" / "data"
    made = report(folder, outcomes, Choices(bag=bag))
    shutil.copytree(base.parent, folder.parent)
    left = left_by_kills(made, tmp_path / "left")
    shutil.rmtree(folder.parent)
    for step, one in enumerate(left):
        one.rename(folder.parent)
        assert untrue(folder) == [], step
        if one is not left[-1] and step % 3 == 0:
            # Killed once more, a little further on.
            kill(replace(made, ended=made.ended.replace(hour=20)), step + 2)
            assert untrue(folder) == [], step
        standing(made.plan, dict(enumerate(outcomes)))
        write(replace(made, ended=made.ended.replace(hour=22)), PROGRAM)
        assert files(folder) == wanted, step
        assert untrue(folder) == [], step
        assert set(read_sums(folder / "SHA256SUMS")) | set(read_sums(folder / "report.sha256")) == wanted - {
            "report.sha256"
        }
        shutil.rmtree(folder.parent)
    assert len(left) > len(PAPERS)


def test_papers_that_cannot_get_their_names_leave_the_list_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = [kept(tmp_path, 1, path="a.mp3")]
    write(report(tmp_path, outcomes), PROGRAM)
    before = (tmp_path / "SHA256SUMS").read_bytes()

    def refused(*_: object, **__: object) -> bool:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("playhead.core.exports.files.give_name", refused)
    with pytest.raises(ExportError):
        write(report(tmp_path, [*outcomes, kept(tmp_path, 2)]), PROGRAM)
    assert (tmp_path / "SHA256SUMS").read_bytes() == before
    assert untrue(tmp_path) == []
    assert not [name for name in files(tmp_path) if name.endswith(".part")]
