"""Shaping: how what plays sounds. Loop, silences, level, channels and device, as the person chose them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from playhead.core.errors import PlayheadError
from playhead.core.marks import Spans
from playhead.core.media import Media
from playhead.core.peaks import Peaks
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.silence import silences
from playhead.ui.player.player import PlayerJourney
from playhead.ui.player.soundports import Device, Loudness, Player
from playhead.ui.shell.notices import Notice
from playhead.ui.window import Window
from playhead.ui.wording.words import count, length


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is kept from recording to recording, and from day to day."""

    skip_silence: bool = False
    level: bool = False
    rewind: float = 1.0
    quiet: float = -45.0
    """Decibels below which it is silent."""
    least: float = 0.6
    """Seconds from which on silence counts."""
    device: str = ""
    """The id of the sound device; empty follows the system."""


class Shaping(QObject):
    """Carries the person's choices to the player, and what is known of a recording to the waveform."""

    def __init__(
        self,
        session: Session,
        window: Window,
        listening: PlayerJourney,
        loudness: Loudness,
        matching_gain: Callable[[float | None, float], float],
    ) -> None:
        """`matching_gain(lufs, peak)` is the factor that makes a recording as loud as the others."""
        self._session = session
        super().__init__(window)
        self._bar = window.player
        self._notices = window.notices
        self._loudness = loudness
        self._matching_gain = matching_gain
        self._player: Player | None = None
        self._media: Media | None = None
        self._recording: Recording | None = None
        self._silences = Spans()
        self._peaks: Peaks | None = None
        self._quiet, self._least = -45.0, 0.6
        self._peak = 0.0
        self._lufs: float | None = None
        self._skips = self._levels = False
        self._gains = (1.0, 1.0)
        self._mono = self._swaps = False
        self._rewind = 1.0
        self._device = ""
        listening.equipped.connect(self._equip)
        listening.began.connect(self._begin)
        listening.drew.connect(self._draw)
        window.commands.pressed.connect(self._press)
        self._heed()

    @property
    def shape(self) -> Shape:
        """What the settings keep."""
        return Shape(
            skip_silence=self._skips,
            level=self._levels,
            quiet=self._quiet,
            least=self._least,
            rewind=self._rewind,
            device=self._device,
        )

    def prefer(self, shape: Shape) -> None:
        """Take up what the settings have."""
        self._skip(shape.skip_silence)
        self._level(shape.level)
        self._choose_rewind(shape.rewind)
        self._device = shape.device
        self._quiet, self._least = shape.quiet, shape.least
        bar = self._bar
        bar.show_skip_silence(on=shape.skip_silence)
        bar.show_level(on=shape.level)
        bar.show_rewind(shape.rewind)

    def _heed(self) -> None:
        bar = self._bar
        bar.skip_silence_chosen.connect(self._skip)
        bar.level_chosen.connect(self._level)
        bar.loop_chosen.connect(self._go_round)
        bar.loop_cleared.connect(self._go_round)
        bar.loop_toggled.connect(self._go_round)
        bar.gain_chosen.connect(self._gain)
        bar.swap_chosen.connect(self._swap)
        bar.mono_chosen.connect(self._choose_mono)
        bar.rewind_chosen.connect(self._choose_rewind)
        bar.device_chosen.connect(self._choose_device)

    def _equip(self, player: Player) -> None:
        self._player = player
        player.devices_changed.connect(self._show_devices)
        player.damaged.connect(self._say_damaged)
        player.set_skip_silence(on=self._skips)
        player.set_gain(*self._gains)
        player.set_mono(on=self._mono)
        player.set_swap(on=self._swaps)
        player.set_rewind(self._rewind)
        if self._device:
            player.choose_device(self._device)
        self._show_devices(player.devices())

    def _begin(self, recording: Recording, media: Media) -> None:
        self._recording, self._media = recording, media
        self._silences, self._peak, self._lufs = Spans(), 0.0, None
        self._peaks = None
        self._notices.withdraw("damaged")
        if self._player is not None:
            self._player.set_loop(None, None)
            self._player.set_silences(Spans())
            self._player.set_level(1.0)
        self._measure()

    def count_as_silence(self, quiet: float, least: float) -> None:
        """Let what is below `quiet` (dB) for at least `least` seconds count as silence."""
        self._quiet, self._least = quiet, least
        if self._peaks is not None:
            self._draw(self._peaks)

    def _draw(self, peaks: Peaks) -> None:
        self._peaks = peaks
        self._silences = silences(peaks, threshold_db=self._quiet, least=self._least)
        self._bar.show_silences(self._silences)
        self._peak = max((max(line, default=0) for line in peaks.channels), default=0) / 255
        if self._player is not None:
            self._player.set_silences(self._silences)
        if peaks.complete:
            self._match()

    # Level

    def _level(self, on: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        self._levels = on
        self._match()
        self._measure()

    def _measure(self) -> None:
        if self._levels and self._lufs is None and self._recording is not None and self._media is not None:
            self._session.jobs.start("loudness", self._find_loudness(self._recording, self._media))

    async def _find_loudness(self, recording: Recording, media: Media) -> None:
        lufs = await self._session.catalogue.loudness(recording)
        if lufs is None:
            try:
                lufs = await self._loudness.measure(media)
            except PlayheadError:
                # The player says what is wrong with the audio; it is played as it is.
                return
            if lufs is not None:
                await self._session.catalogue.keep_loudness(recording, lufs)
        if media is self._media:
            self._lufs = lufs
            self._match()

    def _match(self) -> None:
        if self._player is not None:
            known = self._levels and self._lufs is not None and self._peak > 0
            self._player.set_level(self._matching_gain(self._lufs, self._peak) if known else 1.0)

    # Choices

    def _skip(self, on: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        self._skips = on
        if self._player is not None:
            self._player.set_skip_silence(on=on)

    def _go_round(self) -> None:
        if self._player is not None:
            start, end = self._bar.loop or (None, None)
            self._player.set_loop(start, end)

    def _gain(self, left: float, right: float) -> None:
        """Decibels to factors."""
        self._gains = (10 ** (left / 20), 10 ** (right / 20))
        if self._player is not None:
            self._player.set_gain(*self._gains)

    def _swap(self, on: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        self._swaps = on
        if self._player is not None:
            self._player.set_swap(on=on)

    def _choose_mono(self, on: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        self._mono = on
        if self._player is not None:
            self._player.set_mono(on=on)

    def _choose_rewind(self, seconds: float) -> None:
        self._rewind = seconds
        if self._player is not None:
            self._player.set_rewind(seconds)

    def _choose_device(self, device: str) -> None:
        self._device = device
        if self._player is not None:
            self._player.choose_device(device or None)
            self._show_devices(self._player.devices())

    def _show_devices(self, devices: Sequence[Device]) -> None:
        self._bar.show_devices([(each.id, each.name) for each in devices], self._device)

    def _say_damaged(self, packets: int, seconds: float) -> None:
        what = f"{count(packets, 'piece')} of this recording, {length(seconds)} in all, could not be decoded."
        self._notices.show_notice(
            Notice(key="damaged", sentence=f"{what} The rest is played.", kind="attention")
        )

    def _press(self, key: int, shift: bool) -> None:  # noqa: FBT001 - a Qt signal's argument
        waveform = self._bar.waveform
        match key:
            case Qt.Key.Key_A if shift:
                waveform.clear_loop()
            case Qt.Key.Key_A:
                waveform.mark_start()
            case Qt.Key.Key_B:
                waveform.mark_end()
            case _:
                return
