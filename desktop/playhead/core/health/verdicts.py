"""Verdicts on the health of a recording, and the limits that they go by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from playhead.core.health.audiofigures import AudioFigures, NoLoudness
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLimits:
    """Loudness between which a recording is neither too quiet nor too loud, in LUFS."""

    quiet: float
    loud: float


# ITU-T P.56 and G.191 take active speech at -26 dBov for nominal. Networks and handsets differ from that by
# several decibels; from about 12 on people reach for the volume.
TELEPHONY: Final = LevelLimits(quiet=-38.0, loud=-14.0)
"""Limits for calls: 12 LU on either side of the nominal level of speech, -26 dBov (ITU-T G.191, P.56)."""
# Prompts are made, not met: they can keep to what is usual where programmes follow one another.
PROMPTS: Final = LevelLimits(quiet=-31.0, loud=-15.0)
"""Limits for prompts and whispers: 8 LU on either side of -23 LUFS (EBU R 128)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthLimits:
    """Limits beyond which a verdict is given. Shares are from 0 to 1, times in seconds.

    Where no source is named, no standard has a value: these are choices, tried with synthetic calls.
    """

    sound: float = 0.005
    """Share of the time with any sound in it, below which there is none. One second in three minutes."""
    side: float = 0.01
    """Talk share below which a side of a call is missing; in ITU-T P.59 each side has 0.39."""
    leak_db: float = 25.0
    """Level below the other side, in dB, from which on the same sound there is only its echo."""
    alike: float = 0.98
    """Correlation of the sides from which on they are the same."""
    clipped: float = 0.001
    """Share of clipped samples: 8 in a second of a call."""
    calls: LevelLimits = TELEPHONY
    prompts: LevelLimits = PROMPTS
    longer: float = 0.1
    """Share by which the audio may be longer than the provider says..."""
    longer_seconds: float = 5.0
    """...and seconds by which it may be so in any case."""
    shorter: float = 0.05
    """Share by which the audio may be shorter than the provider or the file says..."""
    shorter_seconds: float = 2.0
    """...and seconds by which it may be so in any case: providers round."""
    damage: float = 0.2
    """Seconds that could not be decoded."""
    abrupt: frozenset[str] = field(default=frozenset({"prompt", "whisper"}))
    """Kinds of recordings that must not end while somebody talks; of calls, many are hung up so."""

    def levels(self, recording: Recording) -> LevelLimits:
        """The limits of loudness for a recording of this kind."""
        return self.prompts if recording.kind in {"prompt", "whisper"} else self.calls


USUAL_LIMITS: Final = HealthLimits()


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
    likeness = figures.likeness or 0.0
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
    if short or (figures.ends_in_sound and recording.kind in limits.abrupt):
        yield Verdict.CUT_OFF
