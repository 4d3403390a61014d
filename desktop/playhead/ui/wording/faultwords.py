"""Words for the verdicts on a recording, with the figures and limits behind them, and for its faults."""

from collections.abc import Callable, Mapping, Sequence

from playhead.core.figures import clock
from playhead.core.health.audiofigures import AudioFigures, NoLoudness
from playhead.core.health.faults import Fault, FaultKind
from playhead.core.health.healthlimits import HealthLimits
from playhead.core.health.verdicts import VERDICT_WORDS, SoundHealth, Verdict, verdicts
from playhead.core.recording import Recording
from playhead.ui.wording import healthwords, words

SIDES = ("left", "right")
_MOST_SAID = 5
"""Faults that are told one by one."""


def reasons(figures: AudioFigures, recording: Recording, limits: HealthLimits) -> tuple[tuple[str, str], ...]:
    """The verdicts on a recording, the worst first, each with the figure that is beyond its limit."""
    found = tuple(verdicts(figures, recording, limits))
    if not figures.channels:
        return tuple(
            (VERDICT_WORDS[each], healthwords.reason(SoundHealth(figures, each), recording)) for each in found
        )
    if not found:
        return ((VERDICT_WORDS[Verdict.FINE], "No figure is beyond its limit."),)
    return tuple((VERDICT_WORDS[each], _REASONS[each](figures, recording, limits)) for each in found)


def fault(found: Fault) -> str:
    """A fault with its place: `clipped on the left, 1:02 to 1:05`."""
    where = " and ".join(SIDES[channel] for channel in found.channels)
    what = _FAULTS[found.kind] + (f" on the {where}" if where else "")
    start, end = clock(found.start), clock(found.end)
    return f"{what} at {start}" if start == end else f"{what}, {start} to {end}"


def faults(found: Sequence[Fault]) -> str:
    """All faults for a screen reader: `2 faults: …`; empty if there are none."""
    if not found:
        return ""
    told = "; ".join(map(fault, found[:_MOST_SAID]))
    more = f"; and {len(found) - _MOST_SAID} more" if len(found) > _MOST_SAID else ""
    return f"{words.count(len(found), 'fault')}: {told}{more}"


_FAULTS: Mapping[FaultKind, str] = {
    FaultKind.CLIPPED: "clipped",
    FaultKind.DAMAGED: "could not be decoded",
    FaultKind.ENDS: "breaks off",
}


def _no_sound(figures: AudioFigures, _recording: Recording, limits: HealthLimits) -> str:
    least = healthwords.share(limits.sound)
    return (
        f"There is sound in {healthwords.share(1 - figures.silence)} of the time, which is less than {least}."
    )


def _one_sided(figures: AudioFigures, _recording: Recording, limits: HealthLimits) -> str:
    first, second = figures.channels[:2]
    if min(first.talk, second.talk) >= limits.side:
        softer = SIDES[first.rms > second.rms]
        return (
            f"The {softer} side is the other one {abs(first.rms - second.rms):.0f} dB softer: an echo, from"
            f" {limits.leak_db:.0f} dB on."
        )
    least = healthwords.share(limits.side)
    left, right = healthwords.share(first.talk), healthwords.share(second.talk)
    return (
        f"Somebody talks in {left} of the time on the left and in {right} on the right; below {least} a side"
        " is missing."
    )


def _alike(figures: AudioFigures, _recording: Recording, limits: HealthLimits) -> str:
    likeness = f"{abs(figures.likeness or 0):.3f}"
    return f"The likeness of the two channels is {likeness}; from {limits.alike:g} on they are one sound."


def _clipped(figures: AudioFigures, _recording: Recording, limits: HealthLimits) -> str:
    most = healthwords.share(limits.clipped)
    return f"{healthwords.share(figures.clipped)} of the samples are clipped, which is more than {most}."


def _quiet(figures: AudioFigures, recording: Recording, limits: HealthLimits) -> str:
    least = f"{limits.levels(recording).quiet:g} LUFS"
    if isinstance(figures.loudness, NoLoudness):
        return f"No part of it is louder than -70 LUFS; it should have {least}."
    return f"Its loudness is {healthwords.loudness(figures.loudness)}, which is less than {least}."


def _loud(figures: AudioFigures, recording: Recording, limits: HealthLimits) -> str:
    most = f"{limits.levels(recording).loud:g} LUFS"
    return f"Its loudness is {healthwords.loudness(figures.loudness)}, which is more than {most}."


def _longer(figures: AudioFigures, recording: Recording, limits: HealthLimits) -> str:
    said = recording.duration or 0.0
    allowed = max(limits.longer_seconds, said * limits.longer)
    return (
        f"{words.length(figures.seconds)} of sound, though {words.length(said)} are said; up to"
        f" {words.length(allowed)} more is let pass."
    )


def _broken(figures: AudioFigures, _recording: Recording, limits: HealthLimits) -> str:
    pieces = words.count(len(figures.damage), "stretch", "stretches")
    return f"{figures.damaged:.1f} s in {pieces} could not be decoded; up to {limits.damage:g} s is let pass."


def _cut_off(figures: AudioFigures, recording: Recording, limits: HealthLimits) -> str:
    said = max(recording.duration or 0.0, figures.said_seconds or 0.0)
    allowed = max(limits.shorter_seconds, said * limits.shorter)
    if said - figures.seconds <= allowed:
        return "It ends while somebody talks."
    return (
        f"{words.length(figures.seconds)} of sound, though {words.length(said)} are said; up to"
        f" {words.length(allowed)} less is let pass."
    )


_REASONS: Mapping[Verdict, Callable[[AudioFigures, Recording, HealthLimits], str]] = {
    Verdict.NO_SOUND: _no_sound,
    Verdict.ONE_SIDED: _one_sided,
    Verdict.SAME_SIDES: _alike,
    Verdict.CLIPPED: _clipped,
    Verdict.TOO_QUIET: _quiet,
    Verdict.TOO_LOUD: _loud,
    Verdict.LONGER: _longer,
    Verdict.BROKEN: _broken,
    Verdict.CUT_OFF: _cut_off,
}
