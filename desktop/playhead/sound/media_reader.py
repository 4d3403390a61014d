"""Bytes as FFmpeg wants to read them: of media that is still arriving, or of a file on the disk."""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from playhead.core.errors import PlayheadError
from playhead.core.media import Media

UNKNOWN = -1
FARTHEST = 2**62
"""Offset that FFmpeg can still count with; broken files send it anywhere."""


class Reader(Protocol):
    """Bytes of one recording, read by one thread. Reading never raises."""

    @property
    def told(self) -> tuple[str, ...]:
        """Names that others have for its form."""

    @property
    def closed(self) -> bool:
        """True once reading was given up."""

    @property
    def failure(self) -> PlayheadError | None:
        """Error for which the bytes will never be complete, if there is one."""

    @property
    def total(self) -> int | None:
        """Bytes that there will be in all, as far as is known."""

    @property
    def complete(self) -> bool:
        """True if nothing more will come."""

    @property
    def missed(self) -> bool:
        """True if a glance was answered with an end that may not be the real one."""

    def glancing(self) -> AbstractContextManager[None]:
        """While this lasts, what lies beyond the bytes that are there is not waited for."""

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; empty at the end."""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move to a byte. Answers `UNKNOWN` where the end is not known."""

    def tell(self) -> int:
        """The byte that is read next."""


class MediaReader:
    """Reads one Media for one thread: waits for bytes that have not arrived, and never raises.

    `close` may be called from any thread; it ends a read that waits, and every later one, as at the
    end of the file. A download that failed reads as the end, too; `failure` then says why.
    """

    def __init__(self, media: Media) -> None:
        self._media = media
        self._offset = 0
        self._closed = False
        self._glancing = False
        self._missed = False
        self._moved = threading.Condition()
        self._unlisten: Callable[[], None] | None = media.listen(self._wake)

    @property
    def told(self) -> tuple[str, ...]:
        """Names that others have for the form of the media."""
        return self._media.told

    @property
    def closed(self) -> bool:
        """True once reading was given up."""
        return self._closed

    @property
    def failure(self) -> PlayheadError | None:
        """Error for which the media will never be complete, if there is one."""
        return self._media.failure

    @property
    def total(self) -> int | None:
        """Bytes that there will be in all, as far as the host said."""
        return self._media.total

    @property
    def complete(self) -> bool:
        """True if every byte is here that will ever be."""
        media = self._media
        return media.finished or media.failure is not None or media.arrived == media.total

    @property
    def missed(self) -> bool:
        """True if a glance was answered with an end that may not be the real one."""
        return self._missed

    @contextmanager
    def glancing(self) -> Iterator[None]:
        """While this lasts, what lies beyond the bytes that have arrived is not waited for.

        FFmpeg looks behind the sound for tags when it opens a file, and the first sound would wait for
        the last byte. Reading straight on still waits.
        """
        self._glancing, self._missed = True, False
        try:
            yield
        finally:
            self._glancing = False

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, as soon as there is one; empty at the end."""
        if self._glancing and self._offset > self._media.arrived and not self.complete:
            self._missed = True
            return b""
        with self._moved:
            self._moved.wait_for(self._ready)
        if self._closed or self._media.arrived <= self._offset:
            return b""
        chunk = self._media.read_at(self._offset, size if size >= 0 else self._media.arrived)
        self._offset += len(chunk)
        return chunk

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move to a byte, also to one that has not arrived. Answers -1 where the end is unknown.

        After opening it counts as unknown until every byte is here: FFmpeg would look for the last
        moment before it seeks, and wait for it.
        """
        if whence == 1:
            offset += self._offset
        elif whence == 2:
            end = self._media.arrived if self.complete else self._media.total
            if end is None or not (self._glancing or self.complete):
                return UNKNOWN
            offset += end
        self._offset = min(max(0, offset), FARTHEST)
        return self._offset

    def tell(self) -> int:
        """The byte that is read next."""
        return self._offset

    def close(self) -> None:
        """Give up reading."""
        # It refers back to this object, and the media is not to wait for the garbage collector.
        unlisten, self._unlisten = self._unlisten, None
        if unlisten is not None:
            unlisten()
        with self._moved:
            self._closed = True
            self._moved.notify_all()

    def _ready(self) -> bool:
        return self._closed or self._media.arrived > self._offset or self.complete

    def _wake(self) -> None:
        with self._moved:
            self._moved.notify_all()


class FileReader:
    """Reads one file for one thread. A fault of its disk reads as the end; `fault` then says what it was.

    `told` are names that others have for its form. Raises `OSError` if there is no such file.
    """

    def __init__(self, path: Path, told: Collection[str] = ()) -> None:
        self._file = path.open("rb")
        self._size = self._file.seek(0, 2)
        self._offset = 0
        self._told = tuple(name for name in (*told, path.suffix.lstrip(".")) if name)
        self.fault: OSError | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """Names that others have for its form, and the ending of its own."""
        return self._told

    @property
    def closed(self) -> bool:
        """True once the file was closed."""
        return self._file.closed

    @property
    def failure(self) -> PlayheadError | None:
        """None: nothing is still to come."""
        return None

    @property
    def total(self) -> int:
        """Bytes of the file."""
        return self._size

    @property
    def complete(self) -> bool:
        """True: every byte is here."""
        return True

    @property
    def missed(self) -> bool:
        """False: nothing is missed."""
        return False

    def glancing(self) -> AbstractContextManager[None]:
        """Do nothing: no byte has to be waited for."""
        return nullcontext()

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; empty at the end."""
        if self._offset >= self._size:
            return b""
        try:
            self._file.seek(self._offset)
            chunk = self._file.read(size)
        except OSError as fault:
            self.fault = fault
            return b""
        self._offset += len(chunk)
        return chunk

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move to a byte; before the beginning is the beginning."""
        start = {1: self._offset, 2: self._size}.get(whence, 0)
        self._offset = min(max(0, start + offset), FARTHEST)
        return self._offset

    def tell(self) -> int:
        """The byte that is read next."""
        return self._offset

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
