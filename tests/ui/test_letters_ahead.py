"""Fonts of rare letters are loaded before a name with them is painted."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.look.lettersahead import LettersAhead


def test_letters_of_a_script_that_comes_up_are_laid_out_once(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    ahead = LettersAhead(place)
    ahead.look(["अनिल शर्मा", "Ann Example"])
    assert not ahead.done
    qtbot.waitUntil(lambda: ahead.done)
    ahead.look(["शर्मा"])
    assert ahead.done


def test_the_usual_letters_need_nothing(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    ahead = LettersAhead(place)
    ahead.look(["Zoë Núñez", "+31 20 555 01 00"])
    assert ahead.done
