"""Jobs at a desk that end as soon as their answer is no longer wanted."""

import asyncio
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

import apsw

from playhead.catalogue.desk import Desk

T = TypeVar("T")

_STEPS = 100_000
"""Steps of SQLite's machine, about a millisecond, between two looks at whether the answer is still wanted."""


async def interruptible(desk: Desk, job: Callable[[apsw.Connection], T]) -> T:
    """What `job` makes of the desk's connection; ends at once when the caller is cancelled."""
    turn = _Turn(job)
    try:
        return await desk.run(turn.work)
    except asyncio.CancelledError:
        turn.interrupt()
        raise


class Latest:
    """Asks for one answer at a time, at whichever desk: a newer job ends the older."""

    def __init__(self) -> None:
        self._interrupt: Callable[[], None] | None = None

    async def run(self, desk: Desk, job: Callable[[apsw.Connection], T]) -> T:
        """What `job` makes of a desk's connection; raises `asyncio.CancelledError` when a newer comes."""
        self.interrupt()
        turn = _Turn(job)
        self._interrupt = turn.interrupt
        try:
            return await desk.run(turn.work)
        except asyncio.CancelledError:
            turn.interrupt()
            raise
        except apsw.InterruptError:
            raise asyncio.CancelledError from None

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
