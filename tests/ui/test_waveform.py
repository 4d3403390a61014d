"""The waveform as a person sees and handles it."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleValueInterface, QColor, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playhead.core.peaks import Peaks
from playhead.core.preferences import Appearance
from playhead.ui.look.palette import DARK, LIGHT
from playhead.ui.look.theme import Theme
from playhead.ui.waveform.timescale import ticks
from playhead.ui.waveform.waveform import EMPTY, Waveform
from playhead.ui.waveform.waveformkeys import STEP
from playhead.ui.wording.words import spoken_time
from support.fakes import outline
from support.window.accessible_events import overheard
from support.window.waveform_places import x_of

LOUD = b"\xff" * 1000
"""100 seconds at 10 a second."""


@pytest.fixture
def waveform(empty_waveform: Waveform) -> Waveform:
    return empty_waveform


def stereo(waveform: Waveform, seconds: float = 100) -> None:
    waveform.show_peaks(outline(LOUD, LOUD))
    waveform.show_duration(seconds)


def colors(image: QImage, left: int, right: int, y: int) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(left, right)}


def test_nothing_loaded_says_what_to_do(waveform: Waveform) -> None:
    assert waveform.accessibleDescription() == EMPTY
    assert len(colors(waveform.grab().toImage(), 100, 440, 60)) > 1


def test_the_played_part_is_strong_and_the_rest_is_lighter_in_each_channels_color(waveform: Waveform) -> None:
    stereo(waveform)
    waveform.show_position(50)
    image = waveform.grab().toImage()
    upper, lower = 14 + 22, 14 + 44 + 4 + 22
    assert colors(image, 30, 200, upper) == {LIGHT.accent.name(), LIGHT.lane.name()}
    assert colors(image, 300, 500, upper) == {LIGHT.left_unplayed.name(), LIGHT.lane.name()}
    assert colors(image, 30, 200, lower) == {LIGHT.right.name(), LIGHT.lane.name()}
    assert colors(image, 300, 500, lower) == {LIGHT.right_unplayed.name(), LIGHT.lane.name()}


def test_one_channel_is_one_lane(waveform: Waveform) -> None:
    waveform.show_peaks(outline(LOUD))
    image = waveform.grab().toImage()
    between_lanes = 14 + 44 + 2
    assert LIGHT.left_unplayed.name() in colors(image, 100, 400, between_lanes)
    assert LIGHT.right_unplayed.name() not in colors(image, 100, 400, between_lanes)


def test_what_has_not_arrived_is_a_thin_line(waveform: Waveform) -> None:
    waveform.show_peaks(outline(LOUD, LOUD))
    waveform.show_duration(200)
    image = waveform.grab().toImage()
    above_middle = 14 + 22 - 6
    assert LIGHT.left_unplayed.name() in colors(image, 100, 250, above_middle)
    assert LIGHT.left_unplayed.name() not in colors(image, 290, 500, above_middle)
    waveform.show_peaks(outline(LOUD * 2, LOUD * 2))
    assert LIGHT.left_unplayed.name() in colors(waveform.grab().toImage(), 290, 500, above_middle)


def test_the_playhead_stands_where_the_player_is(waveform: Waveform) -> None:
    stereo(waveform)
    for seconds in (0, 30, 100):
        waveform.show_position(seconds)
        image = waveform.grab().toImage()
        assert image.pixelColor(x_of(seconds), 40) == LIGHT.text


def test_the_theme_is_followed(waveform: Waveform, theme: Theme) -> None:
    stereo(waveform)
    theme.choose(Appearance.DARK)
    assert DARK.left_unplayed.name() in colors(waveform.grab().toImage(), 100, 400, 36)


def test_a_click_seeks(qtbot: QtBot, waveform: Waveform) -> None:
    stereo(waveform)
    with qtbot.waitSignal(waveform.sought) as sought:
        QTest.mouseClick(waveform, Qt.MouseButton.LeftButton, pos=QPoint(x_of(25), 40))
    assert sought.args is not None
    assert sought.args[0] == pytest.approx(25, abs=0.2)


def test_dragging_shows_where_it_goes_and_seeks_once_when_let_go(qtbot: QtBot, waveform: Waveform) -> None:
    stereo(waveform)
    heard: list[float] = []
    waveform.sought.connect(heard.append)
    QTest.mousePress(waveform, Qt.MouseButton.LeftButton, pos=QPoint(x_of(10), 40))
    QTest.mouseMove(waveform, QPoint(x_of(60), 40))
    waveform.show_position(11)
    assert waveform.position == pytest.approx(60, abs=0.2)
    assert heard == []
    QTest.mouseRelease(waveform, Qt.MouseButton.LeftButton, pos=QPoint(x_of(60), 40))
    assert heard == [pytest.approx(60, abs=0.2)]


def test_a_drag_beyond_the_ends_stays_within_the_recording(qtbot: QtBot, waveform: Waveform) -> None:
    stereo(waveform)
    heard: list[float] = []
    waveform.sought.connect(heard.append)
    for x in (-50, 5000):
        QTest.mousePress(waveform, Qt.MouseButton.LeftButton, pos=QPoint(200, 40))
        QTest.mouseMove(waveform, QPoint(x, 40))
        QTest.mouseRelease(waveform, Qt.MouseButton.LeftButton, pos=QPoint(x, 40))
    assert heard == [0.0, 100.0]


@pytest.mark.parametrize(
    ("key", "modifier", "wanted"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 35.0),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 45.0),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 10.0),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 70.0),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0.0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 100.0),
    ],
)
def test_keys_seek(
    qtbot: QtBot, waveform: Waveform, key: Qt.Key, modifier: Qt.KeyboardModifier, wanted: float
) -> None:
    stereo(waveform)
    waveform.show_position(40)
    with qtbot.waitSignal(waveform.sought) as sought:
        QTest.keyClick(waveform, key, modifier)
    assert sought.args == [wanted]


def test_without_sound_neither_click_nor_key_seeks(qtbot: QtBot, waveform: Waveform) -> None:
    heard: list[float] = []
    waveform.sought.connect(heard.append)
    for show in (waveform.show_empty, waveform.begin, lambda: waveform.show_failed("Gone.")):
        show()
        QTest.mouseClick(waveform, Qt.MouseButton.LeftButton, pos=QPoint(200, 40))
        QTest.keyClick(waveform, Qt.Key.Key_Right)
    assert heard == []


def test_the_pointer_shows_a_time_and_takes_it_along_when_it_leaves(qtbot: QtBot, waveform: Waveform) -> None:
    stereo(waveform)
    before = waveform.grab().toImage()
    QTest.mouseMove(waveform, QPoint(300, 40))
    assert waveform.grab().toImage() != before
    QTest.mouseMove(waveform, QPoint(300, 130))
    QTest.mouseMove(waveform, QPoint(2, 40))
    assert waveform.grab().toImage() == before


def test_a_screen_reader_hears_the_position(waveform: Waveform) -> None:
    stereo(waveform, 760)
    waveform.show_position(65.4)
    assert waveform.accessibleDescription() == "Position 1 minute 5 seconds of 12 minutes 40 seconds"
    waveform.begin()
    assert waveform.accessibleDescription() == "Loading"
    waveform.show_failed("Bird no longer has it.")
    assert waveform.accessibleDescription() == "Bird no longer has it."


def test_another_recording_begins_at_its_beginning(waveform: Waveform) -> None:
    stereo(waveform)
    waveform.show_position(40)
    waveform.begin()
    assert waveform.position == 0
    assert waveform.duration == 0
    assert not waveform.shaped


def test_waiting_for_more_media_leaves_the_shape_and_the_place(waveform: Waveform) -> None:
    stereo(waveform)
    waveform.show_position(40)
    before = waveform.grab().toImage()
    waveform.show_loading()
    assert waveform.grab().toImage() == before


def test_a_stated_duration_outlives_the_waiting_for_peaks(waveform: Waveform) -> None:
    waveform.begin()
    waveform.show_duration(760)
    waveform.show_loading()
    waveform.show_peaks(outline(LOUD))
    assert waveform.duration == 760


@pytest.mark.parametrize("peaks", [outline(), outline(b"", b""), outline(b"\x00")])
def test_peaks_of_nothing_can_be_shown(waveform: Waveform, peaks: Peaks) -> None:
    waveform.show_peaks(peaks)
    assert not waveform.grab().isNull()


def test_a_failure_of_hostile_text_is_shown_in_the_bad_color(waveform: Waveform) -> None:
    waveform.show_failed("<img src=x> " + "long " * 2000)
    image = waveform.grab().toImage()
    row = {image.pixelColor(x, y).name() for x in range(30, 500) for y in range(50, 72)}
    assert LIGHT.bad.name() in row or any(QColor(name).red() > 180 > QColor(name).green() for name in row)


@pytest.mark.parametrize(
    ("first", "span", "width", "wanted"),
    [
        (0, 760, 870, (0, 120, 240, 360, 480, 600, 720)),
        (0, 3, 870, (0, 0.5, 1, 1.5, 2, 2.5, 3)),
        (0, 0.4, 870, (0, 0.1, 0.2, 0.3, 0.4)),
        (0, 0, 870, ()),
        (0, 90, 300, (0, 30, 60, 90)),
        (100, 90, 300, (120, 150, 180)),
        (7.3, 2, 870, (7.4, 7.6, 7.8, 8.0, 8.2, 8.4, 8.6, 8.8, 9.0, 9.2)),
    ],
)
def test_ticks_are_round_and_never_crowded(
    first: float, span: float, width: int, wanted: tuple[float, ...]
) -> None:
    assert ticks(first, span, width) == wanted


def test_a_recording_of_a_month_has_ticks_too() -> None:
    found = ticks(0, 2_600_000, 500)
    assert 2 <= len(found) <= 500 / 72 + 1


def test_times_are_spoken_in_words() -> None:
    assert spoken_time(0) == "0 seconds"
    assert spoken_time(61) == "1 minute 1 second"
    assert spoken_time(7322) == "2 hours 2 minutes 2 seconds"


def test_letting_go_after_another_recording_has_begun_seeks_nothing(waveform: Waveform) -> None:
    stereo(waveform)
    heard: list[float] = []
    waveform.sought.connect(heard.append)
    QTest.mousePress(waveform, Qt.MouseButton.LeftButton, pos=QPoint(x_of(60), 40))
    waveform.begin()
    stereo(waveform)
    QTest.mouseRelease(waveform, Qt.MouseButton.LeftButton, pos=QPoint(x_of(60), 40))
    assert heard == []
    assert waveform.position == 0


def slider(waveform: Waveform) -> QAccessibleValueInterface:
    interface = QAccessible.queryAccessibleInterface(waveform)
    assert interface.role() is QAccessible.Role.Slider
    return interface.valueInterface()


def test_a_screen_reader_finds_a_slider_of_seconds(waveform: Waveform, qtbot: QtBot) -> None:
    stereo(waveform)
    waveform.show_position(65.4)
    value = slider(waveform)
    assert [value.currentValue(), value.minimumValue(), value.maximumValue()] == [65, 0, 100]
    assert value.minimumStepSize() == STEP
    with qtbot.waitSignal(waveform.sought) as sought:
        value.setCurrentValue(30)
    assert sought.args == [30.0]
    assert waveform.position == 30.0


def test_what_the_program_shows_is_not_taken_for_a_wish(waveform: Waveform, qtbot: QtBot) -> None:
    stereo(waveform)
    with qtbot.assertNotEmitted(waveform.sought):
        waveform.show_position(20)
        waveform.show_duration(200)
        waveform.show_peaks(outline(LOUD))
        waveform.show_empty()
    assert slider(waveform).maximumValue() == 0


def test_a_waveform_with_the_focus_does_not_count_its_seconds_aloud(waveform: Waveform, qtbot: QtBot) -> None:
    stereo(waveform)
    waveform.setFocus()
    qtbot.waitUntil(waveform.hasFocus)
    waveform.show_position(10)
    with overheard() as events:
        for tick in range(100):
            waveform.show_position(10 + tick / 10)
        assert events.events == []
        waveform.describe()
        assert slider(waveform).currentValue() == 19
        QTest.keyClick(waveform, Qt.Key.Key_Right)
        assert slider(waveform).currentValue() == 24
        assert waveform.accessibleDescription().startswith("Position 24 seconds of")


def test_keys_of_a_slider_are_the_windows(waveform: Waveform) -> None:
    stereo(waveform)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(waveform, event)
        assert not event.isAccepted()
    assert waveform.position == 0
