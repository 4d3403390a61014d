"""Ports to sound: the engine and its helpers, or what stands in for them in a test."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import SignalInstance

from playhead.core.health.audiofigures import Measured
from playhead.core.marks import Spans
from playhead.core.media import Media
from playhead.core.peaks import Peaks
from playhead.core.playbacksettings import Device, PlaybackSettings


class Player(Protocol):
    """Plays one recording at a time: the engine of the sound package, or what stands in for it in a test."""

    state_changed: SignalInstance
    position_changed: SignalInstance
    duration_changed: SignalInstance
    failed: SignalInstance
    ended: SignalInstance
    heard: SignalInstance
    unplugged: SignalInstance
    damaged: SignalInstance
    devices_changed: SignalInstance

    @property
    def position(self) -> float:
        """Seconds of the recording."""

    def load(self, media: Media, *, start: float = 0.0, duration: float | None = None) -> None:
        """Play from `media` from now on."""

    def play(self) -> None:
        """Go on."""

    def toggle(self) -> None:
        """Pause or go on."""

    def stop(self) -> None:
        """Play nothing any more."""

    def seek(self, seconds: float) -> None:
        """Go to a place of the recording."""

    def apply(self, settings: PlaybackSettings) -> None:
        """Play in this way from now on."""

    def set_level(self, gain: float) -> None:
        """Amplify this recording by a factor, so that it is as loud as the others."""

    def set_resolution(self, seconds: float) -> None:
        """Tell the position whenever so many seconds more were heard: less is not seen."""

    def set_loop(self, start: float | None, end: float | None) -> None:
        """Play a stretch again and again."""

    def set_silences(self, spans: Spans) -> None:
        """Say where the recording is silent."""

    def devices(self) -> Sequence[Device]:
        """Devices as far as they are known."""

    def close(self) -> None:
        """Fall silent for good."""


class Analysis(Protocol):
    """Looks at whole recordings, off the UI thread."""

    async def draw(self, media: Media, show: Callable[[Peaks], None]) -> tuple[Peaks, Measured | None]:
        """The waveform of `media` and, if it came whole, the figures of its health.

        `show` is called with what is done so far. Raises `PlayheadError`.
        """

    async def digest(self, media: Media) -> bytes:
        """The SHA-256 of all of `media`, for which it waits. Raises `PlayheadError`."""

    def matching_gain(self, lufs: float | None, peak: float) -> float:
        """The factor that makes a recording as loud as the others; `peak` is its highest sample, 0 to 1."""
