"""Python's cyclic garbage, collected where Qt's objects may die: on the UI thread."""

import gc

from PySide6.QtCore import QObject, QTimer

PERIOD = 1000
"""Milliseconds between two looks at how much has gathered."""


class Garbage(QObject):
    """Takes the cyclic garbage collector over from Python, from its making until `close`.

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
        """Give the collector back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _collect(self) -> None:
        """Collect the oldest generation that is due, as Python itself would have."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                break
