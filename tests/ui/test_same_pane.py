"""The recordings with the same sound: listed in the details, gone to by Enter, never read as HTML."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from playhead.core.health.soundprint import Resemblance
from playhead.core.stores import Twin
from playhead.ui.inspector.samepane import SameLine, SamePane
from playhead.ui.wording.samewords import likeness
from support.fakes import recording
from support.widgets import find

LINES = tuple(SameLine(number, f"<b>Welcome {number}", "EU support", "97 % alike") for number in range(1, 6))


@pytest.fixture
def pane(qtbot: QtBot) -> SamePane:
    made = SamePane()
    qtbot.addWidget(made)
    made.resize(260, 300)
    return made


def test_the_others_are_listed_and_nothing_is_shown_without_any(pane: SamePane) -> None:
    pane.show_lines(LINES, 12)
    assert not pane.isHidden()
    assert pane.lines == LINES
    spoken = pane.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "<b>Welcome 1, EU support, 97 % alike"
    assert "&lt;b>" in pane.list.item(0).toolTip()
    pane.show_lines((), 0)
    assert pane.isHidden()


def test_enter_and_a_double_click_go_to_one_and_letters_are_the_windows(pane: SamePane, qtbot: QtBot) -> None:
    pane.show_lines(LINES, 5)
    pane.show()
    gone: list[int] = []
    pane.chosen.connect(gone.append)
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    assert gone == []
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    pane.list.itemDoubleClicked.emit(pane.list.item(3))
    assert gone == [pane.lines[pane.list.currentRow()].identifier, 4]
    before = pane.list.currentRow()
    QTest.keyClick(pane.list, Qt.Key.Key_W)
    assert pane.list.currentRow() == before
    with qtbot.waitSignal(pane.group_asked):
        find(pane, QPushButton).click()


@pytest.mark.parametrize(
    ("exact", "resemblance", "said"),
    [
        (True, Resemblance(1.0, 0.0), "equal bytes"),
        (False, Resemblance(1.0, 0.0), "99 % alike"),
        (False, Resemblance(0.97, 0.1), "97 % alike"),
        (False, Resemblance(0.97, 1.24), "97 % alike, 1.2 s more at its start"),
        (False, Resemblance(0.95, -0.6), "95 % alike, 0.6 s less at its start"),
        (False, None, "like another of them"),
    ],
)
def test_how_alike_two_are_is_said(exact: bool, resemblance: Resemblance | None, said: str) -> None:  # noqa: FBT001
    assert likeness(Twin(1, recording(1), exact, resemblance)) == said
