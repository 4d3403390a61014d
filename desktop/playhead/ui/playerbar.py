"""The bar at the bottom: what plays, the transport, the waveform, and how it is heard."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playhead.core.peaks import Peaks
from playhead.ui.icons import Icons
from playhead.ui.labels import PlainLabel
from playhead.ui.theme import Theme, as_panel, restyle
from playhead.ui.waveform import EMPTY, Waveform
from playhead.ui.words import clock

SPEEDS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
CHANNELS: Final = (
    ("left", "L", "Hear the left channel alone (1)"),
    ("both", "L + R", "Hear both channels (0)"),
    ("right", "R", "Hear the right channel alone (2)"),
)
STATES: Final = ("idle", "loading", "playing", "paused", "ended", "failed", "no-device")
_SIDE: Final = 200


class PlayerBar(QWidget):
    """Shows one player and passes on what the person wants of it.

    Values: speed 0.5 to 3, volume 0 to 1, channels `left`, `both` or `right`, times in seconds. What the
    program sets by a method is not signalled back.
    """

    toggled = Signal()
    previous = Signal()
    next = Signal()
    sought = Signal(float)
    speed_chosen = Signal(float)
    channels_chosen = Signal(str)
    volume_chosen = Signal(float)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._loud = 1.0
        """The volume that comes back when muting ends."""
        self._subtitle_text = ""
        self.waveform = Waveform(theme)
        self.waveform.sought.connect(self.sought)
        as_panel(self)
        self.setAccessibleName("Player")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(8)
        line.addWidget(self._make_transport())
        line.addWidget(self.waveform, 1)
        line.addWidget(self._make_settings())
        self.show_state("idle")

    # ---------------------------------------------------------------------------------- what is shown

    def show_recording(self, title: str, subtitle: str = "", *, stereo: bool | None = None) -> None:
        """Another recording is at the player; `stereo` is None while nobody knows."""
        self._title.show_text(title)
        self._subtitle_text = subtitle
        self._subtitle.show_text(subtitle)
        self._set_role("small")
        self.show_stereo(stereo=stereo is not False)
        self.waveform.begin()
        self.show_position(0.0)
        self.show_duration(0.0)

    def show_stereo(self, *, stereo: bool) -> None:
        """Whether there are two channels to choose from."""
        self._channel_box.setEnabled(stereo)
        for (_, _, hint), button in zip(CHANNELS, self._channel_buttons, strict=True):
            button.setToolTip(hint if stereo else "This recording has one channel")

    def show_state(self, state: str, sentence: str = "") -> None:
        """Be `idle loading playing paused ended failed` or `no-device`; `sentence` says what is wrong."""
        if state not in STATES:
            raise ValueError(f"{state!r} is none of {', '.join(STATES)}")
        busy = state in {"playing", "loading"}
        self._play.setIcon(self._icons.get("pause" if busy else "play", "on_accent"))
        self._play.setAccessibleName("Pause" if busy else "Play")
        self._play.setToolTip("Pause (Space)" if busy else "Play (Space)")
        shown_there = state == "idle" or (state == "failed" and not self.waveform.shaped)
        remark = "" if shown_there else sentence
        self._subtitle.show_text(remark or self._subtitle_text)
        self._set_role("attention" if remark else "small")
        match state:
            case "idle":
                self.waveform.show_empty(sentence or EMPTY)
                self._show_nothing()
            case "loading":
                self.waveform.show_loading()
            case "failed" if shown_there:
                self.waveform.show_failed(sentence)

    def show_position(self, seconds: float) -> None:
        """Where the player is; cheap enough for every tick."""
        text = clock(seconds)
        if text != self._position.text():
            self._position.setText(text)
        self.waveform.show_position(seconds)

    def show_duration(self, seconds: float) -> None:
        """How long the recording is; 0 while nobody knows."""
        self._duration.setText(f"/ {clock(seconds)}" if seconds > 0 else "")
        self.waveform.show_duration(seconds)

    def show_peaks(self, peaks: Peaks) -> None:
        """The waveform so far; it may grow."""
        self.waveform.show_peaks(peaks)
        self.show_stereo(stereo=len(peaks.channels) > 1)
        if peaks.complete:
            self.show_duration(peaks.duration)

    def show_speed(self, speed: float) -> None:
        """The speed that is set, to the nearest that can be chosen."""
        nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - speed))
        self._speed.setCurrentIndex(nearest)

    def show_channels(self, channels: str) -> None:
        """The channels that are heard: `left`, `both` or `right`."""
        for (name, _, _), button in zip(CHANNELS, self._channel_buttons, strict=True):
            if name == channels:
                button.setChecked(True)

    def show_volume(self, volume: float) -> None:
        """The volume that is set, 0 to 1."""
        with QSignalBlocker(self._volume):
            self._volume.setValue(round(volume * 100))
        self._show_loudness(volume)

    # ------------------------------------------------------------------------------------- its parts

    def _make_transport(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(_SIDE)
        self._title = PlainLabel(role="title")
        self._subtitle = PlainLabel(role="small")
        self._position = QLabel()
        self._position.setProperty("role", "title")
        self._duration = QLabel()
        self._duration.setProperty("role", "dim")
        self._play = QToolButton()
        self._play.setObjectName("playButton")
        self._play.setProperty("round", "true")
        self._play.setIconSize(QSize(20, 20))
        self._play.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._play.clicked.connect(self.toggled)
        before = self._make_button("previous", "Previous recording")
        before.clicked.connect(self.previous)
        after = self._make_button("next", "Next recording")
        after.clicked.connect(self.next)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for widget in (before, self._play, after):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        times = QHBoxLayout()
        times.setSpacing(4)
        times.addWidget(self._position)
        times.addWidget(self._duration)
        times.addStretch(1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._subtitle)
        column.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        column.addLayout(times)
        return side

    def _make_button(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(self._icons.get(icon))
        button.setIconSize(QSize(18, 18))
        button.setFixedSize(32, 32)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _make_settings(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(_SIDE + 16)
        upper = QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(self._make_speed())
        upper.addWidget(self._make_channels(), 1)
        lower = QHBoxLayout()
        lower.setSpacing(8)
        self._make_volume(lower)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(1)
        column.addLayout(upper)
        column.addLayout(lower)
        column.addStretch(1)
        return side

    def _make_speed(self) -> QWidget:
        self._speed = QComboBox()
        self._speed.setObjectName("speedBox")
        self._speed.setAccessibleName("Speed")
        self._speed.setToolTip("Speed (, slower · . faster)")
        self._speed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for speed in SPEEDS:
            self._speed.addItem(f"{speed:g}×", speed)
        self.show_speed(1.0)
        self._speed.activated.connect(lambda place: self.speed_chosen.emit(SPEEDS[place]))
        return self._speed

    def _make_channels(self) -> QWidget:
        self._channel_box = QWidget()
        self._channel_box.setObjectName("channelBox")
        self._channel_box.setAccessibleName("Channels")
        group = QButtonGroup(self._channel_box)
        line = QHBoxLayout(self._channel_box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._channel_buttons: list[QPushButton] = []
        for (name, text, hint), segment in zip(CHANNELS, ("first", "middle", "last"), strict=True):
            button = QPushButton(text)
            button.setProperty("segment", segment)
            button.setCheckable(True)
            button.setChecked(name == "both")
            button.setToolTip(hint)
            button.setAccessibleName(hint.partition(" (")[0])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, name=name: self.channels_chosen.emit(name))
            group.addButton(button)
            line.addWidget(button)
            self._channel_buttons.append(button)
        return self._channel_box

    def _make_volume(self, line: QHBoxLayout) -> None:
        self._mute = self._make_button("volume", "Mute")
        self._mute.clicked.connect(self._turn_mute)
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._volume.setObjectName("volumeSlider")
        self._volume.setAccessibleName("Volume")
        self._volume.setRange(0, 100)
        self._volume.setPageStep(10)
        self._volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_volume(1.0)
        self._volume.valueChanged.connect(self._choose_volume)
        line.addWidget(self._mute)
        line.addWidget(self._volume, 1)

    # -------------------------------------------------------------------------------------- its ways

    def _choose_volume(self, percent: int) -> None:
        self._show_loudness(percent / 100)
        self.volume_chosen.emit(percent / 100)

    def _turn_mute(self) -> None:
        self._volume.setValue(0 if self._volume.value() > 0 else round(self._loud * 100))

    def _show_loudness(self, volume: float) -> None:
        muted = volume <= 0
        if not muted:
            self._loud = volume
        self._mute.setIcon(self._icons.get("volume-off" if muted else "volume"))
        self._mute.setAccessibleName("Unmute" if muted else "Mute")
        self._mute.setToolTip("Unmute" if muted else "Mute")
        self._volume.setToolTip(f"Volume {round(volume * 100)} %")

    def _show_nothing(self) -> None:
        self._title.show_text("")
        self._subtitle.show_text("")
        self._position.setText("")
        self._duration.setText("")

    def _set_role(self, role: str) -> None:
        if self._subtitle.property("role") != role:
            restyle(self._subtitle, "role", role)
