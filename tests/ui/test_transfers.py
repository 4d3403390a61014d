"""The panel of an export that runs, ends, and fails in parts."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from playhead.ui.icons import Icons
from playhead.ui.theme import Appearance, Theme
from playhead.ui.transfers import Failure, Progress, TransfersPanel

# The offscreen platform says so whenever a window has a smallest or a fixed size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

ICONS = Path(__file__).parents[2] / "resources" / "icons"
THIN = "\N{NARROW NO-BREAK SPACE}"
Widget = TypeVar("Widget", bound=QWidget)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, appearance=Appearance.LIGHT)
    yield made
    made.deleteLater()
    # Nothing else runs what is posted for later, and each theme dresses every widget that is left.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> TransfersPanel:
    made = TransfersPanel(Icons(ICONS, theme))
    qtbot.addWidget(made)
    made.resize(1000, 40)
    return made


def find(parent: QWidget, kind: type[Widget], name: str = "") -> Widget:
    child = parent.findChild(kind, name)
    assert child is not None
    return child


def buttons(panel: TransfersPanel) -> list[str]:
    return [each.text() for each in panel.findChildren(QPushButton) if each.isVisibleTo(panel)]


def words(panel: TransfersPanel) -> str:
    return " ".join(label.text() for label in panel.findChildren(QLabel))


def test_it_is_hidden_until_an_export_runs(panel: TransfersPanel) -> None:
    assert panel.isHidden()
    panel.show_progress(Progress(done=0, total=3))
    assert not panel.isHidden()
    assert buttons(panel) == ["Cancel"]


def test_progress_is_said_in_recordings_bytes_rate_and_time(panel: TransfersPanel) -> None:
    panel.show_progress(
        Progress(done=12, total=1300, bytes=48_000_000, size=1_200_000_000, rate=8e6, left=125)
    )
    assert words(panel) == f"12 of 1{THIN}300 · 48.0 MB of about 1.2 GB · 8.0 MB/s · 2 min 05 s left"
    assert find(panel, QProgressBar).value() == 40


def test_what_nobody_knows_is_left_out(panel: TransfersPanel) -> None:
    panel.show_progress(Progress(done=1, total=4))
    assert words(panel) == "1 of 4"
    assert find(panel, QProgressBar).value() == 250


@pytest.mark.parametrize("progress", [Progress(done=0, total=0), Progress(done=5, total=3, bytes=9, size=3)])
def test_odd_numbers_stay_within_the_bar(progress: Progress) -> None:
    assert 0 <= progress.share() <= 1


def test_cancel_is_asked_once(panel: TransfersPanel) -> None:
    heard: list[str] = []
    panel.cancel_asked.connect(lambda: heard.append("cancel"))
    panel.show_progress(Progress(done=1, total=4))
    cancel = find(panel, QPushButton, "cancelExportButton")
    for _ in range(2):
        QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert heard == ["cancel"]
    assert cancel.text() == "Stopping…"


def test_the_next_export_can_be_cancelled_again(panel: TransfersPanel) -> None:
    panel.show_progress(Progress(done=1, total=4))
    QTest.mouseClick(find(panel, QPushButton, "cancelExportButton"), Qt.MouseButton.LeftButton)
    panel.show_result("1 of 4 exported; stopped.")
    panel.show_progress(Progress(done=0, total=2))
    assert buttons(panel) == ["Cancel"]
    assert find(panel, QPushButton, "cancelExportButton").isEnabled()


def test_a_result_can_be_opened_and_dismissed(qtbot: QtBot, panel: TransfersPanel) -> None:
    panel.show_progress(Progress(done=3, total=3))
    panel.show_result("3 exported.")
    assert words(panel) == "3 exported."
    assert buttons(panel) == ["Open folder"]
    with qtbot.waitSignal(panel.open_asked):
        QTest.mouseClick(find(panel, QPushButton, "openFolderButton"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(find(panel, QToolButton), Qt.MouseButton.LeftButton)
    assert panel.isHidden()


def test_failures_can_be_looked_at_one_by_one(panel: TransfersPanel) -> None:
    panel.show_result(
        "1 of 3 exported · 2 failed",
        [Failure("Call · incoming", "Bird no longer has it."), Failure("<b>x</b>" * 40, "The disk is full.")],
    )
    show = find(panel, QPushButton, "showFailuresButton")
    failures = find(panel, QListWidget, "failureList")
    assert show.text() == "Show 2 failures"
    assert failures.isHidden()
    QTest.mouseClick(show, Qt.MouseButton.LeftButton)
    assert not failures.isHidden()
    assert show.text() == "Hide 2 failures"
    assert failures.item(0).text() == "Call · incoming — Bird no longer has it."
    assert failures.item(1).text().startswith("<b>x</b>")
    assert failures.item(1).text().endswith("… — The disk is full.")


def test_the_next_export_begins_without_the_failures_of_the_last(panel: TransfersPanel) -> None:
    panel.show_result("1 failed", [Failure("Call", "Gone.")])
    QTest.mouseClick(find(panel, QPushButton, "showFailuresButton"), Qt.MouseButton.LeftButton)
    panel.show_progress(Progress(done=0, total=2))
    assert buttons(panel) == ["Cancel"]
    assert find(panel, QListWidget, "failureList").isHidden()


def test_a_long_result_is_elided_and_widens_nothing(panel: TransfersPanel) -> None:
    panel.show_result("<img src=x> exported to /" + "x" * 3000)
    assert panel.minimumSizeHint().width() < 400
