"""Sound print of a recording: what is left of its sound in another codec, at another level, or cut.

Plain bytes: no numpy, no FFmpeg. Made in the pass that measures a recording (`sound.soundprinting`).
"""

import math
import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul

from playhead.core.health import landmarks
from playhead.core.health.landmarks import Landmark

PER_SECOND = 20
"""Values of the envelope a second."""
MOST_SECONDS = 600
"""Seconds of a recording that its print speaks of."""
LEAST_SECONDS = 3.0
"""Seconds that two recordings must have in common before anything is said of them: in less, two sentences
can have one rhythm by chance. Recordings of equal bytes are the same however short they are."""
ALIKE = 0.93
"""Correlation of envelopes from which on two recordings are the same sound. Of the demo's speech in nine
codecs and forms, with noise 12 dB below it and cut by a quarter, none stays below 0.94."""
PART_ALIKE = 0.75
"""The same of every part of two steps, 2 s..."""
EXCEPT = 30
"""...but for one in so many, which a lost packet may have spoilt."""
LEAST_OF_SHORTER = 0.9
"""Share of the shorter recording that the two must have in common: the rest was cut off the other one..."""
LEAST_OF_LONGER = 0.5
"""...and share of the longer one. A greeting that a hundred calls begin with does not make them one sound."""

_STEP = PER_SECOND
_FLAT = 8.0
"""Deviation of the envelope below which a part says nothing: it is 200 where a recording is loudest."""
_SAMPLE = 10 * PER_SECOND
"""Values in the middle of which every second one tells the best of neighbouring lags."""
_TRIED = 3
"""Lags that are tried, those with most landmarks first."""
_SHORT = 60 * PER_SECOND
"""Values of an envelope that are not compressed: that takes longer than to compare it, and gains a tenth."""
_HEAD = struct.Struct("<4sIH")
_MARK = b"PHS2"
_LANDMARK = struct.Struct("<QH2B")


@dataclass(frozen=True, slots=True)
class SoundPrint:
    """The envelope of a recording and its landmarks; without landmarks nothing is claimed of it."""

    envelope: bytes
    """How loud it is, from 0 to 255, at each `1 / PER_SECOND`: about 200 where it is loudest."""
    landmarks: tuple[Landmark, ...]

    def to_bytes(self) -> bytes:
        """A compact form to be kept."""
        marks = b"".join(_LANDMARK.pack(each.number, each.at, *each.weak) for each in self.landmarks)
        head = _HEAD.pack(_MARK, len(self.envelope), len(self.landmarks))
        return head + marks + _packed(self.envelope)

    @classmethod
    def from_bytes(cls, kept: bytes) -> "SoundPrint":
        """Read what `to_bytes` gave. Raises `ValueError` if it is anything else."""
        try:
            mark, length, count = _HEAD.unpack_from(kept)
            end = _HEAD.size + count * _LANDMARK.size
            marks = [
                Landmark(number, at, (first, second))
                for number, at, first, second in _LANDMARK.iter_unpack(kept[_HEAD.size : end])
            ]
            envelope = _unpacked(kept[end:], length)
        except (struct.error, zlib.error) as error:
            raise ValueError("not the sound print of a recording") from error
        if mark != _MARK or len(envelope) != length:
            raise ValueError("not the sound print of a recording")
        return cls(envelope, tuple(marks))


def _packed(envelope: bytes) -> bytes:
    packed = zlib.compress(envelope, 1) if len(envelope) > _SHORT else envelope
    return packed if len(packed) < len(envelope) else envelope


def _unpacked(packed: bytes, length: int) -> bytes:
    return packed if len(packed) == length else zlib.decompress(packed)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Result of comparing two recordings that are the same sound."""

    share: float
    """Correlation of what they have in common, up to 1."""
    lag: float
    """Seconds that have to be added to a moment of the one, to have that of the other."""


def resemblance(one: SoundPrint, other: SoundPrint, lag: float | None = None) -> Resemblance | None:
    """Say how alike two recordings are if they are the same sound, cut or not; None if they are not.

    `lag` is about that of the result, where it is known.
    """
    lags = _lags(one.landmarks, other.landmarks) if lag is None else (round(lag * PER_SECOND),)
    for each in lags:
        found = _compared(one.envelope, other.envelope, each)
        if found is not None:
            return found
    return None


def _lags(one: Sequence[Landmark], other: Sequence[Landmark]) -> list[int]:
    """Lags that landmarks of both speak for, in values of the envelope."""
    step = landmarks.PER_SECOND // PER_SECOND
    votes = Counter(
        round((theirs.at - mine.at) / step) for mine in one for theirs in other if mine.is_near(theirs)
    )
    near = {lag: votes[lag - 1] + 2 * votes[lag] + votes[lag + 1] for lag in votes}
    return sorted(near, key=lambda lag: (-near[lag], abs(lag)))[:_TRIED]


def may_resemble(own: SoundPrint, length: int, lag: float) -> bool:
    """Tell by its length alone if an envelope of so many values may be the same sound at about this lag."""
    one, about = len(own.envelope), round(lag * PER_SECOND)
    return any(_enough(one, length, each) for each in (about - 1, about, about + 1))


def resembles(own: SoundPrint, kept: bytes, lag: float) -> bool:
    """Tell if a print in its compact form is the same sound at about this lag; one of another form is not."""
    mark, length, count = _HEAD.unpack_from(kept)
    other = _unpacked(kept[_HEAD.size + count * _LANDMARK.size :], length) if mark == _MARK else b""
    return _compared(own.envelope, other, round(lag * PER_SECOND)) is not None


def _compared(one: bytes, other: bytes, lag: int) -> Resemblance | None:
    """The resemblance at about this lag."""
    near = [_correlation(_sums(*_middle(*_common(one, other, each)))) for each in (lag - 1, lag, lag + 1)]
    best = max(range(3), key=near.__getitem__)
    lag += best - 1
    if near[best] < PART_ALIKE or not _enough(len(one), len(other), lag):
        return None
    mine, theirs = _common(one, other, lag)
    steps = [_sums(mine[at : at + _STEP], theirs[at : at + _STEP]) for at in range(0, len(mine), _STEP)]
    share = _correlation(_together(steps))
    if share < ALIKE or not _alike_in_parts(steps[: len(mine) // _STEP]):
        return None
    return Resemblance(share, (lag + (_peak(*near) if best == 1 else 0.0)) / PER_SECOND)


def _enough(one: int, other: int, lag: int) -> bool:
    """True if recordings of so many values have enough in common at this lag."""
    common = min(one - max(0, -lag), other - max(0, lag))
    return common >= max(
        LEAST_SECONDS * PER_SECOND, LEAST_OF_SHORTER * min(one, other), LEAST_OF_LONGER * max(one, other)
    )


def _common(one: bytes, other: bytes, lag: int) -> tuple[bytes, bytes]:
    """The parts of both that lie beside each other."""
    mine, theirs = one[max(0, -lag) :], other[max(0, lag) :]
    length = min(len(mine), len(theirs))
    return mine[:length], theirs[:length]


def _middle(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    start = max(0, (len(one) - _SAMPLE) // 2)
    return one[start : start + _SAMPLE : 2], other[start : start + _SAMPLE : 2]


_Sums = tuple[int, int, int, int, int, int]
"""Of two rows of values: number, sum of each, of the squares of each, and of their products."""


def _sums(one: bytes, other: bytes) -> _Sums:
    squares = sum(map(mul, one, one)), sum(map(mul, other, other))
    return len(one), sum(one), sum(other), *squares, sum(map(mul, one, other))


def _together(sums: Sequence[_Sums]) -> _Sums:
    number, first, second, one, other, both = map(sum, zip(*sums, strict=True))
    return number, first, second, one, other, both


def _alike_in_parts(steps: Sequence[_Sums]) -> bool:
    """Compare part by part: what is the same for a minute of ringing may say something else behind it."""
    parts = [_together(part) for part in pairwise(steps)]
    telling = [_correlation(part) for part in parts if _deviation(part) >= _FLAT]
    return bool(telling) and sum(each < PART_ALIKE for each in telling) <= len(steps) // EXCEPT


def _deviation(sums: _Sums) -> float:
    """The greater one of both."""
    number, first, second, one, other, _ = sums
    return math.sqrt(max(0, number * one - first**2, number * other - second**2)) / max(1, number)


def _correlation(sums: _Sums) -> float:
    """Pearson's; 0 if one of them does not vary."""
    number, first, second, one, other, products = sums
    both = (number * one - first**2) * (number * other - second**2)
    return (number * products - first * second) / math.sqrt(both) if both > 0 else 0.0


def _peak(before: float, middle: float, after: float) -> float:
    """Place of the highest point of a parabola through three values, -0.5 to 0.5 from the middle one."""
    bend = before - 2 * middle + after
    return 0.0 if bend >= 0 else 0.5 * (before - after) / bend
