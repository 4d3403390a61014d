"""The last stage before the device: two channels onto two ears, without clicks."""

import numpy as np
from numpy.typing import NDArray

from playhead.sound.block import RATE, Samples
from playhead.sound.settings import SILENCE, Matrix

RAMP = RATE // 100
"""Frames over which one setting becomes another: 10 ms."""


class Mix:
    """Mixes PCM by a matrix; a matrix that changes is reached gently. Begins in silence."""

    def __init__(self) -> None:
        self._matrix = _array(SILENCE)

    def stereo(self, samples: Samples, matrix: Matrix) -> bytes:
        """16 bit stereo of samples that are shaped (frames, 1 or 2)."""
        wide = samples.astype(np.float32)
        if wide.shape[1] == 1:
            wide = np.repeat(wide, 2, axis=1)
        target = _array(matrix)
        mixed = wide @ target.T
        if not np.array_equal(target, self._matrix):
            ramp = min(RAMP, len(wide))
            weight = np.linspace(0, 1, ramp, endpoint=False, dtype=np.float32)[:, np.newaxis]
            mixed[:ramp] = mixed[:ramp] * weight + (wide[:ramp] @ self._matrix.T) * (1 - weight)
            self._matrix = target
        heard: Samples = np.clip(np.rint(mixed), -32768, 32767).astype(np.int16)
        return heard.tobytes()


def _array(matrix: Matrix) -> NDArray[np.float32]:
    return np.array(matrix, dtype=np.float32)
