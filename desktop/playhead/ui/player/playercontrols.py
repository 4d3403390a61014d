"""The right side of the player bar: speed, channels, the ways of hearing, and volume."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGroupBox,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from playhead.core.playbacksettings import Autoplay, Channels, PlaybackSettings
from playhead.ui.look.controls import DropDown, name_box, tool_button
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.theme import Theme
from playhead.ui.player.playerpopup import PlayerPopup
from playhead.ui.shell.actions import (
    BOTH,
    FASTER,
    LEFT,
    LEVEL,
    LOOP_END,
    LOOP_START,
    LOUDER,
    MUTE,
    QUIETER,
    RIGHT,
    SKIP_SILENCE,
    SLOWER,
    Action,
)
from playhead.ui.waveform.waveformranges import Loop

SPEEDS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
CHANNELS: Final = (
    (Channels.LEFT, "L", "Hear the left channel alone"),
    (Channels.BOTH, "L + R", "Hear both channels"),
    (Channels.RIGHT, "R", "Hear the right channel alone"),
)
_WIDTH: Final = 216
_AFTERWARDS: Final = {
    Autoplay.OFF: "Autoplay off",
    Autoplay.LISTING: "Plays the list",
    Autoplay.SELECTION: "Plays selection",
}
_ONE_CHANNEL: Final = "This recording has one channel"


class PlayerControls(QWidget):
    """Shows how recordings are heard; `popup` opens from it. Shown settings are not signalled back."""

    changed = Signal(object)
    """PlaybackSettings that the person wants."""
    loop_pressed = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._loud = 1.0
        """The volume that comes back when muting ends."""
        self._busy = False
        self._play_key = self._keys_key = ""
        self._settings = PlaybackSettings()
        self.popup = PlayerPopup(theme, self)
        self.popup.changed.connect(self.changed)
        self.setFixedWidth(_WIDTH)
        self._hint = PlainLabel(role="small")
        self._hint.setObjectName("playerHint")
        self._hint.setStyleSheet("font-size: 11px;")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addStretch(1)
        column.addLayout(_line(self._make_speed(), self._make_channels()))
        column.addLayout(self._make_ways())
        column.addLayout(self._make_more_ways())
        column.addLayout(self._make_loudness())
        column.addWidget(self._hint)
        column.addStretch(1)
        self.show_settings(self._settings)
        self.show_loop(Loop(), possible=False)

    def fit(self, *, low: bool) -> None:
        """Tell whether the window is so low that a line about keys is too much."""
        self._hint.setVisible(not low)

    # ---------------------------------------------------------------------------------- what is shown

    def show_busy(self, *, busy: bool) -> None:
        """Say that Space pauses, or plays."""
        self._busy = busy
        self._show_hint()

    def show_keys(self, play: str, keys: str) -> None:
        """Say by which key one plays, and by which all keys are listed; empty where there is none."""
        self._play_key, self._keys_key = play, keys
        self._show_hint()

    @property
    def keyed(self) -> Sequence[tuple[QWidget, tuple[Action, ...]]]:
        """The controls, and the actions that do the same by key."""
        channels = zip(self._channel_buttons, (LEFT, BOTH, RIGHT), strict=True)
        return (
            (self._speed, (SLOWER, FASTER)),
            *((button, (action,)) for button, action in channels),
            (self._skip, (SKIP_SILENCE,)),
            (self._loop, (LOOP_START, LOOP_END)),
            (self._level, (LEVEL,)),
            (self._mute, (MUTE,)),
            (self._volume, (QUIETER, LOUDER)),
        )

    def show_stereo(self, *, stereo: bool) -> None:
        """Offer two channels, or say that there is one."""
        self._channel_box.setEnabled(stereo)
        self.popup.show_stereo(stereo=stereo)
        for (_, _, hint), button in zip(CHANNELS, self._channel_buttons, strict=True):
            button.setToolTip(hint if stereo else _ONE_CHANNEL)

    def show_settings(self, settings: PlaybackSettings) -> None:
        """Show what is chosen; the speed to the nearest that can be."""
        self._settings = settings
        self.popup.show_settings(settings)
        self._speed.setCurrentIndex(SPEEDS.index(nearest_speed(settings.speed)))
        for (channels, _, _), button in zip(CHANNELS, self._channel_buttons, strict=True):
            chosen = channels is settings.channels
            if chosen:
                button.setChecked(True)
            # Tab stops at the one that is chosen, as in every group of radio buttons.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if chosen else Qt.FocusPolicy.NoFocus)
        with QSignalBlocker(self._volume):
            self._volume.setValue(round(settings.volume * 100))
        self._show_loudness(settings.volume)
        self._skip.setChecked(settings.skip_silence)
        self._level.setChecked(settings.level)
        self._audition.setChecked(settings.audition)
        self._show_hint()

    def show_loop(self, loop: Loop, *, possible: bool) -> None:
        """Show the range that is marked, and if one is `possible`."""
        self._loop.setEnabled(possible)
        self._loop.setChecked(loop.pair is not None and loop.on)
        self._loop.setText("Set B" if loop.waiting else "Loop A–B")
        if loop.waiting:
            hint = "Press where the loop is to end"
        elif loop.pair is None:
            hint = "Press where the loop is to begin, or drag along the ruler"
        else:
            hint = "Play on after B" if loop.on else "Play from A to B again and again"
        self._loop.setToolTip(hint)
        self._loop.setAccessibleDescription(hint)

    def turn_mute(self) -> None:
        """Hear nothing, or as loud as before."""
        self._volume.setValue(0 if self._volume.value() > 0 else round(self._loud * 100))

    # ------------------------------------------------------------------------------------- its parts

    def _make_speed(self) -> QWidget:
        self._speed = DropDown()
        self._speed.setObjectName("speedBox")
        name_box(self._speed, "Speed", self)
        self._speed.setToolTip("Speed")
        self._speed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for speed in SPEEDS:
            self._speed.addItem(f"{speed:g}×", speed)
        self._speed.activated.connect(self._choose_speed)
        return self._speed

    def _make_channels(self) -> QWidget:
        # A group in which the arrow keys choose, as among radio buttons.
        self._channel_box = QGroupBox()
        self._channel_box.setObjectName("channelBox")
        self._channel_box.setProperty("bare", "true")
        # Its frame is measured again with the style that it has now.
        self._channel_box.ensurePolished()
        self._channel_box.setTitle("")
        self._channel_box.setAccessibleName("Channels")
        self._channel_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        group = QButtonGroup(self._channel_box)
        line = QHBoxLayout(self._channel_box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._channel_buttons: list[QPushButton] = []
        for (name, text, hint), segment in zip(CHANNELS, ("first", "middle", "last"), strict=True):
            button = _toggle(text, hint, hint)
            button.setProperty("segment", segment)
            button.setAutoExclusive(True)
            button.clicked.connect(lambda _=False, name=name: self._choose_channels(name))
            group.addButton(button)
            line.addWidget(button)
            self._channel_buttons.append(button)
        return self._channel_box

    def _make_ways(self) -> QLayout:
        self._skip = _toggle(
            "Skip silence", "Skip silence", "Jump over silence; the time stays the recording's"
        )
        self._skip.setObjectName("skipSilenceButton")
        self._skip.clicked.connect(self._choose_skip)
        self._loop = _toggle("Loop A–B", "Loop A to B", "")
        self._loop.setObjectName("loopButton")
        self._loop.clicked.connect(self.loop_pressed)
        return _line(self._skip, self._loop)

    def _make_more_ways(self) -> QLayout:
        self._level = _toggle("Level", "Level", "Make all recordings equally loud")
        self._level.setObjectName("levelButton")
        self._level.clicked.connect(self._choose_level)
        self._audition = _toggle(
            "Audition", "Audition on select", "Play a recording as soon as its row is selected"
        )
        self._audition.setObjectName("auditionButton")
        self._audition.clicked.connect(self._choose_audition)
        return _line(self._level, self._audition)

    def _make_loudness(self) -> QLayout:
        self._mute = tool_button(self._icons.get("volume"), "Mute", width=24)
        self._mute.clicked.connect(self.turn_mute)
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._volume.setObjectName("volumeSlider")
        self._volume.setAccessibleName("Volume")
        self._volume.setRange(0, 100)
        self._volume.setPageStep(10)
        self._volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._volume.valueChanged.connect(self._choose_volume)
        self._more = tool_button(
            self._icons.get("settings"), "More: channels, autoplay, sound device", width=24
        )
        self._more.setObjectName("playerSettingsButton")
        self._more.clicked.connect(self._open_settings)
        line = _line(self._mute, self._volume, self._more)
        line.setSpacing(4)
        return line

    # -------------------------------------------------------------------------------------- its ways

    def _choose_speed(self, place: int) -> None:
        self.changed.emit(replace(self._settings, speed=SPEEDS[place]))

    def _choose_channels(self, channels: Channels) -> None:
        self.changed.emit(replace(self._settings, channels=channels))

    def _choose_skip(self) -> None:
        self.changed.emit(replace(self._settings, skip_silence=self._skip.isChecked()))

    def _choose_level(self) -> None:
        self.changed.emit(replace(self._settings, level=self._level.isChecked()))

    def _choose_audition(self) -> None:
        self.changed.emit(replace(self._settings, audition=self._audition.isChecked()))

    def _choose_volume(self, percent: int) -> None:
        self.changed.emit(replace(self._settings, volume=percent / 100))

    def _show_loudness(self, volume: float) -> None:
        muted = volume <= 0
        if not muted:
            self._loud = volume
        self._mute.setIcon(self._icons.get("volume-off" if muted else "volume"))
        self._mute.setAccessibleName("Unmute" if muted else "Mute")
        self._mute.setToolTip("Unmute" if muted else "Mute")
        self._volume.setToolTip(f"Volume {round(volume * 100)} %")

    def _open_settings(self) -> None:
        corner = self._more.mapToGlobal(QPoint(self._more.width(), -4))
        self.popup.open_above(corner)

    def _show_hint(self) -> None:
        after = "Then stops" if self._settings.stop_after else _AFTERWARDS[self._settings.autoplay]
        plays = f"{self._play_key} {'pauses' if self._busy else 'plays'}" if self._play_key else ""
        keys = f"{self._keys_key} keys" if self._keys_key else ""
        self._hint.show_text(" · ".join(part for part in (after, plays, keys) if part))


def nearest_speed(speed: float) -> float:
    """The speed that can be chosen and is nearest."""
    return min(SPEEDS, key=lambda each: abs(each - speed))


def _toggle(text: str, name: str, hint: str) -> QPushButton:
    button = QPushButton(text)
    button.setCheckable(True)
    button.setAccessibleName(name)
    button.setToolTip(hint)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    return line
