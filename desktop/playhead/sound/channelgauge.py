"""Figures of one channel of a recording: its moments, levels, true peak and clipped stretches."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playhead.core.health.activity import NOTHING, PER_SECOND
from playhead.core.health.audiofigures import FAINTEST_DB, ChannelFigures, Loudness
from playhead.core.health.soundcourse import MOST_STRETCHES, joined
from playhead.sound.kweighting import Wave
from playhead.sound.truepeak import Places, TruePeak

LOUD = 0.97
"""Level above which there may be clipping: the largest value of mu-law is 0.980, of A-law 0.984."""
FULL = 0.9998
"""Level that counts as full scale: the largest value of 16 bits is 0.99997."""
CLIPS_APART = 0.2
"""Seconds without clipping between two stretches that are clipped."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """A block of samples, with what several figures are worked out of."""

    wave: Wave
    """Between -1 and 1, shaped (channels, frames)."""
    sizes: Wave
    """The same without signs."""
    rate: int
    start: float
    """The second at which it begins..."""
    first: int
    """...the hundredth of a second in which that is..."""
    cuts: Places
    """...and the frames at which each hundredth begins."""

    @classmethod
    def of(cls, wave: Wave, sizes: Wave, rate: int, start: float) -> "Sounding":
        """The block that begins at the second `start`; `sizes` is room for them."""
        first = int(start * PER_SECOND + 1e-6)
        last = int((start + (wave.shape[1] - 1) / rate) * PER_SECOND + 1e-6)
        moments = np.arange(first + 1, last + 1) / PER_SECOND
        cuts = np.concatenate(([0], np.ceil((moments - start) * rate - 1e-6).astype(np.intp)))
        cuts = np.minimum(cuts, wave.shape[1] - 1)
        np.abs(wave, out=sizes)
        return cls(wave, sizes, rate, start, first, cuts)


@dataclass(frozen=True, slots=True)
class Moved:
    """Contribution of a block to the moments of a channel."""

    wave: Wave
    """Its samples, without what is constant in the channel if that is much..."""
    sum: float
    """...and their sum."""
    away: float
    """Its mean, counted from that of all before it."""
    powers: NDArray[np.floating]
    """The mean square of each hundredth of a second."""


def shared_products(one: Moved, other: Moved, before: int) -> float:
    """The share of a block in the sum of products around the means, of `before` samples until then."""
    number = len(one.wave)
    inside = float(np.dot(one.wave, other.wave)) - one.sum * other.sum / number
    return inside + one.away * other.away * before * number / (before + number)


class ChannelGauge:
    """Measures one channel, block by block.

    Its moments are counted around its mean: sums of squares of what is far from zero are mostly rounding.
    """

    def __init__(self) -> None:
        self.levels = bytearray()
        self.clipped: list[tuple[float, float]] = []
        """Stretches in which samples are clipped."""
        self.number = 0
        self.mean = 0.0
        self.varying = 0.0
        """The sum of squares around the mean."""
        self._clipped = 0
        self._zeros = 0
        self._peak = TruePeak()

    def add(self, block: Sounding, channel: int) -> Moved:
        """Take a channel of a block."""
        line, sizes = block.wave[channel], block.sizes[channel]
        number = len(line)
        self._zeros += int(number - np.count_nonzero(sizes.view(np.int32)))
        highest = float(sizes.max())
        self._peak.add(line, sizes, highest, block.rate)
        if highest >= LOUD:
            self._note_clipped(_clipped(line, sizes), block)
        # What is constant is not heard: it must not pass for sound, nor hide a silence.
        total = float(np.einsum("t->", line))
        constant = np.float32((self.mean * self.number + total) / (self.number + number))
        if abs(constant) > 1e-3:
            line = line - constant
            total = float(np.einsum("t->", line))
        else:
            constant = np.float32(0)
        powers = _powers(line, block)
        _put(self.levels, block.first, _levels(powers))
        moved = Moved(line, total, float(constant) + total / number - self.mean, powers)
        inside = float(np.dot(powers, np.diff(block.cuts, append=number))) - total**2 / number
        self._join(number, moved.away, max(0.0, inside))
        return moved

    def _join(self, number: int, away: float, varying: float) -> None:
        """Count so many samples whose mean is so far away from that of all before them."""
        together = self.number + number
        self.varying += varying + away**2 * self.number * number / together
        self.mean += away * number / together
        self.number = together

    def _note_clipped(self, places: Places, block: Sounding) -> None:
        self._clipped += len(places)
        if not len(places):
            return
        apart = np.flatnonzero(np.diff(places) > CLIPS_APART * block.rate)
        starts = places[np.concatenate(([0], apart + 1))]
        ends = places[np.concatenate((apart, [len(places) - 1]))] + 1
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            begun, done = block.start + start / block.rate, block.start + end / block.rate
            if self.clipped and begun - self.clipped[-1][1] <= CLIPS_APART:
                begun = self.clipped.pop()[0]
            self.clipped.append((begun, done))
        if len(self.clipped) > 10 * MOST_STRETCHES:
            self.clipped = list(joined(self.clipped, 5 * MOST_STRETCHES))

    def figures(self, loudness: Loudness, talk: float) -> ChannelFigures:
        """The figures so far."""
        number = max(1, self.number)
        return ChannelFigures(
            loudness=loudness,
            peak=_decibels(self._peak.level),
            rms=_decibels(math.sqrt(self.varying / number + self.mean**2)),
            offset=self.mean,
            clipped=self._clipped / number,
            zero=self._zeros / number,
            talk=talk,
        )


def _inner_bins(cuts: Places, rate: int) -> tuple[int, int] | None:
    """The number of bins between the first and the last, and their frames, if they have equally many.

    Bins that are equally long can be looked at as rows, which takes a fraction of the time.
    """
    step, rest = divmod(rate, PER_SECOND)
    number = len(cuts) - 2
    if rest or number < 1 or cuts[-1] - cuts[1] != number * step:
        return None
    return number, step


def _powers(line: Wave, block: Sounding) -> NDArray[np.floating]:
    """The mean square of each bin."""
    cuts = block.cuts
    bins = _inner_bins(cuts, block.rate)
    if bins is None:
        return np.add.reduceat(line * line, cuts) / np.maximum(1, np.diff(cuts, append=len(line)))
    inner = line[cuts[1] : cuts[-1]].reshape(bins)
    ends = (line[: cuts[1]], line[cuts[-1] :])
    first, last = (float(np.dot(end, end)) / len(end) for end in ends)
    return np.concatenate(((first,), np.einsum("bt,bt->b", inner, inner) / bins[1], (last,)))


def _decibels(level: float) -> float:
    return max(FAINTEST_DB, 20 * math.log10(level)) if level > 0 else FAINTEST_DB


def _clipped(line: Wave, sizes: Wave) -> Places:
    """The samples that are at full scale, or equal to one beside them near it, beside another."""
    full = sizes >= FULL
    flat = (full[1:] & full[:-1]) | ((line[1:] == line[:-1]) & (sizes[1:] >= LOUD))
    clipped = np.zeros(len(line), bool)
    clipped[1:] |= flat
    clipped[:-1] |= flat
    return np.flatnonzero(clipped)


def _levels(powers: NDArray[np.floating]) -> bytes:
    """Mean squares as levels (see `core.health.activity`)."""
    halves = -20 * np.log10(np.maximum(powers, 1e-13))
    return bytes(np.clip(np.round(halves), 0, NOTHING).astype(np.uint8))


def _put(levels: bytearray, first: int, line: bytes) -> None:
    """Put levels where they belong; a hole is silent, and at a seam the louder side is kept."""
    if len(levels) < first:
        levels.extend(bytes([NOTHING]) * (first - len(levels)))
    if len(levels) > first:
        line = bytes((min(levels[first], line[0]),)) + line[1:]
    levels[first : first + len(line)] = line
