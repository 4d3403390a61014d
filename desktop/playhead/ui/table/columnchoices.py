"""Values of columns that are known beforehand: states, accounts, verdicts, yes and no."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from playhead.core.finding.choosing import ValueCondition
from playhead.core.health.verdicts import VERDICT_WORDS
from playhead.core.text import fold
from playhead.ui.table.showing import Showing
from playhead.ui.table.valuekinds import ChoiceValues, ColumnValue


def _flags(*choices: tuple[str, str], ordered: bool = False, overlapping: bool = False) -> ChoiceValues:
    """Choices by what is behind `is:`; what begins with a sign must not be so."""
    found = tuple(
        ColumnValue(
            title, ValueCondition("is", tuple(flag.lstrip("-").split(",")), wanted=not flag.startswith("-"))
        )
        for title, flag in choices
    )
    return ChoiceValues(lambda _showing: found, ordered=ordered, overlapping=overlapping)


def _accounts(showing: Showing) -> Sequence[ColumnValue]:
    """The accounts by their labels, or by their ids where two have the same label."""
    labels = Counter(fold(label) for label in showing.labels.values())
    return [
        ColumnValue(label, ValueCondition("account", (_alone(account, label, labels),)))
        for account, label in showing.labels.items()
    ]


def _alone(account: str, label: str, labels: Counter[str]) -> str:
    odd = not label or label != label.strip() or '"' in label or any(letter < " " for letter in label)
    return account if odd or labels[fold(label)] > 1 else label


def _providers(showing: Showing) -> Sequence[ColumnValue]:
    return [
        ColumnValue(provider.title, ValueCondition("provider", (provider.name,)))
        for provider in showing.providers
    ]


STATES: Final = _flags(
    ("Starred", "starred"),
    ("With a note", "noted"),
    ("Not heard yet", "unheard"),
    ("With a transcript", "transcript"),
    ("Exported", "exported"),
    ("Can be played", "playable"),
    ("Cannot be played", "-playable"),
    ("Measured", "measured"),
    ("With others of the same sound", "duplicate"),
    ("With somebody anonymous", "anonymous"),
    ("No longer at the provider", "gone"),
    overlapping=True,
)
CHANNELS: Final = _flags(("stereo", "stereo"), ("mono", "mono"), ("Not said", "-stereo,mono"))
TRANSCRIBED: Final = _flags(("yes", "transcribed"), ("no, or not said", "-transcribed"))
EXPORTED: Final = _flags(("Exported", "exported"), ("Never exported", "-exported"))
HEARD: Final = ChoiceValues(
    lambda _showing: (
        ColumnValue("Not heard", ValueCondition("is", ("unheard",))),
        ColumnValue("below 25 %", ValueCondition("heard", (">0%..<25%",))),
        ColumnValue("25 % – 50 %", ValueCondition("heard", ("25%..<50%",))),
        ColumnValue("50 % – 75 %", ValueCondition("heard", ("50%..<75%",))),
        ColumnValue("75 % – 90 %", ValueCondition("heard", ("75%..<90%",))),
        ColumnValue("90 % or more", ValueCondition("heard", (">=90%",))),
    ),
    ordered=True,
)
HEALTH: Final = ChoiceValues(
    lambda _showing: (
        *(
            ColumnValue(words, ValueCondition("health", (str(each),)))
            for each, words in VERDICT_WORDS.items()
        ),
        ColumnValue("Not measured", ValueCondition("is", ("measured",), wanted=False)),
    )
)
ACCOUNTS: Final = ChoiceValues(_accounts)
PROVIDERS: Final = ChoiceValues(_providers)
