"""The list of keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from playhead.ui.panes.keys import KeysDialog

# The offscreen platform says so whenever a window has a smallest or a fixed size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


def test_every_key_is_listed_with_its_meaning_beside_the_window(qtbot: QtBot) -> None:
    dialog = KeysDialog((("Space", "Play or pause"), ("Left · Right", "Back or forward 5 s")))
    qtbot.addWidget(dialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert sorted(words) == ["Back or forward 5 s", "Left", "Play or pause", "Right", "Space"]
    assert not dialog.isModal()


def test_a_long_meaning_is_wrapped_and_not_cut(qtbot: QtBot) -> None:
    meaning = "In the filter: choose and take a completion; in the empty one, what was used before"
    dialog = KeysDialog((("Down · Tab", meaning), ("Ctrl+Left · Ctrl+Right", "From note to note")))
    qtbot.addWidget(dialog)
    dialog.show()
    label = next(each for each in dialog.findChildren(QLabel) if each.text() == meaning)
    assert label.height() >= label.heightForWidth(label.width()) > label.fontMetrics().height()


def test_escape_closes_it(qtbot: QtBot) -> None:
    dialog = KeysDialog((("F1", "This list"),))
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
