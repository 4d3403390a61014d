"""Python's cyclic garbage, collected where Qt's objects may die: on the UI thread, while there is Qt."""

import gc

from PySide6.QtCore import QObject, QTimer, Signal

PERIOD = 250
"""Milliseconds between two looks at how much has gathered: little at a time is collected unnoticed."""
PATIENCE = 5
"""How many times as much may gather among what is older before that is collected while much is going on."""


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
    process. Collected by a timer instead, little at a time; what is older, which takes longer, while little
    is going on. What is alive when this is made, and again when the program has started, is frozen: no
    collection has to look at it.
    """

    tidied = Signal()
    """More was collected than what is young: memory can be given back."""

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
        """Collect the oldest generation that is due."""
        (young, middle, old), (much, often, seldom) = gc.get_count(), gc.get_threshold()
        busy = young > much
        if old > (PATIENCE * seldom if busy else seldom):
            self._tidy(2)
        elif middle > (PATIENCE * often if busy else 0):
            self._tidy(1)
        elif busy:
            gc.collect(0)

    def _tidy(self, generation: int) -> None:
        gc.collect(generation)
        self.tidied.emit()
