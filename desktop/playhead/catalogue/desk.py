"""A connection and the thread that works with it."""

from collections.abc import Callable
from typing import TypeVar

import apsw

from playhead.catalogue.connection import own_words
from playhead.catalogue.mark import Mark
from playhead.catalogue.worker import Worker
from playhead.core.errors import CatalogueError

T = TypeVar("T")


class Desk:
    """Does one job after another with its own connection, off the caller's thread.

    `mark` is told what was written.
    """

    def __init__(self, name: str, connection: apsw.Connection, mark: Mark | None = None) -> None:
        self._connection = connection
        self._mark = mark
        self._worker = Worker(name)
        self._closed = False

    async def run(self, job: Callable[[apsw.Connection], T]) -> T:
        """What `job` makes of the connection; raises `CatalogueError`, also when the desk is closed."""
        if self._closed:
            raise CatalogueError("closed")

        def turn() -> T:
            with own_words():
                result = job(self._connection)
                if self._mark is not None:
                    self._mark.note(self._connection)
                return result

        return await self._worker.run(turn)

    async def close(self) -> None:
        """Let go of the file when everything asked before is done; once is enough, twice is harmless."""
        if self._closed:
            return
        self._closed = True
        try:
            await self._worker.run(self._connection.close)
        finally:
            self._worker.stop()
