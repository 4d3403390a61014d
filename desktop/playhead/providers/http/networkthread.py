"""Thread that all connections live in, so that what comes over them never wakes the loop of the window."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from playhead.core.errors import Unreachable
from playhead.core.loopkeeping import PlainLoop, unhandled

T = TypeVar("T")


def _nothing(_: object) -> None:
    """Let go of what needs no closing."""


class NetworkThread:
    """Event loop of asyncio's own in a daemon thread. Coroutines of any loop may have work done there."""

    def __init__(self) -> None:
        self._loop = PlainLoop()
        self._loop.set_exception_handler(unhandled)
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="network", daemon=True)
        self._thread.start()

    async def run(self, work: Coroutine[Any, Any, T], unwanted: Callable[[T], object] = _nothing) -> T:
        """Give what `work` gives. Whoever is cancelled meanwhile cancels it.

        `unwanted` is called there with what it gave in the very moment in which the caller was cancelled.
        Work that the end of the thread cuts short raises `Unreachable`.
        """
        if self._closed:
            work.close()
            raise Unreachable("cut")
        outcome: Future[T] = Future()
        self._loop.call_soon_threadsafe(self._begin, work, outcome, unwanted)
        try:
            return await asyncio.wrap_future(outcome)
        except asyncio.CancelledError:
            if not outcome.cancelled():
                outcome.add_done_callback(lambda done: self._let_go(done, unwanted))
            raise

    def tell(self, callback: Callable[..., object], *args: object) -> None:
        """Call something in the thread soon, unless it has ended."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(callback, *args)

    async def close(self) -> None:
        """End all work, and the thread. Called by whoever calls `run`, too."""
        self._closed = True
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)

    def _begin(
        self, work: Coroutine[Any, Any, T], outcome: "Future[T]", unwanted: Callable[[T], object]
    ) -> None:
        task = self._loop.create_task(_done(work, outcome, unwanted), name="network")

        def ended(done: "Future[T]") -> None:
            if done.cancelled():
                self.tell(task.cancel)

        outcome.add_done_callback(ended)

    def _let_go(self, done: "Future[T]", unwanted: Callable[[T], object]) -> None:
        if done.exception() is None:
            self.tell(unwanted, done.result())

    def _run(self) -> None:
        try:
            self._loop.run_forever()
            self._loop.run_until_complete(_nothing_left())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            self._loop.close()


async def _nothing_left() -> None:
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    if left:
        await asyncio.wait(left)


async def _done(work: Coroutine[Any, Any, T], outcome: "Future[T]", unwanted: Callable[[T], object]) -> None:
    try:
        result = await work
    except asyncio.CancelledError:
        if outcome.set_running_or_notify_cancel():
            outcome.set_exception(Unreachable("cut"))
    except BaseException as error:  # noqa: BLE001 - it is raised where the work is awaited
        if outcome.set_running_or_notify_cancel():
            outcome.set_exception(error)
    else:
        if outcome.set_running_or_notify_cancel():
            outcome.set_result(result)
        else:
            unwanted(result)
