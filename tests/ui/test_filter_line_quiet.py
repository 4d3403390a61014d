"""The filter line says nothing against a word that is still being typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from playhead.core.finding.completion import begins_field
from playhead.core.finding.parser import parse
from playhead.core.finding.query import QueryError
from playhead.ui.filter.filterline import FilterLine, Pauses
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from support.fakes import NOON


@pytest.fixture
def line(qtbot: QtBot, theme: Theme, icons: Icons) -> FilterLine:
    made = FilterLine(theme, icons, Pauses(thought=200, rest=300))
    qtbot.addWidget(made)
    made.resize(1600, 60)
    made.show()
    made.focus()
    made.changed.connect(lambda text: judge(made, text))
    return made


def judge(line: FilterLine, text: str) -> None:
    try:
        parse(text, NOON)
    except QueryError as fault:
        line.show_fault(fault.sentence, fault.start, fault.end)
    else:
        line.show_fine()


def said(line: FilterLine) -> str:
    """The fault, as far as it is shown."""
    shown = next((label.text() for label in line.findChildren(QLabel) if label.isVisible()), "")
    assert shown == line.line.accessibleDescription()
    assert bool(line.line.property("invalid")) == bool(shown)
    return shown


def unfinished(line: FilterLine) -> bool:
    return line.unfinished


def type_(line: FilterLine, qtbot: QtBot, text: str) -> None:
    """Type, until the text has taken effect."""
    with qtbot.waitSignal(line.changed, timeout=1000):
        QTest.keyClicks(line.line, text)


def test_a_fault_in_the_word_being_typed_is_said_when_the_person_pauses(
    line: FilterLine, qtbot: QtBot
) -> None:
    type_(line, qtbot, "maria kind:")
    assert line.faulty
    assert said(line) == ""
    qtbot.waitUntil(lambda: "after “kind:”" in said(line), timeout=3000)
    type_(line, qtbot, "voi")
    assert said(line) == ""
    type_(line, qtbot, "cemail")
    assert not line.faulty


def test_a_bracket_that_is_not_closed_yet_is_no_fault_while_typing(line: FilterLine, qtbot: QtBot) -> None:
    type_(line, qtbot, "(kind:call ")
    assert line.faulty
    assert said(line) == ""
    qtbot.waitUntil(lambda: "bracket" in said(line), timeout=3000)
    type_(line, qtbot, "OR kind:voicemail)")
    assert said(line) == ""


def test_a_fault_stays_said_while_another_word_is_typed(line: FilterLine, qtbot: QtBot) -> None:
    line.set_text("kind:nothing ")
    assert "nothing" in said(line)
    type_(line, qtbot, "maria")
    assert "nothing" in said(line)


def test_a_fault_is_not_said_while_values_are_offered_for_its_word(line: FilterLine, qtbot: QtBot) -> None:
    line.set_text("status:")
    assert said(line)
    line.show_offered(offered=True)
    assert said(line) == ""
    line.show_offered(offered=False)
    assert said(line)
    line.show_offered(offered=True)
    QTest.keyClick(line.line, Qt.Key.Key_Home)
    QTest.keyClick(line.line, Qt.Key.Key_End)
    assert said(line) == ""
    type_(line, qtbot, " maria")
    line.show_offered(offered=False)
    qtbot.waitUntil(lambda: bool(said(line)), timeout=3000)


@pytest.mark.parametrize("leave", ["enter", "elsewhere"])
def test_a_fault_is_said_when_the_person_leaves_the_line(line: FilterLine, qtbot: QtBot, leave: str) -> None:
    type_(line, qtbot, "kind:")
    assert said(line) == ""
    if leave == "enter":
        QTest.keyClick(line.line, Qt.Key.Key_Return)
    else:
        line.line.clearFocus()
    assert "after “kind:”" in said(line)


def test_a_word_that_may_become_a_field_is_unfinished_until_the_person_pauses(
    line: FilterLine, qtbot: QtBot
) -> None:
    type_(line, qtbot, "ki")
    assert unfinished(line)
    with qtbot.waitSignal(line.changed, timeout=3000) as told:
        pass
    assert told.args == ["ki"]
    assert not unfinished(line)
    type_(line, qtbot, "n")
    assert unfinished(line)
    with qtbot.waitSignal(line.left, timeout=1000):
        QTest.keyClick(line.line, Qt.Key.Key_Return)
    assert not unfinished(line)


def test_going_elsewhere_takes_an_unfinished_word_for_what_it_is(line: FilterLine, qtbot: QtBot) -> None:
    type_(line, qtbot, "ki")
    with qtbot.waitSignal(line.changed, timeout=100):
        line.line.clearFocus()
    assert not unfinished(line)


def test_what_is_put_into_the_line_is_finished(line: FilterLine) -> None:
    line.set_text("ki")
    assert not unfinished(line)


@pytest.mark.parametrize("text", ["k", "ki", "KIND", "maria ki", "-ki", "(ki", "maria to"])
def test_the_beginning_of_a_field_word_is_known(text: str) -> None:
    assert begins_field(text, len(text))


@pytest.mark.parametrize("text", ["", "-", "maria", "kind:", "kind:k", "kinds", "ki ", '"ki', "maria "])
def test_what_begins_no_field_word_is_not(text: str) -> None:
    assert not begins_field(text, len(text))


def test_a_word_that_goes_on_behind_the_cursor_begins_nothing() -> None:
    assert not begins_field("kix", 2)
    assert begins_field("ki maria", 2)
