"""The bar at the bottom: transport, waveform, and the controls of playing."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from playhead.core.marks import Spans
from playhead.core.peaks import Peaks
from playhead.core.playbacksettings import Device, PlaybackSettings, PlayerState
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme, as_panel
from playhead.ui.player.playercontrols import PlayerControls
from playhead.ui.player.transport import Transport
from playhead.ui.shell.actions import Action
from playhead.ui.waveform.waveform import EMPTY, Waveform


class PlayerBar(QWidget):
    """Shows one player, and signals what the person wants of it; so do `transport` and `waveform`.

    Times are seconds of the recording. Shown settings are not signalled back.
    """

    changed = Signal(object)
    """PlaybackSettings that the person wants."""
    loop_toggled = Signal(bool)
    """The range that is marked is to be played again and again, or only to be shown; `loop` tells it."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waveform = Waveform(theme)
        self.transport = Transport(icons)
        self.controls = PlayerControls(theme, icons)
        """The ways of hearing."""
        self._settings = PlaybackSettings()
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
        self._line = line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.transport)
        line.addWidget(self.waveform, 1)
        line.addWidget(self.controls)
        column.addLayout(line)
        self.controls.changed.connect(self._change)
        self.controls.loop_pressed.connect(self._press_loop)
        self.waveform.loop_changed.connect(self._show_loop)
        self.show_state(PlayerState.IDLE)
        self.fit(low=False)

    def fit(self, *, low: bool) -> None:
        """Tell whether the window is so low that what one can do without gives way to the rows."""
        self._line.setContentsMargins(16, 6 if low else 12, 16, 4 if low else 8)
        self.controls.fit(low=low)

    @property
    def loop(self) -> tuple[float, float] | None:
        """Range that is to be played again and again; None while none is marked or it is turned off."""
        loop = self.waveform.loop
        return loop.pair if loop.on else None

    @property
    def settings(self) -> PlaybackSettings:
        """Settings that are shown."""
        return self._settings

    # ---------------------------------------------------------------------------------- what is shown

    def show_recording(self, title: str, subtitle: str = "", *, stereo: bool | None = None) -> None:
        """Another recording is at the player, without marks; `stereo` is None while nobody knows."""
        self.transport.show_recording(title, subtitle)
        self.show_stereo(stereo=stereo is not False)
        self.waveform.begin()
        self.show_position(0.0)
        self.show_duration(0.0)
        self._show_loop()

    def show_stereo(self, *, stereo: bool) -> None:
        """Offer two channels, or say that there is one."""
        self.controls.show_stereo(stereo=stereo)

    def show_state(self, state: PlayerState, sentence: str = "") -> None:
        """Show what the player does; `sentence` says what is wrong."""
        busy = state in {PlayerState.PLAYING, PlayerState.LOADING}
        self.transport.show_busy(busy=busy)
        self.controls.show_busy(busy=busy)
        shown_there = state is PlayerState.IDLE or (state is PlayerState.FAILED and not self.waveform.shaped)
        self.transport.show_remark("" if shown_there else sentence)
        match state:
            case PlayerState.IDLE:
                self.waveform.show_empty(sentence or EMPTY)
                self.transport.show_nothing()
            case PlayerState.LOADING:
                self.waveform.show_loading()
            case PlayerState.PAUSED | PlayerState.ENDED:
                self.waveform.describe()
            case PlayerState.FAILED if shown_there:
                self.waveform.show_failed(sentence)
        self._show_loop()

    def show_position(self, seconds: float) -> None:
        """Show the second that is heard; cheap enough for every tick."""
        self.transport.show_position(seconds)
        self.waveform.show_position(seconds)

    def show_duration(self, seconds: float) -> None:
        """Show the length of the recording; 0 while nobody knows."""
        self.transport.show_duration(seconds)
        self.waveform.show_duration(seconds)

    def show_peaks(self, peaks: Peaks) -> None:
        """The waveform so far; it may grow."""
        self.waveform.show_peaks(peaks)
        self.show_stereo(stereo=len(peaks.channels) > 1)
        if peaks.complete:
            self.show_duration(peaks.duration)
        self._show_loop()

    def show_silences(self, silences: Spans) -> None:
        """Dim the stretches in which nothing is to be heard."""
        self.waveform.show_silences(silences)

    def show_heard(self, heard: Spans) -> None:
        """Underline the stretches that were really played."""
        self.waveform.show_heard(heard)

    def show_notes(self, notes: Iterable[tuple[int, float, str]]) -> None:
        """Notes that belong to a second: id, second, text."""
        self.waveform.show_notes(notes)

    def show_settings(self, settings: PlaybackSettings) -> None:
        """Show what is chosen."""
        self._settings = settings
        self.controls.show_settings(settings)
        self.transport.show_skipping(on=settings.skip_silence)

    def show_keys(self, play: str, keys: str) -> None:
        """Say by which key one plays, and by which all keys are listed; empty where there is none."""
        self.controls.show_keys(play, keys)

    @property
    def keyed(self) -> Sequence[tuple[QWidget, tuple[Action, ...]]]:
        """The controls, and the actions that do the same by key."""
        return (*self.transport.keyed, *self.controls.keyed)

    def turn_mute(self) -> None:
        """Hear nothing, or what was heard before."""
        self.controls.turn_mute()

    def show_devices(self, devices: Sequence[Device]) -> None:
        """Offer the sound devices that there are."""
        self.controls.popup.show_devices(devices)

    # -------------------------------------------------------------------------------------- its ways

    def _change(self, settings: PlaybackSettings) -> None:
        self.show_settings(settings)
        self.changed.emit(settings)

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
        self.controls.show_loop(self.waveform.loop, possible=self.waveform.shaped)
