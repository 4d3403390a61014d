"""Painting of the table's cells: a screen of rows that were never seen, and the same again.

The yardstick is a frame of 16 ms; *marked* is the same with a filter whose finds are marked in every row.
"""

import time
from array import array
from collections.abc import Sequence

import million
from figures import show
from measuring import run
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from playhead.core.finding.parser import parse
from playhead.runparts import resources
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.recordingtable import RecordingTable

SCREENS = 40
ROWS = 30
"""Rows of a screen, some more than are seen."""


async def painting() -> None:
    """Print what painting a screen takes, the first time and again, without and with marks."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, resources() / "fonts")
    rows = list(million.recordings(SCREENS * ROWS))
    for name, typed in (("without a filter", ""), ("marked", "call a 0")):
        model = RecordingModel(million.NEWEST)
        model.fill(dict(enumerate(rows)))
        if typed:
            model.mark(parse(typed, million.NEWEST))
        table = RecordingTable(model, theme, Icons(resources() / "icons", theme))
        table.resize(1000, 640)
        table.show_listing(array("q", range(len(rows))))
        table.show()
        show(f"{name}: a screen, the first time", screens(table), "ms", aim=16)
        show(f"{name}: the same again", screens(table), "ms")
        table.deleteLater()


def screens(table: RecordingTable) -> Sequence[float]:
    """Milliseconds of the processor that each screen takes."""
    picture = QImage(table.viewport().size(), QImage.Format.Format_RGB32)
    taken = []
    for screen in range(SCREENS - 1):
        table.show_from(screen * ROWS)
        begun = time.thread_time()
        table.viewport().render(picture)
        taken.append((time.thread_time() - begun) * 1000)
    return taken


if __name__ == "__main__":
    run(painting())
