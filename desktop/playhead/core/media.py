"""The encoded audio of one recording, as it arrives."""

import threading
from collections.abc import Callable, Collection

from playhead.core.errors import PlayheadError

_COPIED = 1024 * 1024
"""Bytes that are copied while no other thread runs."""


class Media:
    """Bytes of one recording's audio: written by one download, read by any number of threads.

    A reader may ask for bytes that have not arrived yet and waits for them. The writer says how it ended:
    `finish` (all is here) or `fail` (no more will come). Listeners are called in the writer's thread.
    """

    def __init__(self, told: Collection[str] = ()) -> None:
        self._told = tuple(told)
        self._bytes = bytearray()
        self._changed = threading.Condition()
        self._total: int | None = None
        self._finished = False
        self._failure: PlayheadError | None = None
        self._listeners: list[Callable[[], None]] = []

    @property
    def told(self) -> tuple[str, ...]:
        """Names that others have for its form: media types, formats, endings of files."""
        return self._told

    @property
    def total(self) -> int | None:
        """Number of bytes in all; None while nobody knows."""
        return self._total

    @property
    def arrived(self) -> int:
        """Number of bytes that can be read without waiting."""
        return len(self._bytes)

    @property
    def finished(self) -> bool:
        """True if every byte is here."""
        return self._finished

    @property
    def failure(self) -> PlayheadError | None:
        """Reason why no more bytes will come, if that is so."""
        return self._failure

    def announce(self, total: int | None, *, told: Collection[str] | None = None) -> None:
        """Tell the readers how long the media will be (bytes), and how its form is called if that is news."""
        with self._changed:
            self._total = total
            self._told = self._told if told is None else tuple(told)
            self._tell()

    def write(self, chunk: bytes) -> None:
        """Append what has arrived."""
        with self._changed:
            self._bytes += chunk
            self._tell()

    def finish(self) -> None:
        """Say that every byte is here."""
        with self._changed:
            self._total = len(self._bytes)
            self._finished = True
            self._tell()

    def fail(self, failure: PlayheadError) -> None:
        """Say that no more bytes will come, and why; what has arrived stays readable."""
        with self._changed:
            self._failure = failure
            self._tell()

    def read_at(self, offset: int, size: int, timeout: float | None = None) -> bytes:
        """Up to `size` bytes from `offset`, waiting until at least one is there.

        Empty at the end. Raises the download's failure once the bytes before it are used up, and
        `TimeoutError` if nothing came within `timeout` seconds.
        """
        with self._changed:
            ready = self._changed.wait_for(
                lambda: len(self._bytes) > offset or self._finished or self._failure is not None, timeout
            )
            if not ready:
                raise TimeoutError
            if len(self._bytes) > offset:
                return bytes(self._bytes[offset : offset + size])
            if self._failure is not None:
                raise self._failure
            return b""

    def content(self) -> bytes:
        """Everything that has arrived so far. Copying much takes long: not for the window's thread."""
        # In pieces, between which other threads have their turn; joining does not keep them waiting.
        return b"".join([self._copy(at) for at in range(0, len(self._bytes), _COPIED)])

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after every change, in the writer's thread; returns what ends that."""
        with self._changed:
            self._listeners.append(listener)

        def stop() -> None:
            with self._changed:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop

    def _copy(self, at: int) -> bytes:
        with self._changed:
            return bytes(self._bytes[at : at + _COPIED])

    def _tell(self) -> None:
        self._changed.notify_all()
        for listener in tuple(self._listeners):
            listener()
