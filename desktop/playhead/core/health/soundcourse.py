"""Course of a recording's sound: its loudness as time goes by, and where it is clipped."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

PER_SECOND = 2
"""Values a second: finer than a picture of an hour can be, and a minute of it fits into 240 bytes."""
LOUDEST = 10.0
"""LUFS of the byte 0; a square wave at full scale has about 3."""
NOTHING = 255
"""The byte of silence, and of what is below -117 LUFS."""
MOST_STRETCHES = 100
"""Stretches of a channel that are kept apart; of more, those that are nearest to one another are joined."""

Stretches = tuple[tuple[float, float], ...]
"""Starts and ends in seconds, in order and apart from one another."""

_HEAD = struct.Struct("<4sHI")
_COUNT = struct.Struct("<H")
_PAIR = struct.Struct("<ff")
_MARK = b"PHC1"


@dataclass(frozen=True, slots=True)
class SoundCourse:
    """Loudness of each channel by half seconds, one byte a value, and the stretches that are clipped.

    A byte is half LU below `LOUDEST`. All channels are equally long; what could not be decoded is silent.
    """

    loudness: tuple[bytes, ...]
    clipped: tuple[Stretches, ...]
    """By channel, in seconds of the recording."""

    def to_bytes(self) -> bytes:
        """A compact form to be kept."""
        length = len(self.loudness[0]) if self.loudness else 0
        counts = (_COUNT.pack(len(pairs)) for pairs in self.clipped)
        pairs = (_PAIR.pack(*pair) for pair in chain(*self.clipped))
        content = b"".join((*self.loudness, *counts, *pairs))
        return _HEAD.pack(_MARK, len(self.loudness), length) + zlib.compress(content)

    @classmethod
    def from_bytes(cls, kept: bytes) -> "SoundCourse":
        """Read what `to_bytes` gave. Raises `ValueError` if it is anything else."""
        try:
            mark, channels, length = _HEAD.unpack_from(kept)
            content = zlib.decompress(kept[_HEAD.size :])
            at = channels * length
            counts = [_COUNT.unpack_from(content, at + _COUNT.size * each)[0] for each in range(channels)]
        except (struct.error, zlib.error) as error:
            raise ValueError("not the course of a recording") from error
        cuts = [at + _COUNT.size * channels]
        for count in counts:
            cuts.append(cuts[-1] + _PAIR.size * count)
        if mark != _MARK or cuts[-1] != len(content):
            raise ValueError("not the course of a recording")
        return cls(
            tuple(content[each * length : (each + 1) * length] for each in range(channels)),
            tuple(tuple(_PAIR.iter_unpack(content[start:end])) for start, end in pairwise(cuts)),
        )


def lufs(level: int) -> float | None:
    """The loudness of a byte; None for silence."""
    return None if level == NOTHING else LOUDEST - level / 2


def joined(stretches: Sequence[tuple[float, float]], most: int = MOST_STRETCHES) -> Stretches:
    """At most so many stretches, which cover all that are given; these are in order and apart."""
    if len(stretches) <= most:
        return tuple(stretches)
    widest = sorted(
        range(1, len(stretches)),
        key=lambda place: stretches[place][0] - stretches[place - 1][1],
        reverse=True,
    )
    cuts = [0, *sorted(widest[: most - 1]), len(stretches)]
    return tuple((stretches[first][0], stretches[end - 1][1]) for first, end in pairwise(cuts))
