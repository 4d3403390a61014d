"""Files in the folder of an export: opened through no link, and the meaning of what a disk says."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from playhead.core.errors import ExportError, Spoilt

_MEANINGS: dict[Spoilt, frozenset[str]] = {
    "full": frozenset({"ENOSPC", "EDQUOT"}),
    "large": frozenset({"EFBIG"}),
    "readonly": frozenset({"EROFS", "EACCES", "EPERM"}),
    "inway": frozenset({"EEXIST", "ENOTDIR", "EISDIR", "ENOTEMPTY", "ELOOP", "EBUSY", "ETXTBSY"}),
    "name": frozenset({"ENAMETOOLONG", "EILSEQ"}),
    "missing": frozenset(
        {
            *("ENOENT", "ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH"),
            *("ENETDOWN", "ENETUNREACH", "ECONNRESET", "ECONNABORTED", "ECONNREFUSED", "ESHUTDOWN"),
        }
    ),
}
"""Codes of errors by what they say of the folder; every other one is a fault of the disk."""


def meaning(error: OSError) -> Spoilt:
    """The reason of the `ExportError` that an error of the disk is."""
    code = errno.errorcode.get(error.errno or 0, "")
    if os.name == "nt" and code == "EINVAL":
        return "missing"  # what the C library makes there of a disk or a share that is gone
    return next((reason for reason, codes in _MEANINGS.items() if code in codes), "disk")


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Raise `ExportError` for every `OSError` within."""
    try:
        yield
    except OSError as error:
        raise _meant(error, meaning(error)) from error


@contextlib.contextmanager
def naming() -> Iterator[None]:
    """The same where something gets or has a name: what is not valid there is that name."""
    try:
        yield
    except OSError as error:
        invalid = error.errno == errno.EINVAL and os.name != "nt"
        raise _meant(error, "name" if invalid else meaning(error)) from error


def _meant(error: OSError, reason: Spoilt) -> ExportError:
    return ExportError(reason, errno.errorcode.get(error.errno or 0, type(error).__name__))


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
