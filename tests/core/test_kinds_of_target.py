"""Targets of every kind: an export into each ends with whole files, with true sentences, and without harm.

Those with names are what disks are known to do; the others do at random what no disk should.
`PLAYHEAD_TARGETS=300` plays each of three situations so often.
"""

import asyncio
import errno
import os
import random
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from playhead.core.exports import formats
from playhead.core.exports.choices import Choices
from playhead.core.exports.engine.progress import Progress
from playhead.core.exports.engine.run import Export
from playhead.core.exports.files import Kept
from playhead.core.exports.plan import plan
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.exports.sums import read_sums
from playhead.core.exports.target import longest_name
from playhead.core.pace import Pace
from playhead.papers import exportfiles as papers
from support.exports.export_scene import Clouds, Naps, audio, made_export, recording, run_apart
from support.exports.lying_disk import LyingDisk, decomposed
from support.permissions import has_small_disks

RANDOM: Final = int(os.environ.get("PLAYHEAD_TARGETS", "12"))
FILES = 8
ONE = "id-1.mp3"
"""The file that a disk has something against."""
FULL_OF_PATIENCE = 12
"""Looks at a target that takes no more, after which somebody cancels."""
STRANGERS: Final[Mapping[str, bytes]] = {
    "call/id-2.mp3": b"of somebody else",
    "call/id-3.mp3.part": b"half, of somebody else",
    "recordings.csv": b"a table of somebody else",
    "notes/remarks.txt": b"mine",
}
GOOD: Final = {"": FILES}
FAULT = "the disk reported a fault"


@dataclass
class Ended:
    """What came of an export into a target."""

    report: Report
    paused: list[str] = field(default_factory=list)
    """Why it waited, as the person was told."""

    @property
    def fates(self) -> dict[str, int]:
        """How many files have each reason for not being there; an empty one for those that are."""
        found: dict[str, int] = {}
        for outcome in self.report.outcomes:
            why = "" if outcome.state is State.KEPT else outcome.why
            found[why] = found.get(why, 0) + 1
        return found


class Trial:
    """An export into a folder in which strangers have files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._papers = set[str]()
        self._subjects = [recording(number) for number in range(FILES)]
        for path, content in STRANGERS.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)

    def run(
        self,
        meanwhile: Callable[[], object] = lambda: None,
        *,
        name: str = "{id}",
        done: Mapping[int, Outcome] | None = None,
        known: Mapping[tuple[str, str], Kept] | None = None,
        paused_by: Callable[[str], object] = lambda _: None,
    ) -> Ended:
        """Let it run to its end; `meanwhile` happens when half of it has been asked for.

        Where it waits for its target, somebody cancels it after a while. `done` is of a run that it goes on
        with, `known` of an export that had been there.
        """
        naps, paused, made, clouds = Naps(), list[str](), list[Export](), Clouds()

        def progress(now: Progress) -> None:
            if now.paused is not None and now.paused not in paused:
                paused.append(now.paused)
                paused_by(now.paused)

        async def sleep(seconds: float) -> None:
            await naps(seconds)
            if len(naps.seconds) > FULL_OF_PATIENCE:
                made[0].cancel()

        def trouble(_: object) -> None:
            if len(clouds.asked) == FILES // 2:
                meanwhile()

        clouds.trouble = trouble
        planned = plan(
            self._subjects,
            self.folder,
            template=f"{{kind}}/{name}",
            labels={},
            existing=list(STRANGERS),
            known=known,
            longest=longest_name(self.folder),
        )
        choices = Choices(sheets=frozenset({formats.CSV, formats.JSON, formats.TEXT}))
        made.append(
            made_export(
                planned,
                clouds,
                choices=choices,
                papers=papers,
                done=done,
                progress=progress,
                pace=Pace(sleep=sleep),
            )
        )
        report = asyncio.run(asyncio.wait_for(made[0].run(), 60))
        self._papers |= {sheet.path for sheet in report.sheets}
        return Ended(report, paused)

    def run_while_read_only(self, mount: Callable[[str], object]) -> Ended:
        """Let it run on a disk that is read-only from the middle on, until the export waits for it."""
        mount_once = [lambda: mount("remount,ro")]

        def meanwhile() -> None:
            if mount_once:
                mount_once.pop()()

        def paused(reason: str) -> None:
            if reason == "readonly":
                mount("remount,rw")

        return self.run(meanwhile, paused_by=paused)

    def check(self, ended: Ended, form: Callable[[str], str] = str) -> None:
        """See that files are whole, that what is listed is so, and that nobody else's were touched.

        What is called as parts of this export are is swept by a run that goes on with it, whosever it is.
        """
        report = ended.report
        kept = {form(each.path): each for each in report.outcomes if each.sha256}
        sheets = {form(path) for path in self._papers}
        for path in self.folder.rglob("*"):
            if not stat.S_ISREG(path.lstat().st_mode):
                continue
            name = path.relative_to(self.folder).as_posix()
            if name in STRANGERS:
                assert path.read_bytes() == STRANGERS[name]
            elif name in kept:
                number = int(kept[name].recording.id.removeprefix("id-"))
                assert path.read_bytes() == audio(number)
            elif path.suffix == ".mp3":
                # Known to be whole, but nobody could be told: it says so of none that is not.
                assert path.read_bytes() in {audio(number) for number in range(FILES)}
            else:
                assert name in sheets or path.suffix == ".part" or report.sheets_failure, name
        for name in STRANGERS:
            assert name.endswith(".part") or (self.folder / name).is_file()
        for name in kept:
            assert (self.folder / name).is_file(), name
        for sheet in (each.path for each in report.sheets if "SHA256SUMS" in each.path):
            assert {form(path) for path in read_sums(self.folder / form(sheet))} >= kept.keys()

    def parts(self) -> set[str]:
        """What is left that has no name yet."""
        found = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.part")}
        return found - STRANGERS.keys()


@dataclass(frozen=True)
class Kind:
    """Something that disks do, and what is to come of it."""

    name: str
    prepare: Callable[[LyingDisk], None]
    fates: Mapping[str, int] = field(default_factory=lambda: GOOD)
    paused: tuple[str, ...] = ()
    stopped: str | None = None
    unsynced: bool = False
    parts: int = 0
    sheets: bool = True


def both(disk: LyingDisk, code: str) -> None:
    disk.fail("link", code)
    disk.fail("replace", code)


def lost_answer(disk: LyingDisk) -> None:
    """A link is made, and the disk says that its name is taken."""
    disk.after("link", "EEXIST")


def is_short(disk: LyingDisk) -> None:
    disk.limit_names(143)


KINDS: Final = (
    *(
        Kind(f"no links: {code}", lambda disk, code=code: disk.fail("link", code))  # type: ignore[misc]
        for code in ("EPERM", "EIO", "EXDEV", "ENOTTY", "EACCES", "ENOTSUP", "ENOSYS", "EMLINK", "EINVAL")
    ),
    Kind("the answer to a link is lost", lost_answer),
    Kind(
        "every name is taken",
        lambda disk: disk.fail("link", "EEXIST", about=".mp3"),
        {"something is in the way of the file": FILES},
    ),
    *(
        Kind(
            f"neither links nor names: {code}",
            lambda disk, code=code: both(disk, code),  # type: ignore[misc]
            {f"{FAULT} ({code})": FILES},
            sheets=False,
        )
        for code in ("EIO", "EXDEV")
    ),
    *(
        Kind(f"no promise: {code}", lambda disk, code=code: disk.fail("fsync", code), unsynced=True)  # type: ignore[misc]
        for code in ("EINVAL", "ENOTSUP", "ENOSYS", "ENOTTY")
    ),
    Kind(
        "a fault while bytes are brought to the disk",
        lambda disk: disk.fail("fsync", "EIO", about=ONE),
        {"": FILES - 1, f"{FAULT} (EIO)": 1},
    ),
    Kind("such a fault that passes", lambda disk: disk.fail("fsync", "EIO", about=ONE, times=1)),
    Kind(
        "a disk that has failed",
        lambda disk: disk.fail("fsync", "EIO"),
        {f"{FAULT} (EIO)": FILES},
        stopped="disk",
        sheets=False,
    ),
    *(
        Kind(
            f"a name that is not taken: {code}",
            lambda disk, code=code: disk.fail("open", code, about=ONE),  # type: ignore[misc]
            {"": FILES - 1, "the disk does not take a file of this name": 1},
        )
        for code in ("ENAMETOOLONG", "EILSEQ", "EINVAL")
    ),
    Kind("a file that is held for a moment", lambda disk: disk.fail("open", "EBUSY", about=ONE, times=2)),
    Kind("a name that is held for a moment", lambda disk: disk.fail("link", "ETXTBSY", about=ONE, times=2)),
    Kind(
        "files of that size are not taken",
        lambda disk: disk.fail_writes("EFBIG", about=ONE),
        {"": FILES - 1, "the disk does not take files of this size": 1},
    ),
    Kind("a fault in writing that passes", lambda disk: disk.fail_writes("EIO", about=ONE, times=2)),
    Kind(
        "a share that is gone for a while",
        lambda disk: disk.fail_writes("ESTALE", after=3, times=4),
    ),
    Kind(
        "a quota",
        lambda disk: disk.fail_writes("EDQUOT", about="id-", after=4),
        {},
        sheets=True,
    ),
    Kind("no room is told", lambda disk: disk.fail("statvfs", "ENOSYS")),
    Kind("no size is told", lambda disk: disk.tell_room(0, 0)),
    Kind("folders that are there may not be made", lambda disk: disk.fail("mkdir", "EROFS", about="/call")),
    Kind("and are not called so", lambda disk: disk.fail("mkdir", "EPERM", about="/call")),
    Kind("names of 143 bytes", is_short),
)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="its calls are not replaced here")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_target_works_or_gets_the_sentence_that_is_true_of_it(
    disk: LyingDisk, tmp_path: Path, kind: Kind
) -> None:
    trial = Trial(tmp_path / "out")
    kind.prepare(disk)
    ended = trial.run(name="{id}" if kind.prepare is not is_short else "{id}" + "x" * 200)
    disk.heal()
    assert disk.calls or kind.prepare is is_short
    if kind.prepare is not is_short:
        trial.check(ended)
    if kind.fates:
        assert ended.fates == kind.fates
    assert (ended.report.stopped.reason if ended.report.stopped else None) == kind.stopped
    assert ended.report.unsynced is kind.unsynced
    assert (ended.report.sheets_failure is None) is kind.sheets
    assert len(trial.parts()) == kind.parts
    if kind.unsynced:
        assert "gives no promise" in (trial.folder / "report.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="its calls are not replaced here")
@pytest.mark.parametrize("form", [decomposed, str.lower, str.upper])
def test_a_disk_that_changes_names_takes_files_all_the_same(
    disk: LyingDisk, tmp_path: Path, form: Callable[[str], str]
) -> None:
    trial = Trial(tmp_path / "out")
    if form is str.upper:
        for path in sorted(trial.folder.rglob("*"), key=lambda each: -len(each.parts)):
            path.rename(path.with_name(form(path.name)))
    disk.fold(form)
    ended = trial.run(name="{id} ü É")
    disk.heal()
    assert ended.report.complete
    assert not trial.parts() - {form(name) for name in STRANGERS}


IN_THE_WAY: Final[Mapping[str, Callable[[Path], object]]] = {
    "a folder": Path.mkdir,
    "a pipe": getattr(os, "mkfifo", Path.mkdir),
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to a file": lambda path: path.symlink_to(path.parent / "id-2.mp3"),
    "a link to itself": lambda path: path.symlink_to(path),
}


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes in folders there")
@pytest.mark.parametrize("what", IN_THE_WAY)
@pytest.mark.parametrize("name", ["call/id-1.mp3", "recordings.json", "SHA256SUMS", "report.txt"])
def test_what_has_a_name_keeps_it(tmp_path: Path, what: str, name: str) -> None:
    trial = Trial(tmp_path / "out")
    IN_THE_WAY[what](trial.folder / name)
    before = (trial.folder / name).lstat()
    ended = trial.run()
    trial.check(ended)
    assert ended.report.complete
    assert os.path.samestat((trial.folder / name).lstat(), before)
    stem, dot, suffix = name.partition(".")
    assert (trial.folder / f"{stem} (2){dot}{suffix}").is_file()
    assert not trial.parts()


REAL: Final[Mapping[str, tuple[str, str]]] = {
    "read-only from the start": ("remount,ro", "readonly"),
    "read-only for a while": ("", "readonly"),
    "room for bytes, not for files": ("remount,nr_inodes=12", "full"),
}


@pytest.mark.slow
@pytest.mark.skipif(not has_small_disks(), reason="needs a disk of its own")
@pytest.mark.parametrize("kind", REAL)
def test_a_disk_of_the_system_that_takes_no_more_is_called_what_it_is(tmp_path: Path, kind: str) -> None:
    option, said = REAL[kind]
    program = f"""
        import subprocess
        from test_kinds_of_target import *

        place = Path({str(tmp_path)!r})

        def mount(option):
            subprocess.run(["mount", "-t", "tmpfs", "-o", option, "none", place], check=True)

        mount("size=16m,nr_inodes=200")
        trial = Trial(place / "out")
        if {option!r}:
            mount({option!r})
        waits = trial.run(lambda: None) if {option!r} else trial.run_while_read_only(mount)
        trial.check(waits)
        print(waits.paused[0] if waits.paused else waits.report.stopped.reason)
        print(waits.report.complete)
    """
    told, complete = run_apart(program, "unshare", "-Urm").splitlines()
    assert told == said
    assert complete == str(not option)


CODES = sorted(
    set(errno.errorcode.values()) - {"EWOULDBLOCK", "EDEADLOCK", "EINTR", "ECHILD", "ENOENT", "EEXIST"}
)
CALLS = ("link", "replace", "fsync", "open", "mkdir", "unlink", "stat", "lstat", "write")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="its calls are not replaced here")
@pytest.mark.parametrize("seed", range(RANDOM))
@pytest.mark.parametrize("before", ["nothing", "a run", "an export"])
def test_whatever_a_disk_does_files_are_whole_and_nobody_elses_are_touched(
    disk: LyingDisk, tmp_path: Path, before: str, seed: int
) -> None:
    chance = random.Random(seed)
    trial, told = Trial(tmp_path / "out"), list[str]()
    had: dict[str, object] = {}
    if before != "nothing":
        outcomes = trial.run().report.outcomes
        left = {place: each for place, each in enumerate(outcomes) if chance.random() < 0.7}
        files = {each.recording.key: Kept(each.path, each.size, each.sha256) for each in left.values()}
        had = {"done": left} if before == "a run" else {"known": files}

    def fail() -> None:
        for _ in range(chance.choice((1, 1, 2, 3))):
            call, code = chance.choice(CALLS), chance.choice(CODES)
            options = {
                "about": chance.choice(("", "id-", ONE, "call", "recordings", "SHA256SUMS")),
                "after": chance.choice((0, 0, 1, 5, 20)),
                "times": chance.choice((1, 2, 5, 1_000_000)),
            }
            told.append(f"{call} {code} {options}")
            if call == "write":
                disk.fail_writes(code, **options)  # type: ignore[arg-type]
            else:
                disk.fail(call, code, **options)  # type: ignore[arg-type]

    at_once = chance.random() < 0.5
    if at_once:
        fail()
    ended = trial.run(fail if not at_once else lambda: None, **had)  # type: ignore[arg-type]
    disk.heal()
    try:
        trial.check(ended)
        assert all(each.why for each in ended.report.outcomes if each.state is not State.KEPT)
        if ended.report.stopped is None and ended.report.sheets_failure is None:
            assert ended.report.sheets
    except AssertionError as wrong:
        raise AssertionError(f"seed {seed}: {told}") from wrong
