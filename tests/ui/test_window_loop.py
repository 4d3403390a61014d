"""The loop of the window: callbacks of asyncio for a few milliseconds, then Qt has its turn."""

import asyncio
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from playhead.windowloop import WindowLoop


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[WindowLoop]:
    with WindowLoop(qapp) as loop:
        yield loop


def test_callbacks_come_in_their_order_whichever_thread_gave_them(loop: WindowLoop) -> None:
    called = list[int]()

    async def scene() -> None:
        over = asyncio.Event()
        loop.call_soon(called.append, 1)
        giving = threading.Thread(target=loop.call_soon_threadsafe, args=(called.append, 2))
        giving.start()
        giving.join()
        loop.call_soon(called.append, 3)
        loop.call_soon(called.append, 4).cancel()
        loop.call_soon(over.set)
        await over.wait()

    loop.run_until_complete(scene())
    assert called == [1, 2, 3]


def test_qt_has_its_turn_while_coroutines_never_rest(loop: WindowLoop) -> None:
    async def scene() -> None:
        painted = asyncio.Event()
        QTimer.singleShot(1, painted.set)
        while not painted.is_set():  # noqa: ASYNC110 - never resting is what is tried
            await asyncio.sleep(0)

    loop.run_until_complete(asyncio.wait_for(scene(), 10))


def test_a_loop_of_qt_within_a_callback_goes_on_with_the_other_callbacks(loop: WindowLoop) -> None:
    async def scene() -> None:
        over = asyncio.Event()

        def dragged() -> None:
            inner = QEventLoop()
            loop.call_soon(inner.quit)
            inner.exec()
            over.set()

        loop.call_soon(dragged)
        loop.call_soon(lambda: None)
        await over.wait()

    loop.run_until_complete(asyncio.wait_for(scene(), 10))


def test_an_error_in_a_callback_does_not_keep_the_others_from_their_turn(loop: WindowLoop) -> None:
    told = list[object]()
    loop.set_exception_handler(lambda _, context: told.append(context["exception"]))

    async def scene() -> None:
        over = asyncio.Event()
        error = ValueError("odd")

        def fail() -> None:
            raise error

        loop.call_soon(fail)
        loop.call_soon(over.set)
        await over.wait()
        assert told == [error]

    loop.run_until_complete(scene())


def test_a_closed_loop_calls_nothing_any_more(qapp: QApplication) -> None:
    called = list[str]()
    with WindowLoop(qapp) as loop:
        loop.run_until_complete(asyncio.sleep(0))
        loop.call_soon(called.append, "soon")
    loop.call_soon_threadsafe(called.append, "late")
    qapp.processEvents()
    assert not called


def test_threads_hand_the_interpreter_on_within_a_small_part_of_a_frame_while_it_is_open(
    qapp: QApplication,
) -> None:
    before = sys.getswitchinterval()
    with WindowLoop(qapp):
        assert sys.getswitchinterval() <= 0.001
    assert sys.getswitchinterval() == before
