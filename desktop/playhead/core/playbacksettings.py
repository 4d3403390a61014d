"""Playback: how recordings are to be heard, and what a player says of itself."""

from dataclasses import dataclass
from enum import StrEnum

from playhead.core.media import Media
from playhead.core.preferencerows import check, choice, flag, number, text

Matrix = tuple[tuple[float, float], tuple[float, float]]
"""Gain of each ear (row) for the left and the right channel (column)."""
SLOWEST = 0.5
FASTEST = 3.0
LOUDEST = 16.0
"""Factor by which a channel, or a recording, is amplified at most."""


class Channels(StrEnum):
    """Channels that are heard; one alone is heard on both ears."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"


class Autoplay(StrEnum):
    """Recordings that follow the one that has ended."""

    OFF = "off"
    LISTING = "listing"
    SELECTION = "selection"


class PlayerState(StrEnum):
    """States of a player."""

    IDLE = "idle"
    """Nothing is loaded."""
    LOADING = "loading"
    """It will play as soon as there is enough sound."""
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"
    """Everything was heard; `play` begins again."""
    FAILED = "failed"
    """All that could be heard was heard; `play` tries again from there."""
    NO_DEVICE = "no-device"
    """Loaded, but there is nothing to hear it with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackSettings:
    """Choices of the person for all that is played, from the settings file to the PCM.

    Raises `ValueError` for what cannot be played.
    """

    speed: float = number(1.0, SLOWEST, FASTEST)
    """Factor; pitch is kept."""
    volume: float = number(1.0, 0.0, 1.0)
    """0 to 1 as a slider shows it, equal steps sounding equal."""
    channels: Channels = choice(*Channels, kept=False)
    left: float = number(1.0, 0.0, LOUDEST, kept=False)
    """Gain of the left channel, as a factor."""
    right: float = number(1.0, 0.0, LOUDEST, kept=False)
    """Gain of the right channel, as a factor."""
    mono: bool = flag(kept=False)
    """Both channels on both ears."""
    swap: bool = flag(kept=False)
    """Ears exchanged."""
    rewind: float = number(1.0, 0.0, 30.0)
    """Seconds that are heard again after a pause that was not short."""
    skip_silence: bool = flag()
    """Jumps over silences; positions stay seconds of the recording."""
    quiet: float = number(-45.0, -60.0, -20.0)
    """Decibels below which it is silent."""
    least: float = number(0.6, 0.2, 10.0)
    """Seconds from which on silence counts."""
    level: bool = flag()
    """All recordings equally loud."""
    device: str = text()
    """Id of the sound device; empty follows the system."""
    audition: bool = flag()
    """A row plays as soon as it is selected."""
    autoplay: Autoplay = choice(*Autoplay)
    stop_after: bool = flag(kept=False)
    """Nothing plays after this recording, whatever `autoplay` says."""

    def __post_init__(self) -> None:
        check(self)

    def matrix(self, channels: int, level: float = 1.0) -> Matrix:
        """Gains of a recording of one or two channels; `level` is that of the recording.

        A recording of one channel comes as two equal ones; it is heard on both ears whatever is soloed.
        """
        loudness = self.volume**3 * level
        left, right = loudness * self.left, loudness * self.right
        if channels == 1:
            single = max(left, right)
            return (single, 0.0), (0.0, single)
        if self.channels is Channels.LEFT:
            return (left, 0.0), (left, 0.0)
        if self.channels is Channels.RIGHT:
            return (0.0, right), (0.0, right)
        if self.mono:
            return (left / 2, right / 2), (left / 2, right / 2)
        if self.swap:
            return (0.0, right), (left, 0.0)
        return (left, 0.0), (0.0, right)


@dataclass(frozen=True, slots=True)
class Device:
    """Something to hear with: its lasting id, its name for the person, and if the system prefers it."""

    id: str
    name: str
    default: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A span of a recording (in its seconds) that really came out of the device."""

    media: Media
    start: float
    end: float
