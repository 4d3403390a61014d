"""What the engine needs of a sound device; tests give one of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

FRAME = 4
"""Bytes of one frame that a device is given: two channels of 16 bit."""


@dataclass(frozen=True, slots=True)
class Device:
    """Something to hear with: its lasting id, its name for the person, whether the system prefers it."""

    id: str
    name: str
    default: bool


class Sink(Protocol):
    """A device that is playing 16 bit stereo at 48000 Hz. Belongs to one thread; never waits."""

    @property
    def device(self) -> str:
        """The device's id."""

    @property
    def lost(self) -> bool:
        """Whether the device gave up."""

    def room(self) -> int:
        """How many frames it takes now."""

    def write(self, pcm: bytes) -> None:
        """Play this after all that was written before; no more than there is room for."""

    def heard(self) -> int:
        """How many frames have been played since it was opened."""

    def hold(self) -> None:
        """Fall silent at once and keep what was written."""

    def release(self) -> None:
        """Go on after `hold`."""

    def close(self) -> None:
        """Fall silent at once and forget what was written."""


class Speakers(Protocol):
    """The sound devices of the computer. Made and used by the engine's playing thread."""

    def devices(self) -> tuple[Device, ...]:
        """All that are there, in the system's order."""

    def open(self, device: str) -> Sink:
        """Start the device of that id, or the one that the system prefers if it has just gone."""

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed`, in the playing thread, whenever devices come, go, or the default changes."""
