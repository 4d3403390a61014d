"""The list of keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from playhead.ui.shell.actions import ACTIONS
from playhead.ui.shell.keymap import Keymap
from playhead.ui.shell.keysheet import KeysDialog


def test_every_action_is_listed_beside_the_window(qtbot: QtBot) -> None:
    dialog = KeysDialog(Keymap(), "Playhead 1.2.3")
    qtbot.addWidget(dialog)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert words >= {action.title for action in ACTIONS}
    assert not dialog.isModal()


def test_escape_closes_it(qtbot: QtBot) -> None:
    dialog = KeysDialog(Keymap(), "Playhead")
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
