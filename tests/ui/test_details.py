"""The fields of a recording, copied by a double click."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from playhead.ui.inspector.details import Details
from playhead.ui.look.icons import Icons
from support.fakes import NOON, recording

ID = "5b74ee9e-8b2d-4e6f-9a71-0c4d2e8b6f13"


@pytest.fixture
def details(qtbot: QtBot, icons: Icons) -> Details:
    made = Details(icons)
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    return made


def values(details: Details) -> dict[str, QLabel]:
    labels = [
        each for each in details.findChildren(QLabel) if each.isVisible() and ": " in each.accessibleName()
    ]
    return {each.accessibleName().partition(": ")[0]: each for each in labels}


def test_each_known_field_has_its_line(details: Details) -> None:
    details.show_recording(recording(0, origin="inbound"), NOON)
    assert values(details)["Origin"].text() == "inbound"
    assert "Name" not in values(details)


def test_another_recording_leaves_nothing_of_the_last(details: Details) -> None:
    details.show_recording(recording(0, origin="inbound"), NOON)
    details.show_recording(recording(1, origin=None), NOON)
    assert "Origin" not in values(details)


def test_a_double_click_gives_the_whole_value(details: Details, qtbot: QtBot) -> None:
    details.show_recording(recording(0, id=ID), NOON)
    label = values(details)["Recording"]
    assert label.text() != ID
    with qtbot.waitSignal(details.copied, timeout=1000) as copied:
        QTest.mouseDClick(label, Qt.MouseButton.LeftButton)
    assert copied.args == [ID, "Recording"]


def test_a_number_and_an_id_can_be_copied_by_keyboard(details: Details, qtbot: QtBot) -> None:
    details.show_recording(recording(0, id=ID), NOON)
    button = next(each for each in details.findChildren(QToolButton) if "Recording" in each.accessibleName())
    with qtbot.waitSignal(details.copied) as copied:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert copied.args == [ID, "Recording"]
