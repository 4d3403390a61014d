"""The collector belongs to the thread of the window, and to nobody else."""

import gc
import threading
import weakref

import pytest
from pytestqt.qtbot import QtBot

from playhead.ui.shell.garbage import Garbage, take_out


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
