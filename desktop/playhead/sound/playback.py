"""The side of the engine that lives on the playing thread: it keeps the device fed and follows it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from playhead.core.errors import PlayheadError
from playhead.core.media import Media
from playhead.sound.decoding import Decoding
from playhead.sound.ledger import SEAM, Span
from playhead.sound.settings import Settings
from playhead.sound.speakers import Speakers
from playhead.sound.state import Heard, Report, State

if TYPE_CHECKING:
    from playhead.sound.voice import Voice

REFILL = 30
"""Milliseconds between two looks at the device, and between two reports."""
LONGEST_SPAN = 1.0
"""Seconds after which what was heard is told, even if it goes on."""


class Playback(QObject):
    """Plays one recording at a time. The public methods are orders, which `obey` runs on this thread."""

    reported = Signal(object)
    """A Report, after every order and while playing."""
    heard = Signal(object)
    """A Heard."""
    unplugged = Signal()
    """The device that played is gone, and playing was paused."""
    _news = Signal()

    def __init__(self, speakers: Callable[[], Speakers]) -> None:
        super().__init__()
        self._make_speakers = speakers
        self._found: Speakers | None = None
        self._settings = Settings()
        self._state = State.IDLE
        self._failure: PlayheadError | None = None
        self._orders = 0
        self._media: Media | None = None
        self._position = 0.0
        self._duration: float | None = None
        self._decoding: Decoding | None = None
        self._leaving: list[Decoding] = []
        self._voice: Voice | None = None
        self._span: Span | None = None
        self._timer = QTimer(self, interval=REFILL, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._news.connect(self._turn, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def obey(self, order: Callable[[], None]) -> None:
        """Run an order, and report what came of it."""
        self._orders += 1
        order()
        self._turn()

    def load(self, media: Media, start: float, duration: float | None) -> None:
        """Take another recording; it waits at `start` (seconds)."""
        self._halt()
        self._media, self._duration = media, duration
        self._begin(start)
        self._rest()

    def play(self) -> None:
        """Play on; after the end from the beginning, after a failure from there."""
        if self._media is None or self._running:
            return
        if not self._speakers.default():
            self._state = State.NO_DEVICE
            return
        if self._decoding is None:
            self._begin(0.0 if self._state is State.ENDED else self._position)
        self._failure = None
        if self._voice is not None:
            self._voice.release()
        self._run()

    def pause(self) -> None:
        """Fall silent and stay here."""
        if self._running:
            self._timer.stop()
            self._state = State.PAUSED
            if self._voice is not None:
                self._voice.hold()
                self._follow(self._voice)
            self._tell_span()

    def toggle(self) -> None:
        """Pause what plays, play what does not."""
        if self._running:
            self.pause()
        else:
            self.play()

    def stop(self) -> None:
        """Forget the recording."""
        self._halt()
        self._media, self._position, self._duration = None, 0.0, None
        self._state = State.IDLE

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

    def change(self, settings: Settings) -> None:
        """Play in another way from now on.

        Channels and volume change in what the device is given next. Another speed needs other PCM: it
        begins where the PCM ends that the device has already, so there is no gap.
        """
        speed = self._settings.speed
        self._settings = settings
        if self._decoding is None:
            return
        if not self._running:
            self._again()
        elif settings.speed != speed:
            if self._voice is None:
                self._again()
            elif not self._decoding.exhausted:
                self._voice.fade(self._decoding)
                self._decode(self._voice.until or self._position)

    def shut(self) -> None:
        """Stop everything and end the playing thread."""
        self._halt()
        self._media, self._state, self._found = None, State.IDLE, None
        for decoding in self._leaving:
            decoding.join(0.2)
        QThread.currentThread().quit()

    @property
    def _running(self) -> bool:
        return self._state in {State.PLAYING, State.BUFFERING}

    @property
    def _speakers(self) -> Speakers:
        if self._found is None:
            self._found = self._make_speakers()
            self._found.watch(self._look_around)
        return self._found

    @Slot()
    def _turn(self) -> None:
        """Look at everything once: what was heard, what the device takes, what came to its end."""
        decoding = self._decoding
        if decoding is not None:
            self._duration = decoding.duration or self._duration
            if self._voice is not None:
                self._follow(self._voice)
            if self._running:
                self._feed(decoding)
            elif self._voice is None and decoding.exhausted and decoding.failure is not None:
                self._finish(decoding)
        self.reported.emit(Report(self._orders, self._state, self._position, self._duration, self._failure))

    def _feed(self, decoding: Decoding) -> None:
        if self._voice is None and decoding.ready and not decoding.exhausted:
            # Imports numpy, which the decoding thread has done by now.
            from playhead.sound.voice import Voice

            self._voice = Voice(self._speakers.open())
        voice = self._voice
        if voice is None:
            self._state = State.BUFFERING
            if decoding.exhausted:
                self._finish(decoding)
            return
        if voice.lost:
            self._unplug()
            return
        self._state = State.PLAYING
        voice.feed(decoding, self._settings)
        if decoding.exhausted:
            if voice.sound_out():
                self._finish(decoding)
        elif voice.drained:
            self._silence()
            self._state = State.BUFFERING

    def _follow(self, voice: "Voice") -> None:
        for span in voice.hear():
            self._position = span.end
            known = self._span
            if (
                known is not None
                and abs(known.end - span.start) < SEAM
                and known.end - known.start < LONGEST_SPAN
            ):
                self._span = Span(known.start, span.end)
            else:
                self._tell_span()
                self._span = span

    def _tell_span(self) -> None:
        if self._span is not None and self._media is not None:
            self.heard.emit(Heard(self._media, *self._span))
        self._span = None

    def _finish(self, decoding: Decoding) -> None:
        """All that could be decoded was heard."""
        end = None if self._voice is None else self._voice.until
        self._halt()
        self._failure = decoding.failure
        if self._failure is not None:
            self._state = State.FAILED
            return
        if end is not None:
            self._position = self._duration = end
        elif self._duration is not None:
            self._position = min(self._position, self._duration)
        self._state = State.ENDED

    def _unplug(self) -> None:
        """The device is gone: do not go on aloud on another one."""
        self._timer.stop()
        self._again()
        self._rest()
        self._tell_span()
        self.unplugged.emit()

    @Slot()
    def _look_around(self) -> None:
        """Devices came, went, or the system prefers another."""
        default, voice = self._speakers.default(), self._voice
        if voice is not None and not self._speakers.present(voice.device):
            self._unplug()
        elif voice is not None and voice.device != default:
            self._again()
        elif self._running and not default:
            self._unplug()
        elif self._state in {State.PAUSED, State.NO_DEVICE}:
            self._rest()
        self._turn()

    def _run(self) -> None:
        self._state = State.BUFFERING
        self._timer.start()

    def _rest(self) -> None:
        self._state = State.PAUSED if self._speakers.default() else State.NO_DEVICE

    def _begin(self, position: float) -> None:
        self._position = max(0.0, position)
        self._decode(self._position)

    def _again(self) -> None:
        """Decode anew from what is heard now."""
        self._silence()
        self._decode(self._position)

    def _decode(self, position: float) -> None:
        self._leave()
        if self._media is not None:
            self._decoding = Decoding(self._media, position, self._settings.speed, self._news.emit)

    def _halt(self) -> None:
        self._timer.stop()
        self._silence()
        self._tell_span()
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
