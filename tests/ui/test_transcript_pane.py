"""The transcript: lines with their times, gone to by click and key, marked as they are heard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from playhead.core.transcript import Line, Transcript
from playhead.ui.inspector.transcriptpane import TranscriptPane
from playhead.ui.look.theme import Theme

SAID = Transcript(
    id="t",
    locale="en",
    lines=(
        Line(start=1.0, end=2.0, text="Good morning.", speaker="agent"),
        Line(start=3.0, end=4.0, text="<i>Hello</i>", speaker="caller"),
        Line(start=5.0, end=9.0, text="x" * 5000),
    ),
)


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> TranscriptPane:
    made = TranscriptPane(theme)
    qtbot.addWidget(made)
    made.resize(280, 300)
    made.show()
    return made


def lines(pane: TranscriptPane) -> QListWidget:
    return pane.findChildren(QListWidget)[0]


def test_lines_are_shown_with_their_times(pane: TranscriptPane) -> None:
    pane.show_transcript(SAID)
    assert [lines(pane).item(row).text() for row in range(2)] == ["Good morning.", "<i>Hello</i>"]
    spoken = lines(pane).item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "0:03 <i>Hello</i>"
    assert not pane.grab().isNull()


def test_a_click_and_enter_go_to_a_line(pane: TranscriptPane, qtbot: QtBot) -> None:
    pane.show_transcript(SAID)
    spot = lines(pane).visualItemRect(lines(pane).item(1)).center()
    with qtbot.waitSignal(pane.sought, timeout=1000) as sought:
        QTest.mouseClick(lines(pane).viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert sought.args == [3.0]
    QTest.keyClick(lines(pane), Qt.Key.Key_Up)
    with qtbot.waitSignal(pane.sought, timeout=1000) as sought:
        QTest.keyClick(lines(pane), Qt.Key.Key_Return)
    assert sought.args == [1.0]


def test_the_line_that_is_heard_is_marked(pane: TranscriptPane) -> None:
    pane.show_transcript(SAID)
    heard = []
    for second in (0.5, 1.0, 3.5, 100.0, 0.0):
        pane.show_position(second)
        heard.append(pane.heard)
    assert heard == [-1, 0, 1, 2, -1]


def test_another_transcript_begins_without_a_mark(pane: TranscriptPane) -> None:
    pane.show_transcript(SAID)
    pane.show_position(3.0)
    pane.show_transcript(Transcript(id="u", locale=None, lines=SAID.lines[:1]))
    assert pane.heard == -1


def test_a_sentence_takes_the_place_of_a_transcript(pane: TranscriptPane) -> None:
    pane.show_transcript(SAID)
    assert (pane.transcript, pane.sentence) == (SAID, "")
    pane.say("There is none.")
    pane.show_position(3.0)
    assert (pane.transcript, pane.sentence, pane.heard) == (None, "There is none.", -1)
    assert not lines(pane).isVisible()


def test_a_transcript_without_lines_is_nothing_to_fail_at(pane: TranscriptPane) -> None:
    pane.show_transcript(Transcript(id="t", locale=None, lines=()))
    pane.show_position(3.0)
    QTest.keyClick(lines(pane), Qt.Key.Key_Return)
    assert pane.heard == -1
