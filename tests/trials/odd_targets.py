"""Folders that fail in many ways while an export writes to them: `odd_targets.py [how many]`.

A call of the system ends with an error for one file, or for all. However that ends: what has a final name is
whole, what was there before is untouched, nothing is waited for without a word, and what is said is true.
"""

import asyncio
import errno
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

if __name__ == "__main__":
    ROOT = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

from playhead.core.exports.engine.progress import Progress
from playhead.core.exports.engine.run import Export
from playhead.core.exports.report import Report, State
from playhead.core.pace import Pace
from support.exports.export_scene import Clouds, Naps, Sheets, audio, made_export, planned, recordings

MANY = 60
FILES = 6
LIMIT = 30.0
"""Seconds after which an export is said to wait for ever."""
_UNSUPPORTED = ("EINVAL", "ENOTSUP", "ENOSYS", "ENOTTY")
_OTHERS = ("EIO", "EXDEV", "EACCES", "EPERM", "EMLINK", "ENOENT")
_GONE = ("ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "EHOSTDOWN", "ETIMEDOUT")
_NAMES = ("ENAMETOOLONG", "EILSEQ", "EINVAL")
_FULL = ("ENOSPC", "EDQUOT")
WORDS = {
    "EFBIG": "the disk does not take files of this size",
    "ENOSPC": "the disk is full",
    "EDQUOT": "the disk is full",
    "EROFS": "the folder cannot be written",
    "EACCES": "the folder cannot be written",
    "EPERM": "the folder cannot be written",
    "ELOOP": "something is in the way of the file",
    **dict.fromkeys(_NAMES, "the disk does not take a file of this name"),
    **dict.fromkeys(_GONE, "the folder is no longer there"),
    "ENOENT": "the folder is no longer there",
}
"""What is true of an error that costs a file; of every other one: the disk reported a fault, and which."""


@dataclass(frozen=True, slots=True)
class Target:
    """A folder in which a call fails: for the file `only`, or for all."""

    call: str
    code: str
    only: str = ""
    harmless: bool = False
    """Whether all files are kept nevertheless."""


def targets() -> Iterator[Target]:
    """Every kind, the usual ones first."""
    for code in (*_UNSUPPORTED, *_OTHERS):
        yield Target("link", code, harmless=True)
    for code in _UNSUPPORTED:
        yield Target("fsync", code, harmless=True)
    for code in ("EIO", *_FULL, *_GONE, "EROFS"):
        yield Target("fsync", code, only="id-1.mp3", harmless=code == "EROFS")
    for code in (*_NAMES, *_FULL, *_GONE, "EFBIG", "ELOOP", "EIO", "EACCES", "EROFS", "EBADMSG"):
        yield Target("open", code, only="id-2.mp3")
    for code in (*_FULL, "EROFS", "EACCES", "EIO", *_GONE):
        yield Target("open", code)
    for code in ("EACCES", "EROFS", "EIO", "EBUSY"):
        yield Target("unlink", code, harmless=True)


@contextmanager
def failing(target: Target) -> Iterator[None]:
    """Let a call of the system fail while the context lasts."""

    def refuse(path: object) -> None:
        if target.only in str(path):
            number = getattr(errno, target.code)
            raise OSError(number, os.strerror(number))

    fsync, link, unlink, opened = os.fsync, Path.hardlink_to, Path.unlink, os.open

    def broken_fsync(descriptor: int) -> None:
        refuse(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    def broken_link(path: Path, other: Path) -> None:
        refuse(path)
        link(path, other)

    def broken_unlink(path: Path, **named: bool) -> None:
        if ".part" in path.name:
            refuse(path)
        unlink(path, **named)

    def broken_open(path: str, flags: int, *rest: int, **named: int) -> int:
        if ".part" in str(path):
            refuse(path)
        return opened(path, flags, *rest, **named)

    places: dict[str, tuple[object, str, Callable[..., object]]] = {
        "fsync": (os, "fsync", broken_fsync),
        "link": (Path, "hardlink_to", broken_link),
        "unlink": (Path, "unlink", broken_unlink),
        "open": (os, "open", broken_open),
    }
    home, name, broken = places[target.call]
    genuine = getattr(home, name)
    setattr(home, name, broken)
    try:
        yield
    finally:
        setattr(home, name, genuine)


async def exported(folder: Path) -> Report:
    """An export that is cancelled as soon as it waits and says so."""
    made: list[Export] = []

    def progress(each: Progress) -> None:
        if each.paused is not None:
            made[0].cancel()

    plan = planned(recordings(FILES), folder)
    made.append(made_export(plan, Clouds(), papers=Sheets(), progress=progress, pace=Pace(sleep=Naps())))
    return await asyncio.wait_for(made[0].run(), LIMIT)


def scene(folder: Path, target: Target) -> None:
    """Export into a folder of that kind; raises `AssertionError` for what must not be."""
    mine = folder / "call" / "id-3.mp3"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"somebody's own")
    with failing(target):
        report = asyncio.run(exported(folder))
    assert mine.read_bytes() == b"somebody's own", "a stranger's file was replaced"
    for path in folder.rglob("*.mp3"):
        if path != mine:
            assert path.read_bytes() == audio(int(path.stem.split(" ")[0][3:])), f"{path.name} is not whole"
    if target.call != "unlink":
        assert not list(folder.rglob("*.part")), "a part is left"
    kept = report.of(State.KEPT)
    assert all((folder / each.path).is_file() for each in kept)
    if target.harmless:
        assert len(kept) == FILES, [each.why for each in report.outcomes]
    wanted = WORDS.get(target.code, f"the disk reported a fault ({target.code})")
    for each in report.of(State.FAILED):
        assert each.why == wanted, f"{target.code} is called: {each.why}"


def main(number: int = MANY) -> int:
    """Play so many kinds; the status of the process."""
    kinds = list(islice(targets(), number))
    failed = 0
    for target in kinds:
        with tempfile.TemporaryDirectory(prefix="playhead-target-") as folder:
            try:
                scene(Path(folder) / "out", target)
            except Exception as error:  # noqa: BLE001 - each is counted and told
                failed += 1
                sys.stdout.write(f"{target}: {type(error).__name__}: {error}\n")
    sys.stdout.write(f"{len(kinds)} kinds of target, {failed} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
