"""Timelines made by hand."""

from array import array
from collections.abc import Iterable
from datetime import datetime

from playhead.core.timeline.timekeys import STEP
from playhead.core.timeline.timeline import Timeline


def timeline(
    *moments: tuple[datetime, int] | datetime, names: Iterable[str] = ("call", "prompt", "")
) -> Timeline:
    """The timeline of these moments, each with the place of its part if that is not the first."""
    given = [each if isinstance(each, tuple) else (each, 0) for each in moments]
    rows = sorted((-int(moment.timestamp()) * 10**6 * STEP + part, part) for moment, part in given)
    return Timeline(
        keys=array("q", [key for key, _ in rows]), parts=bytes(part for _, part in rows), names=tuple(names)
    )
