"""Folders that come from outside: dropped onto the window, or with another start of the program."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from playhead.ui.exports.reopendialog import ReopenDialog
from playhead.ui.window import Window
from support.widgets import appeared
from support.window.lasting_profile import Desk

COPY, LEFT, NO_KEY = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def dropped(window: Window, *paths: Path) -> bool:
    """Drag these from a file manager onto the window; true if it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    entering = QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NO_KEY)
    entering.ignore()
    QCoreApplication.sendEvent(window, entering)
    if not entering.isAccepted():
        return False
    QCoreApplication.sendEvent(window, QDropEvent(QPointF(9, 9), COPY, data, LEFT, NO_KEY))
    return True


async def test_a_folder_is_looked_at_that_is_dropped_or_comes_with_another_start(
    desk: Desk, folder: Path
) -> None:
    async with desk.opened() as person:
        window = person.window
        assert not dropped(window, folder, folder / "other")
        assert dropped(window, folder)
        (await appeared(window, ReopenDialog)).reject()
        await person.program.jobs.wait("reopen")
        window.showMinimized()
        person.program.summon(folder)
        assert not window.isMinimized()
        (await appeared(window, ReopenDialog)).reject()
        await person.program.jobs.wait("reopen")
