"""Ways to all recordings that may match a query, other than looking at every one of them.

Each leaves out nothing that matches; what it gives besides is for the condition of the query to tell
(see `sql.where`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from playhead.catalogue.conditions import (
    ALWAYS,
    ANONYMOUS,
    DUPLICATE,
    EXPORTED,
    GONE,
    HEARD,
    NOTED,
    STARRED,
    TRANSCRIPT,
    Condition,
    Telling,
    all_groups,
    compared,
    each_once,
    some,
    sought,
    sought_pattern,
    sought_word,
)
from playhead.catalogue.speechindex import among_said, asked_of
from playhead.core.finding import fields
from playhead.core.finding.query import (
    All,
    Either,
    Flag,
    Is,
    Match,
    Measure,
    Node,
    Number,
    Query,
    Span,
    Spoken,
    Way,
    Word,
)

_VISIBLE = frozenset(
    {fields.FROM, fields.TO, fields.WITH, fields.NAME, fields.ID, fields.CHANNEL, fields.CALL}
)
"""Fields of many values whose text is visible, so that the index of words knows it."""
_INDEXED = frozenset({fields.KIND, fields.STATUS, fields.FORMAT})
"""Fields of few values, some of them rare, which have an index of their own."""
_MARKED: dict[Flag, str] = {
    Flag.STARRED: STARRED,
    Flag.NOTED: each_once(NOTED),
    Flag.EXPORTED: each_once(EXPORTED),
    Flag.GONE: GONE,
    Flag.TRANSCRIPT: TRANSCRIPT,
}
_INDEXED_FLAGS: dict[Flag, tuple[str, str]] = {
    Flag.TRANSCRIBED: ("listed = 1", "search_listed"),
    Flag.ANONYMOUS: (ANONYMOUS, "search_anonymous"),
    Flag.DUPLICATE: (DUPLICATE, "search_duplicate"),
    Flag.SAID_OTHERWISE: ("otherwise = 1", "search_otherwise"),
}


@dataclass(frozen=True, slots=True)
class SearchWay:
    """SELECTs of ids; together they give all candidates, each of them none twice."""

    parts: tuple[Condition, ...]
    index: str = ""
    """The index of `search` that gives them newest first, if there is one..."""
    condition: Condition = ALWAYS
    """...where this holds."""
    quick: bool = False
    """True if they are found in no time, but are all over the table."""
    in_runs: bool = False
    """True if one can ask for those among some recordings, and need not find all of many."""

    @property
    def ids(self) -> Condition:
        """One SELECT of all of them, each once."""
        return self._joined(" union ")

    def at_most(self, number: int) -> Condition:
        """A SELECT of `number` ids, or of all (some of them twice) if there are fewer."""
        every_one = self._joined(" union all ")
        return Condition(f"select id from ({every_one.sql}) limit ?", (*every_one.values, number))

    def _joined(self, operator: str) -> Condition:
        values = tuple(value for part in self.parts for value in part.values)
        return Condition(operator.join(part.sql for part in self.parts), values)


def candidates(query: Query, telling: Telling = all_groups) -> list[SearchWay]:
    """The ways there are; none if every recording has to be looked at."""
    asked = asked_of(query.conditions)
    ways = [way for node in asked.others if (way := _direct(node)) is not None]
    if asked.expression:
        ways.insert(0, SearchWay((among_said(asked.expression),), in_runs=True))
    groups = groups_of(query.node, telling)
    return [*ways, _by_words(groups, _words(query.node))] if groups else ways


def shown_by(groups: str) -> Condition:
    """A SELECT of all recordings whose visible text may match `groups_of` a query."""
    # A plus sign, or SQLite would ask the index again for each id of which a condition speaks.
    return Condition(
        "select +rowid as id from words where words match ?"
        " union all select id from search where id > (select id from indexed)",
        (groups,),
    )


def _direct(node: Node) -> SearchWay | None:
    match node:
        case Match():
            return _by_match(node)
        case Span(Measure.HEARD, low) if low is not None and low > 0:
            return SearchWay((Condition(HEARD),))
        case Spoken():
            return SearchWay((among_said(asked_of((node,)).expression),))
        case Is(flag) if flag in _MARKED:
            return SearchWay((Condition(_MARKED[flag]),))
        case Is(flag) if flag in _INDEXED_FLAGS:
            condition, index = _INDEXED_FLAGS[flag]
            return _along(index, Condition(condition))
        case All((only,)):
            return _direct(only)
        case Either(nodes):
            ways = [way for each in nodes if (way := _direct(each)) is not None]
            whole = ways and len(ways) == len(nodes)
            return SearchWay(tuple(part for way in ways for part in way.parts)) if whole else None
        case _:
            return None


def _by_match(node: Match) -> SearchWay | None:
    match node:
        case Match(field, pattern, Way.WHOLE) if field in _INDEXED:
            return _along(f"search_by_{field.word}", compared(field.word, Way.WHOLE, pattern))
        case Match(fields.ACCOUNT, pattern, Way.WHOLE):
            here = "account = (select key from account where folded = ?)"
            return _along("search_account", Condition(here, compared("folded", Way.WHOLE, pattern).values))
        case Match(fields.SAME):
            inner = compared("ident", node.way, node.pattern)
            alike = fields.SAME.within.format(inner.sql)
            ids = f"select id from search indexed by search_by_same where {alike}"
            return SearchWay((Condition(ids, inner.values),), quick=True)
        case Match(fields.NOTE):
            return SearchWay((Condition(_MARKED[Flag.NOTED]),))
        case _:
            return None


def _along(index: str, condition: Condition) -> SearchWay:
    ids = Condition(f"select id from search indexed by {index} where {condition.sql}", condition.values)
    return SearchWay((ids,), index, condition)


def _by_words(groups: str, words: Sequence[Word]) -> SearchWay:
    """Rows whose visible text may match, or where a word was noted or said."""
    shown = shown_by(groups)
    if not words:
        return SearchWay((shown,))
    noted = some([compared("folded", Way.PART, word.text) for word in words])
    said = " OR ".join(dict.fromkeys(f"({sought(word.text)})" for word in words))
    elsewhere = f"{NOTED} where {noted.sql} union select rowid from spoken where spoken match ?"
    return SearchWay(
        (
            Condition(
                # Not one UNION of all: that would put everything that is shown in order first.
                f"{shown.sql} union all select id from ({elsewhere}) where id not in ({shown.sql})",
                (*shown.values, *noted.values, said, *shown.values),
            ),
        )
    )


def groups_of(node: Node, telling: Telling) -> str:
    """The index's expression for rows whose visible text may match; empty if it cannot tell."""
    match node:
        case All(nodes):
            return _joined("AND", [groups for each in nodes if (groups := groups_of(each, telling))])
        case Either(nodes):
            choices = [groups_of(each, telling) for each in nodes]
            return _joined("OR", choices) if all(choices) else ""
        case Word() if not node.accounts:
            return sought_word(node, telling)
        case Match(field, pattern, way) if field in _VISIBLE:
            return sought_pattern(way, pattern, telling)
        case Number():
            return sought_pattern(node.way, node.digits, telling)
        case _:
            return ""


def _words(node: Node) -> list[Word]:
    """The words that `groups_of` has asked for."""
    match node:
        case All(nodes) | Either(nodes):
            return [word for each in nodes if groups_of(each, all_groups) for word in _words(each)]
        case Word() if groups_of(node, all_groups):
            return [node]
        case _:
            return []


def _joined(operator: str, expressions: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(expressions))
    if len(distinct) == 1:
        return distinct[0]
    return f" {operator} ".join(f"({each})" for each in distinct)
