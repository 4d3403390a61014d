"""Files that are on the disk whole or not at all."""

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import FileIO
from pathlib import Path

from playhead.core.errors import ExportError, Garbled
from playhead.core.exports.diskaccess import NoRegularFile, is_folder, naming, opened, require_way, translated
from playhead.core.exports.naming import candidates
from playhead.core.exports.renaming import give_name, sync
from playhead.core.heldfiles import patiently

_PROBE = 65_536
"""Bytes that have to find room in a folder that is said to work."""
_MOST_REFUSED = 100
"""How many names of a file may be refused as taken: on a disk that says so of all, there is none."""
_TAILS = (".part", *(f".{number}.part" for number in range(2, 10)))


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is whole: its path relative to the folder, its bytes, and their SHA-256 in hex."""

    path: str
    size: int
    sha256: str


class PartFile:
    """A file in the making: beside its place, with `.part` at its end, until it is whole and gets its name.

    With `replace`, it takes the place of what has that name; else a name that is taken gets a number, also if
    another program takes it at the same moment. Any thread may call; one waits for the other. Raises
    `ExportError`; after that, writing may be tried again.
    """

    def __init__(self, folder: Path, path: str, *, replace: bool = False) -> None:
        self._folder = folder
        self._path = path
        self._replace = replace
        self._busy = threading.Lock()
        self._part: Path | None = None
        self._file: FileIO | None = None
        self._born: os.stat_result | None = None
        self._size = 0
        self._sum = hashlib.sha256()
        self._settled = False
        self._discarded = False
        self._synced = True
        self._refused: list[str] = []
        """Names that are taken although nothing may be seen there."""

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._size

    @property
    def settled(self) -> bool:
        """True if nothing of it lies there, or ever will, but a whole file with its name."""
        return self._settled

    @property
    def synced(self) -> bool:
        """True if the disk promised to keep what was brought to it."""
        return self._synced

    def write(self, offset: int, chunk: bytes) -> None:
        """Write the bytes that come at `offset`; 0 after others begins anew."""
        with self._busy, translated():
            self._write(offset, chunk)

    def end(self, offset: int, chunk: bytes) -> Kept:
        """Write the last bytes and bring all to the disk, as `write` and `complete` do."""
        with self._busy, translated():
            self._write(offset, chunk)
            return self._complete()

    def fill(self, make: Callable[[Path], object]) -> None:
        """Let `make` write all of it, under the name that it is given."""
        with self._busy, translated():
            self._opened().close()
            self._file = None
            assert self._part is not None
            make(self._part)
            self._file = FileIO(self._part, "rb+")
            self._born = os.fstat(self._file.fileno())
            self._sum = hashlib.file_digest(self._file, "sha256")
            self._size = self._file.tell()

    def complete(self) -> Kept:
        """Bring all bytes to the disk for good; gives the file under the first name that is free now."""
        with self._busy, translated():
            return self._complete()

    def name(self, path: str) -> bool:
        """Give what is complete its name, for good; False if somebody else took that meanwhile."""
        with self._busy, naming():
            file = self._opened()
            assert self._part is not None
            if not self._is_ours(self._part):
                raise FileNotFoundError(errno.ENOENT, "another folder is there by now")
            file.close()
            try:
                require_way(self._folder, path)
                gone = give_name(self._part, self._folder / path, replace=self._replace)
            except FileExistsError as error:
                self._refused.append(path)
                if len(self._refused) > _MOST_REFUSED:
                    raise ExportError("inway", "no name is free") from error
                return False
            if gone:
                self._part = None
            self._settled = gone
            return True

    def keep(self) -> Kept:
        """Bring it to the disk for good, under its name."""
        while True:
            kept = self.complete()
            if self.name(kept.path):
                return kept

    def discard(self) -> None:
        """Remove what has not got its name; a second call does nothing."""
        with self._busy:
            self._discarded = True
            # What cannot be closed or removed, on a disk that has gone, is not worth another error.
            with contextlib.suppress(OSError):
                if self._file is not None:
                    self._file.close()
            with contextlib.suppress(OSError):
                if self._part is not None and self._is_ours(self._part):
                    self._part.unlink()
                    self._part = None
            self._settled = self._part is None

    def _write(self, offset: int, chunk: bytes) -> None:
        if self._discarded:
            return
        file = self._opened()
        if offset == 0 and self._size:
            self._size = 0
            self._sum = hashlib.sha256()
        if offset != self._size:
            raise Garbled("length", "a piece is missing")
        # A write that failed may have left some bytes: they do not count.
        file.seek(self._size)
        file.truncate()
        rest = memoryview(chunk)
        while rest:
            rest = rest[file.write(rest) :]
        self._sum.update(chunk)
        self._size += len(chunk)

    def _complete(self) -> Kept:
        if not self._discarded and not (file := self._opened()).closed:
            self._synced = sync(file.fileno())
        free = (
            path
            for path in candidates(self._path)
            if path not in self._refused and not os.path.lexists(self._folder / path)
        )
        path = self._path if self._replace else next(free)
        return Kept(path, self._size, self._sum.hexdigest())

    def _opened(self) -> FileIO:
        if self._file is None:
            with naming():
                _make_way(self._folder, self._path)
                self._part, descriptor = _fresh(self._folder, self._path)
                self._file = FileIO(descriptor, "wb")
                self._born = os.fstat(descriptor)
                # A folder may have become a link in this very moment: what is there then is discarded.
                require_way(self._folder, self._path)
        return self._file

    def _is_ours(self, part: Path) -> bool:
        """Tell whether it is still itself that its path leads to, and not a file of another folder."""
        try:
            found = part.lstat()
        except OSError:
            # Whoever needs it there meets the same fault, or does without this look.
            return True
        return self._born is None or os.path.samestat(found, self._born) or found.st_size == self._size


def _make_way(folder: Path, path: str) -> None:
    """Make the folders in `folder` that lead to `path`; a link that has the name of one is in the way.

    Never `folder` itself: a disk that was unplugged must not come back as a folder.
    """
    place = folder
    for name in path.split("/")[:-1]:
        place /= name
        try:
            place.mkdir()
        except OSError as error:
            if not os.path.lexists(place):
                if isinstance(error, FileExistsError):
                    # The disk went away at this moment: that is no file in the way.
                    continue
                raise
            # Some disks say of a folder that is there that they are read-only, or that it may not be made.
            if not is_folder(place):
                raise NoRegularFile from None


def prepare(folder: Path, needed: int) -> None:
    """Make the folder of an export, and see that it takes files and has room for `needed` bytes.

    Raises `ExportError`. Only a write tells of a folder that is there whether it may be written.
    """
    with translated():
        folder.mkdir(parents=True, exist_ok=True)
    room = free(folder)
    if room is not None and needed > room:
        raise ExportError("full", f"{needed} bytes needed, {room} free")
    with translated():
        _try_writing(folder)


def free(folder: Path) -> int | None:
    """The bytes that have room in `folder`; None if it cannot be reached, or does not tell."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return None
    # Disks that have no size, as many in the network, tell nothing.
    return usage.free if usage.total else None


def works(folder: Path, needed: int) -> bool:
    """Tell whether `folder` is there, has room for `needed` bytes, and can be written."""
    room = free(folder)
    if room is not None and room < needed:
        return False
    try:
        _try_writing(folder)
    except OSError:
        return False
    return True


def _try_writing(folder: Path) -> None:
    """Write a few bytes into `folder` that are gone at once. Raises `OSError`."""
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(bytes(_PROBE))
        probe.flush()
        sync(probe.fileno())


def contents(folder: Path) -> list[str]:
    """The relative paths of everything in `folder`, with slashes; none if it is not there."""
    return [path for folders, files in _walked(folder) for path in (*folders, *files)]


def files_in(folder: Path) -> Iterator[str]:
    """The relative paths of all files in `folder`, with slashes; none if it is not there."""
    return (path for _, files in _walked(folder) for path in files)


def intact(folder: Path, file: Kept) -> bool:
    """Tell whether `file` is where it was kept, as `holds` tells."""
    return holds(folder, file.path, file)


def holds(folder: Path, path: str, file: Kept) -> bool:
    """Tell whether what is at `path` has the bytes of `file` and can be read.

    Raises `ExportError` only if the disk is gone.
    """
    try:
        return same(folder, path, file)
    except ExportError as error:
        if error.reason == "missing":
            raise
        return False


def same(folder: Path, path: str, file: Kept) -> bool:
    """Tell whether what is at `path` has the bytes of `file`. Raises `ExportError` if it cannot be read."""
    with translated():
        try:
            with opened(folder, path) as found:
                if os.fstat(found.fileno()).st_size != file.size:
                    return False
                return hashlib.file_digest(found, "sha256").hexdigest() == file.sha256
        except (FileNotFoundError, NotADirectoryError, NoRegularFile):
            return False


def parts_of(folder: Path, path: str) -> list[Path]:
    """Paths at which parts of the file that is to get `path` may lie."""
    return [folder / f"{path}{tail}" for tail in _TAILS]


def _walked(folder: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The folders in each folder, and the files."""
    for place, *kinds in os.walk(folder):
        relative = Path(place).relative_to(folder)
        folders, files = ([(relative / name).as_posix() for name in names] for names in kinds)
        yield folders, files


def _fresh(folder: Path, path: str) -> tuple[Path, int]:
    """A new part of the file that is to get `path`, and its descriptor."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    refused: OSError | None = None
    for part in parts_of(folder, path):
        try:
            descriptor = patiently(partial(os.open, part, flags, 0o666))
        except FileExistsError:
            continue
        except PermissionError as error:
            # On Windows also the name of one that was removed while somebody held it open.
            if os.name != "nt":
                raise
            refused = error
            continue
        return part, descriptor
    raise refused or ExportError("inway", "too many parts of one name")
