"""Figures of the health of a recording, gathered block by block in the pass that makes its waveform."""

import math
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from playhead.core.health.activity import NOTHING, PER_SECOND, activity
from playhead.core.health.audiofigures import FAINTEST_DB, AudioFigures, ChannelFigures, Loudness
from playhead.core.health.soundcourse import MOST_STRETCHES, SoundCourse, joined
from playhead.core.health.soundprint import SoundPrint
from playhead.sound.kweighting import Wave
from playhead.sound.lateside import LateSide
from playhead.sound.loudnessmeter import HOPS, LoudnessMeter
from playhead.sound.soundprinting import sound_print
from playhead.sound.truepeak import Places, TruePeak

GATHERED = 256_000
"""Samples of a channel, about, that are measured together: of fewer, calls of NumPy take longer than work."""
LOUD = 0.97
"""Level above which there may be clipping: the largest value of mu-law is 0.980, of A-law 0.984."""
FULL = 0.9998
"""Level that counts as full scale: the largest value of 16 bits is 0.99997."""
WINDOWS_PER_SECOND = 2
"""Looks at the spectrum."""
WINDOW = 0.04
"""Seconds, about, of one look."""
LEAST_RATE = 1_000
"""Samples a second of which a spectrum says something."""
BAND = 100.0
"""Hz of the spectrum that are taken together."""
INAUDIBLE = 1e-6
"""Share of the strongest band, -60 dB, below which nothing counts as sound."""
CLIPS_APART = 0.2
"""Seconds without clipping between two stretches that are clipped."""
ALIKE = 0.99
"""Likeness of two sides from which on nobody asks if one of them is late."""
ENDING = 0.05
"""Seconds of silence at the end that codecs may have added."""

_SEAM = 0.05
"""Seconds from which on a block that begins late has a hole before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """Facts that a decoder knows of its file once it is through."""

    codec: str
    container: str
    media_type: str
    """What the host called the file; empty if it said nothing."""
    channels: int
    seconds: float | None
    """The length that the file says."""
    damage: tuple[tuple[float, float], ...]


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


class HealthGauge:
    """Measures the blocks of one recording, in order."""

    def __init__(self) -> None:
        self._meter = LoudnessMeter()
        self._lines: list[_Line] = []
        self._together = 0.0
        self._late = LateSide()
        self._spectrum = np.zeros(0)
        self._rate = 0
        # Kept from block to block: to be given new memory takes as long as to measure.
        self._gathered = np.empty((0, 0), np.float32)
        self._sizes = self._gathered
        self._start = 0.0
        self._frames = 0
        self._end = 0.0
        self.course: SoundCourse | None = None
        """Loudness by time and clipped stretches, as soon as there are figures."""
        self.soundprint: SoundPrint | None = None
        """The print of the sound, as soon as there are figures."""
        self.figures: AudioFigures | None = None
        """All of them, once it has come to its end."""

    def add(self, wave: Wave, rate: int, start: float) -> None:
        """Take the samples from the second `start` on: between -1 and 1, shaped (channels, frames).

        They are gathered, so that figures do not depend on the pieces in which the sound comes.
        """
        apart = abs(self._start + self._frames / max(1, self._rate) - start) > 0.5 / rate
        if apart or rate != self._rate or len(wave) != len(self._gathered):
            self._measure()
        if len(wave) != len(self._gathered) or rate != self._rate:
            # Whole tenths of a second, as loudness is measured by them.
            hop = max(1, round(rate / HOPS))
            self._gathered, self._sizes = np.empty((2, len(wave), max(1, GATHERED // hop) * hop), np.float32)
        if not self._frames:
            self._start, self._rate = start, rate
        done, room = 0, self._gathered.shape[1]
        while done < wave.shape[1]:
            piece = wave[:, done : done + room - self._frames]
            self._gathered[:, self._frames : self._frames + piece.shape[1]] = piece
            self._frames += piece.shape[1]
            done += piece.shape[1]
            if self._frames == room:
                self._measure()

    def _measure(self) -> None:
        """Measure what was gathered."""
        if self._frames:
            wave, sizes = self._gathered[:, : self._frames], self._sizes[:, : self._frames]
            self._take(Sounding.of(wave, sizes, self._rate, self._start))
            self._start += self._frames / self._rate
            self._frames = 0

    def _take(self, block: Sounding) -> None:
        wave = block.wave
        if abs(block.start - self._end) > _SEAM:
            self._meter.skip_to(block.start)
        self._end = block.start + wave.shape[1] / block.rate
        self._meter.add(wave, block.rate)
        while len(self._lines) < len(wave):
            # As in the waveform: until now the first channel was heard on both sides.
            self._lines.append(deepcopy(self._lines[0]) if self._lines else _Line())
            self._together = self._lines[0].varying
        before = self._lines[0].number
        moved = [line.add(block, min(index, len(wave) - 1)) for index, line in enumerate(self._lines)]
        if len(moved) > 1:
            self._together += _shared(moved[0], moved[1], before)
        if len(wave) > 1:
            loudest = block.cuts[int((moved[0].powers * moved[1].powers).argmax())]
            self._late.add(moved[0].wave, moved[1].wave, int(loudest), block.rate)
        self._look(wave, block.rate)

    def conclude(self, facts: FileFacts, seconds: float) -> None:
        """Work out the figures of a recording of so many `seconds`, which was measured to its end."""
        self._measure()
        self.course = SoundCourse(
            self._meter.course(seconds), tuple(joined(line.clipped) for line in self._lines)
        )
        levels = [bytes(line.levels) for line in self._lines]
        self.soundprint = sound_print(levels)
        talk = activity(levels)
        self.figures = AudioFigures(
            channels=tuple(
                line.figures(self._meter.alone(index), talk.talk[index])
                for index, line in enumerate(self._lines)
            ),
            loudness=self._meter.together(),
            both=talk.both,
            silence=talk.silence,
            longest_silence=talk.longest,
            leading_silence=talk.leading,
            trailing_silence=talk.trailing,
            likeness=self._likeness(levels),
            bandwidth=self._bandwidth(),
            seconds=seconds,
            said_seconds=facts.seconds,
            codec=facts.codec,
            container=facts.container,
            media_type=facts.media_type,
            rate=self._rate,
            count=facts.channels,
            damage=facts.damage,
            ends_in_sound=talk.silence < 1 and talk.trailing <= ENDING,
        )

    def _likeness(self, levels: Sequence[bytes]) -> float | None:
        if len(self._lines) < 2:
            return None
        first, second = self._lines
        # What is nothing but rounding is like nothing.
        if min(first.varying, second.varying) <= first.number * 1e-10:
            return None
        alike = max(-1.0, min(1.0, self._together / math.sqrt(first.varying * second.varying)))
        late = self._late.likeness(*levels) if abs(alike) < ALIKE else None
        return late if late is not None and abs(late) > abs(alike) else alike

    def _look(self, wave: Wave, rate: int) -> None:
        bands = math.ceil(rate / 2 / BAND) + 1
        if bands > len(self._spectrum):
            self._spectrum = np.concatenate((self._spectrum, np.zeros(bands - len(self._spectrum))))
        if rate < LEAST_RATE:
            return
        size = 1 << round(math.log2(rate * WINDOW))
        step = rate // WINDOWS_PER_SECOND
        starts = range(0, wave.shape[1] - size + 1, step)
        if not starts:
            return
        looks = np.stack([wave[at % len(wave), start : start + size] for at, start in enumerate(starts)])
        spectra = np.fft.rfft(looks * _window(size), axis=1)
        power = np.einsum("lf,lf->f", spectra, spectra.conj()).real
        places = (np.arange(len(power)) * (rate / size) / BAND).astype(np.intp)
        self._spectrum += np.bincount(places, weights=power, minlength=len(self._spectrum))

    def _bandwidth(self) -> float:
        # The lowest band has the DC.
        spectrum = self._spectrum[1:]
        if not len(spectrum) or not spectrum.max():
            return 0.0
        highest = int(np.flatnonzero(spectrum >= spectrum.max() * INAUDIBLE)[-1])
        return min((highest + 2) * BAND, self._rate / 2)


@dataclass(frozen=True, slots=True)
class _Moved:
    """Contribution of a block to the moments of a channel."""

    wave: Wave
    """Its samples, without what is constant in the channel if that is much..."""
    sum: float
    """...and their sum."""
    away: float
    """Its mean, counted from that of all before it."""
    powers: NDArray[np.floating]
    """The mean square of each hundredth of a second."""


def _shared(one: _Moved, other: _Moved, before: int) -> float:
    """The share of a block in the sum of products around the means, of `before` samples until then."""
    number = len(one.wave)
    inside = float(np.dot(one.wave, other.wave)) - one.sum * other.sum / number
    return inside + one.away * other.away * before * number / (before + number)


class _Line:
    """The figures of one channel in the making.

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

    def add(self, block: Sounding, channel: int) -> _Moved:
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
        moved = _Moved(line, total, float(constant) + total / number - self.mean, powers)
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


@cache
def _window(size: int) -> Wave:
    return np.hanning(size).astype(np.float32)


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
