"""Python's cyclic garbage, collected where Qt's objects may die: on the UI thread, while there is Qt."""

import gc

from PySide6.QtCore import QObject, QTimer

PERIOD = 1000
"""Milliseconds between two looks at how much has gathered."""


def take_out() -> None:
    """Collect everything, to be called when nothing refers to the program any more, and Qt is still there.

    Left to the last collection of Python, icons and pictures would outlive the QApplication, which also takes
    along what has kept them apart from their engines: that ends the process now and then.
    """
    gc.collect()


class Garbage(QObject):
    """Takes the cyclic garbage collector over from Python, from its making on; `close` ends its timer.

    WORKAROUND https://bugreports.qt.io/browse/PYSIDE-810: Python collects in whichever thread happens to
    allocate, and a widget that is part of a cycle is then destroyed outside the UI thread, which ends the
    process. Collected by a timer instead, little at a time; what is alive when this is made, and again when
    the program has started, is frozen, so that no collection has to look at it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=PERIOD)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def settle(self) -> None:
        """Leave everything that is alive now out of later collections: the program has started."""
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """Collect no more until the next one is made.

        Python's own collector stays off: a thread that nobody waits for may still be at work, and would
        collect the widgets of the window that has closed, or of the next one.
        """
        self._timer.stop()
        gc.unfreeze()

    def _collect(self) -> None:
        """Collect the oldest generation that is due, as Python itself would have."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                break
