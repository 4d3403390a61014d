"""No test waits without an end."""

import asyncio
import threading

import pytest

from support.limits import limited


def test_a_test_that_waits_too_long_fails_with_the_lines_that_wait() -> None:
    async def hopes() -> None:
        await asyncio.Event().wait()

    async def scene() -> None:
        await asyncio.gather(hopes(), asyncio.create_task(asyncio.sleep(1000), name="sleeper"))

    with pytest.raises(pytest.fail.Exception) as raised, limited(0.05, "this one"):
        asyncio.run(scene())
    message = str(raised.value)
    assert message.startswith("this one waited for more than 0.05 s:")
    assert "`await asyncio.Event().wait()`" in message
    assert "`await asyncio.gather(hopes()" in message
    assert "task sleeper: " in message


def test_one_that_waits_for_a_thread_fails_too() -> None:
    with pytest.raises(pytest.fail.Exception, match="wait"), limited(0.05, "this one"):
        threading.Event().wait()


def test_one_that_ends_in_time_does_not() -> None:
    with limited(0.05, "this one"):
        assert True
    threading.Event().wait(0.1)
