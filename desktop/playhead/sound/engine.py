"""The engine, with which the window plays recordings."""

from collections.abc import Callable
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, Qt, QThread, Signal

from playhead.core.marks import Spans
from playhead.core.media import Media
from playhead.core.playbacksettings import LOUDEST, Device, PlaybackSettings, PlayerState
from playhead.sound.course import Course, Loop, loop_of
from playhead.sound.playback import Playback, PlaybackReport
from playhead.sound.speakers import Speakers


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
    """A PlayerState."""
    position_changed = Signal(float)
    """Seconds of the recording; 8 to 33 times a second while playing, see `set_resolution`."""
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
    damaged = Signal(int, float)
    """In so many places, and so many seconds together, the recording could not be decoded (so far)."""
    devices_changed = Signal(object)
    """A tuple of every Device there is now; also answers the first `devices()`."""
    _ordered = Signal(object)

    def __init__(
        self,
        speakers: Callable[[], Speakers] = system_speakers,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(parent)
        self._orders = 0
        self._settings = PlaybackSettings()
        self._level = 1.0
        self._loop: Loop | None = None
        self._silences = Spans()
        self._course = Course()
        self._damage = Spans()
        self._devices: tuple[Device, ...] | None = None
        self._media: Media | None = None
        self._state = PlayerState.IDLE
        self._position = 0.0
        self._duration: float | None = None
        self._thread = QThread(self)
        self._playback = Playback(speakers, clock)
        self._playback.moveToThread(self._thread)
        self._ordered.connect(self._playback.obey, Qt.ConnectionType.QueuedConnection)
        self._playback.reported.connect(self._learn, Qt.ConnectionType.QueuedConnection)
        self._playback.heard.connect(self.heard, Qt.ConnectionType.QueuedConnection)
        self._playback.devices.connect(self._meet, Qt.ConnectionType.QueuedConnection)
        self._playback.unplugged.connect(self.unplugged, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    @property
    def state(self) -> PlayerState:
        """State that was last reported."""
        return self._state

    @property
    def media(self) -> Media | None:
        """Media that was loaded last."""
        return self._media

    @property
    def position(self) -> float:
        """The second of the recording that is heard."""
        return self._position

    @property
    def duration(self) -> float | None:
        """Seconds of the whole recording; exact once its end was reached."""
        return self._duration

    @property
    def settings(self) -> PlaybackSettings:
        """Choices of the person, kept from recording to recording."""
        return self._settings

    @property
    def loop(self) -> tuple[float, float] | None:
        """Seconds between which playing goes round."""
        return self._loop

    @property
    def level(self) -> float:
        """Gain that makes this recording as loud as others."""
        return self._level

    @property
    def damage(self) -> Spans:
        """Parts of the recording that could not be decoded, as far as this was tried."""
        return self._damage

    def load(self, media: Media, *, start: float = 0.0, duration: float | None = None) -> None:
        """Take a recording in place of the one there is, which falls silent; `play` plays it.

        `duration` is what the provider says; the file's own word replaces it. A file that is no audio
        is told by `failed` without being played. Loop, silences and level belonged to the recording before.
        """
        self._forget()
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
        self._forget()
        self._order(self._playback.stop)

    def seek(self, seconds: float) -> None:
        """Go to another second of the recording, playing or not."""
        if self._media is not None:
            self._order(partial(self._playback.seek, seconds))
            self._set_position(max(0.0, seconds))

    def apply(self, settings: PlaybackSettings) -> None:
        """Play in another way from now on: heard within 0.2 s, without a gap.

        A device is played on whenever it is there, also now.
        """
        before, self._settings = self._settings, settings
        if settings.device != before.device:
            self._order(partial(self._playback.choose, settings.device))
        if settings != before:
            self._order(partial(self._playback.change, settings, self._level))
        self._steer()

    def set_level(self, gain: float) -> None:
        """Make this recording as loud as others (`loudness.matching_gain`); 1 leaves it.

        Raises `ValueError` for a gain that is not within 0 and 16.
        """
        if not 0 <= gain <= LOUDEST:
            raise ValueError(f"level {gain} is not within 0 and {LOUDEST}")
        if gain != self._level:
            self._level = gain
            self._order(partial(self._playback.change, self._settings, gain))

    def set_resolution(self, seconds: float) -> None:
        """Tell the position whenever so much more of the recording was heard, 0.12 s at most."""
        self._order(partial(self._playback.resolve, seconds))

    def set_loop(self, start: float | None, end: float | None) -> None:
        """Go round between two seconds of this recording, without a gap; None for either ends that.

        What is before the loop is played into it, from behind its end playing goes to its start. A loop of
        less than 0.1 s becomes that long; the two may come in either order.
        """
        self._loop = loop_of(start, end)
        self._steer()

    def set_silences(self, spans: Spans) -> None:
        """Say where this recording is silent (`core.peaks`), as far as that is known; may be said often."""
        self._silences = spans
        self._steer()

    def devices(self) -> tuple[Device, ...]:
        """Devices as far as they are known; the first call only asks, `devices_changed` answers."""
        if self._devices is None:
            self._devices = ()
            self._order(self._playback.look)
        return self._devices

    def close(self) -> None:
        """Fall silent for good and end all threads, also while one waits for bytes."""
        if self._thread.isRunning():
            self._order(self._playback.shut)
            self._thread.wait()

    def _forget(self) -> None:
        self._media, self._loop, self._silences, self._level = None, None, Spans(), 1.0
        self._course, self._damage = Course(), Spans()

    def _steer(self) -> None:
        course = Course.of(self._loop, self._silences if self._settings.skip_silence else Spans())
        if course != self._course:
            self._course = course
            self._order(partial(self._playback.steer, course))

    def _order(self, order: Callable[[], None]) -> None:
        self._orders += 1
        self._ordered.emit(order)

    def _learn(self, report: PlaybackReport) -> None:
        if report.orders != self._orders:
            return
        self._set_duration(report.duration)
        self._set_position(report.position)
        if report.damage != self._damage:
            self._damage = report.damage
            self.damaged.emit(len(report.damage.pairs), report.damage.seconds)
        if report.state is not self._state:
            self._state = report.state
            self.state_changed.emit(report.state)
            if report.state is PlayerState.ENDED:
                self.ended.emit()
            elif report.failure is not None:
                self.failed.emit(report.failure)

    def _meet(self, devices: tuple[Device, ...]) -> None:
        if devices != self._devices or not devices:
            self._devices = devices
            self.devices_changed.emit(devices)

    def _set_position(self, position: float) -> None:
        if position != self._position:
            self._position = position
            self.position_changed.emit(position)

    def _set_duration(self, duration: float | None) -> None:
        if duration != self._duration:
            self._duration = duration
            self.duration_changed.emit(duration)
