"""Folder of an export: the same one from the beginning to the end, and its files as they were kept."""

import contextlib
import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from playhead.core.errors import ExportError
from playhead.core.exports.diskaccess import NoRegularFile, require_way, translated
from playhead.core.exports.files import Kept, free, same, works
from playhead.core.exports.report import Outcome, lost, reason
from playhead.core.threads import Threads

_REMEMBERED = 8
"""Files by which a folder is known again that has another number, as on a disk that was away."""
_Stamp = tuple[int, int, int]
"""Size, and the times of the last change of content and of the entry, in nanoseconds."""


class TargetFolder:
    """Tells whether the folder at a path, and what was kept in it, is still as the export left it.

    A path may come to lead elsewhere: a disk is changed, a mount point is left behind, the folder is renamed
    and another made, or replaced by a link. Of its files only one whose size or times have changed, or whose
    times are not known, is read again. Everything waits for the disk; any thread may call.
    """

    def __init__(self, path: Path, at_once: int = 1) -> None:
        self.disk = Threads(at_once, "export")
        """Threads in which all of it is done."""
        self._path = path
        self._number: tuple[int, int] | None = None
        self._is_link = False
        self._files: deque[Kept] = deque(maxlen=_REMEMBERED)
        self._stamps: dict[str, _Stamp] = {}
        self.unsynced = False
        """True if its disk made no promise to keep what was written."""

    def begin(self) -> None:
        """Take what is there now for the folder of the export. Raises `ExportError`."""
        with translated():
            self._is_link = self._path.is_symlink()
            self._number = _number(self._path)

    def require(self) -> None:
        """Raise `ExportError` if it is not there (`missing`), or another folder has its path (`moved`)."""
        with translated():
            number, is_link = _number(self._path), self._path.is_symlink()
        if self._number is None:
            return
        is_numbered = number[1] != 0
        if number == self._number and is_numbered and is_link == self._is_link:
            return
        if is_link != self._is_link or not self._is_known(number):
            raise ExportError("moved")
        self._number = number

    @property
    def free(self) -> int | None:
        """The bytes that have room; None if it cannot be reached."""
        return free(self._path)

    def works(self, needed: int) -> bool:
        """Tell whether it is there, has room for `needed` bytes, and can be written."""
        try:
            self.require()
        except ExportError:
            return False
        return works(self._path, needed)

    def watch(self, outcomes: Iterable[Outcome]) -> None:
        """Remember how the files of `outcomes` are now: they are whole, or are read after this."""
        ways = set[str]()
        for file in (file for outcome in outcomes for file in _files(outcome)):
            if file.path not in self._stamps:
                with contextlib.suppress(ExportError):
                    stamp = self._stamp(file.path, ways)
                    if stamp is not None:
                        self._stamps[file.path] = stamp

    def note(self, outcome: Outcome) -> None:
        """The same of files that are known to be whole: the folder is known by them, too."""
        self._files.append(Kept(outcome.path, outcome.size, outcome.sha256))
        self.watch([outcome])

    def changed(self, outcomes: Mapping[int, Outcome]) -> dict[int, Outcome]:
        """Those of `outcomes`, by place in the plan, that are not true any more, as they are now."""
        ways = set[str]()
        found = ((place, self._now(outcome, ways)) for place, outcome in outcomes.items())
        return {place: outcome for place, outcome in found if outcome is not outcomes[place]}

    def lacks(self, papers: Iterable[Kept]) -> bool:
        """True if any of the `papers` that were just written is not there, or has another size by now."""
        return any(map(self._lacks, papers))

    def _is_known(self, number: tuple[int, int]) -> bool:
        """Tell whether a folder with another number, or none, is the same: as on a disk that was away."""
        files = list(self._files)
        if files:
            return 2 * sum(map(self._holds, files)) >= len(files)
        # A disk that comes back may be another device, but its folders stay what they are on it.
        return self._number is None or number[1] in {self._number[1], 0}

    def _now(self, outcome: Outcome, ways: set[str]) -> Outcome:
        if outcome.sha256:
            fault = self._fault(Kept(outcome.path, outcome.size, outcome.sha256), ways)
            if fault is not None:
                outcome = lost(outcome, fault)
        if outcome.copy is not None and (fault := self._fault(outcome.copy, ways)) is not None:
            outcome = replace(outcome, copy=None, copy_flaw="", copy_failure=reason(fault))
        return outcome

    def _fault(self, file: Kept, ways: set[str]) -> ExportError | None:
        """Fault of a file that was kept; None if it is as it was."""
        try:
            return self._compared(file, ways)
        except ExportError:
            # An answer that a disk in the network owes once must not cost a file that is there.
            try:
                return self._compared(file, ways)
            except ExportError as error:
                return error

    def _compared(self, file: Kept, ways: set[str]) -> ExportError | None:
        """The same; raises `ExportError` if it cannot be looked at."""
        stamp = self._stamp(file.path, ways)
        if stamp is None:
            return ExportError("removed")
        if stamp == self._stamps.get(file.path) and stamp[0] == file.size:
            return None
        if not same(self._path, file.path, file):
            return ExportError("altered")
        # As it was when it was read, or else it is read once more next time.
        self._stamps[file.path] = stamp
        return None

    def _stamp(self, path: str, ways: set[str]) -> _Stamp | None:
        """State of a file now; None if none is there. `ways` are folders in which no link leads elsewhere."""
        way = path.rpartition("/")[0]
        with translated():
            try:
                if way not in ways:
                    require_way(self._path, path)
                    ways.add(way)
                found = (self._path / path).lstat()
            except (FileNotFoundError, NotADirectoryError, NoRegularFile):
                return None
        if not stat.S_ISREG(found.st_mode):
            return None
        return found.st_size, found.st_mtime_ns, found.st_ctime_ns

    def _lacks(self, file: Kept) -> bool:
        try:
            found = (self._path / file.path).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False  # of what cannot be looked at, nobody knows
        return not stat.S_ISREG(found.st_mode) or found.st_size != file.size

    def _holds(self, file: Kept) -> bool:
        try:
            return (self._path / file.path).lstat().st_size == file.size
        except OSError:
            return False


def _files(outcome: Outcome) -> Iterator[Kept]:
    if outcome.sha256:
        yield Kept(outcome.path, outcome.size, outcome.sha256)
    if outcome.copy is not None:
        yield outcome.copy


def _number(path: Path) -> tuple[int, int]:
    found = os.stat(path)  # noqa: PTH116 - what the path leads to
    return found.st_dev, found.st_ino
