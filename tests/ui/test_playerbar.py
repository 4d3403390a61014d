"""The player bar: what it shows of a player, and what it passes on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from playhead.core.playbacksettings import Channels, PlaybackSettings, PlayerState
from playhead.ui.player.playerbar import PlayerBar
from playhead.ui.player.playercontrols import SPEEDS
from support.child_widgets import find
from support.fakes import outline
from support.window.accessible_events import overheard


@pytest.fixture
def bar(player_bar: PlayerBar) -> PlayerBar:
    return player_bar


def texts(bar: QWidget) -> list[str]:
    """What is to be read, but for the line of hints."""
    labels = [label for label in bar.findChildren(QLabel) if label.isVisible() and label.text()]
    return [label.text() for label in labels if label.objectName() != "playerHint"]


def play_button(bar: PlayerBar) -> QToolButton:
    return find(bar, QToolButton, "playButton")


def channel(bar: PlayerBar, text: str) -> QPushButton:
    box = find(bar, QWidget, "channelBox")
    return next(button for button in box.findChildren(QPushButton) if button.text() == text)


def button(bar: PlayerBar, name: str) -> QToolButton:
    return next(each for each in bar.findChildren(QToolButton) if each.accessibleName() == name)


def test_time_runs_from_left_to_right_whatever_the_language_does(bar: PlayerBar) -> None:
    around = QWidget()
    around.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bar.setParent(around)
    assert bar.waveform.layoutDirection() == Qt.LayoutDirection.LeftToRight
    bar.setParent(None)


def test_a_recording_is_named_with_its_position_and_duration(bar: PlayerBar) -> None:
    bar.show_recording("Outgoing call", "Bird · EU Support", stereo=True)
    bar.show_duration(760)
    bar.show_position(425.9)
    assert texts(bar) == ["Outgoing call", "Bird · EU Support", "7:05", "/ 12:40"]


def test_the_button_says_what_it_would_do(bar: PlayerBar) -> None:
    said = {}
    for state in PlayerState:
        bar.show_state(state, "")
        said[state] = play_button(bar).accessibleName()
    assert [state for state, name in said.items() if name == "Pause"] == ["loading", "playing"]
    assert set(said.values()) == {"Play", "Pause"}


def test_an_unknown_state_is_refused(bar: PlayerBar) -> None:
    with pytest.raises(ValueError, match="jumping"):
        bar.show_state(PlayerState("jumping"))


def test_what_is_wrong_is_said_beside_the_title_until_it_is_right_again(bar: PlayerBar) -> None:
    bar.show_recording("Call", "Bird", stereo=True)
    bar.show_state(PlayerState.NO_DEVICE, "No sound device.")
    assert "No sound device." in texts(bar)
    bar.show_state(PlayerState.PLAYING)
    assert "Bird" in texts(bar)
    assert "No sound device." not in texts(bar)


def test_a_failure_is_said_where_the_waveform_would_be(bar: PlayerBar) -> None:
    bar.show_recording("Call", "Bird", stereo=True)
    bar.show_state(PlayerState.FAILED, "Bird no longer has the audio.")
    assert bar.waveform.accessibleDescription() == "Bird no longer has the audio."


def test_what_has_arrived_before_a_failure_stays_to_be_looked_at(bar: PlayerBar) -> None:
    bar.show_recording("Call", "Bird", stereo=True)
    bar.show_peaks(outline(b"\x80" * 100))
    bar.show_state(PlayerState.FAILED, "The connection was cut.")
    assert "The connection was cut." in texts(bar)
    assert bar.waveform.shaped


def test_after_the_last_recording_the_bar_is_empty(bar: PlayerBar) -> None:
    bar.show_recording("Call", "Bird", stereo=True)
    bar.show_duration(60)
    bar.show_state(PlayerState.IDLE)
    assert texts(bar) == []
    assert bar.waveform.accessibleDescription().startswith("Nothing is playing")


def test_the_buttons_pass_on_what_is_wanted(qtbot: QtBot, bar: PlayerBar) -> None:
    for signal, widget in (
        (bar.transport.toggled, play_button(bar)),
        (bar.transport.previous, button(bar, "Previous recording")),
        (bar.transport.next, button(bar, "Next recording")),
    ):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_clicking_the_transport_leaves_the_keyboard_where_it_was(qtbot: QtBot, bar: PlayerBar) -> None:
    bar.waveform.setFocus()
    QTest.mouseClick(play_button(bar), Qt.MouseButton.LeftButton)
    assert not play_button(bar).hasFocus()


def test_every_speed_can_be_chosen_and_is_written_as_a_factor(qtbot: QtBot, bar: PlayerBar) -> None:
    box = find(bar, QComboBox, "speedBox")
    assert [box.itemText(place) for place in range(box.count())] == [
        "0.5×",
        "0.75×",
        "1×",
        "1.25×",
        "1.5×",
        "1.75×",
        "2×",
        "2.5×",
        "3×",
    ]
    assert box.currentText() == "1×"
    with qtbot.waitSignal(bar.changed) as chosen:
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert chosen.args == [PlaybackSettings(speed=1.25)]
    assert len(SPEEDS) == box.count()


def test_what_the_program_sets_is_shown_but_not_signalled_back(bar: PlayerBar) -> None:
    heard: list[object] = []
    bar.changed.connect(heard.append)
    bar.show_settings(PlaybackSettings(speed=2.0, volume=0.3, channels=Channels.RIGHT))
    assert heard == []
    assert find(bar, QComboBox, "speedBox").currentText() == "2×"
    assert find(bar, QSlider, "volumeSlider").value() == 30
    assert channel(bar, "R").isChecked()


@pytest.mark.parametrize(
    ("text", "name"), [("L", Channels.LEFT), ("R", Channels.RIGHT), ("L + R", Channels.BOTH)]
)
def test_one_channel_or_both_can_be_chosen(qtbot: QtBot, bar: PlayerBar, text: str, name: Channels) -> None:
    with qtbot.waitSignal(bar.changed) as chosen:
        QTest.mouseClick(channel(bar, text), Qt.MouseButton.LeftButton)
    assert chosen.args == [PlaybackSettings(channels=name)]
    assert [each for each in ("L", "L + R", "R") if channel(bar, each).isChecked()] == [text]


def test_a_recording_of_one_channel_offers_no_choice_and_says_why(bar: PlayerBar) -> None:
    bar.show_recording("Prompt", "Convirza", stereo=False)
    assert not channel(bar, "L").isEnabled()
    assert channel(bar, "L").toolTip() == "This recording has one channel"
    bar.show_peaks(outline(b"\x10" * 100, b"\x20" * 100))
    assert channel(bar, "L").isEnabled()


def test_the_loudspeaker_mutes_and_brings_back_the_volume(bar: PlayerBar) -> None:
    heard: list[float] = []
    bar.changed.connect(lambda settings: heard.append(settings.volume))
    bar.show_settings(PlaybackSettings(volume=0.7))
    QTest.mouseClick(button(bar, "Mute"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(bar, "Unmute"), Qt.MouseButton.LeftButton)
    assert heard == [0.0, 0.7]


def test_seeking_in_the_waveform_is_passed_on(qtbot: QtBot, bar: PlayerBar) -> None:
    bar.show_peaks(outline(b"\x80" * 100))
    with qtbot.waitSignal(bar.waveform.sought) as sought:
        QTest.keyClick(bar.waveform, Qt.Key.Key_Right)
    assert sought.args == [5.0]


def test_a_hostile_title_of_300_characters_is_text_and_widens_nothing(bar: PlayerBar) -> None:
    before = bar.minimumSizeHint().width()
    bar.show_recording("<img src=x>" + "שלום " * 60, "<b>x</b>" * 40, stereo=True)
    assert bar.minimumSizeHint().width() == before <= 1000
    hostile = [label for label in bar.findChildren(QLabel) if label.text().startswith("<")]
    assert [label.textFormat() for label in hostile] == [Qt.TextFormat.PlainText] * 2


def test_every_control_has_a_name_for_a_screen_reader(bar: PlayerBar) -> None:
    for kind in (QToolButton, QPushButton, QComboBox, QSlider):
        assert all(widget.accessibleName() for widget in bar.findChildren(kind))


def accessible(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def test_channels_are_a_group_of_radio_buttons_that_the_arrow_keys_choose_from(
    qtbot: QtBot, bar: PlayerBar
) -> None:
    group = accessible(find(bar, QWidget, "channelBox"))
    assert (group.role(), group.text(QAccessible.Text.Name)) == (QAccessible.Role.Grouping, "Channels")
    assert {group.child(place).role() for place in range(3)} == {QAccessible.Role.RadioButton}
    channel(bar, "L + R").setFocus()
    with qtbot.waitSignal(bar.changed) as chosen:
        QTest.keyClick(channel(bar, "L + R"), Qt.Key.Key_Right)
    assert chosen.args == [PlaybackSettings(channels=Channels.RIGHT)]
    stops = [
        each for each in ("L", "L + R", "R") if channel(bar, each).focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == ["R"]


def test_every_box_has_a_label_that_says_what_it_is(bar: PlayerBar) -> None:
    named = {}
    for box in bar.findChildren(QComboBox):
        labels = [each for each in bar.findChildren(QLabel) if each.buddy() is box]
        named[box.accessibleName()] = [each.text() for each in labels]
    assert named == {each: [each] for each in ("Speed", "Autoplay", "Rewind on resume", "Output device")}


def test_a_second_that_passes_is_hardly_told(bar: PlayerBar) -> None:
    bar.show_recording("Outgoing call", "Bird", stereo=True)
    bar.show_duration(100)
    with overheard() as events:
        for tick in range(60):
            bar.show_position(tick / 30)
    assert len(events.events) <= 4


def test_the_rows_of_controls_end_at_one_edge(bar: PlayerBar) -> None:
    ends = {
        name: find(bar, kind, name).mapTo(bar, find(bar, kind, name).rect().topRight()).x()
        for kind, name in ((QPushButton, "loopButton"), (QPushButton, "auditionButton"))
    }
    last = channel(bar, "R")
    assert set(ends.values()) == {last.mapTo(bar, last.rect().topRight()).x()}
    first = find(bar, QComboBox, "speedBox")
    middle = channel(bar, "L")
    assert first.mapTo(bar, first.rect().center()).y() == middle.mapTo(bar, middle.rect().center()).y()
