"""Giving a file its name: for good, and never to the loss of another."""

import contextlib
import errno
import os
import sys
from pathlib import Path

from playhead.core.heldfiles import patiently

_NO_SYNC = {errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.ENOTTY, errno.EROFS}
"""What disks say that cannot be asked to write everything down; that of the disk itself is `EIO`."""


def give_name(part: Path, target: Path, *, replace: bool = False) -> bool:
    """Rename `part` to `target`, for good. Raises `OSError`: `FileExistsError` if the name is taken.

    With `replace`, what has the name makes way. False if `part` is still there, too: the folder took no more
    changes in the middle of it.
    """
    gone = True
    if replace:
        patiently(lambda: part.replace(target))
    elif os.name == "nt":
        patiently(lambda: part.rename(target))
    else:
        gone = _give_free_name(part, target)
    _sync(target.parent)
    return gone


def _give_free_name(part: Path, target: Path) -> bool:
    try:
        target.hardlink_to(part)
    except FileExistsError:
        if not _is_linked(part, target):
            raise
    except OSError:
        # Disks without links say so in many ways; what else is wrong, the other way meets again.
        _take_free_name(part, target)
        return True
    try:
        part.unlink()
    except OSError:
        # Whoever tried all of it again would have the file twice.
        return False
    return True


def _take_free_name(part: Path, target: Path) -> None:
    """The same without links, as on FAT: an empty file holds the name, so that nobody else takes it."""
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except FileExistsError:
        if not _is_linked(part, target):
            raise
    try:
        patiently(lambda: part.replace(target))
    except OSError:
        with contextlib.suppress(OSError):  # the error that came first says more
            target.unlink()
        raise


def _is_linked(part: Path, target: Path) -> bool:
    """Tell whether `target` is `part`: on network disks a link may be made, and its answer be lost."""
    try:
        one, other = part.lstat(), target.lstat()
    except OSError:
        return False
    return one.st_ino != 0 and one.st_nlink > 1 and os.path.samestat(one, other)


def sync(descriptor: int) -> bool:
    """Bring a file to the disk itself. False if that disk cannot be asked to. Raises `OSError`.

    On macOS, `fsync` leaves it in the cache of the drive; its manual page tells of another way.
    """
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # network disks may not know it
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return True
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
        return False
    return True


def _sync(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where folders can be opened."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some network file systems refuse
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            sync(descriptor)
        finally:
            os.close(descriptor)
