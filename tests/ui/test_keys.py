"""The list of keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from playhead.ui.shell.keysheet import KeysDialog


def test_every_key_is_listed_with_its_meaning_beside_the_window(qtbot: QtBot) -> None:
    dialog = KeysDialog(
        (("Space", "Play or pause"), ("Left · Right", "Back or forward 5 s")), "Playhead 1.2.3"
    )
    qtbot.addWidget(dialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert sorted(words) == [
        "Back or forward 5 s",
        "Left",
        "Play or pause",
        "Playhead 1.2.3",
        "Right",
        "Space",
    ]
    assert not dialog.isModal()


def test_a_long_meaning_is_wrapped_and_not_cut(qtbot: QtBot) -> None:
    meaning = "In the filter: choose and take a completion; in the empty one, what was used before"
    dialog = KeysDialog(
        (("Down · Tab", meaning), ("Ctrl+Left · Ctrl+Right", "From note to note")), "Playhead"
    )
    qtbot.addWidget(dialog)
    dialog.show()
    label = next(each for each in dialog.findChildren(QLabel) if each.text() == meaning)
    assert label.height() >= label.heightForWidth(label.width()) > label.fontMetrics().height()


def test_escape_closes_it(qtbot: QtBot) -> None:
    dialog = KeysDialog((("F1", "This list"),), "Playhead")
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
