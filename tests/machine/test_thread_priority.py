"""Threads that give way: they alone, and not the program."""

import os
import sys
import threading

import pytest

from playhead.core.threads import Threads
from playhead.machine.threadpriority import step_back
from support.coroutine_tests import run


@pytest.mark.skipif(sys.platform != "linux", reason="niceness is of threads on Linux only")
def test_a_thread_that_steps_back_is_nicer_than_the_others() -> None:
    async def scene() -> None:
        gentle, other = Threads(1, "gentle"), Threads(1, "other")
        usual = niceness()
        await gentle.run(step_back)
        assert await gentle.run(niceness) == max(usual, 10)
        assert await other.run(niceness) == niceness() == usual
        for each in (gentle, other):
            each.shutdown()

    run(scene)


def niceness() -> int:
    """Niceness of the thread that asks."""
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
