"""Hours of the day and days of the week, by the clock of a zone, in SQL over table `search`."""

from collections.abc import Sequence

from playhead.catalogue.conditions import Condition
from playhead.catalogue.orders import DATED
from playhead.core.finding.query import Clocked, ClockUnit

_DAY = 86_400
_DAYS = 5_000_000
"""Days after 1970 that no moment has, so that the seconds before them are never negative."""
_MICROS = 10**6
_LEFT = f"((newest + {_DAYS * _DAY * _MICROS + _MICROS - 1}) / {_MICROS})"
"""Whole seconds of `_DAYS` and of those since 1970, less of the moment itself."""
_THURSDAY = 3
"""Day of the week of the first day of 1970."""


def clocked(node: Clocked) -> Condition:
    """Rows of a time of the day, or of a day of the week."""
    shown = f"({2 * _DAYS * _DAY} - {_LEFT} + {_ahead(node.changes)})"
    if node.unit is ClockUnit.HOUR:
        value = f"{shown} / 3600 % 24"
    else:
        value = f"({shown} / {_DAY} + {(_THURSDAY - _DAYS) % 7}) % 7"
    return Condition(f"({DATED.sql} and {value} between {node.low} and {node.high})")


def _ahead(changes: Sequence[tuple[int, int]]) -> str:
    """The seconds that the clock is ahead of UTC: halves of halves, as there are about a hundred changes."""
    if len(changes) == 1:
        return str(changes[0][1])
    middle = len(changes) // 2
    later, earlier = _ahead(changes[middle:]), _ahead(changes[:middle])
    return f"case when newest <= {-changes[middle][0] * _MICROS} then {later} else {earlier} end"
