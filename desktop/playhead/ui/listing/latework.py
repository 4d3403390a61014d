"""Awaiting of one account's answer, with something to do if it is late."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import TypeVar

T = TypeVar("T")


async def awaited(
    work: Coroutine[object, object, T],
    patience: Callable[[], timedelta],
    late: Callable[[], Awaitable[object]],
) -> T:
    """Await `work`; if it is still running when `patience` ends, await `late` once, and go on waiting.

    `patience` is asked again whenever the time is over that it gave: timers go off too early, and `work` may
    have begun to ask later. Work ends with whoever waits for it.
    """
    asking = asyncio.ensure_future(work)
    try:
        while not asking.done() and (left := patience()):
            await asyncio.wait({asking}, timeout=left.total_seconds())
        if not asking.done():
            await late()
        return await asking
    finally:
        asking.cancel()
        await asyncio.wait({asking})
        if not asking.cancelled():
            asking.exception()  # it has been raised, or is of no use any more
