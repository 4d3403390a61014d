"""Arrivals from outside while the program runs: another start, a folder to open, the end of the session."""

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent, QSessionManager
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from playhead.machine.doorbell import Ring, answering, ring


class Arrivals(QObject):
    """Hands on to the program what other programs and the system want of it."""

    summoned = Signal(object)
    """It is to come to the front; with the `Path` of an exported folder to be opened, or None."""
    leaving = Signal()
    """The session ends, soon and perhaps by force: what is not kept yet is to be kept."""
    _rung = Signal(object)

    def __init__(self, qt: QApplication) -> None:
        super().__init__(qt)
        self._rung.connect(self._come)
        qt.commitDataRequest.connect(self._commit)
        if sys.platform == "darwin":
            # The system of Apple hands over files so; elsewhere every event would pass here for nothing.
            qt.installEventFilter(self)

    def answering(self, bell: Path) -> AbstractContextManager[None]:
        """Let further starts on the profile with this bell ring here, as long as the context lasts."""
        return answering(bell, self._rung.emit)

    def _come(self, wish: Ring) -> None:
        if wish.token:
            # Qt shows it to the window system, which lets nobody to the front without.
            os.environ["XDG_ACTIVATION_TOKEN"] = wish.token
        self.summoned.emit(Path(wish.folder) if wish.folder else None)

    def _commit(self, manager: QSessionManager) -> None:
        # At the next session it is there again, as it was left.
        manager.setRestartHint(QSessionManager.RestartHint.RestartIfRunning)
        manager.setRestartCommand(own_command())
        self.leaving.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.summoned.emit(Path(event.file()))
            return True
        return super().eventFilter(watched, event)


def own_command(*words: str) -> list[str]:
    """The command that starts this program again, bundled or not."""
    frozen = bool(getattr(sys, "frozen", False))
    return [sys.executable, *([] if frozen else ["-m", "playhead"]), *words]


def first_one_comes(bell: Path, folder: Path | None) -> bool:
    """Let the program that uses a profile come to the front, with an exported folder if one is given.

    False if it does not answer.
    """
    wish = Ring("" if folder is None else str(folder.absolute()), os.environ.get("XDG_ACTIVATION_TOKEN", ""))
    return ring(bell, wish)
