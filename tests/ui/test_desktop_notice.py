"""What the desktop says when a long export ends while the person is at something else."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QSystemTrayIcon
from pytestqt.qtbot import QtBot
from typing_extensions import override

from playhead.core.exports.plan import plan
from playhead.core.exports.report import Outcome, Report, State
from playhead.ui.exports.exportmenu import DesktopNotice
from support.fakes import NOON, recording

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise)\(\)")


class Tray(QSystemTrayIcon):
    """A tray that notes what it shows; the system's own is not touched."""

    def __init__(self) -> None:
        super().__init__()
        self.there = True
        self.said: list[str] = []
        self.shown = False

    @override
    def isSystemTrayAvailable(self) -> bool:  # type: ignore[override]
        return self.there

    @override
    def supportsMessages(self) -> bool:  # type: ignore[override]
        return True

    @override
    def show(self) -> None:
        self.shown = True

    @override
    def hide(self) -> None:
        self.shown = False

    @override
    def showMessage(self, title: str, message: str, *_more: object) -> None:
        self.said.append(f"{title}: {message}")


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def tray() -> Iterator[Tray]:
    made = Tray()
    yield made
    made.deleteLater()


def report(seconds: float, state: State = State.KEPT) -> Report:
    each = recording(1)
    return Report(
        plan=plan([each], Path("calls of March"), labels={}),
        outcomes=(Outcome(recording=each, state=state),),
        began=NOON,
        ended=NOON + timedelta(seconds=seconds),
    )


def test_a_long_export_that_ended_is_told(window: QMainWindow, tray: Tray) -> None:
    DesktopNotice(window, QIcon(), tray=tray).export_ended(report(21))
    assert tray.said == ["Playhead: An export has ended."]
    assert tray.shown


def test_that_something_is_missing_is_told_without_a_name(window: QMainWindow, tray: Tray) -> None:
    DesktopNotice(window, QIcon(), tray=tray).export_ended(report(21, State.FAILED))
    assert tray.said == ["Playhead: An export has ended; not everything is there."]


def test_that_something_may_not_be_audio_is_told_without_a_name(window: QMainWindow, tray: Tray) -> None:
    DesktopNotice(window, QIcon(), tray=tray).export_ended(report(21, State.DOUBTFUL))
    assert tray.said == [
        "Playhead: An export has ended; of some files Playhead cannot tell whether they are audio."
    ]


def test_a_short_one_is_not_told(window: QMainWindow, tray: Tray) -> None:
    DesktopNotice(window, QIcon(), tray=tray).export_ended(report(3))
    assert tray.said == []


def test_somebody_who_looks_is_not_told(qtbot: QtBot, window: QMainWindow, tray: Tray) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    DesktopNotice(window, QIcon(), tray=tray).export_ended(report(60))
    assert tray.said == []


def test_without_a_tray_the_window_alone_asks_for_a_look(window: QMainWindow, tray: Tray) -> None:
    tray.there = False
    DesktopNotice(window, QIcon(), tray=tray).export_ended(report(60))
    assert tray.said == []
    assert not tray.shown


def test_the_systems_own_tray_is_asked_whether_it_is_there(window: QMainWindow) -> None:
    DesktopNotice(window, QIcon()).export_ended(report(60))
    tray = window.findChild(QSystemTrayIcon)
    assert tray is not None
    assert tray.isVisible() is QSystemTrayIcon.isSystemTrayAvailable()


def test_a_click_brings_the_window_to_the_front_and_the_icon_goes(
    qtbot: QtBot, window: QMainWindow, tray: Tray
) -> None:
    window.showMinimized()
    notice = DesktopNotice(window, QIcon(), tray=tray)
    notice.export_ended(report(60))
    assert tray.shown
    tray.messageClicked.emit()
    qtbot.waitUntil(window.isActiveWindow)
    assert not window.isMinimized()
    assert not tray.shown


def test_the_icon_goes_when_the_person_comes_back(
    qapp: QApplication, window: QMainWindow, tray: Tray
) -> None:
    notice = DesktopNotice(window, QIcon(), tray=tray)
    notice.export_ended(report(60))
    assert tray.shown
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert not tray.shown
