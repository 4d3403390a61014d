"""Pieces of SQL, with the values of their question marks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import apsw

from playhead.catalogue.connection import only_row
from playhead.core.finding.query import Way, Word

_STARS = re.compile(r"\*+")
_LONGEST_GLOB = 50_000
"""Bytes that SQLite takes as a GLOB pattern (SQLITE_MAX_LIKE_PATTERN_LENGTH)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL expression, and the values of its question marks."""

    sql: str
    values: tuple[object, ...] = ()


# A plain 0 makes SQLite forget the rest of a WHERE, and with that that it may use an index of some rows.
NEVER = Condition("+0")
ALWAYS = Condition("1")

# SELECTs of the ids of recordings with a mark, as every query has them.
STARRED = "select id from star"
HEARD = "select id from heard"
NOTED = "select recording as id from note"
EXPORTED = "select id from exported"
GONE = "select id from gone"
TRANSCRIPT = "select id from transcript"

ANONYMOUS = "coalesce(from_anonymous, to_anonymous) is not null"
"""True for recordings with a party that did not say who it was; the index of these has the same words."""

DUPLICATE = "kin is not null"
"""True for recordings that are not the only ones with their sound; as above."""


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


Telling = Callable[[Sequence[str]], Sequence[str]]
"""Chooses the groups of a word to look for (see `Rarity`)."""

NUMBERS = ("from_digits", "to_digits")
_GROUP = 3
"""Characters that the indexes know together."""
_LONGEST = 40
"""Characters of a word that the indexes are asked for: an id, and more."""

# Groups of letters: the rare ones lead to few recordings, and soon.
_LOOK = 1_000
"""Recordings with a group after which one knows how common it is: a tenth of a millisecond."""
_COMMON = 0.1
"""Of groups that so large a share of the recordings has, none tells more than another."""
_ENOUGH = 3
"""Groups of a word that leave few others: each takes as long as all recordings that have it."""
_WORTH = 4.0
"""Times as common as the rarest that a group may be, to be worth looking for as well."""


def visible(word: Word) -> Condition:
    """Rows that show the word, or have it in a number; labels do not count."""
    shown = compared("text", Way.PART, word.text)
    return some([shown, any_compared(NUMBERS, Way.PART, word.digits)]) if word.digits else shown


def written(word: Word, runs: str = "") -> Condition:
    """The same, and rows where it was noted or said; with `runs` as `elsewhere`."""
    return some([visible(word), elsewhere(word.text, runs)])


def all_groups(groups: Sequence[str]) -> Sequence[str]:
    """Every one of them: the fewest candidates, though not the soonest."""
    return groups


def sought_word(word: Word, telling: Telling) -> str:
    """The index's expression for every row that may show the word; empty if the index cannot tell."""
    text = sought(word.text, telling)
    digits = sought(word.digits, telling) if word.digits else text
    if not text or not digits:
        return ""
    return text if text == digits else f"(({text}) OR ({digits}))"


def sought_pattern(way: Way, pattern: str, telling: Telling) -> str:
    """The same for visible text that is like `pattern`."""
    return sought(max(pattern.split("*"), key=len) if way is Way.WILD else pattern, telling)


def sought(text: str, telling: Telling = all_groups) -> str:
    """The index's expression for groups of three letters that `text` has; empty if it is too short."""
    text = text[:_LONGEST]
    groups = dict.fromkeys(text[at : at + _GROUP] for at in range(len(text) - _GROUP + 1))
    quoted = ['"' + group.replace('"', '""') + '"' for group in groups]
    return " AND ".join(telling(quoted))


def elsewhere(text: str, runs: str = "") -> Condition:
    """Rows with a note or a transcript that holds `text`; these are looked up once, not row by row.

    With `runs` (see `speechindex.runs_of`) it may be asked only about rows whose ids lie in one of these.
    """
    holds = compared("folded", Way.PART, text)
    groups = sought(text)
    index = Condition("id in (select rowid from spoken where spoken match ?)", (groups,))
    if runs:
        within = "spoken.rowid between run.value ->> 0 and run.value ->> 1"
        some = f"json_each(?) as run cross join spoken where spoken match ? and {within}"
        index = Condition(f"id in (select spoken.rowid from {some})", (runs, groups))
    said = every([index, holds]) if groups else holds
    return Condition(
        f"id in (select recording from note where {holds.sql}"
        f" union all select id from transcript where {said.sql})",
        holds.values + said.values,
    )


class Rarity:
    """Groups of a word to look for in the index: a superset of the matches, found in less time."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        (self._last,) = only_row(connection, "select id from indexed")
        self._shares: dict[str, float] = {}

    def telling(self, groups: Sequence[str]) -> Sequence[str]:
        """Those of `groups` (each as an expression of the index) that narrow the search; never none."""
        if len(groups) < 2:
            return groups
        shares = {group: self._share(group) for group in groups}
        least = min(shares.values())
        if least > _COMMON:
            return [min(groups, key=shares.__getitem__)]
        rarest = sorted(groups, key=shares.__getitem__)[:_ENOUGH]
        return [group for group in rarest if shares[group] <= _WORTH * least]

    def _share(self, group: str) -> float:
        """The share of the recordings that has the group, going by the first of them."""
        if group not in self._shares:
            number, last = only_row(
                self._connection,
                "select count(*), max(id) from (select rowid as id from words where words match ? limit ?)",
                (group, _LOOK),
            )
            self._shares[group] = number / max(1, last if number == _LOOK else self._last)
        return self._shares[group]
