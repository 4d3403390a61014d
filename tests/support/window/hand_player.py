"""A player for journeys that a test turns by hand."""

from PySide6.QtCore import QObject, Signal

from playhead.core.marks import Spans
from playhead.core.media import Media
from playhead.core.playbacksettings import Device, Heard, PlaybackSettings, PlayerState


class HandPlayer(QObject):
    """Does at once what it is told, and remembers it; a test says what is heard."""

    state_changed = Signal(object)
    position_changed = Signal(float)
    duration_changed = Signal(object)
    failed = Signal(object)
    ended = Signal()
    heard = Signal(object)
    unplugged = Signal()
    damaged = Signal(int, float)
    devices_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[Media] = []
        self.state = PlayerState.IDLE
        self.position = 0.0
        self.closed = False
        self.settings = PlaybackSettings()
        self.level = 1.0
        self.resolution = 0.0
        self.loop: tuple[float | None, float | None] = (None, None)
        self.silences = Spans()

    # What a test does

    def plays(self, start: float, end: float) -> None:
        """So much of what is loaded is heard now."""
        self.tells_of(self.loaded[-1], start, end)
        self._go_to(end)

    def tells_of(self, media: Media, start: float, end: float) -> None:
        """So much of something was heard, perhaps of what was loaded before."""
        self.heard.emit(Heard(media, start, end))

    def ends(self) -> None:
        """It was heard to its end."""
        self._be(PlayerState.ENDED)
        self.ended.emit()

    # What the program does

    def load(self, media: Media, *, start: float = 0.0, duration: float | None = None) -> None:
        """Take a recording."""
        self.loaded.append(media)
        self.level, self.loop, self.silences = 1.0, (None, None), Spans()
        self.duration_changed.emit(duration)
        self._go_to(start)

    def play(self) -> None:
        """Go on."""
        self._be(PlayerState.PLAYING)

    def toggle(self) -> None:
        """Pause or go on."""
        self._be(PlayerState.PAUSED if self.state is PlayerState.PLAYING else PlayerState.PLAYING)

    def stop(self) -> None:
        """Nothing any more."""
        self._be(PlayerState.IDLE)

    def seek(self, seconds: float) -> None:
        """Be there."""
        self._go_to(seconds)

    def apply(self, settings: PlaybackSettings) -> None:
        """Remember it."""
        self.settings = settings

    def set_resolution(self, seconds: float) -> None:
        """Remember it."""
        self.resolution = seconds

    def set_level(self, gain: float) -> None:
        """Remember it."""
        self.level = gain

    def set_loop(self, start: float | None, end: float | None) -> None:
        """Remember it."""
        self.loop = (start, end)

    def set_silences(self, spans: Spans) -> None:
        """Remember it."""
        self.silences = spans

    def devices(self) -> tuple[Device, ...]:
        """Two of them."""
        return (Device("desk", "Desk", default=True), Device("head", "Headset", default=False))

    def close(self) -> None:
        """Remember it."""
        self.closed = True

    def _go_to(self, seconds: float) -> None:
        self.position = seconds
        self.position_changed.emit(seconds)

    def _be(self, state: PlayerState) -> None:
        self.state = state
        self.state_changed.emit(state)
