"""Looking closer at a waveform: by wheel, by key, and while it plays."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playhead.ui.look.palette import LIGHT
from playhead.ui.waveform.waveform import Waveform
from support.fakes import outline
from support.window.waveform_places import LANES, OVERVIEW, RULER, x_of

NONE = Qt.KeyboardModifier.NoModifier


def turn(
    waveform: Waveform, x: int, down: int = 0, right: int = 0, modifier: Qt.KeyboardModifier = NONE
) -> None:
    """Turn the wheel over a pixel, in notches."""
    place = QPointF(x, LANES)
    event = QWheelEvent(
        place,
        waveform.mapToGlobal(place),
        QPoint(),
        QPoint(-right * 120, -down * 120),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 Qt gives it no name
    )
    QApplication.sendEvent(waveform, event)


def view(waveform: Waveform) -> tuple[float, float]:
    """The seconds at both ends."""
    return waveform.view


def width(waveform: Waveform) -> float:
    first, last = view(waveform)
    return last - first


@pytest.mark.parametrize("modifier", [NONE, Qt.KeyboardModifier.ControlModifier])
def test_the_wheel_brings_closer_what_is_under_the_pointer(
    waveform: Waveform, modifier: Qt.KeyboardModifier
) -> None:
    turn(waveform, x_of(30), down=-5, modifier=modifier)
    first, last = view(waveform)
    assert last - first == pytest.approx(100 / 1.25**5)
    assert first + (last - first) * 0.3 == pytest.approx(30, abs=0.2)


def test_the_wheel_brings_back_the_whole_and_goes_no_farther(waveform: Waveform) -> None:
    turn(waveform, x_of(30), down=-5)
    turn(waveform, x_of(30), down=20)
    assert view(waveform) == (0, 100)


def test_two_seconds_are_as_close_as_it_gets(waveform: Waveform) -> None:
    turn(waveform, x_of(30), down=-60)
    assert width(waveform) == pytest.approx(2)


def test_the_wheel_moves_along_when_turned_sideways_or_with_shift(waveform: Waveform) -> None:
    waveform.zoom(4, 50)
    before = view(waveform)[0]
    turn(waveform, 200, right=1)
    between = view(waveform)[0]
    turn(waveform, 200, down=-1, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert between > before
    assert view(waveform)[0] == pytest.approx(before)
    assert width(waveform) == pytest.approx(25)


def test_moving_along_stops_at_the_ends(waveform: Waveform) -> None:
    waveform.zoom(4, 50)
    turn(waveform, 200, right=100)
    assert view(waveform) == (75, 100)
    turn(waveform, 200, right=-100)
    assert view(waveform) == (0, 25)


def test_keys_bring_closer_around_the_playhead_and_back(waveform: Waveform) -> None:
    waveform.show_position(60)
    QTest.keyClick(waveform, Qt.Key.Key_Plus)
    QTest.keyClick(waveform, Qt.Key.Key_Equal)
    first, last = view(waveform)
    assert first < 60 < last
    assert last - first < 50
    QTest.keyClick(waveform, Qt.Key.Key_Minus)
    QTest.keyClick(waveform, Qt.Key.Key_Minus)
    assert view(waveform) == (0, 100)


def test_page_keys_turn_pages_of_a_zoomed_view(waveform: Waveform) -> None:
    waveform.zoom(4, 0)
    QTest.keyClick(waveform, Qt.Key.Key_PageDown)
    assert view(waveform) == (22.5, 47.5)
    QTest.keyClick(waveform, Qt.Key.Key_PageUp)
    assert view(waveform) == (0, 25)


def test_a_double_click_on_the_ruler_shows_the_whole_again(waveform: Waveform) -> None:
    heard: list[float] = []
    waveform.sought.connect(heard.append)
    waveform.zoom(4, 50)
    QTest.mouseDClick(waveform, Qt.MouseButton.LeftButton, pos=QPoint(300, RULER))
    assert view(waveform) == (0, 100)
    assert heard == []


def test_a_click_in_a_zoomed_view_seeks_to_what_is_seen_there(waveform: Waveform, qtbot: QtBot) -> None:
    waveform.zoom(10, 50)
    with qtbot.waitSignal(waveform.sought) as sought:
        QTest.mouseClick(waveform, Qt.MouseButton.LeftButton, pos=QPoint(270, LANES))
    assert sought.args == [pytest.approx(50, abs=0.1)]


def test_a_zoomed_view_follows_what_plays(waveform: Waveform) -> None:
    waveform.show_position(10)
    waveform.zoom(10, 10)
    for tenth in range(100, 400):
        waveform.show_position(tenth / 10)
        first, last = view(waveform)
        assert first <= tenth / 10 <= last


def test_what_the_person_looks_at_does_not_run_away_while_something_else_plays(waveform: Waveform) -> None:
    waveform.show_position(10)
    waveform.zoom(10, 10)
    QTest.keyClick(waveform, Qt.Key.Key_PageDown)
    QTest.keyClick(waveform, Qt.Key.Key_PageDown)
    away = view(waveform)
    waveform.show_position(10.1)
    assert view(waveform) == away
    QTest.keyClick(waveform, Qt.Key.Key_Right)
    assert view(waveform)[0] < 15.1 < view(waveform)[1]


def test_the_overview_shows_where_one_is_and_can_be_dragged(waveform: Waveform) -> None:
    before = waveform.grab().toImage()
    waveform.zoom(10, 5)
    after = waveform.grab().toImage()
    assert after.pixelColor(300, OVERVIEW) == LIGHT.edge
    assert before.pixelColor(300, OVERVIEW) != LIGHT.edge
    assert after.pixelColor(60, OVERVIEW) == LIGHT.dim
    QTest.mousePress(waveform, Qt.MouseButton.LeftButton, pos=QPoint(200, OVERVIEW))
    QTest.mouseMove(waveform, QPoint(x_of(80), OVERVIEW))
    QTest.mouseRelease(waveform, Qt.MouseButton.LeftButton, pos=QPoint(x_of(80), OVERVIEW))
    first, last = view(waveform)
    assert (first + last) / 2 == pytest.approx(80, abs=0.5)


def test_close_up_every_bar_is_one_measured_peak(waveform: Waveform) -> None:
    """A click of a hundredth of a second is one bar, as wide as that hundredth, and not smeared."""
    silent = bytearray(10_000)
    silent[5000] = 255
    waveform.show_peaks(outline(bytes(silent), bytes(silent), per_second=100))
    waveform.zoom(50, 50)
    high = 14 + 8
    image = waveform.grab().toImage()
    loud = [x for x in range(20, 520) if image.pixelColor(x, high) == LIGHT.left_unplayed]
    assert 2 <= len(loud) <= 5
    assert loud[-1] - loud[0] == len(loud) - 1
    assert loud[0] == pytest.approx(270, abs=4)


def test_a_short_click_in_a_long_recording_is_still_seen(waveform: Waveform) -> None:
    hour = bytearray(360_000)
    hour[180_001] = 255
    waveform.show_peaks(outline(bytes(hour), bytes(hour), per_second=100))
    image = waveform.grab().toImage()
    assert any(image.pixelColor(x, 14 + 8) == LIGHT.left_unplayed for x in range(260, 280))


def test_peaks_that_grow_are_drawn_as_if_they_had_come_at_once(waveform: Waveform) -> None:
    whole = bytes((place * 7919) % 256 for place in range(40_000))
    waveform.show_duration(400)
    for length in (10_000, 10_050, 33_333, 40_000):
        waveform.show_peaks(outline(whole[:length], whole[:length], per_second=100))
    grown = waveform.grab().toImage()
    waveform.begin()
    waveform.show_duration(400)
    waveform.show_peaks(outline(whole, whole, per_second=100))
    assert waveform.grab().toImage() == grown


def test_what_a_pixel_lasts_is_told_as_it_changes(waveform: Waveform) -> None:
    told: list[float] = []
    waveform.resolution_changed.connect(told.append)
    before = waveform.resolution / width(waveform)
    turn(waveform, x_of(30), down=-5)
    assert told == [waveform.resolution]
    assert waveform.resolution == pytest.approx(before * width(waveform))


def test_another_recording_is_seen_whole(waveform: Waveform) -> None:
    waveform.zoom(4, 50)
    waveform.begin()
    waveform.show_peaks(outline(b"\x80" * 300))
    assert view(waveform) == (0, 30)


def test_a_screen_reader_hears_what_part_is_shown(waveform: Waveform) -> None:
    waveform.zoom(4, 0)
    assert waveform.accessibleDescription().endswith("showing 0 seconds to 25 seconds")


def test_wheel_and_keys_do_nothing_without_a_shape(waveform: Waveform) -> None:
    waveform.show_failed("Gone.")
    turn(waveform, 200, down=-3)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_PageDown, Qt.Key.Key_A):
        QTest.keyClick(waveform, key)
    assert view(waveform) == (0, 100)
    assert waveform.loop.pair is None


def test_the_ruler_of_a_close_view_tells_tenths(waveform: Waveform) -> None:
    far = waveform.grab().toImage()
    waveform.zoom(50, 50)
    near = waveform.grab().toImage()
    assert ruler(far) != ruler(near)


def ruler(image: QImage) -> QImage:
    return image.copy(0, 14 + 92 + 6, image.width(), 18)
