"""Threads for what waits on a disk or takes long, which quitting does not wait for."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from typing_extensions import override

P = ParamSpec("P")
T = TypeVar("T")


class Threads(Executor):
    """Up to `most` threads, made as they are needed.

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
            threading.Thread(target=self._run, name=f"{self._name} {self._number}", daemon=True).start()
        return future

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
