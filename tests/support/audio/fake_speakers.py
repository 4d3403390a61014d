"""Speakers that play into a list, at the test's own pace."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal
from typing_extensions import override

from playhead.core.media import Media
from playhead.core.playbacksettings import Device
from playhead.sound.engine import Engine
from playhead.sound.speakers import Sink, Speakers

Make = Callable[["FakeSpeakers"], Engine]


class MakePlaying(Protocol):
    """Makes an engine that plays `media` on `speakers`, on `device` if there is a choice."""

    def __call__(self, speakers: "FakeSpeakers", media: Media, device: str = "") -> Engine:
        """Make one."""


def adjust(engine: Engine, **choices: Any) -> None:
    """Change some of the settings of an engine."""
    engine.apply(replace(engine.settings, **choices))


PACE = 9600
"""Frames that pass whenever somebody asks how much was heard."""


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class FakeSink(Sink):
    """Plays what it was given a little at each look, unless it is held."""

    def __init__(self, device: str, room: int = 9600) -> None:
        self._device = device
        self._size = room
        self._written = 0
        self._played = 0
        self._pcm: list[bytes] = []
        self.held = False
        self.closed = False
        self.gave_up = False
        self.pace = PACE

    @property
    def sound(self) -> NDArray[np.int16]:
        """What was written, shaped (frames, 2)."""
        return np.frombuffer(b"".join(self._pcm), np.int16).reshape(-1, 2)

    @property
    @override
    def device(self) -> str:
        return self._device

    @property
    @override
    def lost(self) -> bool:
        return self.gave_up

    @override
    def room(self) -> int:
        return self._size - (self._written - self._played)

    @override
    def write(self, pcm: bytes) -> None:
        assert not self.closed
        assert len(pcm) // 4 <= self.room()
        self._pcm.append(pcm)
        self._written += len(pcm) // 4

    @override
    def heard(self) -> int:
        if not (self.held or self.closed):
            self._played = min(self._written, self._played + self.pace)
        return self._played

    @override
    def hold(self) -> None:
        self.held = True

    @override
    def release(self) -> None:
        self.held = False

    @override
    def close(self) -> None:
        self.closed = True


class _Replug(QObject):
    """What carries the news of devices to the playing thread."""

    changed = Signal()


class FakeSpeakers(Speakers):
    """Devices that a test plugs in and out; every sink that was opened is kept."""

    def __init__(self, *devices: str, pace: int = PACE) -> None:
        self._devices = list(devices)
        self._pace = pace
        self._sinks: list[FakeSink] = []
        self.thread: threading.Thread | None = None

    @property
    def sinks(self) -> list[FakeSink]:
        """All that were opened, the newest last."""
        return list(self._sinks)

    @property
    def sound(self) -> NDArray[np.int16]:
        """All that was ever written."""
        return np.concatenate([sink.sound for sink in self._sinks] or [np.zeros((0, 2), np.int16)])

    @override
    def devices(self) -> tuple[Device, ...]:
        return tuple(Device(name, name.title(), name == self._devices[0]) for name in self._devices)

    @override
    def open(self, device: str) -> Sink:
        self.thread = threading.current_thread()
        assert all(sink.closed for sink in self._sinks), "two sounds at once"
        sink = FakeSink(device)
        sink.pace = self._pace
        self._sinks.append(sink)
        return sink

    @override
    def watch(self, changed: Callable[[], None]) -> None:
        self._replug = _Replug()
        self._replug.changed.connect(changed, Qt.ConnectionType.QueuedConnection)

    def plug(self, *devices: str) -> None:
        """From now on these are there, the first one preferred; told on the playing thread."""
        self._devices = list(devices)
        self._replug.changed.emit()
