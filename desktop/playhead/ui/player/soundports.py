"""What the journeys ask of sound: the engine and its helpers, or what stands in for them in a test."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import SignalInstance

from playhead.core.marks import Spans
from playhead.core.media import Media
from playhead.core.peaks import Peaks


class Device(Protocol):
    """Something to hear with."""

    @property
    def id(self) -> str:
        """What it is chosen by."""

    @property
    def name(self) -> str:
        """What it is called."""


class Heard(Protocol):
    """A stretch that came out of the device."""

    @property
    def media(self) -> Media:
        """What it is a stretch of."""

    @property
    def start(self) -> float:
        """Seconds of the recording."""

    @property
    def end(self) -> float:
        """Seconds of the recording."""


class Player(Protocol):
    """What plays: the engine of the sound package, or what stands in for it in a test."""

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

    def set_speed(self, speed: float) -> None:
        """0.5 to 3; pitch is kept."""

    def set_volume(self, volume: float) -> None:
        """0 to 1."""

    def set_channels(self, channels: str) -> None:
        """`both`, `left` or `right`."""

    def set_gain(self, left: float, right: float) -> None:
        """Factors of the channels."""

    def set_level(self, gain: float) -> None:
        """The factor that makes this recording as loud as the others."""

    def set_mono(self, *, on: bool) -> None:
        """Both channels on both sides."""

    def set_swap(self, *, on: bool) -> None:
        """Left and right exchanged."""

    def set_rewind(self, seconds: float) -> None:
        """What is heard again after a pause."""

    def set_loop(self, start: float | None, end: float | None) -> None:
        """Play a stretch again and again."""

    def set_silences(self, spans: Spans) -> None:
        """Where the recording is silent."""

    def set_skip_silence(self, *, on: bool) -> None:
        """Jump over the silences."""

    def devices(self) -> Sequence[Device]:
        """What can be played on, as far as is known."""

    def choose_device(self, device: str | None) -> None:
        """Play on this one; None follows the system."""

    def close(self) -> None:
        """Fall silent for good."""


class Drawing(Protocol):
    """Computes waveforms off the UI thread."""

    async def draw(self, media: Media, show: Callable[[Peaks], None]) -> Peaks:
        """The waveform of `media`; `show` is told of what is done so far. Raises `PlayheadError`."""


class Loudness(Protocol):
    """Measures how loud recordings are."""

    async def measure(self, media: Media) -> float | None:
        """LUFS of all of `media`; None if nothing in it can be heard. Raises `PlayheadError`."""
