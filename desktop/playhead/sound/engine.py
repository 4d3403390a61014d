"""The engine: what the window plays recordings with."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, QThread, Signal

from playhead.core.media import Media
from playhead.sound.playback import Playback
from playhead.sound.settings import FASTEST, SLOWEST, Settings
from playhead.sound.speakers import Speakers
from playhead.sound.state import Report, State


def system_speakers() -> Speakers:
    """The devices of this computer; QtMultimedia is imported only now."""
    from playhead.sound.system_speakers import SystemSpeakers

    return SystemSpeakers()


class Engine(QObject):
    """Plays one recording at a time; lives on the UI thread and never waits there.

    The device is fed on a thread of its own, with an event loop: a UI thread that is busy for longer than
    the device's 0.2 s would otherwise tear the sound, and every late refill would be heard. Decoding has
    a third thread, one for each place that playing jumps to. Orders go to the playing thread in their
    order and are answered by reports; a report that an order has overtaken is dropped, so the window
    never sees a position of the recording before. Nothing of FFmpeg, numpy or QtMultimedia is imported
    before the first recording is loaded. `close` has to be called before the engine is let go of.
    """

    state_changed = Signal(object)
    """A State."""
    position_changed = Signal(float)
    """Seconds of the recording; some 30 times per second while playing."""
    duration_changed = Signal(object)
    """Seconds, or None."""
    failed = Signal(object)
    """The PlayheadError that ended playing, after everything before it was heard."""
    ended = Signal()
    """Everything was heard."""
    heard = Signal(object)
    """A Heard: a span that was really played, of about a second or up to where playing was broken off."""
    unplugged = Signal()
    """The device that played has gone; playing was paused."""
    _ordered = Signal(object)

    def __init__(
        self, speakers: Callable[[], Speakers] = system_speakers, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._orders = 0
        self._settings = Settings()
        self._media: Media | None = None
        self._state = State.IDLE
        self._position = 0.0
        self._duration: float | None = None
        self._thread = QThread(self)
        self._playback = Playback(speakers)
        self._playback.moveToThread(self._thread)
        self._ordered.connect(self._playback.obey, Qt.ConnectionType.QueuedConnection)
        self._playback.reported.connect(self._learn, Qt.ConnectionType.QueuedConnection)
        self._playback.heard.connect(self.heard, Qt.ConnectionType.QueuedConnection)
        self._playback.unplugged.connect(self.unplugged, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    @property
    def state(self) -> State:
        """What the engine is doing."""
        return self._state

    @property
    def media(self) -> Media | None:
        """What was loaded last."""
        return self._media

    @property
    def position(self) -> float:
        """The second of the recording that is heard."""
        return self._position

    @property
    def duration(self) -> float | None:
        """How long the recording is, in seconds; exact once its end was reached."""
        return self._duration

    @property
    def settings(self) -> Settings:
        """Speed, volume and channels; kept from recording to recording."""
        return self._settings

    def load(self, media: Media, *, start: float = 0.0, duration: float | None = None) -> None:
        """Take a recording in place of the one there is, which falls silent; `play` plays it.

        `duration` is what the provider says; the file's own word replaces it. A file that is no audio
        is told by `failed` without being played.
        """
        self._media = media
        self._order(partial(self._playback.load, media, start, duration))
        self._set_duration(duration)
        self._set_position(start)

    def play(self) -> None:
        """Play on; from the beginning after the end."""
        self._order(self._playback.play)

    def pause(self) -> None:
        """Fall silent and stay here."""
        self._order(self._playback.pause)

    def toggle(self) -> None:
        """Pause what plays, play what does not."""
        self._order(self._playback.toggle)

    def stop(self) -> None:
        """Fall silent and forget the recording."""
        self._media = None
        self._order(self._playback.stop)

    def seek(self, seconds: float) -> None:
        """Go to another second of the recording, playing or not."""
        if self._media is not None:
            self._order(partial(self._playback.seek, seconds))
            self._set_position(max(0.0, seconds))

    def set_settings(self, settings: Settings) -> None:
        """Play in another way from now on: heard within 0.2 s, without a gap."""
        if settings != self._settings:
            self._settings = settings
            self._order(partial(self._playback.change, settings))

    def set_speed(self, speed: float) -> None:
        """Play slower or faster at the same pitch; what is out of 0.5 to 3 is brought into it."""
        self.set_settings(replace(self._settings, speed=min(max(speed, SLOWEST), FASTEST)))

    def set_volume(self, volume: float) -> None:
        """Set the volume as a slider shows it: 0 to 1, equal steps sounding equal."""
        self.set_settings(replace(self._settings, volume=min(max(volume, 0.0), 1.0)))

    def set_channels(self, channels: str) -> None:
        """Hear `both` channels, or only `left` or `right`, that one on both ears."""
        self.set_settings(replace(self._settings, channels=channels))

    def set_gain(self, left: float, right: float) -> None:
        """Make each channel of the recording louder or softer; 1 leaves it."""
        self.set_settings(replace(self._settings, left=left, right=right))

    def close(self) -> None:
        """Fall silent for good and end all threads, also while one waits for bytes."""
        if self._thread.isRunning():
            self._order(self._playback.shut)
            self._thread.wait()

    def _order(self, order: Callable[[], None]) -> None:
        self._orders += 1
        self._ordered.emit(order)

    def _learn(self, report: Report) -> None:
        if report.orders != self._orders:
            return
        self._set_duration(report.duration)
        self._set_position(report.position)
        if report.state is not self._state:
            self._state = report.state
            self.state_changed.emit(report.state)
            if report.state is State.ENDED:
                self.ended.emit()
            elif report.failure is not None:
                self.failed.emit(report.failure)

    def _set_position(self, position: float) -> None:
        if position != self._position:
            self._position = position
            self.position_changed.emit(position)

    def _set_duration(self, duration: float | None) -> None:
        if duration != self._duration:
            self._duration = duration
            self.duration_changed.emit(duration)
