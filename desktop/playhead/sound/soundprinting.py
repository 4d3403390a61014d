"""Making of sound prints, out of the levels that are gathered when a recording is measured."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from playhead.core.health import landmarks
from playhead.core.health.activity import NOTHING
from playhead.core.health.soundprint import MOST_SECONDS, PER_SECOND, SoundPrint

SMOOTH: Final = 15
"""Hundredths of a second over which loudness is evened out: what is quicker, codecs change."""
COMPRESSED: Final = 0.3
"""Exponent of the power: as loudness is heard, so that noise under pauses weighs little."""
AROUND: Final = 75
"""Hundredths of a second before and behind a landmark by which it is chosen."""
APART: Final = 5
"""Hundredths of a second on either side in which a landmark is the loudest moment."""
LOUD: Final = 0.25
"""Share of the loudness of the loudest tenth that a landmark has at least..."""
BUSY: Final = 0.1
"""...and by which loudness varies in each third of what is around it."""
CADENCE: Final = (30, 650)
"""Hundredths of a second after which ringing and engaged tones come again (ITU-T E.180: up to 6 s)."""
LEAST_AGAIN: Final = 30
"""Values of the envelope, 1.5 s, that have to come again to say something."""
ALL_REPEATED: Final = 0.95
"""Correlation of a recording with itself from which on it only repeats itself..."""
REPEATED: Final = 0.85
"""...and of the surroundings of a moment, from which on it is like one before or behind it."""
CONSIDERED: Final = 64
"""Moments of a recording that are considered as landmarks."""
LEAST_LANDMARKS: Final = 3
"""Landmarks without which a recording has nothing of its own."""

_Line = NDArray[np.float64]
_STEP: Final = landmarks.PER_SECOND // PER_SECOND
_POWERS: Final = np.where(np.arange(256) < NOTHING, 10.0 ** (-np.arange(256) / 20), 0.0)
"""The power of each level (see `core.health.activity`)."""


def sound_print(channels: Sequence[bytes]) -> SoundPrint:
    """The print of a recording with these levels; channels count together, as who hears them does."""
    line = _loudness(channels)
    if not len(line) or not line.max():
        return SoundPrint(b"", ())
    full = _level_above(line, 0.99) or float(line.max())
    envelope = np.clip(np.round(line[_STEP // 2 :: _STEP] * (200 / full)), 0, 255).astype(np.uint8).tobytes()
    return SoundPrint(envelope, () if _repeats(line) else landmarks.landmarks(envelope, _moments(line)))


def _loudness(channels: Sequence[bytes]) -> _Line:
    length = min(MOST_SECONDS * landmarks.PER_SECOND, *map(len, channels)) if channels else 0
    power = np.zeros(length)
    for levels in channels:
        power += _POWERS[np.frombuffer(levels, np.uint8, length)]
    if length < SMOOTH:
        return power**COMPRESSED
    window = np.hanning(SMOOTH + 2)[1:-1]
    smooth: _Line = np.convolve(power, window / window.sum(), "same") ** COMPRESSED
    return smooth


def _level_above(line: _Line, share: float) -> float:
    """The quantile, as `np.quantile` has it, which imports all of `numpy.ma` when it is first called."""
    place = share * (len(line) - 1)
    low = int(place)
    ordered = np.partition(line, (low, min(low + 1, len(line) - 1)))
    before, after = float(ordered[low]), float(ordered[min(low + 1, len(line) - 1)])
    between = place - low
    if between < 0.5:
        return before + (after - before) * between
    return after - (after - before) * (1 - between)


def _repeats(line: _Line) -> bool:
    """True of ringing, of tones and of what else only comes again and again."""
    heard = np.flatnonzero(line > LOUD * line.max())
    even = line[heard[0] : heard[-1] + 1 : _STEP]
    even = even - even.mean()
    first, last = CADENCE[0] // _STEP, min(CADENCE[1] // _STEP, len(even) * 2 // 3, len(even) - LEAST_AGAIN)
    if last < first:
        return False
    squares = np.concatenate(([0.0], np.cumsum(np.square(even))))
    lags = np.arange(first, last + 1)
    both = squares[len(even) - lags] * (squares[-1] - squares[lags])
    alike = np.fft.irfft(np.abs(np.fft.rfft(even, 2 * len(even))) ** 2)[lags]
    return bool((alike >= ALL_REPEATED * np.sqrt(both)).any())


def _moments(line: _Line) -> Sequence[int]:
    """The moments that are found again, those first around which the loudness varies most."""
    if len(line) < 2 * AROUND:
        return ()
    loud = _level_above(line, 0.9)
    inner = line[AROUND : len(line) - AROUND + 1]
    high = (inner > LOUD * loud) & (inner >= line[AROUND - 1 : len(line) - AROUND])
    places = AROUND + np.flatnonzero(high)
    near = line[np.minimum(places[:, np.newaxis] + np.arange(-APART, APART + 1), len(line) - 1)]
    places = places[near.max(axis=1) == near[:, APART]]
    if not len(places):
        return ()
    around = line[places[:, np.newaxis] + np.arange(-AROUND, AROUND, _STEP)]
    thirds = around.reshape(len(places), 3, -1).std(axis=2).min(axis=1)
    busy = np.flatnonzero(thirds > BUSY * loud)
    told = busy[np.argsort(-around[busy].std(axis=1), kind="stable")[:CONSIDERED]]
    kept = told[~_come_again(around[told], places[told])]
    found: list[int] = places[kept].tolist()
    return found if len(found) >= LEAST_LANDMARKS else ()


def _come_again(around: _Line, places: NDArray[np.intp]) -> NDArray[np.bool_]:
    """True of moments as they are in ringing, in tones and in what else is like any other of its kind."""
    even = around - around.mean(axis=1, keepdims=True)
    even /= np.sqrt(np.square(even).sum(axis=1, keepdims=True))
    apart = np.abs(places[:, np.newaxis] - places)
    again = (even @ even.T >= REPEATED) & (apart >= CADENCE[0]) & (apart <= CADENCE[1])
    found: NDArray[np.bool_] = again.any(axis=1)
    return found
