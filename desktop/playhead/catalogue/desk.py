"""Database workers: a connection and its thread each, and jobs that end once their answer is not wanted."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Concatenate, Generic, ParamSpec, TypeVar

import apsw

from playhead.catalogue.connection import WriteMark, own_words
from playhead.core.errors import CatalogueError, Superseded
from playhead.core.threads import Threads

P = ParamSpec("P")
T = TypeVar("T")

_STEPS = 100_000
"""Steps of SQLite's machine, about a millisecond, between two looks at whether the answer is still wanted."""

_LOGGED = 1_000
"""Pages of the write-ahead log after which it is emptied."""


class Desk:
    """Does one job after another with its own connection, off the caller's thread.

    `mark` is told what was written.
    """

    def __init__(self, name: str, connection: apsw.Connection, mark: WriteMark | None = None) -> None:
        self._connection = connection
        self._mark = mark
        self._thread = Threads(1, name)
        self._closed = False
        self._logged = 0
        connection.set_wal_hook(self._note_log)

    async def run(
        self, job: Callable[Concatenate[apsw.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what `job` makes of the connection; raises `CatalogueError`, also when closed."""
        if self._closed:
            raise CatalogueError("closed")

        def turn() -> T:
            with own_words():
                result = job(self._connection, *args, **kwargs)
                if self._mark is not None:
                    self._mark.note(self._connection)
                return result

        try:
            return await self._thread.run(turn)
        finally:
            if self._logged >= _LOGGED and not self._closed:
                self._thread.submit(self._empty_log)

    async def run_while_wanted(
        self, job: Callable[Concatenate[apsw.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same; the job ends at once when the caller is cancelled."""
        return await Latest().run(self, job, *args, **kwargs)

    async def close(self) -> None:
        """Let go of the file when everything asked before is done; once is enough, twice is harmless."""
        if self._closed:
            return
        self._closed = True
        try:
            await self._thread.run(self._connection.close)
        finally:
            self._thread.shutdown()

    def _note_log(self, _connection: apsw.Connection, _database: str, pages: int) -> int:
        self._logged = pages
        return apsw.SQLITE_OK

    def _empty_log(self) -> None:
        """Bring what the write-ahead log has into the file; SQLite itself would let a writer wait for it."""
        if self._logged >= _LOGGED:
            self._logged = 0
            with suppress(apsw.Error):  # the next one will do, and whoever writes is told of a full disk
                self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)


class Latest:
    """Asks for one answer at a time, at whichever desk: a newer job ends the older."""

    def __init__(self) -> None:
        self._interrupt: Callable[[], None] | None = None

    async def run(
        self,
        desk: Desk,
        job: Callable[Concatenate[apsw.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return what `job` makes of a desk's connection; raises `Superseded` when a newer one comes."""
        self.interrupt()
        turn = _Turn(lambda connection: job(connection, *args, **kwargs))
        self._interrupt = turn.interrupt
        try:
            return await desk.run(turn.work)
        except asyncio.CancelledError:
            turn.interrupt()
            raise
        except apsw.InterruptError:
            raise Superseded from None

    def interrupt(self) -> None:
        """End the job that is being done, if there is one."""
        if self._interrupt is not None:
            self._interrupt()


class _Turn(Generic[T]):
    """One job on its way; `interrupt` may be called from any thread, at any moment."""

    def __init__(self, job: Callable[[apsw.Connection], T]) -> None:
        self._job = job
        self._lock = threading.Lock()
        self._connection: apsw.Connection | None = None
        self._interrupted = False

    def interrupt(self) -> None:
        with self._lock:
            self._interrupted = True
            # The connection may be shared: whatever comes after this turn must not be interrupted.
            if self._connection is not None:
                self._connection.interrupt()

    def work(self, connection: apsw.Connection) -> T:
        with self._lock:
            self._connection = connection
        # SQLite forgets an interruption that comes between two statements; this does not.
        connection.set_progress_handler(lambda: self._interrupted, _STEPS)
        try:
            if self._interrupted:
                raise apsw.InterruptError
            return self._job(connection)
        finally:
            connection.set_progress_handler(None)
            with self._lock:
                self._connection = None
