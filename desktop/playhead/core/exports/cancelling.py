"""Work that must not be left half when its task is cancelled."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

_R = TypeVar("_R")


async def to_its_end(work: Awaitable[_R]) -> _R:
    """Await `work` however often the waiting is cancelled: for what must not be left half."""
    task = asyncio.ensure_future(work)
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.shield(task)
    return task.result()


def obey_cancellation() -> None:
    """End the task if it was cancelled while it could not be."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
