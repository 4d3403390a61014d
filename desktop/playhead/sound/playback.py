"""The side of the engine that lives on the playing thread: it keeps the device fed and follows it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from playhead.core.errors import PlayheadError
from playhead.core.marks import Spans
from playhead.core.media import Media
from playhead.core.playbacksettings import Heard, PlaybackSettings, PlayerState
from playhead.sound.course import Course
from playhead.sound.decoding import Decoding
from playhead.sound.heardledger import HeardSpan, Hearing
from playhead.sound.speakers import Outlet, Speakers

if TYPE_CHECKING:
    from playhead.sound.voice import Voice

REFILL = 60
"""Milliseconds between two looks at the device, which holds three times as much."""
OFTEN = 30
"""The same while the position is to be told more often than that."""
SELDOM = 0.12
"""Seconds of a recording after which the position is told in any case."""
LONG_PAUSE = 2.0
"""Seconds after which a pause makes playing go back a little."""
IN_HAND = 1.0
"""Seconds that may be decoded beyond what is in store."""


@dataclass(frozen=True, slots=True)
class PlaybackReport:
    """State of playing after so many orders."""

    orders: int
    state: PlayerState
    position: float
    duration: float | None
    failure: PlayheadError | None
    damage: Spans


class _Lengths:
    """Lengths of a recording in seconds, by who says them."""

    def __init__(self, provider: float | None) -> None:
        self._provider = provider
        self._decoded: float | None = None
        self._file: float | None = None
        self._estimate: float | None = None

    @property
    def best(self) -> float | None:
        """The most certain one: what seems so never replaces what somebody says."""
        said = (self._decoded, self._file, self._provider, self._estimate)
        return next((length for length in said if length is not None), None)

    def learn(self, decoding: Decoding) -> None:
        """Take in what decoding knows by now."""
        self._decoded = decoding.end or self._decoded
        self._file = decoding.duration or self._file
        self._estimate = decoding.estimate or self._estimate


class Playback(QObject):
    """Plays one recording at a time. The public methods are orders, which `obey` runs on this thread."""

    reported = Signal(object)
    """A PlaybackReport, after every order and while playing."""
    heard = Signal(object)
    """A Heard."""
    unplugged = Signal()
    """The device that played is gone, and playing was paused."""
    devices = Signal(object)
    """A tuple of every Device there is now."""
    _news = Signal()

    def __init__(self, speakers: Callable[[], Speakers], clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock
        self._outlet = Outlet(speakers, self._look_around)
        self._settings = PlaybackSettings()
        self._mix(1.0)
        self._course = Course()
        self._state = PlayerState.IDLE
        self._failure: PlayheadError | None = None
        self._damage = Spans()
        self._orders = 0
        self._media: Media | None = None
        self._position = 0.0
        self._lengths = _Lengths(None)
        self._paused_at: float | None = None
        self._decoding: Decoding | None = None
        self._leaving: list[Decoding] = []
        self._voice: Voice | None = None
        self._hearing = Hearing()
        self._resolution = 0.0
        self._told: PlaybackReport | None = None
        self._timer = QTimer(self, interval=OFTEN, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._news.connect(self._turn, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def obey(self, order: Callable[[], None]) -> None:
        """Run an order, and report what came of it."""
        self._orders += 1
        order()
        self._turn()

    def load(self, media: Media, start: float, duration: float | None) -> None:
        """Take another recording; it waits at `start` (seconds), and is played straight on."""
        self._halt()
        self._media, self._lengths, self._damage = media, _Lengths(duration), Spans()
        self._course = Course()
        self._mix(1.0)
        self._begin(start)
        self._rest()

    def play(self) -> None:
        """Play on; after the end from the beginning, after a failure from there."""
        if self._media is None or self._running:
            return
        if not self._outlet.wanted:
            self._state = PlayerState.NO_DEVICE
            return
        self._go_back()
        if self._decoding is None:
            self._begin(0.0 if self._state is PlayerState.ENDED else self._position)
        self._failure = None
        if self._voice is not None:
            self._voice.release()
        self._run()

    def pause(self) -> None:
        """Fall silent and stay here."""
        if self._running:
            self._timer.stop()
            self._state, self._paused_at = PlayerState.PAUSED, self._clock()
            if self._voice is not None:
                self._voice.hold()
                self._follow(self._voice)
            self._tell(self._hearing.end())

    def toggle(self) -> None:
        """Pause what plays, play what does not."""
        if self._running:
            self.pause()
        else:
            self.play()

    def stop(self) -> None:
        """Forget the recording."""
        self._halt()
        self._media, self._position, self._lengths = None, 0.0, _Lengths(None)
        self._course, self._damage = Course(), Spans()
        self._state = PlayerState.IDLE

    def seek(self, position: float) -> None:
        """Go on from another second of the recording."""
        if self._media is None:
            return
        running = self._running
        self._halt()
        self._begin(position)
        if running:
            self._run()
        else:
            self._rest()

    def change(self, settings: PlaybackSettings, level: float) -> None:
        """Play in another way from now on: channels and volume in what the device is given next.

        `level` is the gain of this recording.
        """
        faster, mixed = settings.speed != self._settings.speed, self._matrices
        self._settings = settings
        self._mix(level)
        decoding = self._decoding
        if decoding is None:
            return
        if not self._running:
            if faster or (self._voice is not None and mixed != self._matrices):
                self._again()
        elif faster and not decoding.exhausted:
            self._rejoin(decoding)

    def steer(self, course: Course) -> None:
        """Play other parts from now on; what is decoded already stays, if it is the same in both."""
        before, self._course = self._course, course
        decoding = self._decoding
        if decoding is None:
            return
        decoding.course = course
        if course.differs(before, self._position, max(self._position, decoding.reach) + IN_HAND):
            if self._running and not decoding.exhausted:
                self._rejoin(decoding)
            else:
                self._again()

    def resolve(self, seconds: float) -> None:
        """Tell the position whenever so much more of the recording was heard: less would not be seen."""
        self._resolution = min(seconds, SELDOM)
        self._timer.setInterval(OFTEN if seconds * 1000 < REFILL else REFILL)

    def look(self) -> None:
        """Tell which devices there are."""
        self.devices.emit(self._outlet.devices)

    def choose(self, device: str) -> None:
        """Play on another device from now on, from where it is; empty is the one that the system prefers."""
        self._outlet.choose(device)
        if self._outlet.found:
            self._settle()

    def shut(self) -> None:
        """Stop everything and end the playing thread."""
        self._halt()
        self._media, self._state = None, PlayerState.IDLE
        self._outlet.close()
        for decoding in self._leaving:
            decoding.join(0.2)
        QThread.currentThread().quit()

    @property
    def _running(self) -> bool:
        return self._state in {PlayerState.PLAYING, PlayerState.LOADING}

    @Slot()
    def _turn(self) -> None:
        """Look at everything once: what was heard, what the device takes, what came to its end."""
        decoding = self._decoding
        if decoding is not None:
            self._lengths.learn(decoding)
            if decoding.damage.pairs:
                self._damage = Spans.of((*self._damage.pairs, *decoding.damage.pairs))
            if self._voice is not None:
                self._follow(self._voice)
            if self._running:
                self._feed(decoding)
            elif self._voice is None and decoding.exhausted and decoding.failure is not None:
                self._finish(decoding)
        self._report()

    def _report(self) -> None:
        """Tell what has changed, as far as it can be seen: to hear of it is what costs the window."""
        told = self._told
        near = told is not None and 0 <= self._position - told.position < self._resolution
        report = PlaybackReport(
            self._orders,
            self._state,
            told.position if told is not None and near else self._position,
            self._lengths.best,
            self._failure,
            self._damage,
        )
        if report != told:
            self._told = report if not near else replace(report, position=self._position)
            self.reported.emit(self._told)

    def _feed(self, decoding: Decoding) -> None:
        if self._voice is None and decoding.ready and not decoding.exhausted:
            # Imports numpy, which the decoding thread has done by now.
            from playhead.sound.voice import Voice

            self._voice = Voice(self._outlet.open())
        voice = self._voice
        if voice is None:
            self._state = PlayerState.LOADING
            if decoding.exhausted:
                self._finish(decoding)
            return
        if voice.lost:
            self._unplug()
            return
        self._state = PlayerState.PLAYING
        voice.feed(decoding, self._matrices)
        if decoding.exhausted:
            if voice.sound_out():
                self._finish(decoding)
        elif voice.drained:
            self._silence()
            self._state = PlayerState.LOADING

    def _follow(self, voice: "Voice") -> None:
        for span in voice.hear():
            self._position = span.end
            self._tell(self._hearing.add(span))

    def _tell(self, span: HeardSpan | None) -> None:
        if span is not None and self._media is not None:
            self.heard.emit(Heard(self._media, *span))

    def _finish(self, decoding: Decoding) -> None:
        """All that could be decoded was heard."""
        self._halt()
        self._failure = decoding.failure
        if self._failure is not None:
            self._state = PlayerState.FAILED
            return
        if decoding.end is not None:
            self._lengths.learn(decoding)
            self._position = decoding.end
        elif self._lengths.best is not None:
            self._position = min(self._position, self._lengths.best)
        self._state = PlayerState.ENDED

    def _unplug(self) -> None:
        """The device is gone: do not go on aloud on another one."""
        self._timer.stop()
        self._again()
        self._rest()
        self._paused_at = self._clock()
        self._tell(self._hearing.end())
        self.unplugged.emit()

    @Slot()
    def _look_around(self) -> None:
        """Devices came, went, or the system prefers another."""
        self.look()
        self._settle()
        self._turn()

    def _settle(self) -> None:
        """Play on the wanted device, unless the one that was played on has gone."""
        wanted, voice = self._outlet.wanted, self._voice
        if voice is not None and not self._outlet.present(voice.device):
            self._unplug()
        elif voice is not None and voice.device != wanted:
            self._again()
        elif self._running and not wanted:
            self._unplug()
        elif self._state in {PlayerState.PAUSED, PlayerState.NO_DEVICE}:
            self._rest()

    def _mix(self, level: float) -> None:
        self._matrices = self._settings.matrix(1, level), self._settings.matrix(2, level)

    def _run(self) -> None:
        self._state = PlayerState.LOADING
        self._timer.start()

    def _rest(self) -> None:
        self._state = PlayerState.PAUSED if self._outlet.wanted else PlayerState.NO_DEVICE

    def _go_back(self) -> None:
        """Play a little of what was heard before a pause again, if it was a long one."""
        paused_at, self._paused_at = self._paused_at, None
        rewind = self._settings.rewind
        if paused_at is None or not rewind or self._clock() - paused_at <= LONG_PAUSE:
            return
        loop = self._course.loop
        first = loop[0] if loop is not None and loop[0] <= self._position else 0.0
        self._silence()
        self._begin(max(first, self._position - rewind))

    def _begin(self, position: float) -> None:
        self._position, self._paused_at = max(0.0, position), None
        self._decode(self._position)

    def _again(self) -> None:
        """Decode anew from what is heard now."""
        self._silence()
        self._decode(self._position)

    def _rejoin(self, decoding: Decoding) -> None:
        """Decode anew from where the PCM ends that the device has already, so that there is no gap."""
        if self._voice is None:
            self._again()
        else:
            self._voice.leave(decoding)
            self._decode(self._position if self._voice.until is None else self._voice.until)

    def _decode(self, position: float) -> None:
        self._leave()
        if self._media is not None:
            speed, course, tell = self._settings.speed, self._course, self._news.emit
            self._decoding = Decoding(self._media, position, speed, course, tell)

    def _halt(self) -> None:
        self._timer.stop()
        self._silence()
        self._tell(self._hearing.end())
        self._leave()
        self._failure = None

    def _silence(self) -> None:
        if self._voice is not None:
            self._follow(self._voice)
            self._voice.close()
            self._voice = None

    def _leave(self) -> None:
        if self._decoding is not None:
            self._decoding.close()
            self._leaving = [leaving for leaving in self._leaving if not leaving.join(0)]
            self._leaving.append(self._decoding)
            self._decoding = None
