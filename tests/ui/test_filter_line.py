"""The filter line: when it takes effect, and what is wrong where."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAction, QInputMethodEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot
from typing_extensions import override

from playhead.core.finding.parser import parse
from playhead.core.finding.query import QueryError
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from support.fakes import NOON

WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


class Looks(QObject):
    """Watches which parts of a line are given a look: (text, whether it is underlined)."""

    def __init__(self, filter_line: FilterLine) -> None:
        super().__init__()
        self.parts: list[tuple[str, bool]] = []
        self._line = filter_line.line
        self._line.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            units = self._line.text().encode("utf-16-le")
            self.parts = []
            for each in event.attributes():
                first = each.start + self._line.cursorPosition()
                part = units[2 * first : 2 * (first + each.length)].decode("utf-16-le")
                self.parts.append((part, each.value.underlineStyle() is WAVE))
        return False

    @property
    def underlined(self) -> list[str]:
        return [part for part, wave in self.parts if wave]

    @property
    def dimmed(self) -> list[str]:
        return [part for part, wave in self.parts if not wave]


@pytest.fixture
def line(qtbot: QtBot, theme: Theme, icons: Icons) -> FilterLine:
    made = FilterLine(theme, icons)
    qtbot.addWidget(made)
    made.resize(1600, 60)
    made.show()
    made.focus()
    return made


@pytest.fixture
def told(line: FilterLine) -> list[str]:
    heard: list[str] = []
    line.changed.connect(heard.append)
    return heard


@pytest.fixture
def looks(line: FilterLine) -> Looks:
    return Looks(line)


def sentence(line: FilterLine) -> str:
    return next((label.text() for label in line.findChildren(QLabel) if label.isVisible()), "")


def fault_of(text: str) -> QueryError:
    with pytest.raises(QueryError) as raised:
        parse(text, NOON)
    return raised.value


def test_what_is_typed_takes_effect_once_after_the_last_key(
    line: FilterLine, told: list[str], qtbot: QtBot
) -> None:
    QTest.keyClicks(line.line, "maria")
    assert told == []
    qtbot.waitUntil(lambda: bool(told), timeout=1000)
    assert told == ["maria"]


def test_enter_takes_effect_at_once_and_leaves_for_the_rows(
    line: FilterLine, told: list[str], qtbot: QtBot
) -> None:
    QTest.keyClicks(line.line, "maria")
    with qtbot.waitSignal(line.left, timeout=1000):
        QTest.keyClick(line.line, Qt.Key.Key_Return)
    assert told == ["maria"]
    with qtbot.waitSignal(line.left, timeout=1000):
        QTest.keyClick(line.line, Qt.Key.Key_Down)


def test_escape_clears_the_filter_at_once(line: FilterLine, told: list[str]) -> None:
    line.set_text("maria")
    QTest.keyClick(line.line, Qt.Key.Key_Escape)
    assert line.text == ""
    assert told == ["maria", ""]


def test_focus_selects_everything_so_that_typing_begins_anew(line: FilterLine) -> None:
    line.set_text("maria")
    line.line.clearFocus()
    line.focus()
    assert line.line.selectedText() == "maria"


def test_a_fault_is_underlined_and_said_until_it_is_mended(line: FilterLine, looks: Looks) -> None:
    line.set_text("maria kind:voicemial")
    fault = fault_of(line.text)
    line.show_fault(fault.sentence, fault.start, fault.end)
    assert looks.underlined == ["kind:voicemial"]
    assert sentence(line) == fault.sentence
    assert line.line.accessibleDescription() == fault.sentence
    assert line.line.property("invalid")
    line.show_fine()
    assert looks.underlined == []
    assert sentence(line) == ""
    assert line.line.accessibleDescription() == ""
    assert not line.line.property("invalid")


@pytest.mark.parametrize("before", ["", "maria ", "🎉 ", "👩‍👩‍👧 x ", "𝒳𝒴 ", "\ud83d "])
def test_the_underline_is_below_the_fault_whatever_stands_before_it(
    line: FilterLine, looks: Looks, before: str
) -> None:
    line.set_text(f"{before}kind:voicemial")
    fault = fault_of(line.text)
    line.show_fault(fault.sentence, fault.start, fault.end)
    assert looks.underlined == ["kind:voicemial"]


def test_the_underline_stays_with_the_fault_while_the_cursor_moves(line: FilterLine, looks: Looks) -> None:
    line.set_text("🎉 kind:voicemial")
    fault = fault_of(line.text)
    line.show_fault(fault.sentence, fault.start, fault.end)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_End):
        QTest.keyClick(line.line, key)
        assert looks.underlined == ["kind:voicemial"]


def test_field_words_stand_back(line: FilterLine, looks: Looks) -> None:
    line.set_text("🎉 from:+31* -(kind:call maria:x")
    assert looks.dimmed == ["from:", "kind:"]


def test_the_sentence_of_a_fault_is_plain_text(line: FilterLine) -> None:
    line.show_fault('There is no kind “<b onclick="x">”.', 0, 1)
    label = next(each for each in line.findChildren(QLabel) if each.isVisible())
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_change_of_colours_keeps_the_text(
    line: FilterLine, theme: Theme, looks: Looks, qapp: QApplication
) -> None:
    line.set_text("kind:call")
    theme.changed.emit()
    assert line.text == "kind:call"
    assert looks.dimmed == ["kind:"]


def test_the_line_can_be_used_by_a_screen_reader(line: FilterLine) -> None:
    assert line.line.accessibleName() == "Filter"
    assert line.line.objectName() == "filterLine"


def test_a_pasted_filter_is_taken_whole_and_said_to_be_too_long(line: FilterLine, told: list[str]) -> None:
    pasted = "+442079460000 " * 300
    QApplication.clipboard().setText(pasted)
    line.line.paste()
    assert line.text == pasted
    assert "too long to be a filter" in fault_of(line.text).sentence


def test_every_button_in_the_line_says_what_it_is_for(line: FilterLine) -> None:
    line.set_text("maria")
    names = [QAccessible.queryAccessibleInterface(each) for each in line.line.findChildren(QToolButton)]
    spoken = [each.text(QAccessible.Text.Name) for each in names]
    assert "Clear the filter" in spoken
    assert all(spoken)


def test_the_button_that_clears_the_line_tells_what_was_in_it(line: FilterLine, qtbot: QtBot) -> None:
    line.set_text("maria")
    clear = next(each for each in line.line.findChildren(QAction) if each.text() == "Clear the filter")
    with qtbot.waitSignal(line.cleared, timeout=1000) as told:
        clear.trigger()
    assert told.args == ["maria"]


def test_a_fault_is_said_whole_where_there_is_little_room(line: FilterLine, qtbot: QtBot) -> None:
    line.resize(300, 60)
    line.set_text("duration:>x")
    fault = fault_of(line.text)
    line.show_fault(fault.sentence, fault.start, fault.end)
    assert sentence(line) == fault.sentence
