"""The export dialog: what it says before the first byte, and what it asks for."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.exportdialog import ExportDialog
from playhead.ui.theme import Appearance, Theme

# The offscreen platform says so whenever a window has a smallest or a fixed size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

Widget = TypeVar("Widget", bound=QWidget)


def names(template: str) -> list[str] | str:
    return [f"{template}-{number}.mp3" for number in range(6)] if template else "The template is empty."


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, appearance=Appearance.LIGHT)
    yield made
    made.deleteLater()
    # Nothing else runs what is posted for later, and each theme dresses every widget that is left.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme, tmp_path: Path) -> ExportDialog:
    made = ExportDialog(
        "3 recordings · 1 h 03 min · about 12 MB",
        coverage="3 selected of 37 that match in 1 204 loaded.",
        folder=tmp_path,
        template="{id8}",
        preview=names,
    )
    qtbot.addWidget(made)
    made.open()
    return made


def find(parent: QWidget, kind: type[Widget], name: str) -> Widget:
    child = parent.findChild(kind, name)
    assert child is not None
    return child


def words(dialog: QWidget) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.text()]


def start(dialog: ExportDialog) -> QPushButton:
    return find(dialog, QPushButton, "startExportButton")


def test_it_says_what_is_exported_and_from_what(dialog: ExportDialog) -> None:
    assert "Export 3 recordings · 1 h 03 min · about 12 MB" in words(dialog)
    assert "3 selected of 37 that match in 1 204 loaded." in words(dialog)


def test_the_first_names_follow_the_template(dialog: ExportDialog) -> None:
    assert "{id8}-0.mp3" in words(dialog)
    find(dialog, QLineEdit, "templateField").setText("new")
    assert [word for word in words(dialog) if word.endswith(".mp3")] == [f"new-{n}.mp3" for n in range(4)]


def test_a_template_that_makes_no_names_is_explained_and_not_exported(dialog: ExportDialog) -> None:
    find(dialog, QLineEdit, "templateField").setText("")
    assert "The template is empty." in words(dialog)
    assert not start(dialog).isEnabled()
    find(dialog, QLineEdit, "templateField").setText("{id8}")
    assert start(dialog).isEnabled()


@pytest.mark.parametrize("folder", ["", "   ", "recordings", "~nobody-of-this-name/x"])
def test_a_folder_needs_its_whole_path(dialog: ExportDialog, folder: str) -> None:
    find(dialog, QLineEdit, "folderField").setText(folder)
    assert "Choose a folder by its whole path." in words(dialog)
    assert not start(dialog).isEnabled()


def test_exporting_gives_folder_and_template_and_closes(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    with qtbot.waitSignal(dialog.export_asked) as asked:
        QTest.mouseClick(start(dialog), Qt.MouseButton.LeftButton)
    assert asked.args == [tmp_path, "{id8}"]
    assert not dialog.isVisible()


def test_escape_exports_nothing(dialog: ExportDialog) -> None:
    heard: list[object] = []
    dialog.export_asked.connect(lambda folder, _template: heard.append(folder))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert heard == []


def test_a_folder_can_be_browsed_for_without_stopping_the_program(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    QTest.mouseClick(find(dialog, QPushButton, "browseButton"), Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    other = tmp_path / "other"
    chooser.fileSelected.emit(str(other))
    assert find(dialog, QLineEdit, "folderField").text() == str(other)
    chooser.close()


def test_hostile_names_are_text_and_widen_nothing(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    dialog = ExportDialog(
        "1 recording",
        coverage="<img src=x>" * 50,
        folder=tmp_path,
        template="x",
        preview=lambda _: ["<b>" + "x" * 300 + ".mp3"],
    )
    qtbot.addWidget(dialog)
    assert dialog.sizeHint().width() <= 3000
    assert dialog.minimumSizeHint().width() <= 560
    hostile = [label for label in dialog.findChildren(QLabel) if "<" in label.text()]
    assert hostile
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in hostile)
