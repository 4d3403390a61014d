"""Limits that verdicts on the health of a recording go by: preferences, each with its usual value."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from playhead.core.preferencerows import check, choice, number, taken, written
from playhead.core.recording import Recording

_RULES: Final = 3
"""Version of what `verdicts.verdicts` makes of limits: what older rules have judged is judged anew."""
_MADE: Final = frozenset({"prompt", "whisper"})
"""Kinds of recordings that are made, not met: they can keep to narrower limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLimits:
    """Loudness between which a recording is neither too quiet nor too loud, in LUFS."""

    quiet: float
    loud: float


class MidWord(StrEnum):
    """Recordings that must not end while somebody talks."""

    PROMPTS = "prompts"
    """Prompts and whispers alone: of calls, many are hung up so."""
    EVERYTHING = "everything"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthLimits:
    """Limits beyond which a verdict is given. Shares are from 0 to 1, times in seconds.

    Where no source is named, no standard has a value: these are choices, tried with synthetic calls.
    Raises `ValueError` for what cannot be judged by.
    """

    sound: float = number(0.005, 0.0, 0.5)
    """Share of the time with any sound in it, below which there is none. One second in three minutes."""
    side: float = number(0.01, 0.0, 0.5)
    """Talk share below which a side of a call is missing; in ITU-T P.59 each side has 0.39."""
    leak_db: float = number(25.0, 6.0, 80.0)
    """Level below the other side, in dB, from which on the same sound there is only its echo."""
    alike: float = number(0.98, 0.5, 1.0)
    """Correlation of the sides, of either sign, from which on they are the same."""
    clipped: float = number(0.001, 0.0, 0.5)
    """Share of clipped samples: 8 in a second of a call."""
    # ITU-T P.56 and G.191 take active speech at -26 dBov for nominal. Networks and handsets differ from that
    # by several decibels; from about 12 on people reach for the volume.
    calls_quiet: float = number(-38.0, -70.0, 0.0)
    """LUFS of calls: 12 LU below the nominal level of speech, -26 dBov (ITU-T G.191, P.56)."""
    calls_loud: float = number(-14.0, -70.0, 0.0)
    """LUFS of calls: 12 LU above it."""
    # Prompts can keep to what is usual where programmes follow one another.
    prompts_quiet: float = number(-31.0, -70.0, 0.0)
    """LUFS of prompts and whispers: 8 LU below -23 LUFS (EBU R 128)."""
    prompts_loud: float = number(-15.0, -70.0, 0.0)
    """LUFS of prompts and whispers: 8 LU above it."""
    longer: float = number(0.1, 0.0, 10.0)
    """Share by which the audio may be longer than the provider says..."""
    longer_seconds: float = number(5.0, 0.0, 3600.0)
    """...and seconds by which it may be so in any case."""
    damage: float = number(0.2, 0.0, 3600.0)
    """Seconds that could not be decoded."""
    shorter: float = number(0.05, 0.0, 1.0)
    """Share by which the audio may be shorter than the provider or the file says..."""
    shorter_seconds: float = number(2.0, 0.0, 3600.0)
    """...and seconds by which it may be so in any case: providers round."""
    mid_word: MidWord = choice(*MidWord)

    def __post_init__(self) -> None:
        check(self)
        for levels in (self.calls, self.prompts):
            if levels.quiet >= levels.loud:
                raise ValueError(f"too quiet, {levels.quiet}, is not below too loud, {levels.loud}")

    @property
    def calls(self) -> LevelLimits:
        """The limits of loudness for calls, and for all that is no prompt."""
        return LevelLimits(quiet=self.calls_quiet, loud=self.calls_loud)

    @property
    def prompts(self) -> LevelLimits:
        """The limits of loudness for prompts and whispers."""
        return LevelLimits(quiet=self.prompts_quiet, loud=self.prompts_loud)

    def levels(self, recording: Recording) -> LevelLimits:
        """The limits of loudness for a recording of this kind."""
        return self.prompts if recording.kind in _MADE else self.calls

    def forbids_ending_in_sound(self, recording: Recording) -> bool:
        """True for a recording that is cut off if it ends while somebody talks."""
        return self.mid_word is MidWord.EVERYTHING or (
            self.mid_word is MidWord.PROMPTS and recording.kind in _MADE
        )

    def to_text(self) -> str:
        """A form that tells whether verdicts were given by other limits, or other rules."""
        return json.dumps({"rules": _RULES, **written(self)}, sort_keys=True)


USUAL_LIMITS: Final = HealthLimits()


def limits_from(text: str) -> HealthLimits:
    """The limits that `HealthLimits.to_text` told; usual ones in place of what makes no sense."""
    try:
        return limits_in(json.loads(text))
    except ValueError:
        return USUAL_LIMITS


def limits_in(entry: object) -> HealthLimits:
    """Understand an entry of the settings file; what makes no sense is as usual."""
    if not isinstance(entry, Mapping):
        return USUAL_LIMITS
    known = taken(HealthLimits, dict(entry))
    for quiet, loud in (("calls_quiet", "calls_loud"), ("prompts_quiet", "prompts_loud")):
        usual = USUAL_LIMITS.calls if quiet == "calls_quiet" else USUAL_LIMITS.prompts
        if known.get(quiet, usual.quiet) >= known.get(loud, usual.loud):
            known = {name: value for name, value in known.items() if name not in {quiet, loud}}
    return HealthLimits(**known)
