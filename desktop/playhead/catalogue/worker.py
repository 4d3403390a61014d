"""A thread of one's own, which an event loop can await."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

T = TypeVar("T")


class Worker:
    """Runs jobs one after another in one daemon thread, which never keeps the process from ending.

    A job whose await is cancelled before its turn is not run; one that has begun runs to its end.
    """

    def __init__(self, name: str) -> None:
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    async def run(self, job: Callable[[], T]) -> T:
        """What `job` returns or raises, from the thread."""
        future: Future[T] = Future()

        def turn() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = job()
            except BaseException as error:  # noqa: BLE001  whoever awaits gets it
                future.set_exception(error)
            else:
                future.set_result(result)

        self._queue.put(turn)
        return await asyncio.wrap_future(future)

    def stop(self) -> None:
        """End the thread when everything that is queued has run."""
        self._queue.put(None)

    def _work(self) -> None:
        while (turn := self._queue.get()) is not None:
            turn()
            # A waiting thread must not hold the last job's result (media, a million ids) in memory.
            del turn
