"""A file over media that is still arriving, as FFmpeg wants to read it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playhead.core.errors import PlayheadError
from playhead.core.media import Media

UNKNOWN = -1


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
        if self._glancing and self._offset > self._media.arrived and not self._complete():
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
            end = self._media.arrived if self._complete() else self._media.total
            if end is None or not (self._glancing or self._complete()):
                return UNKNOWN
            offset += end
        self._offset = max(0, offset)
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
        return self._closed or self._media.arrived > self._offset or self._complete()

    def _complete(self) -> bool:
        media = self._media
        return media.finished or media.failure is not None or media.arrived == media.total

    def _wake(self) -> None:
        with self._moved:
            self._moved.notify_all()
