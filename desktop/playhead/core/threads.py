"""Daemon threads for what waits on a disk or takes long: the one bridge between them and an event loop."""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from typing import ParamSpec, TypeVar

from typing_extensions import override

P = ParamSpec("P")
T = TypeVar("T")


class Threads(Executor):
    """Up to `most` daemon threads, made as they are needed; with one, work is done in the order it was given.

    Unlike those of `ThreadPoolExecutor`, nobody waits for them when the process ends: a network folder that
    does not answer would keep it for minutes, with no window to be seen. So whatever must be finished is
    awaited by whoever began it.
    """

    def __init__(self, most: int, name: str) -> None:
        self._most = most
        self._name = name
        self._waiting: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._number = 0
        self._closed = False

    @override
    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self._closed:
            raise RuntimeError("no more work is taken")
        future: Future[T] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                outcome = fn(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001 - it is raised where the work is awaited
                future.set_exception(error)
            else:
                future.set_result(outcome)

        self._waiting.put(work)
        if not self._idle.acquire(blocking=False) and self._number < self._most:
            self._number += 1
            name = f"{self._name} {self._number}" if self._most > 1 else self._name
            threading.Thread(target=self._run, name=name, daemon=True).start()
        return future

    def start(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "asyncio.Future[T]":
        """The outcome of `fn` as a future of the running event loop.

        Work that is cancelled before its turn is not done; work that has begun goes on to its end.
        """
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[T] = loop.create_future()
        work = self.submit(fn, *args, **kwargs)

        # Neither refers to `work`, which refers to them as long as it lives: its outcome, millions of bytes,
        # would stay until the next collection of garbage.
        def settle(done: Future[T]) -> None:
            if outcome.done() or done.cancelled():
                return
            error = done.exception()
            if error is not None:
                outcome.set_exception(error)
            else:
                outcome.set_result(done.result())

        def wake(done: Future[T]) -> None:
            # The loop may have ended while the thread was still at work.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(settle, done)

        work.add_done_callback(wake)
        outcome.add_done_callback(lambda done: work.cancel() if done.cancelled() else None)
        return outcome

    async def run(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Awaits what `fn` returns or raises; see `start` for cancelling."""
        return await self.start(fn, *args, **kwargs)

    @override
    def shutdown(self, wait: bool = False, *, cancel_futures: bool = False) -> None:
        """Take no more work; what was given is still done if the process lasts, whatever is asked here."""
        self._closed = True
        for _ in range(self._number):
            self._waiting.put(None)

    def _run(self) -> None:
        while (work := self._waiting.get()) is not None:
            work()
            # A waiting thread must not hold the last outcome in memory.
            del work
            self._idle.release()
