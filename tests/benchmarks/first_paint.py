"""A process that says when it has first painted: `first_paint.py bare|appeared|furnished|rows [PROFILE]`.

`bare` is an empty `QMainWindow`. The others start Playhead as `python -m playhead` does, and end when its
window is on the screen, when everything in it is painted, or when the first rows are. Prints the moment by
the monotonic clock, which all processes share.
"""

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


def say() -> None:
    """Say that it is now, and end."""
    sys.stdout.write(f"{time.monotonic()}\n")
    sys.stdout.flush()
    os._exit(0)


def watch(kind: type[QWidget], complete: Callable[[QWidget], object]) -> None:
    """Say when a widget of this kind has been painted and is `complete`."""
    paint = kind.paintEvent

    def painting(self: QWidget, event: QPaintEvent) -> None:
        paint(self, event)
        if complete(self):
            QTimer.singleShot(0, say)  # after everything else that is being painted

    kind.paintEvent = painting  # type: ignore[method-assign]


def bare() -> None:
    """Show a window without anything."""

    class Bare(QMainWindow):
        pass

    watch(Bare, lambda _: True)
    app = QApplication([])
    window = Bare()
    window.resize(1280, 800)
    window.show()
    app.exec()


def playhead(until: str, profile: str) -> None:
    """Start Playhead. Nothing of it is imported that it does not import itself by then."""
    from playhead import __main__ as program

    appear = program._appeared

    def appeared() -> QWidget:
        window = appear()
        if until == "appeared":
            say()
        elif until == "furnished":
            watch_furnished(window)
        else:
            from playhead.ui.table.recordingtable import RecordingTable

            watch(RecordingTable, _has_rows)
        return window

    program._appeared = appeared  # type: ignore[assignment] # the program's own, replaced for the measurement
    program.main(["--profile", profile])


def watch_furnished(window: QWidget) -> None:
    """Say when this window has been painted with the table in it; by now its class counts as one of Qt's."""
    from typing_extensions import override  # not above: the bare window has no use for it

    class Furnished(QObject):
        @override
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and watched.findChild(QWidget, "recordingTable"):
                QTimer.singleShot(0, say)
            return super().eventFilter(watched, event)

    window.installEventFilter(Furnished(window))


def _has_rows(table: QWidget) -> bool:
    from playhead.ui.table.model import RecordingModel
    from playhead.ui.table.recordingtable import RecordingTable

    assert isinstance(table, RecordingTable)
    model = table.model()
    assert isinstance(model, RecordingModel)
    rows = table.visible_rows
    return len(rows) > 0 and model.known(model.ids[rows.start : rows.stop])


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        playhead(*sys.argv[1:])
