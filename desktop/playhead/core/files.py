"""Files that are on the disk whole or not at all."""

import contextlib
import errno
import hashlib
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from playhead.core.errors import ExportError, Garbled
from playhead.core.naming import numbered

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_IN_WAY = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY, errno.ENAMETOOLONG, errno.EINVAL}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is whole: its path relative to the folder, its bytes, and their SHA-256 in hex."""

    path: str
    size: int
    sha256: str


class PartFile:
    """A file in the making: beside its place, with `.part` at its end, until `keep` gives it its name.

    Any thread may call; one waits for the other. Raises `ExportError`.
    """

    def __init__(self, folder: Path, path: str) -> None:
        self._folder = folder
        self._path = path
        self._busy = threading.Lock()
        self._part: Path | None = None
        self._file: BinaryIO | None = None
        self._size = 0
        self._sum = hashlib.sha256()
        self._kept: Kept | None = None
        self._discarded = False

    def write(self, offset: int, chunk: bytes) -> None:
        """Write the bytes that come at `offset`; 0 after others begins anew."""
        with self._busy, _translated():
            if self._discarded:
                return
            file = self._opened()
            if offset == 0 and self._size:
                file.seek(0)
                file.truncate()
                self._size = 0
                self._sum = hashlib.sha256()
            if offset != self._size:
                raise Garbled("length", "a piece is missing")
            file.write(chunk)
            self._sum.update(chunk)
            self._size += len(chunk)

    def keep(self) -> Kept | None:
        """Bring it to the disk for good, under its name or, if that is taken, one with a number."""
        with self._busy, _translated():
            if self._discarded:
                return None
            file = self._opened()
            file.flush()
            os.fsync(file.fileno())
            file.close()
            path, number = self._path, 2
            while os.path.lexists(self._folder / path):
                path = numbered(self._path, number)
                number += 1
            target = self._folder / path
            if self._part is not None:
                self._part.replace(target)
            self._part = None
            self._kept = Kept(path, self._size, self._sum.hexdigest())
            _sync(target.parent)
            return self._kept

    def discard(self) -> Kept | None:
        """Remove what is not kept; gives what is."""
        with self._busy:
            self._discarded = True
            # What cannot be closed or removed, on a disk that has gone, is not worth another error.
            with contextlib.suppress(OSError):
                if self._file is not None:
                    self._file.close()
            with contextlib.suppress(OSError):
                if self._part is not None:
                    self._part.unlink(missing_ok=True)
            return self._kept

    def _opened(self) -> BinaryIO:
        if self._file is None:
            *folders, name = self._path.split("/")
            place = self._folder
            for folder in folders:
                # Never the export's own folder: a disk that was unplugged must not come back as a folder.
                place /= folder
                place.mkdir(exist_ok=True)
            self._part, descriptor = _fresh(place, name)
            self._file = os.fdopen(descriptor, "wb")
        return self._file


def prepare(folder: Path, needed: int) -> None:
    """Make the folder of an export and see whether `needed` bytes have room. Raises `ExportError`."""
    with _translated():
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    if needed > free:
        raise ExportError("full", f"{needed} bytes needed, {free} free")


def contents(folder: Path) -> list[str]:
    """The relative paths of everything in `folder`, with slashes; none if it is not there."""
    found: list[str] = []
    for place, folders, files in os.walk(folder):
        relative = Path(place).relative_to(folder)
        found += [(relative / name).as_posix() for name in (*folders, *files)]
    return found


def _fresh(place: Path, name: str) -> tuple[Path, int]:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    for number in range(1, 10):
        part = place / (f"{name}.part" if number == 1 else f"{name}.{number}.part")
        with contextlib.suppress(FileExistsError):
            return part, os.open(part, flags, 0o666)
    raise ExportError("inway", "too many parts of one name")


def _sync(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where folders can be opened."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some network file systems refuse
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(
            _kind(error), errno.errorcode.get(error.errno or 0, type(error).__name__)
        ) from error


def _kind(error: OSError) -> str:
    if error.errno in _FULL:
        return "full"
    if error.errno in _READ_ONLY:
        return "readonly"
    return "inway" if error.errno in _IN_WAY else "missing"
