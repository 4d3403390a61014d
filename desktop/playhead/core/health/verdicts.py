"""Verdicts on the health of a recording."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from playhead.core.health.audiofigures import AudioFigures, NoLoudness
from playhead.core.health.healthlimits import USUAL_LIMITS, HealthLimits
from playhead.core.health.undecodable import EMPTY
from playhead.core.recording import CALLS, Recording


class Verdict(StrEnum):
    """One word on a recording, as `health:` has it; the worst comes first."""

    NO_SOUND = "no-sound"
    ONE_SIDED = "one-sided"
    SAME_SIDES = "same-sides"
    CLIPPED = "clipped"
    TOO_QUIET = "too-quiet"
    TOO_LOUD = "too-loud"
    LONGER = "longer"
    """It is much longer than its provider says."""
    BROKEN = "broken"
    CUT_OFF = "cut-off"
    FINE = "fine"

    @property
    def rank(self) -> int:
        """Its place from the worst on, beginning with 0: what a table is sorted by."""
        return VERDICTS.index(self)


VERDICTS: Final = tuple(Verdict)
"""All of them, the worst first."""
VERDICT_WORDS: Final[Mapping[Verdict, str]] = {
    Verdict.NO_SOUND: "No sound",
    Verdict.ONE_SIDED: "Only one side",
    Verdict.SAME_SIDES: "Both sides the same",
    Verdict.CLIPPED: "Clipped",
    Verdict.TOO_QUIET: "Too quiet",
    Verdict.TOO_LOUD: "Too loud",
    Verdict.LONGER: "Much longer than said",
    Verdict.BROKEN: "Broken",
    Verdict.CUT_OFF: "Cut off",
    Verdict.FINE: "Fine",
}
"""What people read of each."""


@dataclass(frozen=True, slots=True)
class SoundHealth:
    """Figures of a recording, and the verdict on it."""

    figures: AudioFigures
    verdict: Verdict


def judge(figures: AudioFigures, recording: Recording, limits: HealthLimits = USUAL_LIMITS) -> Verdict:
    """The worst verdict on a recording; fine if there is no other."""
    return next(verdicts(figures, recording, limits), Verdict.FINE)


def verdicts(
    figures: AudioFigures, recording: Recording, limits: HealthLimits = USUAL_LIMITS
) -> Iterator[Verdict]:
    """Every verdict on a recording that is not fine, the worst first. One without sound has no others."""
    if figures.trouble and figures.trouble not in EMPTY:
        yield Verdict.BROKEN
        return
    if 1 - figures.silence < limits.sound or not figures.channels:
        yield Verdict.NO_SOUND
        return
    yield from _of_sides(figures, recording, limits)
    levels = limits.levels(recording)
    if figures.clipped > limits.clipped:
        yield Verdict.CLIPPED
    if figures.loudness is NoLoudness.QUIET or (figures.lufs is not None and figures.lufs < levels.quiet):
        yield Verdict.TOO_QUIET
    if figures.lufs is not None and figures.lufs > levels.loud:
        yield Verdict.TOO_LOUD
    yield from _of_length(figures, recording, limits)


def _of_sides(figures: AudioFigures, recording: Recording, limits: HealthLimits) -> Iterator[Verdict]:
    if len(figures.channels) < 2 or recording.kind not in CALLS:
        return
    # A side whose wires are crossed is the same sound with the sign turned.
    likeness = abs(figures.likeness or 0.0)
    first, second = figures.channels[:2]
    echo = likeness >= limits.alike and abs(first.rms - second.rms) >= limits.leak_db
    if min(first.talk, second.talk) < limits.side or echo:
        yield Verdict.ONE_SIDED
    elif likeness >= limits.alike:
        yield Verdict.SAME_SIDES


def _of_length(figures: AudioFigures, recording: Recording, limits: HealthLimits) -> Iterator[Verdict]:
    said = recording.duration or 0.0
    if said > 0 and figures.seconds > said + max(limits.longer_seconds, said * limits.longer):
        yield Verdict.LONGER
    if figures.damaged > limits.damage:
        yield Verdict.BROKEN
    expected = max(said, figures.said_seconds or 0.0)
    short = expected - figures.seconds > max(limits.shorter_seconds, expected * limits.shorter)
    if short or (figures.ends_in_sound and limits.forbids_ending_in_sound(recording)):
        yield Verdict.CUT_OFF
