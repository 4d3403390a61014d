"""An answer that is asked for in full each time, and shared where asking again would not help."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from playhead.core.pace import Pace

VAIN_SECONDS = 5.0
"""Seconds for which nobody asks again after a new answer was no better than the one before."""

Answer = TypeVar("Answer")


class Shared(Generic[Answer]):
    """Gives what `ask` gives."""

    def __init__(self, ask: Callable[[], Awaitable[Answer]], pace: Pace) -> None:
        self._ask = ask
        self._pace = pace
        self._asking = asyncio.Lock()
        self._last: Answer | None = None
        self._began = 0.0
        self._vain: float | None = None
        self.number = 0
        """Number of answers that have been asked for."""

    async def newer(self, than: int) -> Answer:
        """An answer that was asked for after the one numbered `than`; the last one while that is vain."""
        async with self._asking:
            if self._last is not None and (self.number > than or self._is_vain()):
                return self._last
            self._last = None
            self.number += 1
            self._began = self._pace.now()
            self._last = answer = await self._ask()
            # It may be a large one.
            asyncio.get_running_loop().call_later(VAIN_SECONDS, self._let_go, answer)
            return answer

    def was_vain(self) -> None:
        """Say that the last answer did not help."""
        self._vain = self._pace.now()

    def forget(self) -> None:
        """Let go of the last answer."""
        self._last = None

    def _let_go(self, answer: Answer) -> None:
        if self._last is answer:
            self._last = None

    def _is_vain(self) -> bool:
        now = self._pace.now()
        recent = now - self._began < VAIN_SECONDS
        return recent and self._vain is not None and now - self._vain < VAIN_SECONDS
