"""The signal path: recording in, PCM out. Pure: no device, no clock, no thread of its own.

Each stage takes and gives an iterator of blocks, so that a further stage (a loop, silence left out) is
one more function in the row. Channels are mixed later (`mix.py`), just before the device, where a change
is heard soonest.
"""

from collections.abc import Iterable, Iterator
from math import sqrt

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.filter import Graph

from playhead.sound.block import RATE, Block, Samples
from playhead.sound.decoder import Decoder, TimedFrame

# Blocks whose times are closer than this belong together.
SEAM = 0.5 / RATE


def signal_path(decoder: Decoder, position: float = 0.0, speed: float = 1.0) -> Iterator[Block]:
    """What is heard from `position` (seconds, exact to the sample) on, at `speed` with its pitch kept.

    Raises what `Decoder.frames` raises, after the last block that could be made.
    """
    return stretched(trimmed(resampled(decoder.frames(position)), position), speed)


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
        if run is None or not run.continues(block):
            if run is not None:
                yield from run.rest()
            run = _Stretching(block, speed)
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
        self._channels = min(2, first.frame.layout.nb_channels)
        self._resampler = AudioResampler("s16", "mono" if self._channels == 1 else "stereo", RATE)

    def continues(self, timed: TimedFrame) -> bool:
        return abs(timed.start - self._end) < SEAM and _kind(timed.frame) == self._kind

    def feed(self, timed: TimedFrame) -> Iterator[Block]:
        self._end = timed.end
        # Times are counted here; the file's own clock would make the resampler stretch and fill.
        timed.frame.pts = None
        return self._blocks(timed.frame)

    def rest(self) -> Iterator[Block]:
        return self._blocks(None)

    def _blocks(self, frame: AudioFrame | None) -> Iterator[Block]:
        for out in self._resampler.resample(frame):
            samples = _samples(out, self._channels)
            start = self._start + self._made / RATE
            self._made += samples.shape[0]
            yield Block(start, self._start + self._made / RATE, samples)


class _Stretching:
    """Blocks without a hole between them, through FFmpeg's atempo."""

    def __init__(self, first: Block, speed: float) -> None:
        self._start = first.start
        self._end = first.start
        self._made = 0
        self._speed = speed
        self._channels = first.samples.shape[1]
        self._graph = Graph()
        layout = "mono" if self._channels == 1 else "stereo"
        nodes = [self._graph.add_abuffer(sample_rate=RATE, format="s16", layout=layout)]
        # Above 2 a single atempo leaves samples out instead of blending them.
        steps = [speed] if speed <= 2 else [sqrt(speed)] * 2
        nodes += [self._graph.add("atempo", str(step)) for step in steps]
        nodes.append(self._graph.add("abuffersink"))
        self._graph.link_nodes(*nodes).configure()

    def continues(self, block: Block) -> bool:
        return abs(block.start - self._end) < SEAM and block.samples.shape[1] == self._channels

    def feed(self, block: Block) -> Iterator[Block]:
        self._end = block.end
        layout = "mono" if self._channels == 1 else "stereo"
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(block.samples).reshape(1, -1), format="s16", layout=layout
        )
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
            samples = _samples(out, self._channels)
            start = self._time()
            self._made += samples.shape[0]
            yield Block(start, self._time(), samples)

    def _time(self) -> float:
        return min(self._end, self._start + self._made * self._speed / RATE)


def _kind(frame: AudioFrame) -> tuple[int, str, int]:
    return frame.sample_rate, frame.format.name, frame.layout.nb_channels


def _samples(frame: AudioFrame, channels: int) -> Samples:
    return frame.to_ndarray().reshape(-1, channels).astype(np.int16, copy=False)
