"""Papers that are being written when the program is killed: no list is untrue, and the next run mends it."""

import hashlib
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from playhead.core.errors import ExportError
from playhead.core.exports import formats
from playhead.core.exports.choices import Choices
from playhead.core.exports.reconcile import standing
from playhead.core.exports.report import Report
from playhead.core.exports.sums import read_sums
from playhead.papers.exportfiles import write
from support.exports.export_examples import PROGRAM, SPOKEN, kept, report

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be forked")

PAPERS = {*(each.file_name for each in formats.FORMATS), "SHA256SUMS", "report.sha256"}
_KILLED = 9


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


def killed(exported: Report, step: int) -> bool:
    """Write the papers in a process that ends before its change number `step` of a name; whether it did."""
    child = os.fork()
    if child == 0:
        left = step
        names = {name: getattr(os, name) for name in ("link", "replace", "unlink", "rename")}

        def before(name: str, *arguments: object, **options: object) -> object:
            nonlocal left
            if left == 0:
                os._exit(_KILLED)
            left -= 1
            return names[name](*arguments, **options)

        for name in names:
            setattr(os, name, lambda *args, _name=name, **options: before(_name, *args, **options))
        try:
            write(exported, PROGRAM)
        except BaseException:  # noqa: BLE001 - the process must not go on as a second pytest
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, _KILLED}
    return code == _KILLED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "bag"),
    [(False, False), (True, False), (True, True)],
    ids=["new", "gone on with", "bag gone on with"],
)
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
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
    step, going = 0, True
    while going:
        folder = tmp_path / "trial" / "data"
        shutil.copytree(base.parent, folder.parent)
        made = report(folder, outcomes, Choices(bag=bag))
        going = killed(made, step)
        assert untrue(folder) == [], step
        if going and step % 3 == 0:
            # Killed once more, a little further on.
            killed(replace(made, ended=made.ended.replace(hour=20)), step + 2)
            assert untrue(folder) == [], step
        standing(made.plan, dict(enumerate(outcomes)))
        write(replace(made, ended=made.ended.replace(hour=22)), PROGRAM)
        assert files(folder) == wanted, step
        assert untrue(folder) == [], step
        assert set(read_sums(folder / "SHA256SUMS")) | set(read_sums(folder / "report.sha256")) == wanted - {
            "report.sha256"
        }
        shutil.rmtree(folder.parent)
        step += 1
    assert step > len(PAPERS)


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
