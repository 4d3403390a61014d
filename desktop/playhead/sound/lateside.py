"""Sound of one side that comes a little later on the other one: its echo, or a side that was recorded twice.

Sample by sample such sides are as little alike as those of two people. Most calls are told by their levels
alone; of the others a few moments are looked at more closely.
"""

import numpy as np
from numpy.typing import NDArray

from playhead.core.health.activity import PER_SECOND
from playhead.sound.truepeak import Wave

MOST_LATE = 0.1
"""Seconds by which one side may come later."""
HEARD = 0.25
"""Seconds that are compared at each moment."""
MOST = 32
"""Moments that are kept."""
ALIKE_IN_LEVEL = 0.8
"""Correlation of the levels from which on moments are looked at."""
SAME_MOMENT = 0.001
"""Seconds by which moments may differ in how late they are."""
AGREEING = 0.75
"""Share of the moments that have to agree on how late one side is."""
_FAINT = 150
"""Level, -75 dBFS, below which it makes no difference how quiet it is."""


class LateSide:
    """Moments of both sides, out of all of a recording."""

    def __init__(self) -> None:
        self._moments: list[tuple[Wave, Wave, int]] = []
        self._met = 0
        self._every = 1

    def add(self, one: Wave, other: Wave, place: int, rate: int) -> None:
        """Take a block of both sides, which are both loud at a `place`."""
        heard, late = round(rate * HEARD), round(rate * MOST_LATE)
        whole = heard + 2 * late
        if len(one) < whole:
            return
        self._met += 1
        if self._met % self._every:
            return
        start = min(max(0, place - whole // 2), len(one) - whole)
        part = one[start + late : start + late + heard].copy()
        self._moments.append((part, other[start : start + whole].copy(), rate))
        if len(self._moments) > MOST:
            del self._moments[::2]
            self._every *= 2

    def likeness(self, one: bytes, other: bytes) -> float | None:
        """Correlation of the sides with these levels, one of them being late; None if they are not alike."""
        if not self._moments or not _go_alike(one, other):
            return None
        found = sorted(_nearest(*each) for each in self._moments)
        usual = sorted(late for late, _ in found)[len(found) // 2]
        agreeing = sorted(alike for late, alike in found if abs(late - usual) <= SAME_MOMENT)
        return agreeing[len(agreeing) // 2] if len(agreeing) >= AGREEING * len(found) else None


def _go_alike(one: bytes, other: bytes) -> bool:
    """True if the levels of both go up and down alike, one of them being late."""
    length, most = min(len(one), len(other)), round(MOST_LATE * PER_SECOND)
    first, second = (
        np.minimum(np.frombuffer(line, np.uint8, length), _FAINT).astype(np.float32) for line in (one, other)
    )
    if length <= 2 * most:
        return False
    # Those of the first one lie within those of the other however late that is.
    part = first[most : length - most] - first.mean()
    second -= second.mean()
    both = float(np.linalg.norm(part)) * float(np.linalg.norm(second))
    shared = max(float(np.dot(part, second[at : at + len(part)])) for at in range(2 * most + 1))
    return shared >= ALIKE_IN_LEVEL * both > 0


def _nearest(part: Wave, whole: Wave, rate: int) -> tuple[float, float]:
    """Seconds by which the other side is late where it is most like a part of the one; and how alike."""
    number = len(part)
    size = 1 << (len(whole) - 1).bit_length()
    part = part - part.mean()
    spectrum = np.fft.rfft(whole, size) * np.fft.rfft(part, size).conj()
    products = np.fft.irfft(spectrum, size)[: len(whole) - number + 1]
    squares = _sliding(np.square(whole, dtype=np.float64), number)
    varying = squares - np.square(_sliding(whole.astype(np.float64), number)) / number
    powers = varying * float(np.dot(part, part))
    alike = np.where(powers > 0, products / np.sqrt(np.where(powers > 0, powers, 1.0)), 0.0)
    best = int(np.abs(alike).argmax())
    return (best - (len(whole) - number) // 2) / rate, max(-1.0, min(1.0, float(alike[best])))


def _sliding(line: NDArray[np.float64], number: int) -> NDArray[np.float64]:
    """The sum of each `number` values that follow one another."""
    sums = np.concatenate(([0.0], np.cumsum(line)))
    return sums[number:] - sums[:-number]
