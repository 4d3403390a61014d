"""Threads that quitting does not wait for."""

import asyncio
import gc
import subprocess
import sys
import threading
import weakref
from concurrent.futures import Future

import pytest

from playhead.core.threads import Threads

HUNG = """
import asyncio, threading
from playhead.core.threads import Threads

async def scene():
    aside = lambda work: asyncio.get_running_loop().run_in_executor(threads, work)
    threads, begun = Threads(2, "aside"), threading.Event()
    hung = aside(lambda: (begun.set(), threading.Event().wait()))
    await aside(begun.wait)
    hung.cancel()
    threads.shutdown()
    print("quits", flush=True)

loop = asyncio.new_event_loop()
loop.run_until_complete(scene())
loop.close()
"""


class Outcome:
    """Value that may be large."""


def test_work_gives_what_it_gives_or_raises() -> None:
    threads = Threads(2, "test")
    assert [threads.submit(divmod, each, 7).result(10) for each in (22, 30)] == [(3, 1), (4, 2)]
    with pytest.raises(ZeroDivisionError):
        threads.submit(divmod, 1, 0).result(10)
    threads.shutdown()
    with pytest.raises(RuntimeError):
        threads.submit(divmod, 1, 1)


def test_so_many_work_at_once_and_no_more() -> None:
    threads = Threads(3, "test")
    meeting, numbers = threading.Barrier(4), list[int]()
    first = [threads.submit(meeting.wait) for _ in range(3)]
    later: list[Future[None]] = [threads.submit(numbers.append, each) for each in range(5)]
    assert not any(each.done() for each in later)
    meeting.wait(10)
    assert len({each.result(10) for each in first}) == 3
    assert [each.result(10) for each in later] == [None] * 5
    assert sorted(numbers) == list(range(5))
    threads.shutdown()


def test_work_that_was_given_up_before_it_began_is_not_done() -> None:
    threads = Threads(1, "test")
    held = threading.Event()
    holding = threads.submit(held.wait)
    done: list[str] = []
    given_up = threads.submit(done.append, "given up")
    assert given_up.cancel()
    held.set()
    assert holding.result(10)
    threads.submit(done.append, "last").result(10)
    assert done == ["last"]
    threads.shutdown()


def test_a_process_ends_although_a_thread_waits_for_a_disk_that_never_answers() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HUNG], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "quits\n", "")


def test_what_is_awaited_is_given_or_raised_and_what_is_cancelled_before_its_turn_is_not_done() -> None:
    async def scene() -> None:
        threads, hold, done = Threads(1, "test"), threading.Event(), list[int]()
        first = threads.start(hold.wait, 30)
        second = threads.start(done.append, 2)
        third = threads.start(int, "three")
        second.cancel()
        # The thread is told in the next turn of the loop.
        await asyncio.sleep(0)
        hold.set()
        assert await first
        with pytest.raises(ValueError, match="three"):
            await third
        assert await threads.run(max, 3, 4) == 4
        assert not done
        threads.shutdown()

    asyncio.run(scene())


def test_an_outcome_is_let_go_of_as_soon_as_nobody_has_it() -> None:
    threads, hold = Threads(1, "test"), threading.Event()

    def work() -> Outcome:
        hold.wait(30)
        return Outcome()

    async def scene() -> None:
        coming = threads.start(work)
        hold.set()
        there = weakref.ref(await coming)
        del coming
        await threads.run(bool)  # the thread has something else
        assert there() is None

    gc.disable()
    try:
        asyncio.run(scene())
    finally:
        gc.enable()
        threads.shutdown()


def test_work_that_outlives_its_loop_ends_quietly(caplog: pytest.LogCaptureFixture) -> None:
    threads, hold, after = Threads(1, "test"), threading.Event(), threading.Event()

    async def scene() -> None:
        threads.start(hold.wait, 30)

    asyncio.run(scene())
    hold.set()
    threads.submit(after.set)
    assert after.wait(30)
    assert not caplog.records
