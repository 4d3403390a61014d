"""Threads for a disk, and what must not be left half."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar

from playhead.core.threads import Threads

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Disk:
    """Runs what touches a disk, `at_once` things at a time, apart from the thread of the window."""

    def __init__(self, at_once: int) -> None:
        self._threads = Threads(at_once, "export")

    async def run(self, work: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """Do `work` in a thread; it goes on to its end even if the waiting is cancelled."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: work(*args, **kwargs))

    def close(self) -> None:
        """Begin nothing more."""
        self._threads.shutdown()


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
