"""Faults of a recording at their places in it: where it is clipped, damaged, or breaks off."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from playhead.core.health.audiofigures import Measured
from playhead.core.health.healthlimits import USUAL_LIMITS, HealthLimits
from playhead.core.health.verdicts import Verdict, verdicts
from playhead.core.recording import Recording

_LEAST = 0.02
"""Seconds that a stretch has at least."""


class FaultKind(StrEnum):
    """Kinds of faults that have a place in a recording."""

    CLIPPED = "clipped"
    DAMAGED = "damaged"
    """It could not be decoded."""
    ENDS = "breaks off"
    """The sound ends there, before it should or while somebody talks."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault from second `start` to `end` of a recording."""

    kind: FaultKind
    start: float
    end: float
    channels: tuple[int, ...] = ()
    """The channels that have it, of several; empty where it concerns the whole recording."""


def faults(
    measured: Measured, recording: Recording, limits: HealthLimits = USUAL_LIMITS
) -> tuple[Fault, ...]:
    """The faults of a recording, the earliest first."""
    found = (*_clipped(measured), *_damaged(measured), *_ending(measured, recording, limits))
    return tuple(sorted(found, key=lambda fault: (fault.start, fault.end)))


def _clipped(measured: Measured) -> Iterator[Fault]:
    course = measured.course
    if course is None:
        return
    alone = len(course.clipped) == 1
    for channel, stretches in enumerate(course.clipped):
        for start, end in stretches:
            yield Fault(FaultKind.CLIPPED, start, max(end, start + _LEAST), () if alone else (channel,))


def _damaged(measured: Measured) -> Iterator[Fault]:
    for start, end in measured.figures.damage:
        yield Fault(FaultKind.DAMAGED, start, max(end, start + _LEAST))


def _ending(measured: Measured, recording: Recording, limits: HealthLimits) -> Iterator[Fault]:
    figures = measured.figures
    if figures.ends_in_sound or Verdict.CUT_OFF in verdicts(figures, recording, limits):
        yield Fault(FaultKind.ENDS, figures.seconds, figures.seconds)
