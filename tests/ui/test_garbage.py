"""The collector belongs to the thread of the window, and to nobody else."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from playhead.ui.shell.garbage import PERIOD, Garbage, take_out


class Knot:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self


def knotted() -> "weakref.ref[Knot]":
    return weakref.ref(Knot())


def much_else() -> None:
    """Allocate until Python's own collector would have looked at everything."""
    kept = [[number] for number in range(200_000)]
    assert kept


def test_no_thread_collects_what_was_made_for_the_window(qtbot: QtBot) -> None:
    garbage = Garbage()
    knots = [knotted()]
    for _ in range(2):
        thread = threading.Thread(target=much_else)
        thread.start()
        thread.join()
        assert all(knot() is not None for knot in knots)
        # The same holds when the window has closed: there are threads that nobody waits for.
        garbage.close()
        knots.append(knotted())
    take_out()
    assert all(knot() is None for knot in knots)


@pytest.mark.slow
def test_what_has_gathered_is_collected_after_a_while(qtbot: QtBot) -> None:
    garbage = Garbage()
    knots = [knotted() for _ in range(1000)]
    qtbot.waitUntil(lambda: all(knot() is None for knot in knots))
    garbage.close()
    assert not gc.isenabled()


@pytest.mark.slow
def test_what_is_older_is_collected_as_soon_as_little_is_going_on(qtbot: QtBot) -> None:
    garbage = Garbage()
    kept = list[list[int]]()
    allocating = QTimer(garbage, interval=PERIOD // 5)
    allocating.timeout.connect(lambda: kept.extend([number] for number in range(2000)))
    allocating.start()
    gc.collect()
    held = Knot()
    knot = weakref.ref(held)
    gc.collect(0)  # it is not young any more
    del held
    looks = [False]
    QTimer.singleShot(2 * PERIOD, garbage, lambda: looks.append(knot() is not None))
    qtbot.waitUntil(lambda: len(looks) > 1)
    assert looks[1], "it was collected while much was going on"
    allocating.stop()
    with qtbot.waitSignal(garbage.tidied):
        pass
    assert knot() is None
    garbage.close()
