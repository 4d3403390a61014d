"""Announcements to a screen reader."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QTableWidget, QTableWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.filter.suggestions import Suggestion, Suggestions
from playhead.ui.listing.gotodate import HINT, JumpLine
from playhead.ui.look.announcing import announce, tell_current
from playhead.ui.look.theme import Theme
from support.window.accessible_events import overheard


def test_what_happens_is_announced_once(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    with overheard() as events:
        announce(label, "Paused")
        announce(label, "")
    assert events.said == ["Paused"]


def test_one_suggestion_is_no_suggestions(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line = QLineEdit(window)
    window.show()
    suggestions = Suggestions(line, theme)
    with overheard() as events:
        suggestions.offer([Suggestion("status:")])
        suggestions.step(1)
    assert events.said == ["1 suggestion below", "status:"]


def test_the_current_cell_is_told_as_the_focus_of_its_table_after_the_table(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    table = QTableWidget(3, 4, window)
    table.setAccessibleName("Recordings")
    table.setItem(2, 1, QTableWidgetItem("here"))
    table.setCurrentCell(2, 1)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    table.clearFocus()
    with overheard() as events:
        table.setFocus()
        tell_current(table)
        qtbot.waitUntil(lambda: "here" in events.focused)
        assert events.focused == ["Recordings", "here"]


def test_a_table_that_lost_the_focus_meanwhile_says_nothing_more(qtbot: QtBot) -> None:
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.setItem(0, 0, QTableWidgetItem("here"))
    table.setCurrentCell(0, 0)
    with overheard() as events:
        tell_current(table)
        QCoreApplication.processEvents()
        assert not events.focused


def test_what_is_wrong_with_a_date_to_go_to_is_said_and_the_hint_is_not(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    line = JumpLine(over)
    with overheard() as events:
        line.appear()
        line.say("There are no rows.")
        line.say(HINT)
    assert events.said == ["There are no rows."]
