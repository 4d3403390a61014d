"""Sound devices as the engine needs them; tests give some of their own."""

from collections.abc import Callable
from typing import Protocol

from playhead.core.playback import Device

FRAME = 4
"""Bytes of one frame that a device is given: two channels of 16 bit."""


class Sink(Protocol):
    """A device that is playing 16 bit stereo at 48000 Hz. Belongs to one thread; never waits."""

    @property
    def device(self) -> str:
        """The device's id."""

    @property
    def lost(self) -> bool:
        """True once the device gave up."""

    def room(self) -> int:
        """Frames that it takes now."""

    def write(self, pcm: bytes) -> None:
        """Play this after all that was written before; no more than there is room for."""

    def heard(self) -> int:
        """Frames that have been played since it was opened."""

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
