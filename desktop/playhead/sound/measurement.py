"""Measurement of decoded audio: its waveform, and in the same pass its health."""

from collections import deque
from collections.abc import Iterator
from contextlib import closing, suppress
from time import monotonic

import numpy as np

# Not from its own module: two threads that begin with different parts of PyAV hand one another half of it.
from av import AudioFrame, AudioResampler
from numpy.typing import NDArray

from playhead.core.errors import PlayheadError
from playhead.core.health.contradictions import essence
from playhead.core.peaks import Peaks
from playhead.sound.decoder import Decoder
from playhead.sound.healthgauge import FileFacts, HealthGauge
from playhead.sound.media_reader import Reader
from playhead.sound.playable import Wave, bounded, playable, wave_of
from playhead.sound.soundfile import told_faults
from playhead.sound.track import TimedFrame

PER_SECOND = 100
# Frames are gathered, so that numpy works on seconds instead of on milliseconds.
GATHERED = 2.0
# Windows of that length over which the mean of the samples is taken: the offset of a cheap recorder.
OFFSET_WINDOWS = 3
# An offset below this is no louder than silence.
LEAST_OFFSET = 1 / 512
MOST_CHANNELS = 2

_AT_ONCE = 1 << 20

_Means = NDArray[np.float64]


def outlines(reader: Reader, every: float = 0.1, gauge: HealthGauge | None = None) -> Iterator[Peaks]:
    """The peaks as far as they are known, about each `every` seconds, and at last the complete ones.

    The first ones are those of the first two seconds. All of it is shown to `gauge`, which has its figures
    before the complete ones come. Waits for bytes, so it belongs on a thread; closing `reader` ends it
    without a complete value. Raises what `Decoder` raises; a download that failed ends with incomplete peaks
    of what there was.
    """
    had_size = reader.total is not None
    decoder = Decoder(reader)
    try:
        gathering = _Outline(gauge)
        shown = monotonic()
        try:
            with told_faults():
                for timed in decoder.frames():
                    gathering.add(timed)
                    if monotonic() - shown >= every and gathering.begun:
                        shown = monotonic()
                        yield gathering.peaks(complete=False)
        except PlayheadError:
            yield gathering.peaks(complete=False)
            raise
        with told_faults():
            peaks = gathering.peaks(complete=not reader.closed)
            if gauge is not None and peaks.complete:
                facts = FileFacts(
                    codec=decoder.codec,
                    container=decoder.container,
                    media_type=next((essence(name) for name in reader.told if "/" in name), ""),
                    channels=gathering.channels,
                    seconds=decoder.duration if had_size else _said_length(reader),
                    damage=decoder.damage.pairs,
                )
                gauge.conclude(facts, peaks.duration)
        yield peaks
    finally:
        decoder.close()


def _said_length(reader: Reader) -> float | None:
    """The length that a file says whose size was not known when it was opened, now that all of it is here."""
    while reader.read(_AT_ONCE):
        pass
    reader.seek(0)
    # It was given up, or broke off, behind the last sound.
    with suppress(PlayheadError), closing(Decoder(reader)) as decoder:
        return decoder.duration
    return None


class _Offset:
    """Mean of the samples of each channel, over the windows before; at the beginning, of the first one.

    It only depends on the samples, not on when they arrived: so the same sound always has the same peaks.
    """

    def __init__(self) -> None:
        self._before: deque[_Means] = deque(maxlen=OFFSET_WINDOWS)
        self._offset: _Means | None = None
        self._sum: _Means = np.zeros(0)
        self._samples = 0
        self.known = False
        """True once a window is complete."""

    def off(self, wave: Wave) -> Wave:
        """`wave` without the offset."""
        if len(self._sum) != len(wave):
            self._before.clear()
            self._offset, self._sum, self._samples = None, np.zeros(len(wave)), 0
        self._sum += wave.sum(axis=1)
        self._samples += wave.shape[1]
        offset = self._offset if self._before else self._loud(self._sum / self._samples)
        if offset is not None:
            wave = wave - offset.astype(np.float32)[:, np.newaxis]
        return wave

    def turn(self) -> None:
        """End a window."""
        if self._samples:
            self.known = True
            self._before.append(self._sum / self._samples)
            self._offset = self._loud(np.mean(list(self._before), axis=0))
            self._sum, self._samples = np.zeros_like(self._sum), 0

    @staticmethod
    def _loud(offset: _Means) -> _Means | None:
        return offset if max(map(abs, offset.tolist())) >= LEAST_OFFSET else None


class _Outline:
    """Peaks in the making: the loudest samples, counted from the offset of their channel."""

    def __init__(self, gauge: HealthGauge | None) -> None:
        self._gauge = gauge
        self._offset = _Offset()
        self._mixing = _Mixing()
        self._window = 0
        self._peaks: list[bytearray] = []
        self._waves: list[Wave] = []
        self._start = 0.0
        self._end = 0.0
        self._rate = 0
        self.channels = 0
        """Those of the file, as far as it was decoded: the most that it had at once."""

    def add(self, timed: TimedFrame) -> None:
        wave = self._mixing.wave(timed.frame)
        self.channels = max(self.channels, timed.frame.layout.nb_channels)
        rate = timed.frame.sample_rate
        apart = abs(timed.start - self._end) > 0.5 / rate
        other = rate != self._rate or (self._waves and len(wave) != len(self._waves[0]))
        window = int(timed.start / GATHERED)
        if apart or other or window != self._window:
            self._measure()
        if window != self._window:
            self._offset.turn()
            self._window = window
        if not self._waves:
            self._start, self._rate = timed.start, rate
        self._waves.append(wave)
        self._end = timed.end

    @property
    def begun(self) -> bool:
        """True once the offset is known, without which the first peaks would be others with each arrival."""
        return self._offset.known

    def peaks(self, *, complete: bool) -> Peaks:
        """The peaks of everything so far."""
        self._measure()
        return Peaks(PER_SECOND, tuple(bytes(line) for line in self._peaks), self._end, complete)

    def _measure(self) -> None:
        if not self._waves:
            return
        wave = bounded(np.concatenate(self._waves, axis=1))
        self._waves.clear()
        if self._gauge is not None:
            self._gauge.add(wave, self._rate, self._start)
        wave = self._offset.off(wave)
        first = int(self._start * PER_SECOND + 1e-6)
        last = int((self._start + (wave.shape[1] - 1) / self._rate) * PER_SECOND + 1e-6)
        moments = np.arange(first + 1, last + 1) / PER_SECOND
        cuts = np.concatenate(([0], np.ceil((moments - self._start) * self._rate - 1e-6).astype(np.intp)))
        levels = np.maximum.reduceat(np.abs(wave), np.minimum(cuts, wave.shape[1] - 1), axis=1)
        lines = np.minimum(np.ceil(levels * 255), 255).astype(np.uint8)
        while len(self._peaks) < len(lines):
            # A second channel that begins late repeats the first one, which was heard on both sides.
            self._peaks.append(bytearray(self._peaks[0]) if self._peaks else bytearray())
        for index, peaks in enumerate(self._peaks):
            _merge(peaks, first, lines[min(index, len(lines) - 1)].tobytes())


def _merge(peaks: bytearray, first: int, line: bytes) -> None:
    """Put a line of peaks where it belongs; the bin at the seam keeps the louder side."""
    if len(peaks) < first:
        peaks.extend(bytes(first - len(peaks)))
    if len(peaks) > first:
        line = bytes((max(peaks[first], line[0]),)) + line[1:]
    peaks[first : first + len(line)] = line


class _Mixing:
    """Frames of any number of channels as one or two, as they are heard: more are mixed by FFmpeg."""

    def __init__(self) -> None:
        self._mixer: AudioResampler | None = None
        self._kind: tuple[str, str, int] | None = None

    def wave(self, frame: AudioFrame) -> Wave:
        """The samples between -1 and 1, shaped (channels, frames)."""
        if frame.layout.nb_channels > MOST_CHANNELS:
            frame = playable(frame)
        if frame.layout.nb_channels <= MOST_CHANNELS:
            return wave_of(frame)
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._mixer is None or kind != self._kind:
            self._mixer, self._kind = AudioResampler("fltp", "stereo", frame.sample_rate), kind
        frame.pts = None
        return np.concatenate([wave_of(each) for each in self._mixer.resample(frame)], axis=1)
