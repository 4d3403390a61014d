"""Words for the limits of health: the name of each, its unit, and the source of its usual value."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from playhead.core.figures import number
from playhead.core.finding.syntax import as_meant
from playhead.core.health.healthlimits import HealthLimits, MidWord
from playhead.core.preferencerows import bounds


@dataclass(frozen=True, slots=True)
class LimitFigure:
    """One number: the words before and behind it, and how much larger it is shown than it is kept."""

    name: str
    """That of the field of `HealthLimits`."""
    before: str
    unit: str
    scale: float = 1.0

    def shown(self, limits: HealthLimits) -> str:
        """The number as it is written in its line."""
        return f"{self.scale * getattr(limits, self.name):.6g}"

    def read(self, typed: str) -> float:
        """The number that was typed. Raises `ValueError` with a sentence."""
        low, high = (f"{self.scale * each:.6g}" for each in bounds(HealthLimits, self.name))
        try:
            typed_number = float(as_meant(typed).text.strip().replace(",", "."))
        except ValueError:
            typed_number = float("nan")
        if not float(low) <= typed_number <= float(high):
            raise ValueError(f"A number from {low} to {high} is needed here.")
        return round(typed_number / self.scale, 9)


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One verdict, its numbers, and where their usual values come from."""

    name: str
    """With `&` before the letter of its key."""
    figures: Sequence[LimitFigure]
    source: str


_OWN: Final = "No standard has a value for this; it was tried with synthetic calls."
LIMIT_LINES: Final = (
    LimitLine(
        "&No sound",
        (LimitFigure("sound", "under", "% of the time", 100),),
        f"Usually 0.5 %: less than a second in three minutes. {_OWN}",
    ),
    LimitLine(
        "&Only one side",
        (LimitFigure("side", "under", "% talk,", 100), LimitFigure("leak_db", "or an echo", "dB below")),
        "Usually 1 %: in the model of a conversation of ITU-T P.59 each side talks 39 % of the time. An echo "
        "is the same sound, so much softer.",
    ),
    LimitLine(
        "Both sides the &same",
        (LimitFigure("alike", "from", "% alike", 100),),
        f"Usually 98 %, as a correlation of the samples. {_OWN}",
    ),
    LimitLine(
        "C&lipped",
        (LimitFigure("clipped", "over", "% of the samples", 100),),
        f"Usually 0.1 %: eight samples in a second of a call. {_OWN}",
    ),
    LimitLine(
        "Loudness of c&alls",
        (LimitFigure("calls_quiet", "from", "to"), LimitFigure("calls_loud", "", "LUFS")),
        "Usually -38 to -14 LUFS: 12 LU on either side of -26 dBov, the nominal level of speech in ITU-T "
        "G.191 and P.56. It goes for all but prompts and whispers.",
    ),
    LimitLine(
        "Loudness of &prompts",
        (LimitFigure("prompts_quiet", "from", "to"), LimitFigure("prompts_loud", "", "LUFS")),
        "Usually -31 to -15 LUFS: 8 LU on either side of -23 LUFS, the target of EBU R 128. It goes for "
        "prompts and whispers.",
    ),
    LimitLine(
        "&Much longer than said",
        (LimitFigure("longer", "over", "%", 100), LimitFigure("longer_seconds", "and", "s")),
        f"Usually 10 %, and 5 s in any case: providers round, and may count from another moment. {_OWN}",
    ),
    LimitLine(
        "&Broken",
        (LimitFigure("damage", "over", "s not decoded"),),
        f"Usually 0.2 s: the least that is surely heard. {_OWN}",
    ),
    LimitLine(
        "Cut o&ff",
        (LimitFigure("shorter", "over", "%", 100), LimitFigure("shorter_seconds", "and", "s missing")),
        f"Usually 5 %, and 2 s in any case, of what the provider or the file says. {_OWN}",
    ),
)
MID_WORD: Final = "Cut off in mid-&word"
MID_WORD_SOURCE: Final = (
    "Usually prompts and whispers: they are made, and end in silence. Of calls, many are hung up in mid-word."
)
MID_WORDS: Final = (
    ("Prompts and whispers", MidWord.PROMPTS),
    ("Everything", MidWord.EVERYTHING),
    ("Nothing", MidWord.NOTHING),
)
LIMITS_HINT: Final = (
    "Recordings that were measured are judged anew at once, by the figures that are kept: nothing is fetched."
)


def disorder(name: str, value: float, limits: HealthLimits) -> str:
    """A sentence if a loudness to be changed would be both too quiet and too loud; else empty."""
    kind, _, side = name.partition("_")
    if side == "quiet" and value >= (loud := getattr(limits, f"{kind}_loud")):
        return f"Too quiet has to be below too loud, which is {loud:.6g} LUFS."
    if side == "loud" and value <= (quiet := getattr(limits, f"{kind}_quiet")):
        return f"Too loud has to be above too quiet, which is {quiet:.6g} LUFS."
    return ""


def judged_anew(changed: int) -> str:
    """A sentence on how many verdicts are others."""
    match changed:
        case 0:
            return "All measured recordings are judged by this; no verdict is another."
        case 1:
            return "All measured recordings are judged by this; one verdict is another."
        case _:
            return f"All measured recordings are judged by this; {number(changed)} verdicts are others."
