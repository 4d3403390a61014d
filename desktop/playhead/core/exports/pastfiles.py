"""Files that an old export left, read without trusting its folder.

Whoever had the folder meanwhile may have put anything there: only regular files inside of it are opened, no
link is followed, nothing waits for a pipe, and papers are read up to a limit.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from playhead.core.errors import ExportUnreadable
from playhead.core.exports.files import files_in
from playhead.core.exports.naming import same_file

LARGEST_PAPER = 600_000_000
"""Bytes of the largest paper that is read: `recordings.json` of some half a million recordings."""
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)


class NoRegularFile(OSError):
    """What has the name is a link, a folder, a pipe or a device."""


@contextmanager
def opened(folder: Path, path: str) -> Iterator[FileIO]:
    """The file at `path` in `folder`. Raises `OSError`: `NoRegularFile` for what must not be opened."""
    place = folder
    for part in Path(path).parts[:-1]:
        place /= part
        if not stat.S_ISDIR(place.lstat().st_mode):
            raise NoRegularFile(path)
    if not stat.S_ISREG((folder / path).lstat().st_mode):
        raise NoRegularFile(path)
    with FileIO(os.open(folder / path, _FLAGS)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NoRegularFile(path)
        yield file


def paper(folder: Path, path: str, limit: int = LARGEST_PAPER) -> bytes:
    """All of a paper. Raises `OSError`, or `ExportUnreadable` (`large`) for more than `limit` bytes."""
    with opened(folder, path) as file:
        if os.fstat(file.fileno()).st_size > limit:
            raise ExportUnreadable("large", f"over {limit} bytes")
        return file.read(limit)


class Spellings:
    """How paths are spelled in a folder: a disk may have changed their Unicode form, or their case."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, str] | None = None

    def of(self, path: str) -> str:
        """The path of the same file in the folder; `path` itself if it is there, or none is."""
        if not path or os.path.lexists(self._folder / path):
            return path
        if self._known is None:
            self._known = {same_file(each): each for each in files_in(self._folder)}
        return self._known.get(same_file(path), path)
