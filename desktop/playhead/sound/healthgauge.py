"""Figures of the health of a recording, gathered block by block in the pass that makes its waveform."""

import math
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache

import numpy as np

from playhead.core.health.activity import activity
from playhead.core.health.audiofigures import AudioFigures
from playhead.core.health.soundcourse import SoundCourse, joined
from playhead.core.health.soundprint import SoundPrint
from playhead.sound.channelgauge import ChannelGauge, Sounding, shared_products
from playhead.sound.kweighting import Wave
from playhead.sound.lateside import LateSide
from playhead.sound.loudnessmeter import HOPS, LoudnessMeter
from playhead.sound.soundprinting import sound_print

GATHERED = 256_000
"""Samples of a channel, about, that are measured together: of fewer, calls of NumPy take longer than work."""
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


class HealthGauge:
    """Measures the blocks of one recording, in order."""

    def __init__(self) -> None:
        self._meter = LoudnessMeter()
        self._lines: list[ChannelGauge] = []
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
            self._lines.append(deepcopy(self._lines[0]) if self._lines else ChannelGauge())
            self._together = self._lines[0].varying
        before = self._lines[0].number
        moved = [line.add(block, min(index, len(wave) - 1)) for index, line in enumerate(self._lines)]
        if len(moved) > 1:
            self._together += shared_products(moved[0], moved[1], before)
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


@cache
def _window(size: int) -> Wave:
    return np.hanning(size).astype(np.float32)
