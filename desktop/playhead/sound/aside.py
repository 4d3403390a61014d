"""Work that takes longer than the window may wait."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def aside(work: Callable[[], T], name: str) -> T:
    """What `work` gives or raises, done in a thread of that name, which quitting does not wait for.

    Being cancelled does not end the thread: the caller has to tell `work`.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def succeed(outcome: T) -> None:
        if not done.done():
            done.set_result(outcome)

    def fail(error: Exception) -> None:
        if not done.done():
            done.set_exception(error)

    def run() -> None:
        # The loop may end while the thread is still on its way out.
        with suppress(RuntimeError):
            try:
                outcome = work()
            except Exception as error:  # noqa: BLE001 - it is raised where the work is awaited
                loop.call_soon_threadsafe(fail, error)
            else:
                loop.call_soon_threadsafe(succeed, outcome)

    threading.Thread(target=run, name=name, daemon=True).start()
    return await done
