"""Signals that ask the program to end."""

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest

from playhead.core.loopkeeping import heed_signals

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGHUP")


@pytest.fixture(autouse=True)
def nothing_stays_changed() -> Iterator[None]:
    """Signals are handled as before after the test."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def test_a_signal_is_told_by_its_number_and_one_that_is_to_be_ignored_is_not() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    async def scene() -> int:
        told: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        heed_signals(asyncio.get_running_loop(), told.set_result)
        for number in (signal.SIGHUP, signal.SIGTERM):
            os.kill(os.getpid(), number)
        return await asyncio.wait_for(told, 5)

    assert asyncio.run(scene()) == signal.SIGTERM
