"""Menu beside the button Export, and the notice on the desktop when a long export has ended."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QSystemTrayIcon

from playhead.core.exports.report import Report
from playhead.ui.look.buttons import MenuButton
from playhead.ui.look.icons import Icons

LONG: Final = 20.0
"""Seconds from which an export is one that people turn away from."""
_LASTS: Final = 60_000
"""Milliseconds after which an icon whose notice was not looked at goes away."""


class DesktopNotice(QObject):
    """Marks the window in the task bar and, where there is a tray, says a sentence there.

    The sentence names nothing: anybody may stand before the screen. The icon is in the tray only while the
    notice waits; a click brings the window to the front.
    """

    def __init__(self, window: QMainWindow, icon: QIcon, *, tray: QSystemTrayIcon | None = None) -> None:
        """`tray` is what to speak through, if not an icon of its own in the system's tray."""
        super().__init__(window)
        self._window = window
        self._tray = QSystemTrayIcon(icon, self) if tray is None else tray
        self._tray.setToolTip("Playhead")
        self._tray.messageClicked.connect(self._come_forward)
        self._tray.activated.connect(lambda _reason: self._come_forward())
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.applicationStateChanged.connect(self._put_away)
        self._timer = QTimer(self, singleShot=True, interval=_LASTS)
        self._timer.timeout.connect(self._tray.hide)

    def export_ended(self, report: Report) -> None:
        """Tell of an export, unless it was short or the person is looking."""
        took = (report.ended - report.began).total_seconds()
        if took < LONG or self._window.isActiveWindow():
            return
        QApplication.alert(self._window)
        if not (self._tray.isSystemTrayAvailable() and self._tray.supportsMessages()):
            return
        text = "An export has ended."
        if report.retryable:
            text = "An export has ended; not everything is there."
        elif not report.complete:
            text = "An export has ended; of some files Playhead cannot tell whether they are audio."
        self._tray.show()
        self._tray.showMessage("Playhead", text)
        self._timer.start()

    def _put_away(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._tray.hide()

    def _come_forward(self) -> None:
        self._tray.hide()
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()


class ExportMenu(MenuButton):
    """More about exports than the button beside it does."""

    def __init__(self, icons: Icons) -> None:
        super().__init__(icons, "More about exports")
        self.setObjectName("exportMenuButton")

    def offer(self, entries: Sequence[QAction]) -> None:
        """Open a menu of these."""
        self.menu_shown.addActions(entries)
