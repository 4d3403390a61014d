"""The bar at the bottom: what plays, the transport, the waveform, and how it is heard."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from playhead.core.marks import Spans
from playhead.core.peaks import Peaks
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme, as_panel
from playhead.ui.player.playercontrols import CHANNELS, SPEEDS, PlayerControls
from playhead.ui.player.transport import Transport
from playhead.ui.waveform.waveform import EMPTY, Waveform

__all__ = ["CHANNELS", "SPEEDS", "STATES", "PlayerBar"]

STATES: Final = ("idle", "loading", "playing", "paused", "ended", "failed", "no-device")


class PlayerBar(QWidget):
    """Shows one player and passes on what the person wants of it.

    Values: speed 0.5 to 3, volume 0 to 1, channels `left`, `both` or `right`, gains in decibels, times in
    seconds of the recording. What the program sets by a method is not signalled back.
    """

    toggled = Signal()
    previous = Signal()
    next = Signal()
    find_playing_asked = Signal()
    sought = Signal(float)
    speed_chosen = Signal(float)
    channels_chosen = Signal(str)
    volume_chosen = Signal(float)
    skip_silence_chosen = Signal(bool)
    level_chosen = Signal(bool)
    loop_chosen = Signal(float, float)
    """A range was marked: it is played again and again from now on."""
    loop_cleared = Signal()
    """The range was taken away."""
    loop_toggled = Signal(bool)
    """The range that is marked is to be played again and again, or only to be shown; `loop` tells it."""
    note_chosen = Signal(int)
    gain_chosen = Signal(float, float)
    swap_chosen = Signal(bool)
    mono_chosen = Signal(bool)
    rewind_chosen = Signal(float)
    audition_chosen = Signal(bool)
    autoplay_chosen = Signal(str)
    stop_after_chosen = Signal(bool)
    device_chosen = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waveform = Waveform(theme)
        self._transport = Transport(icons)
        self._controls = PlayerControls(theme, icons)
        self._settings = self._controls.settings
        as_panel(self)
        self.setAccessibleName("Player")
        # Time and channels run from left to right, whatever the language does.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        rule = QFrame()
        rule.setProperty("hairline", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule)
        line = QHBoxLayout()
        line.setContentsMargins(16, 12, 16, 8)
        line.setSpacing(8)
        line.addWidget(self._transport)
        line.addWidget(self.waveform, 1)
        line.addWidget(self._controls)
        column.addLayout(line)
        self._pass_on()
        self.show_state("idle")

    @property
    def loop(self) -> tuple[float, float] | None:
        """The range that is to be played again and again; None while none is marked or it is turned off."""
        loop = self.waveform.loop
        return loop.pair if loop.on else None

    # ---------------------------------------------------------------------------------- what is shown

    def show_recording(self, title: str, subtitle: str = "", *, stereo: bool | None = None) -> None:
        """Another recording is at the player, without marks; `stereo` is None while nobody knows."""
        self._transport.show_recording(title, subtitle)
        self.show_stereo(stereo=stereo is not False)
        self.waveform.begin()
        self.show_position(0.0)
        self.show_duration(0.0)
        self._show_loop()

    def show_stereo(self, *, stereo: bool) -> None:
        """Whether there are two channels to choose from."""
        self._controls.show_stereo(stereo=stereo)

    def show_state(self, state: str, sentence: str = "") -> None:
        """Be `idle loading playing paused ended failed` or `no-device`; `sentence` says what is wrong."""
        if state not in STATES:
            raise ValueError(f"{state!r} is none of {', '.join(STATES)}")
        busy = state in {"playing", "loading"}
        self._transport.show_busy(busy=busy)
        self._controls.show_busy(busy=busy)
        shown_there = state == "idle" or (state == "failed" and not self.waveform.shaped)
        self._transport.show_remark("" if shown_there else sentence)
        match state:
            case "idle":
                self.waveform.show_empty(sentence or EMPTY)
                self._transport.show_nothing()
            case "loading":
                self.waveform.show_loading()
            case "failed" if shown_there:
                self.waveform.show_failed(sentence)
        self._show_loop()

    def show_position(self, seconds: float) -> None:
        """Where the player is; cheap enough for every tick."""
        self._transport.show_position(seconds)
        self.waveform.show_position(seconds)

    def show_duration(self, seconds: float) -> None:
        """How long the recording is; 0 while nobody knows."""
        self._transport.show_duration(seconds)
        self.waveform.show_duration(seconds)

    def show_peaks(self, peaks: Peaks) -> None:
        """The waveform so far; it may grow."""
        self.waveform.show_peaks(peaks)
        self.show_stereo(stereo=len(peaks.channels) > 1)
        if peaks.complete:
            self.show_duration(peaks.duration)
        self._show_loop()

    def show_silences(self, silences: Spans) -> None:
        """Where nothing is to be heard."""
        self.waveform.show_silences(silences)

    def show_heard(self, heard: Spans) -> None:
        """What was really played."""
        self.waveform.show_heard(heard)

    def show_notes(self, notes: Iterable[tuple[int, float, str]]) -> None:
        """Notes that belong to a second: id, second, text."""
        self.waveform.show_notes(notes)

    def show_speed(self, speed: float) -> None:
        """The speed that is set, to the nearest that can be chosen."""
        self._controls.show_speed(speed)

    def show_channels(self, channels: str) -> None:
        """The channels that are heard: `left`, `both` or `right`."""
        self._controls.show_channels(channels)

    def show_volume(self, volume: float) -> None:
        """The volume that is set, 0 to 1."""
        self._controls.show_volume(volume)

    def show_skip_silence(self, *, on: bool) -> None:
        """Whether silence is jumped over."""
        self._controls.show_skip_silence(on=on)
        self._transport.show_skipping(on=on)

    def show_level(self, *, on: bool) -> None:
        """Whether all recordings are made equally loud."""
        self._controls.show_level(on=on)

    def show_rewind(self, seconds: float) -> None:
        """What is heard again after a pause: 0, 1, 2 or 5."""
        self._settings.show_rewind(seconds)

    def show_audition(self, *, on: bool) -> None:
        """Whether a selected row plays."""
        self._settings.show_audition(on=on)

    def show_autoplay(self, which: str) -> None:
        """What plays after a recording: `off`, `listing` or `selection`."""
        self._settings.show_autoplay(which)

    def show_stop_after(self, *, on: bool) -> None:
        """Whether nothing plays after this recording."""
        self._settings.show_stop_after(on=on)

    def show_devices(self, devices: Sequence[tuple[str, str]], chosen: str) -> None:
        """The sound devices, by id and name, and the chosen id; empty follows the system."""
        self._settings.show_devices(devices, chosen)

    # -------------------------------------------------------------------------------------- its ways

    def _pass_on(self) -> None:
        transport, controls, settings, waveform = (
            self._transport,
            self._controls,
            self._settings,
            self.waveform,
        )
        for theirs, ours in (
            (transport.toggled, self.toggled),
            (transport.previous, self.previous),
            (transport.next, self.next),
            (transport.find_playing_asked, self.find_playing_asked),
            (waveform.sought, self.sought),
            (waveform.loop_chosen, self.loop_chosen),
            (waveform.loop_cleared, self.loop_cleared),
            (waveform.note_chosen, self.note_chosen),
            (controls.speed_chosen, self.speed_chosen),
            (controls.channels_chosen, self.channels_chosen),
            (controls.volume_chosen, self.volume_chosen),
            (controls.skip_silence_chosen, self.skip_silence_chosen),
            (controls.level_chosen, self.level_chosen),
            (settings.gain_chosen, self.gain_chosen),
            (settings.swap_chosen, self.swap_chosen),
            (settings.mono_chosen, self.mono_chosen),
            (settings.rewind_chosen, self.rewind_chosen),
            (settings.audition_chosen, self.audition_chosen),
            (settings.autoplay_chosen, self.autoplay_chosen),
            (settings.stop_after_chosen, self.stop_after_chosen),
            (settings.device_chosen, self.device_chosen),
        ):
            theirs.connect(ours)
        controls.skip_silence_chosen.connect(lambda on: transport.show_skipping(on=on))
        controls.loop_pressed.connect(self._press_loop)
        waveform.loop_changed.connect(self._show_loop)

    def _press_loop(self) -> None:
        """Begin a range, end it, or turn it off and on: one button, pressed as one listens."""
        loop = self.waveform.loop
        if loop.waiting:
            self.waveform.mark_end()
        elif loop.pair is None:
            self.waveform.mark_start()
        else:
            self.waveform.show_loop(*loop.pair, on=not loop.on)
            self.loop_toggled.emit(not loop.on)
        self._show_loop()

    def _show_loop(self) -> None:
        self._controls.show_loop(self.waveform.loop, possible=self.waveform.shaped)
