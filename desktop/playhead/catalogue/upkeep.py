"""Work on the catalogue that nobody waits for, done in small steps between what people wait for."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from playhead.core.errors import CatalogueError

_SHARE = 0.5
"""Share of the time in which it works: the rest is for others, and so is the interpreter."""


class Chore(Protocol):
    """Something that is to be done now and then."""

    async def do_some(self) -> bool:
        """Do a part of it; False if nothing is left. Raises `CatalogueError`."""


class Upkeep:
    """Does its chores one after another; what is left is done another time."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._chores = chores
        self._work: asyncio.Task[None] | None = None
        self._again = False

    def begin(self) -> None:
        """Look for what there is to do, and do it beside everything else."""
        self._again = True
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._all(), name="catalogue upkeep")

    async def finished(self) -> None:
        """All that there was to do is done, or cannot be."""
        if self._work is not None:
            await self._work

    async def stop(self) -> None:
        """Leave the rest; a part that is being done is awaited by whoever closes its desk."""
        if self._work is not None:
            self._work.cancel()
            with suppress(asyncio.CancelledError):
                await self._work

    async def _all(self) -> None:
        # A full disk, say: nothing is lost, and whoever needs to know is told when something is to be kept.
        with suppress(CatalogueError):
            while self._again:
                self._again = False
                for chore in self._chores:
                    begun = time.perf_counter()
                    while await chore.do_some():
                        await asyncio.sleep((time.perf_counter() - begun) * (1 / _SHARE - 1))
                        begun = time.perf_counter()
