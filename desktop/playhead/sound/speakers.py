"""Sound devices as the engine needs them; tests give some of their own."""

import asyncio
import importlib
from collections.abc import Callable
from typing import Protocol

from playhead.core.playbacksettings import Device

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


class Outlet:
    """The way to the speakers, which are found when they are first needed; belongs to the playing thread."""

    def __init__(self, find: Callable[[], Speakers], changed: Callable[[], None]) -> None:
        self._find = find
        self._changed = changed
        self._speakers: Speakers | None = None
        self._chosen = ""

    @property
    def found(self) -> bool:
        """True once the speakers were needed."""
        return self._speakers is not None

    @property
    def devices(self) -> tuple[Device, ...]:
        """All that are there now."""
        return self._there.devices()

    @property
    def wanted(self) -> str:
        """The id of the device to play on; empty if there is none."""
        devices = self.devices
        for device in devices:
            if device.id == self._chosen:
                return device.id
        for device in devices:
            if device.default:
                return device.id
        return devices[0].id if devices else ""

    def choose(self, device: str) -> None:
        """Play on this one from now on, whenever it is there; empty is the one that the system prefers."""
        self._chosen = device

    def present(self, device: str) -> bool:
        """True while a device is there."""
        return any(other.id == device for other in self.devices)

    def open(self) -> Sink:
        """Start the wanted device."""
        return self._there.open(self.wanted)

    def close(self) -> None:
        """Let go of the speakers."""
        self._speakers = None

    @property
    def _there(self) -> Speakers:
        if self._speakers is None:
            self._speakers = self._find()
            self._speakers.watch(self._changed)
        return self._speakers


_PARTS = ("decoder", "signal_path", "voice", "measurement", "system_speakers", "engine")


async def get_ready() -> None:
    """Import PyAV, numpy and QtMultimedia ahead, on a thread: together they take a quarter of a second.

    One part after another, so that quitting waits for one of them at most. No device is opened.
    """
    for part in _PARTS:
        await asyncio.to_thread(importlib.import_module, f"playhead.sound.{part}")
