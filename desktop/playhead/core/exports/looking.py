"""Looks at folders that somebody is still choosing, any of which may be on a disk that does not answer."""

import asyncio
from pathlib import Path

from playhead.core.exports.target import Target, look_at
from playhead.core.threads import Threads

LONGEST = 10.0
"""Seconds after which nothing is known of a folder."""
_AT_ONCE = 2
"""How many looks may hang: a network folder that is gone holds its thread for minutes."""


class Looking:
    """Its looks take none of the threads that others need; one that nobody awaits any more is not begun."""

    def __init__(self, longest: float = LONGEST) -> None:
        """`longest` is in seconds."""
        self._longest = longest
        self._threads = Threads(_AT_ONCE, "look at folder")

    async def at(self, folder: Path) -> Target:
        """Look at `folder` for some seconds at most."""
        try:
            async with asyncio.timeout(self._longest):
                return await self._threads.run(look_at, folder)
        except TimeoutError:
            return Target(None, occupied=False, export=False)
