"""The page on which the limits of health are changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from playhead.core.health.healthlimits import USUAL_LIMITS, HealthLimits, MidWord
from playhead.ui.look.labels import WrappedLabel
from playhead.ui.look.theme import Theme
from playhead.ui.shell.limitspage import LimitsPage
from support.widgets import find


class Scene:
    """The page, and what it told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.page = LimitsPage(USUAL_LIMITS)
        qtbot.addWidget(self.page)
        self.page.show()
        self.told: list[HealthLimits] = []
        self.page.changed.connect(self.told.append)

    def type(self, name: str, text: str) -> QLineEdit:
        """Type a number into its line, without leaving it."""
        line = find(self.page, QLineEdit, f"{name}Line")
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        return line

    def put(self, name: str, text: str) -> QLineEdit:
        """Type a number and press Return."""
        line = self.type(name, text)
        QTest.keyClick(line, Qt.Key.Key_Return)
        return line

    @property
    def sentence(self) -> str:
        return find(self.page, WrappedLabel, "limitsSentence").whole

    @property
    def reset(self) -> QPushButton:
        return find(self.page, QPushButton, "resetLimitsButton")


@pytest.fixture
def scene(qtbot: QtBot, theme: Theme) -> Scene:
    return Scene(qtbot)


def test_a_number_takes_effect_when_it_is_done(scene: Scene) -> None:
    scene.type("clipped", "1.5")
    assert scene.told == []
    scene.put("clipped", "1.5")
    assert [each.clipped for each in scene.told] == [0.015]
    scene.put("clipped", "1.5")
    assert len(scene.told) == 1


def test_where_a_usual_number_comes_from_is_said_beside_it(scene: Scene) -> None:
    line = scene.type("calls_quiet", "-40")
    assert "ITU-T G.191" in scene.sentence
    assert scene.sentence == line.toolTip() == line.accessibleDescription()
    assert line.accessibleName() == "Loudness of calls, from to"


def test_a_number_that_makes_no_sense_is_answered_and_not_taken(scene: Scene) -> None:
    line = scene.put("clipped", "80")
    assert scene.sentence == "A number from 0 to 50 is needed here."
    assert line.property("invalid") == "true"
    assert scene.told == []
    scene.page.show_judged(3)
    assert scene.sentence == "A number from 0 to 50 is needed here."
    scene.put("clipped", "8")
    assert line.property("invalid") == "false"
    scene.page.show_judged(3)
    assert scene.sentence == "All measured recordings are judged by this; 3 verdicts are others."


def test_a_loudness_that_waits_for_the_other_one_is_taken_with_it(scene: Scene) -> None:
    scene.put("calls_quiet", "-10")
    assert scene.sentence == "Too quiet has to be below too loud, which is -14 LUFS."
    scene.put("calls_loud", "-5")
    assert (scene.told[-1].calls_quiet, scene.told[-1].calls_loud) == (-10.0, -5.0)


def test_the_usual_numbers_come_back_by_one_button(scene: Scene) -> None:
    assert not scene.reset.isEnabled()
    line = scene.put("damage", "3")
    box = find(scene.page, QComboBox, "midWordBox")
    box.setCurrentIndex(box.findData(MidWord.NOTHING))
    box.activated.emit(box.currentIndex())
    assert scene.told[-1].mid_word is MidWord.NOTHING
    scene.reset.click()
    assert scene.told[-1] == USUAL_LIMITS
    assert (line.text(), box.currentData()) == ("0.2", MidWord.PROMPTS)
    assert not scene.reset.isEnabled()
