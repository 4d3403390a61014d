"""A stretch of sound on its way from the decoder to the ear."""

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
        """How many samples each channel has."""
        return len(self.samples)

    def split(self, frames: int) -> tuple["Block", "Block"]:
        """The first `frames` of it, and the rest."""
        middle = self.start + (self.end - self.start) * frames / self.frames
        return (
            Block(self.start, middle, self.samples[:frames]),
            Block(middle, self.end, self.samples[frames:]),
        )
