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
HALF = TAPS // 2
KAISER = 9.0
"""The window of the interpolation, FFmpeg's own."""
WORTH = 0.5
"""Share of the highest level so far from which on there may be a higher one beside it..."""
ROOMY, WORTH_IN_ROOM = 32_000, 0.7
"""...and what it is from that rate on: what sounds there lies far below half the rate, in gentler waves."""
MOST = 500
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
        self._before: Wave | None = None

    def add(self, line: Wave, sizes: Wave, highest: float, rate: int) -> None:
        """Take the samples that come next; `sizes` are the same without signs, `highest` the highest."""
        if self._before is None:
            # As FFmpeg does: silence before the first sample would be a step, and higher than what is there.
            self._before = np.resize(line[:0:-1][-TAPS:] if len(line) > TAPS else line[:1], TAPS)
        before = self._before
        self._before = np.concatenate((before, line[-TAPS:]))[-TAPS:]
        self.level = max(self.level, highest)
        worth = WORTH if rate < ROOMY else WORTH_IN_ROOM
        least = self.level * worth
        if not self.level or rate >= REFINED:
            return
        # What is at the end of a block waits for the samples that come behind it.
        if max(float(np.abs(before[HALF:]).max()), float(sizes[:HALF].max())) >= least:
            self._look(np.concatenate((before, line[:TAPS])), np.arange(TAPS + 1), rate)
        if highest >= least and len(line) > TAPS:
            places = self._highest(sizes[HALF - 1 : 1 - HALF], worth) - 1
            # Of each sample the window that has it just behind its middle, and the one just before that.
            self._look(line, np.concatenate((places, places + 1)), rate)

    def _highest(self, sizes: Wave, worth: float) -> Places:
        """The samples that are worth a look, as none beside them is higher; the highest if there are many."""
        places: Places = np.flatnonzero(sizes[1:-1] >= self.level * worth) + 1
        high = sizes[places]
        crests = (high >= sizes[places - 1]) & (high >= sizes[places + 1])
        places, high = places[crests], high[crests]
        return places[np.argpartition(high, -MOST)[-MOST:]] if len(places) > MOST else places

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
    distances = np.arange(TAPS)[:, np.newaxis] - (HALF - 1) - moments
    inside = np.maximum(0.0, 1 - (distances * 2 / TAPS) ** 2)
    weights = np.sinc(distances) * np.i0(KAISER * np.sqrt(inside))
    bank: Wave = (weights / weights.sum(axis=0)).astype(np.float32)
    return bank
