"""Rate limits: how fast, and how many at once, requests go to one server."""

import asyncio

from playhead.core.pace import Pace
from playhead.core.ports import Waiting


class RateLimiter:
    """Lets requests begin `interval` seconds apart, and none while the server wants a pause."""

    def __init__(self, pace: Pace, interval: float, waiting: Waiting) -> None:
        self._pace = pace
        self._interval = interval
        self._waiting = waiting
        self._next = pace.now()
        self._line = asyncio.Lock()
        self._pauses = 0

    @property
    def free(self) -> bool:
        """True if the next request need not wait."""
        return self._next <= self._pace.now() and not self._pauses

    async def turn(self) -> None:
        """Wait until the next request may begin."""
        async with self._line:
            late = 0.0
            while (wait := self._next - self._pace.now()) > 0:
                await self._pace.sleep(wait)
                # Timers are late by a little: the next one is not to be later by that as well.
                late = min(self._interval, max(0.0, self._pace.now() - self._next))
            self._next = self._pace.now() - late + self._interval

    async def hold(self, seconds: float) -> None:
        """Pause all requests, and say so."""
        self._next = max(self._next, self._pace.now() + seconds)
        self._pauses += 1
        self._waiting(seconds)
        try:
            await self._pace.sleep(seconds)
        finally:
            self._pauses -= 1
            if not self._pauses:
                self._waiting(0.0)


class RequestQueue:
    """Lets requests through to one server, `at_once` at a time, each when its `limiter` allows.

    Several queues may share a limiter.
    """

    def __init__(self, limiter: RateLimiter, at_once: int) -> None:
        self.limiter = limiter
        self._gate = asyncio.Semaphore(at_once)
        self._users = 0

    @property
    def idle(self) -> bool:
        """True if nothing would be lost if this were forgotten."""
        return not self._users and self.limiter.free

    async def __aenter__(self) -> None:
        self._users += 1
        try:
            await self._gate.acquire()
        except BaseException:
            self._users -= 1
            raise
        try:
            await self.limiter.turn()
        except BaseException:
            self._leave()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._leave()

    def _leave(self) -> None:
        self._gate.release()
        self._users -= 1
