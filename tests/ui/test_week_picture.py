"""The hours of the week: fields that are pointed at, gone to by key, and spoken."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from playhead.core.timeline.weeks import HOURS, Week
from playhead.ui.look.palette import LIGHT
from playhead.ui.look.theme import Theme
from playhead.ui.strip.weekpicture import WeekPicture
from support.window.accessible_events import overheard

TUESDAY = 1
BUSY = Week(
    tuple(tuple(9 if (day, hour) == (TUESDAY, 14) else hour % 3 for hour in range(HOURS)) for day in range(7))
)


@pytest.fixture
def picture(qtbot: QtBot, theme: Theme) -> WeekPicture:
    made = WeekPicture(theme)
    qtbot.addWidget(made)
    made.resize(700, made.sizeHint().height())
    made.show_week(BUSY)
    made.show()
    made.setFocus()
    return made


def test_the_busiest_hour_is_the_strongest_and_an_empty_one_is_faint(picture: WeekPicture) -> None:
    image = picture.grab().toImage()
    assert image.pixelColor(picture.field(TUESDAY, 14).center()) == LIGHT.accent
    faint, some = (image.pixelColor(picture.field(TUESDAY, hour).center()).lightness() for hour in (12, 13))
    assert LIGHT.accent.lightness() < some < faint


def test_keys_begin_at_the_busiest_hour_and_enter_chooses(picture: WeekPicture) -> None:
    spy = QSignalSpy(picture.chosen)
    with overheard() as heard:
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Right):
            QTest.keyClick(picture, key)
        assert heard.said == [
            "Tuesdays, 14:00 to 15:00: 9",
            "Wednesdays, 14:00 to 15:00: 2",
            "Wednesdays, 23:00 to 00:00: 2",
            "Wednesdays, 23:00 to 00:00: 2",
        ]
    QTest.keyClick(picture, Qt.Key.Key_Return)
    assert spy.at(0) == [2, 23]


def test_a_click_chooses_and_esc_takes_it_back_or_is_the_windows(picture: WeekPicture) -> None:
    spy, back = QSignalSpy(picture.chosen), QSignalSpy(picture.stepped_back)
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=picture.field(6, 23).center())
    assert spy.at(0) == [6, 23]
    picture.takes_back = True
    QTest.keyClick(picture, Qt.Key.Key_Left)
    QTest.keyClick(picture, Qt.Key.Key_Escape)
    assert (picture.place, back.count()) == (None, 0)
    QTest.keyClick(picture, Qt.Key.Key_Escape)
    assert back.count() == 1


def test_without_a_recording_there_is_a_sentence_and_nothing_to_choose(picture: WeekPicture) -> None:
    spy = QSignalSpy(picture.chosen)
    picture.show_week(Week())
    picture.show_sentence("No recording matches")
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=picture.field(6, 23).center())
    assert spy.count() == 0
