"""Peaks of a recording, for drawing, and the silence they show. Plain bytes: no numpy, no FFmpeg."""

import re
import struct
import zlib
from dataclasses import dataclass

from playhead.core.marks import Spans

_HEAD = struct.Struct("<4sHHd?I")
_MARK = b"PHP1"


@dataclass(frozen=True, slots=True)
class Peaks:
    """The loudest sample of every `1 / per_second` of a recording, per channel, from 0 (silence) to 255.

    All channels are equally long. `duration` counts what was decoded, in seconds; `complete` says that
    nothing more will come.
    """

    per_second: int
    channels: tuple[bytes, ...]
    duration: float
    complete: bool

    def to_bytes(self) -> bytes:
        """A compact form to be kept."""
        length = len(self.channels[0]) if self.channels else 0
        head = _HEAD.pack(_MARK, self.per_second, len(self.channels), self.duration, self.complete, length)
        return head + zlib.compress(b"".join(self.channels))

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Peaks":
        """Read what `to_bytes` gave. Raises `ValueError` if it is anything else."""
        try:
            mark, per_second, count, duration, complete, length = _HEAD.unpack_from(kept)
            outline = zlib.decompress(kept[_HEAD.size :])
        except (struct.error, zlib.error) as error:
            raise ValueError("not the peaks of a recording") from error
        if mark != _MARK or len(outline) != count * length:
            raise ValueError("not the peaks of a recording")
        channels = tuple(outline[index * length : (index + 1) * length] for index in range(count))
        return cls(per_second, channels, duration, complete)


_LOUDEST = 255
_MARGIN = 0.15
_HIGHEST_FLOOR = 5
"""Level (-34 dB) above which the quietest part of a recording is no noise of its form any more."""
_ABOVE_FLOOR = 1.5
"""Factor by which noise wavers: at 8 bits a sample, it is one step of two peaks, or both."""


def silences(peaks: Peaks, *, threshold_db: float = -45.0, least: float = 0.6) -> Spans:
    """The stretches of at least `least` seconds in which every channel stays below `threshold_db`.

    `threshold_db` is relative to full scale; peaks are no finer than 1/255 of it, so below -48 dB only what
    is digitally silent counts. Where the quietest tenth of a channel is noisy, as with 8 bits a sample,
    what is hardly above that noise is silent, too. A little of each stretch is left at both of its ends, so
    that nothing that begins or dies away softly is touched. Of growing peaks, this is what is known so far.
    """
    loud = _loud(peaks, threshold_db)
    bins = max(1, round(least * peaks.per_second))
    found = (match.span() for match in re.finditer(rb"\0{%d,}" % bins, loud))
    cut = ((first / peaks.per_second + _MARGIN, end / peaks.per_second - _MARGIN) for first, end in found)
    # Not joined as `Spans.of` does: what is heard between two silences may be short.
    return Spans(tuple((start, end) for start, end in cut if end > start))


def _loud(peaks: Peaks, threshold_db: float) -> bytes:
    """A byte for every peak: 0 where all channels are below the threshold."""
    quiet = 10 ** (threshold_db / 20) * _LOUDEST
    length = min((len(line) for line in peaks.channels), default=0)
    any_of_them = 0
    for line in peaks.channels:
        limit = max(quiet, _floor(line))
        table = bytes(level >= limit and level > 0 for level in range(_LOUDEST + 1))
        any_of_them |= int.from_bytes(line[:length].translate(table))
    return any_of_them.to_bytes(length)


def _floor(line: bytes) -> float:
    """Level above the noise that a channel's quietest tenth shows; 0 if it shows none."""
    found = 0
    for level in range(_HIGHEST_FLOOR + 1):
        found += line.count(level)
        if found * 10 >= len(line):
            return level * _ABOVE_FLOOR + 0.5 if level > 1 else 0.0
    return 0.0
