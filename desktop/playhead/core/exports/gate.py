"""Gate at which the files of an export wait while the person or the target pauses it."""

import asyncio
from collections.abc import Awaitable, Callable

from playhead.core.errors import ExportError

LOOK_AGAIN = 3.0
"""Seconds between two looks at a target that takes no more."""


class Gate:
    """Open unless the person holds it, or the target is in trouble.

    A target in trouble is looked at every few seconds: `works` says whether so many bytes can be written
    there again. Belongs to one event loop.
    """

    def __init__(
        self,
        works: Callable[[int], Awaitable[bool]],
        sleep: Callable[[float], Awaitable[None]],
        changed: Callable[[], None],
    ) -> None:
        self._works = works
        self._sleep = sleep
        self._changed = changed
        self._held = False
        self._trouble: ExportError | None = None
        self._needed = 0
        self._watch: asyncio.Task[None] | None = None
        self._open = asyncio.Event()
        self._open.set()

    @property
    def reason(self) -> str | None:
        """Reason why it is shut: `person`, or that of the target's trouble; None if it is open."""
        if self._held:
            return "person"
        return self._trouble.reason if self._trouble is not None else None

    @property
    def trouble(self) -> ExportError | None:
        """Trouble of the target, if it has any."""
        return self._trouble

    async def passed(self) -> None:
        """Return when it is open."""
        await self._open.wait()

    def hold(self) -> None:
        """Shut it until `release`."""
        self._held = True
        self._turn()

    def release(self) -> None:
        """Open it again; a target in trouble is looked at at once."""
        self._held = False
        if self._trouble is not None:
            self._look()
        self._turn()

    def shut(self, trouble: ExportError, needed: int) -> None:
        """Shut it until the target takes `needed` bytes again."""
        self._needed = max(self._needed, needed)
        if self._trouble is None:
            self._trouble = trouble
            self._look()
        self._turn()

    def close(self) -> None:
        """Look no more."""
        if self._watch is not None:
            self._watch.cancel()

    def _look(self) -> None:
        self.close()
        self._watch = asyncio.create_task(self._until_it_works(), name="export target")

    async def _until_it_works(self) -> None:
        while not await self._works(self._needed):
            await self._sleep(LOOK_AGAIN)
        self._trouble, self._needed = None, 0
        self._turn()

    def _turn(self) -> None:
        if self.reason is None:
            self._open.set()
        else:
            self._open.clear()
        self._changed()
