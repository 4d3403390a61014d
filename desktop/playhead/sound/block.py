"""Blocks of sound on their way from the decoder to the ear, and the seams between them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 48000
"""Samples per second and channel of everything that is played."""

Samples = NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Samples of shape (frames, channels), 48000 a second, and the seconds of the recording they sound.

    At a speed other than 1 the recording's seconds pass faster or slower than the samples do.
    """

    start: float
    end: float
    samples: Samples

    @property
    def frames(self) -> int:
        """Number of samples of each channel."""
        return len(self.samples)

    def split(self, frames: int) -> tuple["Block", "Block"]:
        """The first `frames` of it, and the rest."""
        middle = self.start + (self.end - self.start) * frames / self.frames
        return (
            Block(self.start, middle, self.samples[:frames]),
            Block(middle, self.end, self.samples[frames:]),
        )


FADE = RATE // 200
"""Frames over which one sound goes over into another at a jump: 5 ms."""
# Blocks whose times are closer than this belong together; where the rate changes, a sample is rounded away.
SEAM = 1.5 / RATE


def continues(before: Block, after: Block) -> bool:
    """True if one block goes on where the other ends."""
    return abs(after.start - before.end) < SEAM and after.samples.shape[1] == before.samples.shape[1]


def blended(old: Samples, new: Samples, begun: int, length: int) -> Samples:
    """`old` going over into `new`, which is as long, `begun` frames after the beginning of `length`."""
    weight = ((begun + np.arange(len(new)) + 1) / (length + 1)).astype(np.float32)[:, np.newaxis]
    sound: Samples = np.rint(old * (1 - weight) + new * weight).astype(np.int16)
    return sound


def seamless(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with the end of what is broken off blended into the beginning of what follows instead.

    The blend has the times of what is broken off; what follows becomes shorter by its length (5 ms).
    """
    tail: Block | None = None
    held: Block | None = None
    for block in blocks:
        if held is not None and continues(held, block):
            held = Block(held.start, block.end, np.concatenate((held.samples, block.samples)))
        else:
            if tail is not None:
                yield tail
            tail, held = held, block
        if tail is not None and held.frames > tail.frames:
            if held.samples.shape[1] == tail.samples.shape[1]:
                head, held = held.split(tail.frames)
                sound = blended(tail.samples, head.samples, 0, tail.frames)
                tail = Block(tail.start, tail.end, sound)
            yield tail
            tail = None
        if tail is None and held.frames > FADE:
            ready, held = held.split(held.frames - FADE)
            yield ready
    for last in (tail, held):
        if last is not None:
            yield last
