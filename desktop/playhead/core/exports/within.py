"""Files inside the folder of an export, reached through no link and waited for by nobody.

Whoever has the folder meanwhile may put anything there: a link that leads out of it, a pipe that never ends.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)


class NoRegularFile(OSError):
    """A link, a pipe or a device has the name, or the name of a folder on the way to it."""

    def __init__(self) -> None:
        super().__init__(errno.ELOOP, os.strerror(errno.ELOOP))


def is_folder(path: Path) -> bool:
    """Tell whether a folder itself is at `path`, no link and no junction to one. Raises `OSError`."""
    found = path.lstat()
    is_junction = getattr(found, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
    return stat.S_ISDIR(found.st_mode) and not is_junction


def require_way(folder: Path, path: str) -> None:
    """See that no link is on the way from `folder` to the file at `path`. Raises `OSError`."""
    place = folder
    for part in path.split("/")[:-1]:
        place /= part
        if not is_folder(place):
            raise NoRegularFile


@contextmanager
def opened(folder: Path, path: str) -> Iterator[FileIO]:
    """The file at `path` in `folder`, to be read. Raises `OSError`: `NoRegularFile` for what is none."""
    require_way(folder, path)
    if not stat.S_ISREG((folder / path).lstat().st_mode):
        raise NoRegularFile
    with FileIO(os.open(folder / path, _FLAGS)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NoRegularFile
        yield file
