"""Integrated loudness by ITU-R BS.1770-4 and EBU R 128, of each channel and of all together."""

import math
from array import array
from fractions import Fraction

import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph
from numpy.typing import NDArray

from playhead.core.health.audiofigures import Loudness, NoLoudness
from playhead.core.health.soundcourse import LOUDEST, NOTHING, PER_SECOND

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
_LAYOUTS = ("mono", "stereo")

Wave = NDArray[np.float32]
_Powers = NDArray[np.float64]


class LoudnessMeter:
    """Gathers the power that the ear hears of one or two channels, a tenth of a second at a time.

    What was before is kept when the rate changes, and so is the number of channels it began with.
    """

    def __init__(self) -> None:
        self._powers: list[array[float]] = []
        self._skips: list[tuple[int, float]] = []
        """Hops before which there is a hole, and the second at which they begin."""
        self._filter: _Filter | None = None

    def add(self, wave: Wave, rate: int) -> None:
        """Take the samples that come next, between -1 and 1, shaped (channels, frames)."""
        if rate < LEAST_RATE:
            return
        if self._filter is None or self._filter.kind != (rate, len(wave)):
            self._filter = _Filter(rate, len(wave))
        powers = self._filter.powers(wave)
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


class _Filter:
    """The K-weighting of BS.1770 as two biquads of FFmpeg, and the mean squares behind them."""

    def __init__(self, rate: int, channels: int) -> None:
        self.kind = (rate, channels)
        self._hop = round(rate / HOPS)
        self._layout = _LAYOUTS[channels - 1]
        self._rest = np.zeros((channels, 0), np.float32)
        self._murmur = np.zeros(0, np.float32)
        self._graph = Graph()
        # Handing samples to other threads takes longer than filtering them.
        self._graph.threads = 1
        self._graph.link_nodes(
            self._graph.add_abuffer(
                sample_rate=rate, format="fltp", layout=self._layout, time_base=Fraction(1, rate)
            ),
            self._graph.add("biquad", _shelf(rate)),
            self._graph.add("biquad", _high_pass(rate)),
            self._graph.add("abuffersink"),
        ).configure()

    def powers(self, wave: Wave) -> _Powers:
        """The mean squares of the whole hops that are there by now, shaped (channels, hops)."""
        wave = np.concatenate((self._rest, wave), axis=1)
        whole = wave.shape[1] // self._hop
        self._rest = wave[:, whole * self._hop :].copy()
        if not whole:
            return np.zeros((len(wave), 0))
        hops = self._heard(wave[:, : whole * self._hop]).reshape(len(wave), whole, self._hop)
        powers: _Powers = np.einsum("cht,cht->ch", hops, hops).astype(np.float64) / self._hop
        return powers

    def _heard(self, wave: Wave) -> Wave:
        """The samples behind the filter, as many as are given."""
        frame = AudioFrame.from_ndarray(wave + self._quietly(wave.shape[1]), "fltp", self._layout)
        frame.sample_rate = self.kind[0]
        self._graph.push(frame)
        out = self._graph.pull()
        assert isinstance(out, AudioFrame)
        return out.to_ndarray().astype(np.float32, copy=False)

    def _quietly(self, number: int) -> Wave:
        """A tone of -160 dBFS at the highest frequency.

        In digital silence a filter counts on with numbers so small that each takes a hundred times as long.
        """
        if number > len(self._murmur):
            self._murmur = np.tile(np.array([1e-8, -1e-8], np.float32), number // 2 + 1)
        return self._murmur[:number]


def _shelf(rate: int) -> str:
    """The head: a shelf of 4 dB above 1.7 kHz, its constants as in libebur128, for any rate."""
    k = math.tan(math.pi * 1681.974450955533 / rate)
    q = 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    return _biquad(
        (high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k),
        (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k),
    )


def _high_pass(rate: int) -> str:
    """The revised low-frequency B curve: a high pass at 38 Hz."""
    k = math.tan(math.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    scale = 1 + k / q + k * k
    # In the standard the numerator is not scaled with the denominator.
    return _biquad((scale, -2 * scale, scale), (scale, 2 * (k * k - 1), 1 - k / q + k * k))


def _biquad(numerator: tuple[float, float, float], denominator: tuple[float, float, float]) -> str:
    names = ("b0", "b1", "b2", "a0", "a1", "a2")
    values = (each / denominator[0] for each in (*numerator, *denominator))
    return ":".join(f"{name}={value!r}" for name, value in zip(names, values, strict=True))


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
