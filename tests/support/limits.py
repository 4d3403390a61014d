"""An end to every test: one that waits too long fails, and says what it waited for.

What Python cannot interrupt, and a system without the signal, is left to `faulthandler_timeout`, which prints
where every thread is and ends the run.
"""

import asyncio
import contextlib
import linecache
import signal
from collections.abc import Generator, Iterator
from types import FrameType

import pytest

from support.hypothesis_profiles import share

LIMIT = 180.0
"""Seconds for each of a test's setup, call and teardown; nearly all take less than one."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    with limited(LIMIT, f"the setup of {item.nodeid}"):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    with limited(LIMIT * max(1.0, share()), item.nodeid):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    with limited(LIMIT, f"the teardown of {item.nodeid}"):
        return (yield)


@contextlib.contextmanager
def limited(seconds: float, what: str) -> Iterator[None]:
    """Fail with where everything waits if the body takes more than `seconds`."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def give_up(_number: int, frame: FrameType | None) -> None:
        places = [*_tasks_wait(), *([_place(frame)] if frame is not None else [])]
        pytest.fail("\n  ".join([f"{what} waited for more than {seconds} s:", *places]))

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _tasks_wait() -> Iterator[str]:
    """Say of each task of the loop that runs in which lines it waits."""
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:
        return
    for task in tasks:
        yield f"task {task.get_name()}: {' <- '.join(reversed([*_lines(task.get_coro())]))}"


def _lines(awaited: object) -> Iterator[str]:
    """Walk from a coroutine to what it waits for in the end."""
    while awaited is not None:
        frame = getattr(awaited, "cr_frame", None) or getattr(awaited, "gi_frame", None)
        if frame is not None:
            yield _place(frame)
        awaited = getattr(awaited, "cr_await", None) or getattr(awaited, "gi_yieldfrom", None)


def _place(frame: FrameType) -> str:
    file, line = frame.f_code.co_filename, frame.f_lineno
    return f"{file}:{line} `{linecache.getline(file, line).strip()}`"
