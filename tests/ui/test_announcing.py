"""Announcements to a screen reader."""

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.filter.suggestions import Suggestion, Suggestions
from playhead.ui.look.announcing import announce
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
