"""Named background work: a newer job of a name replaces the older one. And work that is not left half."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import TypeVar

_R = TypeVar("_R")


class Jobs:
    """Starts, replaces and ends the program's background work; every failure reaches `failed`."""

    def __init__(self, failed: Callable[[str, Exception], None]) -> None:
        """`failed(name, error)` is told of every job that ends with an error."""
        self._failed = failed
        self._current: dict[str, asyncio.Task[None]] = {}
        self._unfinished: set[asyncio.Task[None]] = set()
        self._closed = False

    def start(self, name: str, work: Coroutine[object, object, None]) -> None:
        """Run `work` as the job `name`; the one that has the name is cancelled first and has ended before.

        After `close` nothing starts any more.
        """
        if self._closed:
            work.close()
            return
        self.cancel(name)
        older = {task for task in self._unfinished if task.get_name() == name}
        task = asyncio.get_running_loop().create_task(self._run(name, work, older), name=name)
        self._current[name] = task
        self._unfinished.add(task)
        task.add_done_callback(lambda done: self._ended(name, done, work))

    def running(self, name: str) -> bool:
        """Tell whether a job of this name is at work; one that has done its last step is not."""
        task = self._current.get(name)
        return task is not None and not task.done()

    def cancel(self, name: str) -> None:
        """End the job `name`, if there is one."""
        # Each task is cancelled once only: a second time would cut short what it tidies up at its end.
        task = self._current.pop(name, None)
        if task is not None:
            task.cancel()

    async def wait(self, name: str) -> None:
        """Wait until the job `name`, and any that replaces it meanwhile, has ended, however it ends."""
        while (task := self._current.get(name)) is not None:
            await asyncio.wait([task])

    async def close(self) -> None:
        """Cancel everything and wait until it has ended."""
        self._closed = True
        for name in list(self._current):
            self.cancel(name)
        if self._unfinished:
            await asyncio.wait(self._unfinished)

    async def _run(
        self, name: str, work: Coroutine[object, object, None], older: set[asyncio.Task[None]]
    ) -> None:
        if older:
            await asyncio.wait(older)
        try:
            await work
        except Exception as error:  # noqa: BLE001 - the border at which every job's failure is reported
            self._failed(name, error)

    def _ended(self, name: str, task: asyncio.Task[None], work: Coroutine[object, object, None]) -> None:
        work.close()
        self._unfinished.discard(task)
        if self._current.get(name) is task:
            del self._current[name]


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
