"""What the engine tells of itself."""

from dataclasses import dataclass
from enum import StrEnum

from playhead.core.errors import PlayheadError
from playhead.core.marks import Spans
from playhead.core.media import Media


class State(StrEnum):
    """What the engine is doing."""

    IDLE = "idle"
    """Nothing is loaded."""
    BUFFERING = "buffering"
    """It will play as soon as there is enough sound."""
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"
    """Everything was heard; `play` begins again."""
    FAILED = "failed"
    """All that could be heard was heard; `play` tries again from there."""
    NO_DEVICE = "no-device"
    """Loaded, but there is nothing to hear it with."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A span of a recording (in its seconds) that really came out of the device."""

    media: Media
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Report:
    """How things stand after so many orders."""

    orders: int
    state: State
    position: float
    duration: float | None
    failure: PlayheadError | None
    damage: Spans
