"""Keeping of what the person chose and where they were: now and then, and at the end."""

import asyncio
import logging
from contextlib import AsyncExitStack, suppress

from playhead.core.errors import CatalogueError
from playhead.core.jobs import Jobs
from playhead.machine.settings import Settings
from playhead.ui.shell.leavingoff import LeavingOff
from playhead.ui.shell.preferencesjourney import PreferencesJourney

_log = logging.getLogger(__name__)

KEPT_EVERY = 60.0
"""Seconds between two looks at what the person has chosen, so that a crash costs no more of it."""


class Keeping:
    """Keeps preferences in the settings, and in the catalogue how the window was left."""

    def __init__(
        self, preferring: PreferencesJourney, leaving: LeavingOff, settings: Settings, jobs: Jobs
    ) -> None:
        self._preferring = preferring
        self._leaving = leaving
        self._settings = settings
        self._jobs = jobs

    async def begin(self, stack: AsyncExitStack) -> None:
        """Read how the window was left, keep from now on, and for the last time when `stack` closes."""
        stack.callback(self._preferring.keep)
        stack.push_async_callback(self._keep_place)
        await self._leaving.read()
        self._jobs.start("keep preferences", self._keep_on())

    def keep(self) -> None:
        """Keep at once what is kept now and then: the session may end by force."""
        self._preferring.keep()
        self._jobs.start("keep place", self._keep_place())

    async def _keep_on(self) -> None:
        """Let what the person chose outlive a crash, too."""
        while True:
            await asyncio.sleep(KEPT_EVERY)
            self._preferring.keep()
            await self._keep_place()
            problem = await self._settings.saved()
            if problem is not None:
                _log.info("preferences could not be saved: %s", problem.reason)

    async def _keep_place(self) -> None:
        with suppress(CatalogueError):  # what it was like is no loss beside what cannot be written
            await self._leaving.keep()
