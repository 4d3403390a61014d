"""Talk and silence, told from the levels of a recording. Plain bytes: no numpy, no FFmpeg.

Levels are one byte for every hundredth of a second of a channel: half decibels below full scale, of the root
mean square. 255 is nothing at all, or below -127 dBFS.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

PER_SECOND = 100
"""Levels a second."""
NOTHING = 255
"""The level of digital silence."""
FAINTEST = -60.0
"""dBFS (RMS); what stays below is not talk, however quiet everything else is."""
BELOW_ACTIVE = 15.9
"""Decibels that talk may fall below the mean level of all talk: the margin of ITU-T P.56, method B."""
ABOVE_NOISE = 6.0
"""Decibels that talk is above the quietest tenth of a channel: the noise of its line."""
STEADY = 6.0
"""Decibels between the quietest tenth and the loudest twentieth of noise; speech has more than twice that."""
HUM = -45.0
"""dBFS (RMS); a steady sound below is taken for the noise of a line, one above for a tone or music."""
SHORTEST_PAUSE = 0.2
"""Seconds; shorter pauses are part of the talk (ITU-T P.59, 200 ms)."""
SHORTEST_SOUND = 0.03
"""Seconds; what is shorter and stands alone is a click."""

_PAUSE = re.compile(rb"(?<=\x01)\x00{1,%d}(?=\x01)" % (round(SHORTEST_PAUSE * PER_SECOND) - 1))
_CLICK = re.compile(rb"(?<!\x01)\x01{1,%d}(?!\x01)" % (round(SHORTEST_SOUND * PER_SECOND) - 1))
_SILENT = re.compile(rb"\0+")
_MOST_ROUNDS = 30
_POWERS = tuple(float(10 ** (-level / 20)) for level in range(NOTHING + 1))


@dataclass(frozen=True, slots=True)
class Activity:
    """The parts of a recording in which somebody talks, or something sounds; shares from 0 to 1."""

    talk: tuple[float, ...]
    """By channel, the share of the time with talk in it."""
    both: float
    """Share of the time with talk in more than one channel."""
    silence: float
    """Share of the time without talk in any channel."""
    longest: float
    """Seconds of the longest silence."""
    leading: float
    """Seconds of silence at the beginning."""
    trailing: float
    """Seconds of silence at the end."""


NO_ACTIVITY = Activity((), 0.0, 1.0, 0.0, 0.0, 0.0)
"""Activity of a recording that has no length."""


def activity(channels: Sequence[bytes]) -> Activity:
    """The talk and silence of a recording; `channels` are levels, equally long."""
    length = min(map(len, channels), default=0)
    if not length:
        return NO_ACTIVITY
    lines = [_bridged(_active(levels[:length])) for levels in channels]
    talk = tuple(line.count(1) / length for line in lines)
    numbers = [int.from_bytes(line) for line in lines]
    union = numbers[0]
    shared = 0
    for number in numbers[1:]:
        shared |= union & number
        union |= number
    heard = union.to_bytes(length)
    silences = [match.span() for match in _SILENT.finditer(heard)]
    longest = max((end - start for start, end in silences), default=0)
    leading = silences[0][1] if silences and silences[0][0] == 0 else 0
    trailing = length - silences[-1][0] if silences and silences[-1][1] == length else 0
    return Activity(
        talk=talk,
        both=shared.to_bytes(length).count(1) / length,
        silence=heard.count(0) / length,
        longest=longest / PER_SECOND,
        leading=leading / PER_SECOND,
        trailing=trailing / PER_SECOND,
    )


def _active(levels: bytes) -> bytes:
    """A byte for every level: 1 where it is that of talk."""
    met = Counter(levels)
    counts = [met[level] for level in range(NOTHING + 1)]
    least = _threshold(counts, len(levels))
    return levels.translate(bytes(level <= least for level in range(NOTHING + 1)))


def _threshold(counts: Sequence[int], number: int) -> float:
    """The highest byte that is still talk; -1 if nothing is."""
    faintest = -2 * FAINTEST
    bound = faintest
    active = 0.0
    for _ in range(_MOST_ROUNDS):
        loud = [(count, level) for level, count in enumerate(counts) if count and level <= bound]
        if not loud:
            return -1
        total = sum(count for count, _ in loud)
        mean = sum(count * _POWERS[level] for count, level in loud) / total
        active = _level_of(mean)
        nearer = min(faintest, active + 2 * BELOW_ACTIVE)
        if abs(nearer - bound) < 0.5:
            break
        bound = nearer
    quiet, loudest = _quantile(counts, number * 0.9), _quantile(counts, number * 0.05)
    if quiet - loudest < 2 * STEADY and active > -2 * HUM:
        return -1
    if quiet > -2 * HUM and _quantile(counts, number * 0.99) - _quantile(counts, number * 0.75) < 2 * STEADY:
        # The quietest quarter is the noise of the line, however near to it somebody talks.
        return min(bound, quiet - 2 * ABOVE_NOISE)
    # Of a channel that never pauses the quietest tenth is talk, too.
    return min(bound, max(quiet - 2 * ABOVE_NOISE, active + 2 * ABOVE_NOISE))


def _level_of(power: float) -> float:
    """The level of a power, not rounded."""
    return -20 * log10(power)


def _quantile(counts: Sequence[int], wanted: float) -> int:
    """The level that `wanted` of the loudest levels do not go below."""
    met = 0
    for level, count in enumerate(counts):
        met += count
        if met >= wanted:
            return level
    return NOTHING


def _bridged(line: bytes) -> bytes:
    """Talk with its short pauses, and without clicks."""
    whole = _PAUSE.sub(lambda pause: b"\1" * len(pause[0]), line)
    return _CLICK.sub(lambda click: bytes(len(click[0])), whole)
