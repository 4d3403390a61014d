"""What the engine needs of a sound device; tests give one of their own."""

from collections.abc import Callable
from typing import Protocol


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

    def default(self) -> str:
        """The id of the device that the system prefers; empty if there is none."""

    def present(self, device: str) -> bool:
        """Whether a device is (still) there."""

    def open(self) -> Sink:
        """Start the default device."""

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed`, in the playing thread, whenever devices come, go, or the default changes."""
