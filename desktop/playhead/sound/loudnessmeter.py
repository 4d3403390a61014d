"""Integrated loudness by ITU-R BS.1770-4 and EBU R 128, of each channel and of all together."""

import math
from array import array

import numpy as np
from numpy.typing import NDArray

from playhead.core.health.audiofigures import Loudness, NoLoudness
from playhead.core.health.soundcourse import LOUDEST, NOTHING, PER_SECOND
from playhead.sound.kweighting import KWeighting, Wave

HOPS = 10
"""Hops a second: blocks of 0.4 s begin every 0.1 s."""
BLOCK = 4
"""Hops of one block."""
ABSOLUTE_GATE = -70.0
RELATIVE_GATE = -10.0
LEAST_RATE = 4_000
"""Samples a second below which the filter of BS.1770 cannot be made: its shelf is at 1.7 kHz."""
_ONE = -0.691
"""LUFS of a mean square of one, after the filter."""

_Powers = NDArray[np.float64]


class LoudnessMeter:
    """Gathers the power that the ear hears of one or two channels, a tenth of a second at a time.

    What was before is kept when the rate changes, and so is the number of channels it began with.
    """

    def __init__(self) -> None:
        self._powers: list[array[float]] = []
        self._skips: list[tuple[int, float]] = []
        """Hops before which there is a hole, and the second at which they begin."""
        self._hops: _Hops | None = None

    def add(self, wave: Wave, rate: int) -> None:
        """Take the samples that come next, between -1 and 1, shaped (channels, frames)."""
        if rate < LEAST_RATE:
            return
        if self._hops is None or self._hops.kind != (rate, len(wave)):
            self._hops = _Hops(rate, len(wave))
        powers = self._hops.powers(wave)
        while len(self._powers) < len(powers):
            # A second channel that begins late repeats the first one, which was heard on both sides.
            self._powers.append(array("f", self._powers[0] if self._powers else ()))
        for index, line in enumerate(self._powers):
            line.frombytes(powers[min(index, len(powers) - 1)].astype(np.float32).tobytes())

    def skip_to(self, second: float) -> None:
        """Take it that nothing is known until a second: loudness goes on as if there was no hole."""
        self._skips.append((len(self._powers[0]) if self._powers else 0, second))

    def course(self, seconds: float) -> tuple[bytes, ...]:
        """The loudness of each channel over so many seconds, as `SoundCourse` has it."""
        return tuple(self._course(line, seconds) for line in self._powers)

    def _course(self, line: "array[float]", seconds: float) -> bytes:
        powers = np.asarray(line, np.float64)
        moments = np.arange(len(powers)) / HOPS
        for first, second in self._skips:
            moments[first:] = second + np.arange(len(powers) - first) / HOPS
        number = math.ceil(seconds * PER_SECOND - 1e-6)
        places = (moments * PER_SECOND + 1e-6).astype(np.intp)
        inside = places < number
        places, powers = places[inside], powers[inside]
        sums = np.bincount(places, weights=powers, minlength=number)
        means = sums / np.maximum(1, np.bincount(places, minlength=number))
        halves = 2 * (LOUDEST - _ONE - 10 * np.log10(np.maximum(means, 1e-13)))
        return bytes(np.clip(np.round(halves), 0, NOTHING).astype(np.uint8))

    def alone(self, channel: int) -> Loudness:
        """The loudness of a channel as if it were the only one."""
        if channel >= len(self._powers):
            return NoLoudness.SHORT
        return _integrated(np.asarray(self._powers[channel], np.float64))

    def together(self) -> Loudness:
        """The loudness of all channels, one channel counting once."""
        if not self._powers:
            return NoLoudness.SHORT
        return _integrated(np.sum([np.asarray(line, np.float64) for line in self._powers], axis=0))


class _Hops:
    """Mean squares of what the ear hears, of one whole hop after the other."""

    def __init__(self, rate: int, channels: int) -> None:
        self.kind = (rate, channels)
        self._hop = round(rate / HOPS)
        self._filter = KWeighting(rate, channels)
        self._begun = np.zeros(channels)
        """The sum of squares of the hop that is not whole yet..."""
        self._samples = 0
        """...and its samples."""

    def powers(self, wave: Wave) -> _Powers:
        """Those of the hops that are whole by now, shaped (channels, hops)."""
        first = min((self._hop - self._samples) % self._hop, wave.shape[1])
        found = []
        if first:
            self._go_on(wave[:, :first])
            if self._samples == self._hop:
                found.append(self._begun[:, np.newaxis])
                self._begun, self._samples = np.zeros(len(wave)), 0
        end = first + (wave.shape[1] - first) // self._hop * self._hop
        if end > first:
            found.append(self._filter.powers(wave[:, first:end], self._hop))
        if end < wave.shape[1]:
            self._go_on(wave[:, end:])
        return np.concatenate((np.zeros((len(wave), 0)), *found), axis=1) / self._hop

    def _go_on(self, wave: Wave) -> None:
        heard = self._filter.heard(wave)
        self._begun = self._begun + np.einsum("ct,ct->c", heard, heard)
        self._samples += wave.shape[1]


def _integrated(powers: _Powers) -> Loudness:
    """The gated loudness of the mean squares of all hops."""
    if len(powers) < BLOCK:
        return NoLoudness.SHORT
    sums = np.cumsum(np.concatenate(([0.0], powers)))
    blocks = (sums[BLOCK:] - sums[:-BLOCK]) / BLOCK
    loud = blocks[blocks > _power(ABSOLUTE_GATE)]
    if not len(loud):
        return NoLoudness.QUIET
    gate = float(loud.mean()) * 10 ** (RELATIVE_GATE / 10)
    return _ONE + 10 * math.log10(float(loud[loud > gate].mean()))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _ONE) / 10))
