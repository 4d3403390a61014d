"""Keys of the values of columns, as SQL over table `search`."""

from collections.abc import Sequence

from playhead.catalogue import healthrows
from playhead.catalogue.conditions import Condition
from playhead.catalogue.orders import DATED, first_micros
from playhead.core.finding.grouping import Alternatives, Grouping, Kins, Quarters, Steps, Texts
from playhead.core.finding.query import Measure

QUARTER = 900 * 10**6
"""Microseconds."""
_FAR = 10**8
"""Quarters by which all moments are moved, so that no number is negative and all are rounded one way."""
BETWEEN = "\x01"
"""Between two keys that are read as one value: a sign that no folded text has."""
MEASURES = {Measure.DURATION: "duration", Measure.SIZE: "size", **healthrows.COLUMNS}


def key_of(grouping: Grouping) -> Condition:
    """The expression that gives the key of the one value of a recording; null or empty for none."""
    match grouping:
        case Texts(field) if field.value is not None:
            return Condition(field.value.columns[0])
        case Steps(Measure.DATE, edges):
            later = _stepped("-newest", [first_micros(each) for each in edges])
            return Condition(f"case when {DATED.sql} then {later.sql} end", later.values)
        case Steps(measure, edges):
            column = MEASURES[measure]
            step = _stepped(column, edges)
            return Condition(f"case when {column} is not null then {step.sql} end", step.values)
        case Kins():
            return Condition("kin")
        case Quarters():
            moved = f"({_FAR * QUARTER} - newest) / {QUARTER} - {_FAR}"
            return Condition(f"case when {DATED.sql} then {moved} end")
        case Alternatives() | Texts():
            raise ValueError(grouping)


def _stepped(value: str, edges: Sequence[float], first: int = 0) -> Condition:
    """The number of edges that are not above a value; found by halves, as there may be many of them."""
    if not edges:
        return Condition(str(first))
    middle = len(edges) // 2
    below = _stepped(value, edges[:middle], first)
    above = _stepped(value, edges[middle + 1 :], first + middle + 1)
    return Condition(
        f"case when {value} < ? then {below.sql} else {above.sql} end",
        (edges[middle], *below.values, *above.values),
    )
