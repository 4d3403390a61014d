"""Time budget of several steps together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playhead.core.errors import Unreachable


class TimeBudget:
    """A limit of `seconds` for all that is done within `spending`; what passes in between does not count."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """Count the time inside. Raises `Unreachable("timeout")` when there is none left."""
        if self._left <= 0:
            raise Unreachable("timeout")
        now = asyncio.get_running_loop().time
        began = now()
        try:
            async with asyncio.timeout(self._left):
                yield
        except TimeoutError:
            raise Unreachable("timeout") from None
        finally:
            self._left -= now() - began
