"""Device that is played on: the chosen one while it is there, else the one that the system prefers."""

from collections.abc import Callable

from playhead.core.playback import Device
from playhead.sound.speakers import Sink, Speakers


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
