"""True peaks by ITU-R BS.1770-4, annex 2: the highest level of a sound between its samples."""

import math
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Wave = NDArray[np.float32]
Places = NDArray[np.intp]

REFINED = 192_000
"""Samples a second among which the highest is looked for, as FFmpeg does."""
TAPS = 32
KAISER = 9.0
"""The window of the interpolation, FFmpeg's own."""
WORTH = 0.5
"""Share of the highest level so far from which on there may be a higher one beside it."""
MOST = 1_500
"""Samples of a block that are looked beside: the highest; of a steady tone every crest is the same."""
COARSE = 4
"""Steps between two samples of a first look, which BS.1770 is content with at 48 kHz..."""
FINE = 24
"""...and places, the highest of these, that are looked at more closely."""


class TruePeak:
    """The true peak of one channel, as far as it was heard."""

    def __init__(self) -> None:
        self.level = 0.0
        """1 is full scale; can be more."""
        self._before = np.zeros(TAPS, np.float32)

    def add(self, line: Wave, sizes: Wave, rate: int) -> None:
        """Take the samples that come next; `sizes` are the same without signs."""
        before = self._before
        self._before = np.concatenate((before, line[-TAPS:]))[-TAPS:]
        highest = float(sizes.max())
        self.level = max(self.level, highest)
        least = self.level * WORTH
        # What is at the end of a block waits for the samples that come behind it.
        waiting = np.abs(before[TAPS // 2 :])
        if not self.level or rate >= REFINED or max(highest, float(waiting.max())) < least:
            return
        places = np.flatnonzero(sizes[: -(TAPS // 2)] >= least)
        if len(places) > MOST:
            places = places[np.argpartition(sizes[places], -MOST)[-MOST:]]
        places = np.concatenate((np.flatnonzero(waiting >= least), places + TAPS // 2))
        if len(places):
            # Windows have the sample just before their middle, or just behind it.
            self._look(np.concatenate((before, line)), np.concatenate((places, places + 1)), rate)

    def _look(self, whole: Wave, starts: Places, rate: int) -> None:
        """Look into the middle of the windows at `starts`."""
        windows, steps = sliding_window_view(whole, TAPS), _steps(rate)
        starts = starts[starts < len(windows)]
        if not len(starts):
            return
        coarse = np.abs(windows[starts] @ _bank(min(steps, COARSE))).max(axis=1)
        highest = starts[np.argpartition(coarse, -FINE)[-FINE:]] if len(starts) > FINE else starts
        between = windows[highest] @ _bank(steps)
        self.level = max(self.level, float(coarse.max()), float(np.abs(between).max()))


def _steps(rate: int) -> int:
    """The steps between two samples; where 192 kHz are no multiple of the rate, twice as many."""
    return math.ceil(REFINED / rate) * (1 if REFINED % rate == 0 else 2)


@cache
def _bank(steps: int) -> Wave:
    """The weights of the samples around a place, shaped (taps, steps between two samples)."""
    moments = np.arange(1, steps) / steps if steps > 1 else np.array([0.5])
    distances = np.arange(TAPS)[:, np.newaxis] - (TAPS // 2 - 1) - moments
    inside = np.maximum(0.0, 1 - (distances * 2 / TAPS) ** 2)
    weights = np.sinc(distances) * np.i0(KAISER * np.sqrt(inside))
    bank: Wave = (weights / weights.sum(axis=0)).astype(np.float32)
    return bank
