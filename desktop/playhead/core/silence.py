"""Stretches of a recording in which nothing can be heard."""

import re

from playhead.core.marks import Spans
from playhead.core.peaks import Peaks

_LOUDEST = 255
_MARGIN = 0.15


def silences(peaks: Peaks, *, threshold_db: float = -45.0, least: float = 0.6) -> Spans:
    """The stretches of at least `least` seconds in which every channel stays below `threshold_db`.

    `threshold_db` is relative to full scale; peaks are no finer than 1/255 of it, so below -48 dB only what
    is digitally silent counts. A little of each stretch is left at both of its ends, so that nothing that
    begins or dies away softly is touched. Of growing peaks, this is what is known so far.
    """
    loud = _loud(peaks, threshold_db)
    bins = max(1, round(least * peaks.per_second))
    found = (match.span() for match in re.finditer(rb"\0{%d,}" % bins, loud))
    cut = ((first / peaks.per_second + _MARGIN, end / peaks.per_second - _MARGIN) for first, end in found)
    # Not joined as `Spans.of` does: what is heard between two silences may be short.
    return Spans(tuple((start, end) for start, end in cut if end > start))


def _loud(peaks: Peaks, threshold_db: float) -> bytes:
    """A byte for every peak: 0 where all channels are below the threshold."""
    limit = 10 ** (threshold_db / 20) * _LOUDEST
    table = bytes(level >= limit and level > 0 for level in range(_LOUDEST + 1))
    length = min((len(line) for line in peaks.channels), default=0)
    any_of_them = 0
    for line in peaks.channels:
        any_of_them |= int.from_bytes(line[:length].translate(table))
    return any_of_them.to_bytes(length)
