"""Ranges into which the values of columns with amounts are put, in steps that people think in."""

from typing import Final

from playhead.core.finding.choosing import ValueCondition
from playhead.core.finding.query import Measure
from playhead.ui.table.valuekinds import AmountValues
from playhead.ui.wording import words

_UNMEASURED: Final = ValueCondition("is", ("measured",), wanted=False)
_SECONDS: Final = (5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0, 7200.0)
_SHARES: Final = tuple(each / 100 for each in (5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95))


def _time(seconds: float) -> str:
    hours, rest = divmod(int(seconds), 3600)
    minutes, left = divmod(rest, 60)
    parts = ((hours, "h"), (minutes, "m"), (left, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number)


def _shown_time(seconds: float) -> str:
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min" if whole < 3600 else f"{whole // 3600} h"


def _bytes(size: float) -> str:
    return words.size(size).replace(" ", "").replace("bytes", "B")


def _percent(share: float) -> str:
    return f"{100 * share:.6g}%"


def _shown_percent(share: float) -> str:
    return f"{100 * share:.6g} %"


def _level(decibels: float) -> str:
    return f"{decibels:.0f}"


def _lufs(decibels: float) -> str:
    return f"{decibels:.0f} LUFS".replace("-", "−")


def _dbtp(decibels: float) -> str:
    return f"{decibels:.0f} dBTP".replace("-", "−")


def _shares(word: str, measure: Measure, before: str = "") -> AmountValues:
    return AmountValues(
        word, measure, _SHARES, _percent, _shown_percent, nothing="Not measured", before=before
    )


DURATION: Final = AmountValues("duration", Measure.DURATION, _SECONDS, _time, _shown_time)
DECODED: Final = AmountValues(
    "measured", Measure.DECODED, _SECONDS, _time, _shown_time, nothing="Not measured"
)
SIZE: Final = AmountValues(
    "size",
    Measure.SIZE,
    (1e4, 3e4, 1e5, 3e5, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 1e9),
    _bytes,
    words.size,
)
LOUDNESS: Final = AmountValues(
    "loudness", Measure.LOUDNESS, tuple(float(each) for each in range(-50, -8, 3)), _level, _lufs,
    nothing="Not measured, or without loudness",
)  # fmt: skip
PEAK: Final = AmountValues(
    "peak", Measure.PEAK, (-40.0, -30.0, -20.0, -15.0, -10.0, -6.0, -3.0, -2.0, -1.0, 0.0), _level, _dbtp,
    nothing="Not measured",
)  # fmt: skip
CLIPPED: Final = AmountValues(
    "clipped",
    Measure.CLIPPED,
    tuple(each / 100 for each in (0.001, 0.01, 0.05, 0.1, 0.5, 1, 5)),
    _percent,
    _shown_percent,
    nothing="Not measured",
)
SILENCE: Final = _shares("silence", Measure.SILENCE)
TALK_LEFT: Final = _shares("talk", Measure.TALK_LEFT, "left")
TALK_RIGHT: Final = _shares("talk", Measure.TALK_RIGHT, "right")
