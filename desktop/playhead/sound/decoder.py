"""The frames of one recording, each with its time: the one loop behind playing, measuring and copying."""

from collections.abc import Iterator

from playhead.core.errors import PlayheadError
from playhead.core.marks import Spans
from playhead.sound.behindtag import without_tag
from playhead.sound.media_reader import FARTHEST, Reader
from playhead.sound.oggchain import MARK, LinkReader, OggChain
from playhead.sound.soundfile import FAULTS, told_faults
from playhead.sound.track import LARGEST_HOLE, USUAL_PACKET, TimedFrame, Track

# Containers round their times; what is further off is a part that is missing.
HOLE = 0.05
BACK = 1.0
"""Seconds by which no clock goes back in one file."""
THIN = 250
"""Bytes a second of the emptiest recording: a clock that tells of more time jumps, and is wrong."""


class Decoder:
    """Decodes the audio of one reader, from one position after another; used by one thread.

    A chained file is one recording: its links are played one after the other, each on a track of its own.
    Opening waits for the first bytes. Everything raises `Garbled`, or its kind `UnplayedKind`, for what
    cannot be heard (`audio`, `empty`, `broken`), and the download's own failure if that came first.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._damage = Spans()
        self._end: float | None = None
        self._chain: OggChain | None = None
        self._starts = [(0, 0.0)]
        """Where links begin, as far as that is known: byte, and second."""
        with told_faults():
            self._link = 0
            self._is_lost = False
            self._is_joined = False
            """The clock of the file goes back, as where another one was put behind it."""
            self._is_jumpy = False
            """The clock of the file jumps farther than can be, so that nothing is as long as it says."""
            self._track = self._first()

    @property
    def duration(self) -> float | None:
        """Seconds that the recording says it is long; None while it does not, or only seems to be."""
        with told_faults():
            return None if self._is_chained or self._is_jumpy else self._track.length.duration

    @property
    def estimate(self) -> float | None:
        """Seconds that the recording seems to be long; None while not even that is known."""
        with told_faults():
            return None if self._is_chained or self._is_jumpy else self._track.length.estimate

    @property
    def codec(self) -> str:
        """The name of the codec, as FFmpeg has it."""
        return self._track.codec

    @property
    def container(self) -> str:
        """The name of the kind of file, as FFmpeg has it."""
        return self._track.container

    @property
    def end(self) -> float | None:
        """The second at which the recording really ended; None before that was decoded."""
        return self._end

    @property
    def damage(self) -> Spans:
        """Parts that could not be decoded, as far as they were met."""
        return self._damage

    def frames(self, position: float = 0.0) -> Iterator[TimedFrame]:
        """Frames that sound from `position` (seconds) on; the first may begin earlier.

        Raises the download's failure after the last frame that could be decoded before it.
        """
        with told_faults():
            yield from self._frames(position)

    def close(self) -> None:
        """Let go of the file."""
        self._track.close()

    @property
    def _is_chained(self) -> bool:
        return self._chain is not None and self._chain.end(0, upto=0) is not None

    def _first(self) -> Track:
        self._reader = without_tag(self._reader)
        mark = self._reader.read(len(MARK))
        if len(mark) < len(MARK):
            mark += self._reader.read(len(MARK) - len(mark))
        if mark != MARK:
            return Track(self._reader)
        self._chain = OggChain(self._reader)
        return Track(LinkReader(self._reader, self._chain, 0))

    def _frames(self, position: float) -> Iterator[TimedFrame]:
        heard, end = False, self._end
        if not self._is_joined:
            # So late in so few bytes, a clock has jumped: what is there is found by counting alone.
            for timed in self._sought(position if self._may_be_at(position) else 0.0, position):
                heard = True
                yield timed
        if heard or self._reader.closed or not (self._is_joined or self._may_be_behind(position, end)):
            return
        # Of files that were put one behind the other FFmpeg seeks in any one of them: all of it is counted.
        self._end = end
        self._track.rewind()
        yield from self._sought(0.0, position)

    def _may_be_behind(self, position: float, end: float | None) -> bool:
        """True if there may be sound at a position behind all that the file tells; `end` is its true one."""
        if position <= 0 or self._chain is not None or (end is not None and position >= end):
            return False
        told = self._track.length.duration
        return told is None or position > told

    def _sought(self, begin: float, position: float) -> Iterator[TimedFrame]:
        """Frames that sound from `position` on, looked for from `begin` on."""
        self._go_to(begin)
        clock: float | None = None
        while True:
            zero = self._starts[self._link][1]
            if begin > zero:
                clock = None
            for timed in self._of_link(zero, begin, clock):
                clock = timed.end
                if clock > position:
                    yield timed
            if self._reader.closed:
                return
            if self._reader.failure is not None:
                raise self._reader.failure
            if clock is not None and self._track.broken_off:
                self._note_end(zero, clock)
            if not self._go_on(clock):
                break
        if clock is not None:
            self._end = clock

    def _of_link(self, zero: float, position: float, clock: float | None) -> Iterator[TimedFrame]:
        """The frames of a link that begins at `zero`, `clock` being the end of the one before."""
        track = self._track
        for frame in track.frames(max(0.0, position - zero)):
            told = track.time(frame) + zero
            before = position if clock is None else clock
            if told - before >= LARGEST_HOLE and not self._is_told(told):
                self._is_jumpy = True
                zero -= told - before
                told = before
            if clock is None:
                clock = told
            elif told < clock - BACK and self._chain is None:
                self._is_joined = True
            elif told - clock > HOLE:
                self._damage = self._damage.add(clock, told)
                clock = told
            if track.lost:
                self._note_losses(zero)
            timed = TimedFrame(clock, frame)
            clock = timed.end
            yield timed

    def _is_told(self, second: float) -> bool:
        """True if a recording that pauses for long can go on at that second, by its size and its length."""
        if self._reader.total is None:
            self._wait_for_all()
        length = self.duration
        return (
            self._reader.total is not None
            and self._may_be_at(second)
            and (length is None or second < length + HOLE)
        )

    def _may_be_at(self, second: float) -> bool:
        """True if the file is large enough to have sound at that second, as far as its size is known."""
        total = self._reader.total
        return second < LARGEST_HOLE or total is None or second * THIN <= total

    def _wait_for_all(self) -> None:
        place = self._reader.tell()
        self._reader.seek(FARTHEST)
        self._reader.read(1)
        self._reader.seek(place)

    def _note_losses(self, zero: float) -> None:
        """Count what could not be decoded as damage: now that a frame has followed, it was sound."""
        for start, end in self._track.lost:
            self._damage = self._damage.add(zero + start, zero + end)
        self._track.lost.clear()

    def _note_end(self, zero: float, clock: float) -> None:
        """Count it as damage that the container broke off at `clock`."""
        told = zero + (self._track.length.duration or 0.0)
        self._damage = self._damage.add(clock, told if told > clock + HOLE else clock + USUAL_PACKET)

    def _go_to(self, position: float) -> None:
        """Take the track of the link that sounds at `position`, as far as the links before it are known."""
        number = max(link for link, (_, second) in enumerate(self._starts) if second <= max(0.0, position))
        while self._take(number) and number == len(self._starts) - 1 and self._chain is not None:
            at, second = self._starts[number]
            following = self._chain.end(at, upto=None if self._reader.complete else 0)
            length = self._track.length.duration
            if following is None or length is None or second + length > position:
                return
            self._starts.append((following, second + length))
            number += 1

    def _go_on(self, clock: float | None) -> bool:
        """Take the track of the link after this one, which ended at `clock`; False if there is none."""
        while self._chain is not None:
            following = self._chain.end(self._starts[self._link][0])
            if following is None:
                return False
            if self._link == len(self._starts) - 1:
                self._starts.append((following, self._link_end() if clock is None else clock))
            if self._take(self._link + 1):
                return True
        return False

    def _link_end(self) -> float:
        """Second at which a link ends in which nothing was found: what was looked for comes after it."""
        end = self._starts[self._link][1]
        if self._is_lost:
            return end
        if (length := self._track.length.duration) is not None:
            return end + length
        self._track.rewind()
        for timed in self._of_link(end, end, end):
            end = timed.end
        return end

    def _take(self, number: int) -> bool:
        """Take the track of that link; False if nothing in it can be decoded, which is damage."""
        if number == self._link and not self._is_lost:
            return True
        at, second = self._starts[number]
        assert self._chain is not None
        self._track.close()
        self._link, self._is_lost = number, True
        try:
            self._track = Track(LinkReader(self._reader, self._chain, at))
        except (PlayheadError, *FAULTS) as error:
            if self._reader.failure is not None:
                raise self._reader.failure from None
            if not (isinstance(error, PlayheadError) and error.reason == "empty"):
                self._damage = self._damage.add(second, second + USUAL_PACKET)
            return False
        self._is_lost = False
        return True
