"""Pacing of work: when it has to wait, and how much it may fetch in a second."""

import asyncio
import threading
from collections.abc import Callable

from playhead.core.pace import Pace
from playhead.core.worklists.workstates import Hold

_AT_ONCE = 0.25
"""Seconds' worth of bytes that may come without a pause."""


class Holds:
    """Reasons to wait; it is passed while there are none. Belongs to one event loop, but for `going`."""

    def __init__(self, changed: Callable[[], object] = bool) -> None:
        self._changed = changed
        self._reasons: set[Hold] = set()
        self._open = asyncio.Event()
        self._open.set()
        self.going = threading.Event()
        """Set while there is no reason to wait; any thread may ask."""
        self.going.set()

    @property
    def reason(self) -> Hold | None:
        """The reason that is said: the person's before all others."""
        return next((each for each in Hold if each in self._reasons), None)

    def hold(self, reason: Hold, *, on: bool) -> None:
        """Add a reason, or take it away."""
        before = set(self._reasons)
        (self._reasons.add if on else self._reasons.discard)(reason)
        if before == self._reasons:
            return
        for event in (self._open, self.going):
            (event.clear if self._reasons else event.set)()
        self._changed()

    async def passed(self) -> None:
        """Return when there is no reason to wait."""
        await self._open.wait()


class Throttle:
    """Keeps what is fetched within so many bytes a second; 0: as fast as it comes."""

    def __init__(self, pace: Pace, rate: float = 0.0) -> None:
        self.rate = rate
        self._pace = pace
        self._due = 0.0
        """The moment at which all that came would have come at this rate."""

    async def took(self, number: int) -> None:
        """Wait until `number` bytes more may have come."""
        if self.rate <= 0:
            return
        now = self._pace.now()
        self._due = max(self._due, now) + number / self.rate
        if self._due - now > _AT_ONCE:
            await self._pace.sleep(self._due - now - _AT_ONCE)
