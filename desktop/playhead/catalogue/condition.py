"""Pieces of SQL, with the values of their question marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from playhead.core.finding.query import Way

_STARS = re.compile(r"\*+")
_LONGEST_GLOB = 50_000
"""Bytes that SQLite takes as a GLOB pattern (SQLITE_MAX_LIKE_PATTERN_LENGTH)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL expression, and the values of its question marks."""

    sql: str
    values: tuple[object, ...] = ()


NEVER = Condition("0")
ALWAYS = Condition("1")

# SELECTs of the ids of recordings with a mark, as every query has them.
STARRED = "select id from star"
HEARD = "select id from heard"
NOTED = "select recording as id from note"
EXPORTED = "select id from exported"
GONE = "select id from gone"

ANONYMOUS = "coalesce(from_anonymous, to_anonymous) is not null"
"""True for recordings with a party that did not say who it was; the index of these has the same words."""


def every(conditions: Sequence[Condition]) -> Condition:
    """True where all of them are; always if there are none."""
    return _joined("and", conditions, ALWAYS)


def some(conditions: Sequence[Condition]) -> Condition:
    """True where at least one of them is; never if there are none."""
    return _joined("or", conditions, NEVER)


def compared(column: str, way: Way, pattern: str) -> Condition:
    """A column of folded text that is like `pattern`."""
    match way:
        case Way.WHOLE:
            return Condition(f"{column} = ?", (pattern,))
        case Way.PART:
            return Condition(f"instr({column}, ?) > 0", (pattern,))
        case Way.START:
            return Condition(f"instr({column}, ?) = 1", (pattern,))
        case Way.WILD:
            glob = _STARS.sub("*", pattern).replace("[", "[[]").replace("?", "[?]")
            return Condition(f"{column} glob ?", (glob,)) if len(glob.encode()) <= _LONGEST_GLOB else NEVER


def any_compared(columns: Sequence[str], way: Way, pattern: str) -> Condition:
    """One of the columns that is like `pattern`."""
    return some([compared(column, way, pattern) for column in columns])


def _joined(operator: str, conditions: Sequence[Condition], empty: Condition) -> Condition:
    if not conditions:
        return empty
    if len(conditions) == 1:
        return conditions[0]
    # Halves in brackets, not one chain: SQLite refuses expressions that are 1000 deep.
    middle = len(conditions) // 2
    left = _joined(operator, conditions[:middle], empty)
    right = _joined(operator, conditions[middle:], empty)
    return Condition(f"({left.sql} {operator} {right.sql})", left.values + right.values)


def each_once(ids: str) -> str:
    """The same ids, none of them twice. Inside `in (...)` that would only take longer."""
    return ids.replace("select ", "select distinct ", 1)
