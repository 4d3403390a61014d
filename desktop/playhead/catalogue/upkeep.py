"""Work on the catalogue that nobody waits for, done in small steps between what people wait for."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import apsw

from playhead.catalogue.desk import Desk
from playhead.core.errors import CatalogueError

Step = Callable[[apsw.Connection], bool]
"""A transaction of some hundredths of a second; True if there is more to do."""
_SHARE = 0.5
"""Share of the time in which it works: the desk is free for others, and so is the interpreter."""


class Upkeep:
    """Does its steps one after another at the desk that writes; what is left is done another time."""

    def __init__(self, writing: Desk, steps: Sequence[Step]) -> None:
        self._writing = writing
        self._steps = steps
        self._work: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Do what there is to do, beside everything else; once at a time."""
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._all(), name="catalogue upkeep")

    async def finished(self) -> None:
        """All that there was to do is done, or cannot be."""
        if self._work is not None:
            await self._work

    async def stop(self) -> None:
        """Leave the rest; the step that is being done is awaited by whoever closes the desk."""
        if self._work is not None:
            self._work.cancel()
            with suppress(asyncio.CancelledError):
                await self._work

    async def _all(self) -> None:
        # A full disk, say: nothing is lost, and whoever needs to know is told when something is to be kept.
        with suppress(CatalogueError):
            for step in self._steps:
                begun = time.perf_counter()
                while await self._writing.run(step):
                    await asyncio.sleep((time.perf_counter() - begun) * (1 / _SHARE - 1))
                    begun = time.perf_counter()
