"""The folder of an export, which has to be the same one from the beginning to the end."""

import os
import stat
from collections import deque
from collections.abc import Iterable, Mapping
from pathlib import Path

from playhead.core.errors import ExportError
from playhead.core.exports.diskaccess import translated
from playhead.core.exports.files import Kept, free, works
from playhead.core.exports.recheck import Recheck
from playhead.core.exports.report import Outcome

_REMEMBERED = 8
"""Files by which a folder is known again that has another number, as on a disk that was away."""


class TargetFolder:
    """Tells whether the folder at a path is still the one that the export began with.

    A path may come to lead elsewhere: a disk is changed, a mount point is left behind, the folder is renamed
    and another made, or replaced by a link. Waits for the disk; any thread may call.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number: tuple[int, int] | None = None
        self._is_link = False
        self._files: deque[Kept] = deque(maxlen=_REMEMBERED)
        self._recheck = Recheck(path)
        self.unsynced = False
        """Whether its disk made no promise to keep what was written."""

    def begin(self) -> None:
        """Take what is there now for the folder of the export. Raises `ExportError`."""
        with translated():
            self._is_link = self._path.is_symlink()
            self._number = _number(self._path)

    def watch(self, outcomes: Iterable[Outcome]) -> None:
        """Remember how the files of `outcomes` are now: they are whole, or are read after this."""
        self._recheck.watch(outcomes)

    def note(self, outcome: Outcome) -> None:
        """The same of files that are known to be whole: the folder is known by them, too."""
        self._files.append(Kept(outcome.path, outcome.size, outcome.sha256))
        self._recheck.watch([outcome])

    def changed(self, outcomes: Mapping[int, Outcome]) -> dict[int, Outcome]:
        """Those of `outcomes`, by place in the plan, that are not true any more, as they are now."""
        return self._recheck.changed(outcomes)

    def lacks(self, papers: Iterable[Kept]) -> bool:
        """True if any of the `papers` that were just written is not there, or has another size by now."""
        return any(map(self._lacks, papers))

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

    def _is_known(self, number: tuple[int, int]) -> bool:
        """Tell whether a folder with another number, or none, is the same: as on a disk that was away."""
        files = list(self._files)
        if files:
            return 2 * sum(map(self._holds, files)) >= len(files)
        # A disk that comes back may be another device, but its folders stay what they are on it.
        return self._number is None or number[1] in {self._number[1], 0}

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


def _number(path: Path) -> tuple[int, int]:
    found = os.stat(path)  # noqa: PTH116 - what the path leads to
    return found.st_dev, found.st_ino
