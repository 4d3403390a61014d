"""The filter line tells words that are whole from one that is half typed, however long a pause is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playhead.ui.filter.filterline import FilterLine, Pauses
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme


@pytest.fixture
def line(qtbot: QtBot, theme: Theme, icons: Icons) -> FilterLine:
    made = FilterLine(theme, icons, Pauses(thought=0, rest=1))
    qtbot.addWidget(made)
    made.show()
    made.focus()
    return made


def types(line: FilterLine, qtbot: QtBot, text: str) -> None:
    """Type, and pause for as long as the line waits for another key."""
    with qtbot.waitSignal(line.rested, timeout=5000):
        QTest.keyClicks(line.line, text)
    qtbot.waitUntil(lambda: line.resting, timeout=5000)


def meant(line: FilterLine) -> bool:
    return line.meant


@pytest.mark.parametrize("word", ["dur", "maria", "kind:call", "duration:>2"])
def test_a_pause_makes_no_word_whole_and_a_blank_does(line: FilterLine, qtbot: QtBot, word: str) -> None:
    types(line, qtbot, word)
    assert not meant(line)
    types(line, qtbot, " ")
    assert meant(line)
    types(line, qtbot, "x")
    assert not meant(line)


@pytest.mark.parametrize(
    "believe",
    [
        lambda line: QTest.keyClick(line.line, Qt.Key.Key_Return),
        lambda line: line.line.clearFocus(),
        lambda line: line.put("call", 5, 7),
        lambda line: line.set_text("kind:call"),
        lambda line: line.believe(),
        lambda line: line.clear(),
    ],
)
def test_a_word_is_whole_for_who_is_done_with_it(
    line: FilterLine, qtbot: QtBot, believe: Callable[[FilterLine], object]
) -> None:
    types(line, qtbot, "kind:ca")
    believe(line)
    qtbot.waitUntil(lambda: meant(line), timeout=5000)


@pytest.mark.parametrize("reason", [Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason])
def test_looking_something_up_elsewhere_makes_no_word_whole(
    line: FilterLine, qtbot: QtBot, reason: Qt.FocusReason
) -> None:
    types(line, qtbot, "020 79")
    QCoreApplication.sendEvent(line.line, QFocusEvent(QFocusEvent.Type.FocusOut, reason))
    assert not meant(line)


def test_what_is_typed_in_the_form_is_whole_once_its_field_is_left(line: FilterLine, qtbot: QtBot) -> None:
    line.write_half("maria")
    qtbot.waitUntil(lambda: line.resting, timeout=5000)
    assert not meant(line)
    line.believe()
    assert meant(line)
    line.write_on("maria kind:call")
    qtbot.waitUntil(lambda: meant(line), timeout=5000)
