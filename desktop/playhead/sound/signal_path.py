"""The signal path: recording in, PCM out. Pure: no device, no clock, no thread of its own.

Each stage takes and gives an iterator of blocks. Channels are mixed later (`voice.Mix`), just before the
device, where a change is heard soonest.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from math import ceil, sqrt

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.filter import Graph

from playhead.sound.block import RATE, SEAM, Block, Samples, seamless
from playhead.sound.course import Course
from playhead.sound.decoder import Decoder
from playhead.sound.journey import journey
from playhead.sound.playable import playable
from playhead.sound.soundfile import told_faults
from playhead.sound.track import TimedFrame


def signal_path(
    decoder: Decoder, position: float = 0.0, speed: float = 1.0, course: Callable[[], Course] = Course
) -> Iterator[Block]:
    """Blocks heard from `position` (seconds, exact to the sample) on, at `speed` with its pitch kept.

    `course` is asked on the way, which parts are played. Raises what `Decoder.frames` raises, after the last
    block that could be made; and `Garbled("broken")` for frames that are like no sound.
    """

    def play(place: float) -> Iterator[Block]:
        return trimmed(resampled(decoder.frames(place)), place)

    with told_faults():
        yield from stretched(seamless(journey(play, position, course)), speed)


def resampled(frames: Iterable[TimedFrame]) -> Iterator[Block]:
    """The frames as 16 bit at 48000 Hz; one channel stays one, more than two become two."""
    run: _Resampling | None = None
    for timed in frames:
        if run is None or not run.continues(timed):
            if run is not None:
                yield from run.rest()
            run = _Resampling(timed)
        yield from run.feed(timed)
    if run is not None:
        yield from run.rest()


def trimmed(blocks: Iterable[Block], position: float) -> Iterator[Block]:
    """The blocks without what sounds before `position`."""
    for block in blocks:
        early = round((position - block.start) * RATE)
        if early <= 0:
            yield block
        elif early < block.frames:
            yield block.split(early)[1]


def stretched(blocks: Iterable[Block], speed: float) -> Iterator[Block]:
    """The blocks at another speed, at the same pitch."""
    if speed == 1:
        yield from blocks
        return
    run: _Stretching | None = None
    for block in blocks:
        if run is None or run.channels != block.samples.shape[1]:
            if run is not None:
                yield from run.rest()
            run = _Stretching(block.samples.shape[1], speed)
        yield from run.feed(block)
    if run is not None:
        yield from run.rest()


class _Resampling:
    """Frames of one format, without a hole between them."""

    def __init__(self, first: TimedFrame) -> None:
        self._start = first.start
        self._made = 0
        self._end = first.start
        self._kind = _kind(first.frame)
        self._channels = min(2, playable(first.frame).layout.nb_channels)
        self._resampler = AudioResampler("s16", "mono" if self._channels == 1 else "stereo", RATE)

    def continues(self, timed: TimedFrame) -> bool:
        return abs(timed.start - self._end) < SEAM and _kind(timed.frame) == self._kind

    def feed(self, timed: TimedFrame) -> Iterator[Block]:
        self._end = timed.end
        frame = playable(timed.frame)
        # Times are counted here; the file's own clock would make the resampler stretch and fill.
        frame.pts = None
        return self._blocks(frame)

    def rest(self) -> Iterator[Block]:
        return self._blocks(None)

    def _blocks(self, frame: AudioFrame | None) -> Iterator[Block]:
        for out in self._resampler.resample(frame):
            samples = _samples(out, self._channels)
            start = self._start + self._made / RATE
            self._made += samples.shape[0]
            yield Block(start, self._start + self._made / RATE, samples)


class _Stretching:
    """Blocks of one number of channels through FFmpeg's atempo, also over the jumps between them."""

    def __init__(self, channels: int, speed: float) -> None:
        self.channels = channels
        self._speed = speed
        # Where straight runs begin: the frame that is fed then, and its second of the recording.
        self._runs: deque[tuple[int, float]] = deque()
        self._fed = 0
        self._end = 0.0
        self._made = 0
        self._graph = Graph()
        self._layout = "mono" if channels == 1 else "stereo"
        nodes = [self._graph.add_abuffer(sample_rate=RATE, format="s16", layout=self._layout)]
        # Above 2 a single atempo leaves samples out instead of blending them.
        steps = [speed] if speed <= 2 else [sqrt(speed)] * 2
        nodes += [self._graph.add("atempo", str(step)) for step in steps]
        nodes.append(self._graph.add("abuffersink"))
        self._graph.link_nodes(*nodes).configure()

    def feed(self, block: Block) -> Iterator[Block]:
        if not self._runs or abs(block.start - self._end) >= SEAM:
            self._runs.append((self._fed, block.start))
        self._fed += block.frames
        self._end = block.end
        samples = np.ascontiguousarray(block.samples).reshape(1, -1)
        frame = AudioFrame.from_ndarray(samples, format="s16", layout=self._layout)
        frame.sample_rate = RATE
        self._graph.push(frame)
        return self._blocks()

    def rest(self) -> Iterator[Block]:
        self._graph.push(None)
        return self._blocks()

    def _blocks(self) -> Iterator[Block]:
        while True:
            try:
                out = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            assert isinstance(out, AudioFrame)
            yield from self._timed(_samples(out, self.channels))

    def _timed(self, samples: Samples) -> Iterator[Block]:
        """The samples as blocks, none of which sounds both sides of a jump."""
        while len(samples):
            last = len(self._runs) == 1
            limit = self._fed if last else self._runs[1][0]
            count = len(samples) if last else ceil(limit / self._speed - self._made)
            if count <= 0:
                self._runs.popleft()
                continue
            piece, samples = samples[:count], samples[count:]
            start = self._time(limit)
            self._made += len(piece)
            yield Block(start, self._time(limit), piece)

    def _time(self, limit: int) -> float:
        first, start = self._runs[0]
        frame = min(max(first, self._made * self._speed), limit)
        return start + (frame - first) / RATE


def _kind(frame: AudioFrame) -> tuple[int, str, str]:
    return frame.sample_rate, frame.format.name, frame.layout.name


def _samples(frame: AudioFrame, channels: int) -> Samples:
    return frame.to_ndarray().reshape(-1, channels).astype(np.int16, copy=False)
