"""What the benchmarks share: an event loop as the program's, and a heartbeat."""

import asyncio
import gc
import time
from collections.abc import Coroutine
from typing import TypeVar

from PySide6.QtCore import QLoggingCategory, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from playhead.ui.shell.garbage import take_out
from playhead.windowloop import WindowLoop

T = TypeVar("T")


def run(work: Coroutine[object, object, T]) -> T:
    """What `work` gives, on a Qt event loop as the program has it."""
    QLoggingCategory.setFilterRules("qt.text.font.db=false\nqt.multimedia.symbolsresolver=false")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    gc.disable()  # as in the program, see `playhead.ui.shell.garbage`
    with WindowLoop(app) as loop:
        result: T = loop.run_until_complete(asyncio.wait_for(work, 600))
    take_out()
    return result


class Heartbeat(QObject):
    """Beats every millisecond that the UI loop lets it; a gap is how long somebody at the window waited."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        """Milliseconds between each two beats."""
        self.busiest = 0.0
        """The most milliseconds of the processor that the UI thread itself took between two beats."""
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    @property
    def worst(self) -> float:
        """The longest gap, in milliseconds."""
        return max(self.gaps)

    def share(self, of: float) -> float:
        """The gap that `of` (0 to 1) of all the time stays under: a long gap weighs as much as it lasts."""
        ordered, waited, whole = sorted(self.gaps), 0.0, sum(self.gaps)
        for gap in ordered:
            waited += gap
            if waited >= of * whole:
                return gap
        return ordered[-1]

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now
        worked = time.thread_time()
        self.busiest = max(self.busiest, (worked - self._worked) * 1000)
        self._worked = worked
