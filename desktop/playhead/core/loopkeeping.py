"""Keeping of an event loop: its threads, what nobody waited for, and the tasks that are left at the end."""

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from typing_extensions import TypeVarTuple, Unpack, override

from playhead.core.threads import Threads

AT_ONCE = 10
"""Threads at most for what would keep the loop waiting."""
LAST = 2.0
"""Seconds that the end waits for what nobody else has waited for."""

_log = logging.getLogger(__name__)

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


@contextmanager
def kept(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Let `loop` log what nobody waited for; at the end, cancel and await the tasks that are left on it."""
    loop.set_exception_handler(unhandled)
    try:
        yield
    finally:
        loop.run_until_complete(_nothing_left())


def threads_aside() -> Threads:
    """Threads for what a loop has done aside, by `asyncio.to_thread`; the end of the process never waits."""
    return Threads(AT_ONCE, "aside")


class PlainLoop(asyncio.SelectorEventLoop):
    """An event loop of asyncio's own, whose threads nobody waits for when the process ends."""

    def __init__(self) -> None:
        super().__init__()
        self._aside = threads_aside()

    @override
    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[Ts]], T], *args: *Ts
    ) -> "asyncio.Future[T]":
        if executor is None:
            return self._aside.start(func, *args)
        return super().run_in_executor(executor, func, *args)


def heed_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[int], object]) -> None:
    """Call `stop` with the number of a signal that asks to end: Ctrl+C, a system that shuts down.

    One that whoever started the process has it ignore, as `nohup` does, stays so.
    """
    names = ("SIGINT", "SIGTERM", "SIGHUP")  # the last when a terminal is closed, which Windows has not
    for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
        if signal.getsignal(number) is signal.SIG_IGN:
            continue
        asked = partial(stop, int(number))
        try:
            loop.add_signal_handler(number, asked)
        except NotImplementedError:
            # Windows: its loops take no signals.
            signal.signal(number, lambda *_, asked=asked: loop.call_soon_threadsafe(asked))


async def _nothing_left() -> None:
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        _log.info("left at the end: %s", ", ".join(sorted(task.get_name() for task in left)))
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=LAST)


def unhandled(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """Say what nobody waited for: not in the words of asyncio, which hold the arguments of calls."""
    del loop
    error, task = context.get("exception"), context.get("task") or context.get("future")
    work = task.get_coro() if isinstance(task, asyncio.Task) else context.get("handle") or task
    _log.error(
        "unhandled, of %s",
        getattr(work, "__qualname__", type(work).__qualname__),
        exc_info=error if isinstance(error, BaseException) else None,
    )
