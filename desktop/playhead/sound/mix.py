"""The last stage before the device: two channels onto two ears, without clicks."""

import numpy as np
from numpy.typing import NDArray

from playhead.sound.block import RATE, Samples
from playhead.sound.matrix import SILENCE, Matrix

RAMP = RATE // 100
"""Frames over which one setting becomes another: 10 ms."""

_Matrix = NDArray[np.float32]


class Mix:
    """Mixes PCM by a matrix; a matrix that changes is reached gently. Begins in silence."""

    def __init__(self) -> None:
        self._from = self._to = np.array(SILENCE, dtype=np.float32)
        self._gone = RAMP

    def stereo(self, samples: Samples, matrix: Matrix) -> bytes:
        """16 bit stereo of samples that are shaped (frames, 1 or 2)."""
        wide = samples.astype(np.float32)
        if wide.shape[1] == 1:
            wide = np.repeat(wide, 2, axis=1)
        self._turn_to(np.array(matrix, dtype=np.float32))
        mixed = wide @ self._to.T
        ramp = min(RAMP - self._gone, len(wide))
        if ramp:
            weight = (np.arange(self._gone, self._gone + ramp, dtype=np.float32) / RAMP)[:, np.newaxis]
            mixed[:ramp] = mixed[:ramp] * weight + (wide[:ramp] @ self._from.T) * (1 - weight)
            self._gone += ramp
        heard: Samples = np.clip(np.rint(mixed), -32768, 32767).astype(np.int16)
        return heard.tobytes()

    def _turn_to(self, matrix: _Matrix) -> None:
        if not np.array_equal(matrix, self._to):
            weight = self._gone / RAMP
            self._from = self._to * weight + self._from * (1 - weight)
            self._to, self._gone = matrix, 0
