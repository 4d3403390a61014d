"""One run of the signal path on its own thread, and the bounded store that it keeps filled."""

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from playhead.core.errors import Garbled, PlayheadError
from playhead.core.marks import Spans
from playhead.core.media import Media
from playhead.sound.course import Course
from playhead.sound.media_reader import MediaReader

if TYPE_CHECKING:
    from playhead.sound.block import Block
    from playhead.sound.decoder import Decoder

AHEAD = 96_000
"""Frames that are decoded ahead: 2 s of sound."""
LOW = 72_000
"""Frames at which decoding goes on, in one go: to wake for each block costs more than to decode it."""
ENOUGH = 9_600
"""Frames with which playing may begin: 0.2 s."""


class Decoding:
    """Decodes `media` from `position` (seconds) on at `speed` until its end, or until it is closed.

    `course` says which parts; another one may be set at any time, for what is not decoded yet.
    `tell` is called in the decoding thread when there is news: the length, enough to begin, the end.
    PyAV and numpy are imported by that thread, so that the program's start does not wait for them.
    """

    def __init__(
        self, media: Media, position: float, speed: float, course: Course, tell: Callable[[], None]
    ) -> None:
        self.course = course
        self._reader = MediaReader(media)
        self._position = self._reach = position
        self._speed = speed
        self._tell = tell
        self._changed = threading.Condition()
        self._blocks: deque[Block] = deque()
        self._queued = 0
        self._done = False
        self._decoder: Decoder | None = None
        self._duration: float | None = None
        self._estimate: float | None = None
        self._failure: PlayheadError | None = None
        self._thread = threading.Thread(target=self._run, name="playhead-decoding", daemon=True)
        self._thread.start()

    @property
    def duration(self) -> float | None:
        """The length of the recording in seconds, once the file has said it."""
        return self._duration

    @property
    def estimate(self) -> float | None:
        """The length that the recording seems to have, for where nobody says it."""
        return self._estimate

    @property
    def end(self) -> float | None:
        """The second at which the recording really ends, once decoding has come there."""
        return None if self._decoder is None else self._decoder.end

    @property
    def damage(self) -> Spans:
        """Parts that could not be decoded, as far as they were met."""
        return Spans() if self._decoder is None else self._decoder.damage

    @property
    def reach(self) -> float:
        """The second of the recording that was decoded last."""
        return self._reach

    @property
    def failure(self) -> PlayheadError | None:
        """Error that ended decoding early; everything before that can still be taken."""
        return self._failure

    @property
    def ready(self) -> bool:
        """True once playing can begin: some sound is there, or all that will come."""
        return self._done or self._queued >= ENOUGH

    @property
    def exhausted(self) -> bool:
        """True once everything was taken and nothing more will come."""
        return self._done and not self._blocks

    def take(self, frames: int) -> "Block | None":
        """At most `frames` of what comes next; None if nothing is there (yet). Never waits."""
        with self._changed:
            if not self._blocks:
                return None
            block = self._blocks.popleft()
            if block.frames > frames:
                block, rest = block.split(frames)
                self._blocks.appendleft(rest)
            self._queued -= block.frames
            if self._queued < LOW:
                self._changed.notify_all()
            return block

    def close(self) -> None:
        """Stop decoding, also while it waits for bytes. The thread ends by itself, at once."""
        self._reader.close()
        with self._changed:
            self._blocks.clear()
            self._queued = 0
            self._changed.notify_all()

    def join(self, seconds: float) -> bool:
        """Wait for the thread of a closed decoding; whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._decode()
        except PlayheadError as failure:
            self._failure = failure
        except Exception as error:
            # It would look as if the recording had ended, and nobody would hear of it.
            self._failure = Garbled("broken", type(error).__name__)
            raise
        finally:
            self._done = True
            self._say()

    def _decode(self) -> None:
        from playhead.sound.decoder import Decoder
        from playhead.sound.signal_path import signal_path

        self._decoder = decoder = Decoder(self._reader)
        try:
            self._duration, self._estimate = decoder.duration, decoder.estimate
            self._say()
            for block in signal_path(decoder, self._position, self._speed, lambda: self.course):
                self._put(block)
                if self._reader.closed:
                    return
        finally:
            decoder.close()

    def _put(self, block: "Block") -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._queued < AHEAD or self._reader.closed)
            if self._reader.closed:
                return
            was_enough = self._queued >= ENOUGH
            self._blocks.append(block)
            self._queued += block.frames
            self._reach = block.end
        if not was_enough and self._queued >= ENOUGH:
            self._say()

    def _say(self) -> None:
        if not self._reader.closed:
            self._tell()
