"""The folder that the files of an export go into: their places among those of earlier runs, and writing."""

import contextlib
import hashlib
import io
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import TextIO

from typing_extensions import Buffer, override

from playhead.core.exports.audit import PastExport, read_exports
from playhead.core.exports.diskaccess import opened
from playhead.core.exports.files import Kept, PartFile, intact, parts_of
from playhead.core.exports.naming import candidates, same_file
from playhead.core.exports.report import Report
from playhead.core.exports.sums import REPORT_SUMS, SUMS, read_sums, speaks_of

_NUMBER = re.compile(r" \([0-9]+\)(?=\.[^.]*$|$)")
_OLD = ".old.part"
"""At the end of the name that a list of sums has while the papers that it knows make way."""
_TAIL = re.compile(r"(?:\.old|\.[0-9])?\.part$")
_BATCH = 262_144
"""Bytes handed to the disk in one go."""

Writing = Callable[[TextIO], None]
"""Writes a whole file, however long, piece by piece."""


class OutputFolder:
    """Gives every file its place: its own name, that of an `outdated` one, or one with a number."""

    def __init__(self, folder: Path, outdated: Mapping[str, Kept]) -> None:
        self._folder = folder
        self._outdated = outdated
        self._taken: set[str] = set()
        self._aside: dict[Path, Path] = {}

    def holds(self, name: str) -> bool:
        """True if there is an outdated file called `name`, be it with a number."""
        return self._older(name) is not None

    def sheet(self, name: str) -> PartFile:
        """The making of the sheet `name`; to be discarded in the end."""
        path = self._older(name)
        return PartFile(self._folder, path or name, replace=path is not None)

    def withdraw(self, name: str) -> None:
        """Let an outdated list of sums speak of nothing while the papers that it knows make way.

        It is kept aside until `clear`, so that a run that is killed meanwhile can be gone on with.
        """
        path = self._older(name)
        if path is not None:
            self._aside[self._folder / f"{path}{_OLD}"] = self._folder / path
            with contextlib.suppress(OSError):
                (self._folder / path).replace(self._folder / f"{path}{_OLD}")

    def restore(self) -> None:
        """Bring back what was withdrawn, as the papers are still those of before."""
        for aside, path in reversed(self._aside.items()):
            with contextlib.suppress(OSError):
                if not path.exists():
                    aside.replace(path)

    def clear(self, lists: Iterable[str]) -> None:
        """Remove what this run and interrupted ones before have left of these `lists` of sums."""
        for name in lists:
            for path in (*parts_of(self._folder, name), self._folder / f"{name}{_OLD}"):
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)

    def put(self, path: str, content: str) -> Kept:
        """Write a short text; what has the same bytes is left as it is."""
        encoded = content.encode("utf-8", "replace")
        self._sweep(path, encoded)
        kept = self._standing(path, encoded) or self._made(path, encoded)
        self._taken.add(kept.path)
        return kept

    def left(self, written: Iterable[Kept], *, but: Collection[str]) -> tuple[Kept, ...]:
        """The outdated papers that nothing took the place of, and that are still true.

        `but` are the names of papers that are still to come.
        """
        paths = {kept.path for kept in written}
        return tuple(
            kept
            for path, kept in self._outdated.items()
            if path not in paths and _bare(path) not in {same_file(name) for name in but}
        )

    def _sweep(self, path: str, content: bytes) -> None:
        """Remove what an interrupted run has left of this very text."""
        for part in parts_of(self._folder, path):
            with contextlib.suppress(OSError):
                with opened(self._folder, part.relative_to(self._folder).as_posix()) as left:
                    ours = content.startswith(left.read(len(content) + 1))
                if ours:
                    part.unlink()

    def _standing(self, path: str, content: bytes) -> Kept | None:
        size, digest = len(content), hashlib.sha256(content).hexdigest()
        # Not by a look at the whole folder, which may hold as many transcripts again.
        names = takewhile(lambda name: os.path.lexists(self._folder / name), candidates(path))
        known = (Kept(name, size, digest) for name in names)
        return next((kept for kept in known if intact(self._folder, kept)), None)

    def _made(self, path: str, content: bytes) -> Kept:
        part = PartFile(self._folder, path, replace=path in self._outdated)
        try:
            part.write(0, content)
            return part.keep()
        finally:
            part.discard()

    def _older(self, name: str) -> str | None:
        return next(
            (path for path in self._outdated if path not in self._taken and _bare(path) == same_file(name)),
            None,
        )


def _bare(path: str) -> str:
    """The name of a file without its number, however it is spelled."""
    return same_file(_NUMBER.sub("", path))


def outdated(report: Report) -> Mapping[str, Kept]:
    """Files that may be replaced, by path: those of ours that are as they were written.

    Those that the report names, and those of an export whose every recording and file this report speaks of,
    too: of a run that was interrupted nobody knows what it had written. Foreign files, papers that somebody
    changed, and papers of another export that went into the same folder are left. Raises `ExportError`.
    """
    folder = report.plan.folder
    found = [*report.replaces]
    for past in read_exports(folder)[0]:
        if _covered(past, report):
            found += past.replaces
            found += _about_to_be(past)
    return {kept.path: kept for kept in found if intact(folder, kept)}


def lists_in_the_making(folder: Path) -> Iterator[Path]:
    """Lists of sums that have not got their name, or had it until new papers came."""
    stem, dot, suffix = REPORT_SUMS.partition(".")
    for pattern in (f"{SUMS}*.part", f"{stem}*{dot}{suffix}*.part"):
        yield from sorted(folder.glob(pattern))


def _covered(past: PastExport, report: Report) -> bool:
    keys = {outcome.recording.key for outcome in report.outcomes}
    files = {Kept(outcome.path, outcome.size, outcome.sha256) for outcome in report.outcomes}
    return past.keys <= keys and files.issuperset(past.audio.values())


def _about_to_be(past: PastExport) -> Iterator[Kept]:
    """Papers of a run that was killed before its lists of sums had their names.

    Those are complete before any paper has got its name. A list that knows the record is of this export, and
    so is one of a report that knows such a list.
    """
    lists = [(_TAIL.sub("", part.name), read_sums(part)) for part in lists_in_the_making(past.folder)]
    names = {name for name, listed in lists if speaks_of(listed, past.record)}
    names |= {past.sums.path} if past.sums is not None else set()
    own = [
        listed
        for _, listed in lists
        if speaks_of(listed, past.record) or any(speaks_of(listed, name) for name in names)
    ]
    for path, digest in _others(past, own):
        yield Kept(path, _size(past.folder / path), digest)


def _others(past: PastExport, lists: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """The entries of the lists for anything but audio."""
    audio = {kept.path for kept in past.audio.values()}
    audio |= {outcome.copy.path for outcome in past.outcomes if outcome.copy is not None}
    return ((path, digest) for listed in lists for path, digest in listed.items() if path not in audio)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def write_text(part: PartFile, writing: Writing) -> None:
    """Let `writing` fill `part` with UTF-8 and the line ends that it gives. Raises `ExportError`."""
    buffered = io.BufferedWriter(_PartStream(part), _BATCH)
    # A lone surrogate, which JSON can bring, has no UTF-8.
    text = io.TextIOWrapper(buffered, encoding="utf-8", errors="replace", newline="")
    part.write(0, b"")
    writing(text)
    text.flush()
    text.detach()
    buffered.detach()


class _PartStream(io.RawIOBase):
    """Bytes that go to the end of a part."""

    def __init__(self, part: PartFile) -> None:
        self._part = part
        self._size = 0

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, chunk: Buffer, /) -> int:
        content = bytes(chunk)
        self._part.write(self._size, content)
        self._size += len(content)
        return len(content)
