"""What opens from the player bar, the ways of hearing beside it, and the loop's one button."""

from dataclasses import fields, replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QWidget,
)

from playhead.core.playbacksettings import Autoplay, Device, PlaybackSettings, PlayerState
from playhead.ui.look.labels import PlainLabel
from playhead.ui.player.playerbar import PlayerBar
from support.fakes import outline

# The offscreen platform says so whenever a window has a fixed size or is a popup.
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"
)

HEADSET = Device("id-1", "Headset", default=False)

Widget = TypeVar("Widget", bound=QWidget)


@pytest.fixture
def bar(player_bar: PlayerBar) -> PlayerBar:
    """A bar with 100 seconds of sound at it, paused at the beginning."""
    player_bar.show_recording("Call", "Bird", stereo=True)
    player_bar.show_peaks(outline(b"\x80" * 1000, b"\x80" * 1000))
    player_bar.show_state(PlayerState.PAUSED)
    return player_bar


@pytest.fixture
def said(bar: PlayerBar) -> list[tuple[object, ...]]:
    """Everything that the bar signals."""
    heard: list[tuple[object, ...]] = []
    shown = [bar.settings]

    def note(settings: PlaybackSettings) -> None:
        before = shown[-1]
        names = [each.name for each in fields(settings)]
        changed = [name for name in names if getattr(settings, name) != getattr(before, name)]
        heard.extend((name, getattr(settings, name)) for name in changed)
        shown.append(settings)

    bar.changed.connect(note)
    for place, name in (
        (bar.waveform, "loop_chosen"),
        (bar.waveform, "loop_cleared"),
        (bar, "loop_toggled"),
        (bar.transport, "find_playing_asked"),
    ):
        getattr(place, name).connect(lambda *values, name=name: heard.append((name, *values)))
    return heard


def named(parent: QWidget, kind: type[Widget], name: str) -> Widget:
    """The control that a screen reader calls `name`."""
    return next(each for each in parent.findChildren(kind) if each.accessibleName() == name)


def click(bar: PlayerBar, name: str) -> None:
    QTest.mouseClick(named(bar, QAbstractButton, name), Qt.MouseButton.LeftButton)


def choose(bar: PlayerBar, name: str, text: str) -> None:
    """Choose by key, as a person without a mouse does."""
    box = named(bar, QComboBox, name)
    wanted = box.findText(text)
    while box.currentIndex() != wanted:
        QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < wanted else Qt.Key.Key_Up)


def opened(bar: PlayerBar) -> QWidget:
    button = bar.findChild(QToolButton, "playerSettingsButton")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    panel = QApplication.activePopupWidget()
    assert panel is not None
    return panel


def hint(bar: PlayerBar) -> str:
    label = bar.findChild(PlainLabel, "playerHint")
    assert label is not None
    return label.whole


def loop_button(bar: PlayerBar) -> QPushButton:
    return named(bar, QPushButton, "Loop A to B")


def test_ways_of_hearing_are_turned_on_and_off(bar: PlayerBar, said: list[tuple[object, ...]]) -> None:
    for name in ("Skip silence", "Level", "Audition on select", "Skip silence"):
        click(bar, name)
    assert said == [("skip_silence", True), ("level", True), ("audition", True), ("skip_silence", False)]


def test_one_button_begins_a_loop_ends_it_and_turns_it_off_and_on(
    bar: PlayerBar, said: list[tuple[object, ...]]
) -> None:
    loops = []
    for seconds in (20, 50, 60, 70):
        bar.show_position(seconds)
        click(bar, "Loop A to B")
        loops.append((loop_button(bar).text(), loop_button(bar).isChecked(), bar.loop))
    assert loops == [
        ("Set B", False, None),
        ("Loop A–B", True, (20, 50)),
        ("Loop A–B", False, None),
        ("Loop A–B", True, (20, 50)),
    ]
    assert said == [("loop_chosen", 20, 50), ("loop_toggled", False), ("loop_toggled", True)]


def test_the_loop_button_follows_what_is_marked_in_the_waveform(
    bar: PlayerBar, said: list[tuple[object, ...]]
) -> None:
    QTest.mousePress(bar.waveform, Qt.MouseButton.RightButton, pos=QPoint(100, 40))
    QTest.mouseMove(bar.waveform, QPoint(200, 40))
    QTest.mouseRelease(bar.waveform, Qt.MouseButton.RightButton, pos=QPoint(200, 40))
    assert loop_button(bar).isChecked()
    bar.waveform.clear_loop()
    assert not loop_button(bar).isChecked()
    assert [name for name, *_ in said] == ["loop_chosen", "loop_cleared"]


def test_without_sound_there_is_nothing_to_loop(bar: PlayerBar) -> None:
    bar.waveform.show_loop(10, 20)
    bar.show_recording("Another", "Bird")
    assert not loop_button(bar).isEnabled()
    assert not loop_button(bar).isChecked()
    bar.show_peaks(outline(b"\x80" * 100))
    assert loop_button(bar).isEnabled()
    bar.show_state(PlayerState.IDLE)
    assert not loop_button(bar).isEnabled()


def test_the_settings_open_with_the_keyboard_in_them_and_close_with_escape(bar: PlayerBar) -> None:
    panel = opened(bar)
    assert panel.accessibleName() == "Player settings"
    assert panel.focusWidget() is named(panel, QSlider, "Left channel gain")
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_the_settings_lie_within_the_screen(bar: PlayerBar) -> None:
    panel = opened(bar)
    assert panel.screen().availableGeometry().contains(panel.frameGeometry())
    panel.close()


def test_gains_are_chosen_in_decibels_and_can_be_reset(
    bar: PlayerBar, said: list[tuple[object, ...]]
) -> None:
    panel = opened(bar)
    QTest.keyClick(named(panel, QSlider, "Left channel gain"), Qt.Key.Key_Right)
    QTest.keyClick(named(panel, QSlider, "Right channel gain"), Qt.Key.Key_PageDown)
    shown = [label.text() for label in panel.findChildren(QLabel)]
    assert "+1 dB" in shown
    assert "−3 dB" in shown
    click(bar, "Reset both gains")
    assert said == [("left", 10 ** (1 / 20)), ("right", 10 ** (-3 / 20)), ("left", 1), ("right", 1)]
    assert not named(panel, QPushButton, "Reset both gains").isEnabled()
    panel.close()


def test_every_setting_is_passed_on(bar: PlayerBar, said: list[tuple[object, ...]]) -> None:
    panel = opened(bar)
    for name in ("Swap channels", "Mono", "Stop after this one"):
        QTest.keyClick(named(panel, QCheckBox, name), Qt.Key.Key_Space)
    choose(bar, "Autoplay", "Through the list")
    choose(bar, "Rewind on resume", "5 s")
    panel.close()
    assert said == [
        ("swap", True),
        ("mono", True),
        ("stop_after", True),
        ("autoplay", "listing"),
        ("rewind", 2),
        ("rewind", 5),
    ]


def test_a_device_is_chosen_by_name_or_the_system_followed(
    bar: PlayerBar, said: list[tuple[object, ...]]
) -> None:
    bar.show_devices((HEADSET, Device("id-2", "Loud\nspeaker", default=False)))
    box = named(bar, QComboBox, "Output device")
    assert [box.itemText(place) for place in range(box.count())] == [
        "Follow the system",
        "Headset",
        "Loud speaker",
    ]
    choose(bar, "Output device", "Loud speaker")
    choose(bar, "Output device", "Follow the system")
    assert [device for _, device in said] == ["id-1", "id-2", "id-1", ""]


def test_a_chosen_device_that_is_gone_is_still_shown_as_chosen(bar: PlayerBar) -> None:
    bar.show_devices((HEADSET,))
    bar.show_settings(PlaybackSettings(device="id-9"))
    assert named(bar, QComboBox, "Output device").currentText() == "The chosen one (not there now)"


def test_what_the_program_sets_is_shown_and_not_signalled_back(
    bar: PlayerBar, said: list[tuple[object, ...]]
) -> None:
    bar.waveform.show_loop(10, 20, on=False)
    bar.show_devices((HEADSET,))
    bar.show_settings(
        PlaybackSettings(
            skip_silence=True,
            level=True,
            rewind=2,
            audition=True,
            autoplay=Autoplay.SELECTION,
            stop_after=True,
            device="id-1",
        )
    )
    assert said == []
    assert named(bar, QAbstractButton, "Skip silence").isChecked()
    assert named(bar, QAbstractButton, "Level").isChecked()
    assert named(bar, QAbstractButton, "Audition on select").isChecked()
    assert named(bar, QCheckBox, "Stop after this one").isChecked()
    assert named(bar, QComboBox, "Rewind on resume").currentText() == "2 s"
    assert named(bar, QComboBox, "Autoplay").currentText() == "Through the selection"
    assert named(bar, QComboBox, "Output device").currentText() == "Headset"
    assert not loop_button(bar).isChecked()
    assert bar.loop is None


def test_an_unknown_autoplay_is_refused(bar: PlayerBar) -> None:
    with pytest.raises(ValueError, match="sideways"):
        bar.show_settings(PlaybackSettings(autoplay=Autoplay("sideways")))


@pytest.mark.parametrize(
    ("autoplay", "state", "wanted"),
    [
        (Autoplay.OFF, PlayerState.PAUSED, "Autoplay off · Space plays · F1 keys"),
        (Autoplay.OFF, PlayerState.PLAYING, "Autoplay off · Space pauses · F1 keys"),
        (Autoplay.LISTING, PlayerState.PLAYING, "Plays the list · Space pauses · F1 keys"),
        (Autoplay.SELECTION, PlayerState.PLAYING, "Plays selection · Space pauses · F1 keys"),
    ],
)
def test_the_line_of_hints_says_what_will_happen(
    bar: PlayerBar, autoplay: Autoplay, state: PlayerState, wanted: str
) -> None:
    bar.show_keys("Space", "F1")
    bar.show_settings(PlaybackSettings(autoplay=autoplay))
    bar.show_state(state)
    assert hint(bar) == wanted


def test_stopping_after_this_one_comes_before_autoplay(bar: PlayerBar) -> None:
    bar.show_settings(PlaybackSettings(autoplay=Autoplay.LISTING, stop_after=True))
    assert hint(bar).startswith("Then stops")


def test_the_playing_row_can_be_asked_for_while_something_is_at_the_player(
    bar: PlayerBar, said: list[tuple[object, ...]]
) -> None:
    click(bar, "Show the playing row")
    assert said == [("find_playing_asked",)]
    bar.show_state(PlayerState.IDLE)
    assert named(bar, QToolButton, "Show the playing row").isHidden()


def test_the_time_is_explained_while_silence_is_skipped(bar: PlayerBar) -> None:
    bar.show_position(5)
    time = next(label for label in bar.findChildren(QLabel) if label.text() == "0:05")
    click(bar, "Skip silence")
    assert "recording" in time.toolTip()
    bar.show_settings(replace(bar.settings, skip_silence=False))
    assert time.toolTip() == ""


def test_one_channel_cannot_be_swapped_or_joined(bar: PlayerBar) -> None:
    bar.show_stereo(stereo=False)
    assert not named(bar, QCheckBox, "Swap channels").isEnabled()
    assert not named(bar, QCheckBox, "Mono").isEnabled()


@pytest.mark.parametrize("width", [1000, 1280])
def test_nothing_is_cut_off(bar: PlayerBar, width: int) -> None:
    bar.resize(width, bar.height())
    QApplication.processEvents()
    for button in bar.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
            assert bar.rect().contains(
                button.geometry().translated(button.mapTo(bar, QPoint()) - button.pos())
            )


def test_every_control_of_the_settings_has_a_name_and_takes_the_keyboard(bar: PlayerBar) -> None:
    panel = opened(bar)
    controls = [
        *panel.findChildren(QSlider),
        *panel.findChildren(QCheckBox),
        *panel.findChildren(QComboBox),
        *panel.findChildren(QPushButton),
    ]
    assert all(control.accessibleName() for control in controls)
    assert all(control.focusPolicy() & Qt.FocusPolicy.TabFocus for control in controls)
    panel.close()
