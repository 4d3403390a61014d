"""Landmarks of a recording: moments that are found again in the same sound, by a number.

The number tells between which of the blocks around the moment it becomes louder: that is the same at every
level, and nearly so in every codec. 38 bits of it are of the nearest blocks, and have to be the same; the
others, of what is farther away, may differ in some, as something may have been cut off there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

PER_SECOND = 100
"""Unit of the moments of landmarks."""
MOST = 16
"""Landmarks of a recording."""
STRETCH = 1 << 24
"""Numbers of landmarks that lie together: their nearest blocks are the same."""
AROUND = 120
"""Hundredths of a second of the nearest blocks, before and behind a landmark."""

_STEP = 5
"""Hundredths of a second between two values of an envelope."""
_BLOCK = 4
"""Values of a block, 0.2 s."""
_NEAREST = range(6, 18)
_BLOCKS = 24
_REACH = _BLOCKS // 2 * _BLOCK
_APART = (1, 2, 3, 4)
"""Blocks by which those are apart that are compared with one another, near the landmark..."""
_FAR_APART = (1, 2)
"""...and farther away."""
_FAR = tuple(
    (place, place + apart)
    for apart in _FAR_APART
    for place in range(_BLOCKS - apart)
    if place not in _NEAREST or place + apart not in _NEAREST
)
_QUARTERS = 4
_MOST_UNLIKE = 7
"""Bits of what is farther away in which landmarks of one moment may differ: of strangers one in nine does."""
_MOST_UNLIKE_NEAR = 4
"""The same of the nearest blocks, where two recordings are compared without an index."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A moment of a recording."""

    number: int
    """62 bits that tell the course of the loudness around it, the nearest blocks in front."""
    at: int
    """Hundredths of a second from the beginning."""
    weak: tuple[int, int]
    """The places of the two bits of the nearest blocks that change first."""

    def stretches(self) -> tuple[int, ...]:
        """Beginnings of the `STRETCH` numbers among which it is found in the same sound, its own first."""
        own = self.number & -STRETCH
        return own, own ^ 1 << self.weak[0], own ^ 1 << self.weak[1]

    def is_like(self, number: int) -> bool:
        """True if what is farther away is alike around the landmark with this number."""
        return ((self.number ^ number) & (STRETCH - 1)).bit_count() <= _MOST_UNLIKE

    def is_near(self, other: "Landmark") -> bool:
        """True if both may be one moment of the same sound."""
        return ((self.number ^ other.number) // STRETCH).bit_count() <= _MOST_UNLIKE_NEAR


def landmarks(envelope: bytes, moments: Iterable[int]) -> tuple[Landmark, ...]:
    """Landmarks at these moments of an envelope of 20 values a second, the most telling moments first.

    At most `MOST`, taken by turns of each quarter, so that a few in front speak for all of it; those with all
    of their nearest blocks first.
    """
    length = len(envelope) * _STEP
    taken = [0] * _QUARTERS
    turns = []
    for moment in moments:
        missing = max(0, AROUND - moment, moment + AROUND - length)
        quarter = min(moment * _QUARTERS // length, _QUARTERS - 1)
        turns.append((missing, taken[quarter], moment))
        taken[quarter] += not missing
    sums = [*[0] * (_REACH + 1), *accumulate(envelope)]
    sums += sums[-1:] * (_REACH + 1)
    return tuple(_landmark(sums, moment) for _, _, moment in sorted(turns)[:MOST])


def _landmark(sums: Sequence[int], moment: int) -> Landmark:
    """The landmark at a moment, out of the sums of all values before each one, with room on both sides."""
    first, rest = divmod(moment, _STEP)
    last = first + 2 * _REACH + 1
    edges = [
        _STEP * low + rest * (high - low)
        for low, high in zip(sums[first:last:_BLOCK], sums[first + 1 : last + 1 : _BLOCK], strict=True)
    ]
    blocks = [end - begin for begin, end in pairwise(edges)]
    near = blocks[_NEAREST.start : _NEAREST.stop]
    rises = [
        after - before
        for before, after in chain.from_iterable(zip(near, near[apart:], strict=False) for apart in _APART)
    ]
    far = [blocks[after] - blocks[before] for before, after in _FAR]
    number = int("".join(["1" if rise > 0 else "0" for rise in chain(rises, far)]), 2)
    sizes = sorted([(abs(rise), place) for place, rise in enumerate(rises)])
    top = len(rises) + len(far) - 1
    return Landmark(number, moment, (top - sizes[0][1], top - sizes[1][1]))
