"""A query and an order as SQL over table `search`; what they mean is said by `core.matching`.

Unknown is as good as false at the top of a WHERE, but not under NOT, which is why `Not` asks for
`is not true`. Values are parameters, always.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from playhead.catalogue.rows import carried
from playhead.catalogue.schema import UNDATED
from playhead.core.query import (
    All,
    Either,
    Field,
    Flag,
    Is,
    Match,
    Measure,
    Node,
    Not,
    Number,
    Order,
    Query,
    Span,
    Way,
    Word,
)

_FROM = ("from_name", "from_address", "from_anonymous")
_TO = ("to_name", "to_address", "to_anonymous")
_COLUMNS: dict[Field, tuple[str, ...]] = {
    Field.PROVIDER: ("provider",),
    Field.KIND: ("kind",),
    Field.DIRECTION: ("direction",),
    Field.STATUS: ("status",),
    Field.FROM: _FROM,
    Field.TO: _TO,
    Field.WITH: _FROM + _TO,
    Field.FORMAT: ("format",),
    Field.NAME: ("name", "filename"),
    Field.ID: ("ident",),
    Field.CHANNEL: ("channel",),
    Field.CALL: ("call",),
}
_DIGITS: dict[Field, tuple[str, ...]] = {
    Field.FROM: ("from_digits",),
    Field.TO: ("to_digits",),
    Field.WITH: ("from_digits", "to_digits"),
}
_RARE = frozenset({Field.FROM, Field.TO, Field.WITH, Field.NAME, Field.ID, Field.CHANNEL})
"""Fields of many values, all visible: the index of words narrows them down before they are compared."""

_FLAGS: dict[Flag, str] = {
    Flag.PLAYABLE: "playable",
    Flag.STEREO: "stereo = 1",
    Flag.MONO: "stereo = 0",
    Flag.TRANSCRIBED: "transcribed = 1",
    Flag.ANONYMOUS: "coalesce(from_anonymous, to_anonymous) is not null",
}
_NEWEST_FIRST = "newest, account, place, id"
_OLDEST_FIRST = "newest desc, account desc, place desc, id desc"
_SORTS: dict[str, str] = {
    "ended": "ended",
    "created": "created",
    "duration": "duration",
    "name": "coalesce(name, filename)",
    "kind": "kind",
    "direction": "direction",
    "status": "status",
    "format": "format",
    "from": "coalesce(from_address, from_name, from_anonymous)",
    "to": "coalesce(to_address, to_name, to_anonymous)",
    "account": "(select folded from account where key = search.account)",
    "provider": "provider",
    "size": "size",
    "stereo": "stereo",
    "transcribed": "transcribed",
    "id": "ident",
    "call": "call",
    "channel": "channel",
}
_STARS = re.compile(r"\*+")
_GROUP = 3
"""Characters that the index of words knows together."""
_LONGEST = 40
"""Characters of a word that the index is asked for: an id, and more."""
_LONGEST_GLOB = 50_000
"""Bytes that SQLite takes as a GLOB pattern (SQLITE_MAX_LIKE_PATTERN_LENGTH)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL expression, and the values of its question marks."""

    sql: str
    values: tuple[str | int | float, ...] = ()


_NEVER = Condition("0")
_ALWAYS = Condition("1")


def where(node: Node) -> Condition:
    """The expression that is true for exactly the rows that match `node`."""
    match node:
        case All(nodes):
            return _all(nodes)
        case Either(nodes):
            return _joined("or", [where(each) for each in nodes], _NEVER)
        case Not(inner):
            condition = where(inner)
            return Condition(f"({condition.sql}) is not true", condition.values)
        case Word():
            return _labelled(node) if node.accounts else _all((node,))
        case Match():
            return _match(node)
        case Number():
            return _narrowed(node.way, node.digits, _any_of(_DIGITS[node.field], node.way, node.digits))
        case Span():
            return _span(node)
        case Is(flag):
            return Condition(_FLAGS[flag])


def where_loaded(query: Query) -> Condition:
    """The same over table `tally`, for the conditions that choose accounts: what could match at all."""
    return _all(tuple(node for node in query.conditions if _chooses_accounts(node)))


def order_by(order: Order) -> str:
    """The ORDER BY list: missing values last both ways, ties newest first; newest first if all else fails."""
    column = _SORTS.get(order.column)
    if column is None:
        started_first = order.column == "started" and not order.descending
        return _OLDEST_FIRST if started_first else _NEWEST_FIRST
    return f"{column} {'desc' if order.descending else 'asc'} nulls last, {_NEWEST_FIRST}"


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


def _all(nodes: Sequence[Node]) -> Condition:
    # Words are looked up in the index together, which is one walk instead of many.
    words = [node for node in nodes if isinstance(node, Word) and not node.accounts]
    rest = [where(node) for node in nodes if not isinstance(node, Word) or node.accounts]
    sought = [expression for word in words if (expression := _sought_word(word))]
    found = [_found(" AND ".join(dict.fromkeys(sought)))] if sought else []
    return _joined("and", [*found, *rest, *map(_written, words)], _ALWAYS)


def _sought_word(word: Word) -> str:
    """The index's expression for every row that may hold the word; empty if the index cannot tell."""
    text = _sought(word.text)
    digits = _sought(word.digits) if word.digits else text
    if not text or not digits:
        return ""
    return text if text == digits else f"(({text}) OR ({digits}))"


def _written(word: Word) -> Condition:
    text = Condition("instr(text, ?) > 0", (carried(word.text),))
    if not word.digits:
        return text
    return _joined("or", [text, _any_of(_DIGITS[Field.WITH], Way.PART, word.digits)], _NEVER)


def _labelled(word: Word) -> Condition:
    """A word that is also in the label of an account, which the index of words does not know."""
    sql = "account in (select key from account where id in (select value from json_each(?)))"
    label = Condition(sql, (json.dumps(word.accounts),))
    return _joined("or", [label, _all((replace(word, accounts=()),))], _NEVER)


def _match(node: Match) -> Condition:
    if node.field is Field.ACCOUNT:
        inner = _compared("folded", node.way, node.pattern)
        return Condition(f"account in (select key from account where {inner.sql})", inner.values)  # noqa: S608  built here
    condition = _any_of(_COLUMNS[node.field], node.way, node.pattern)
    return _narrowed(node.way, node.pattern, condition) if node.field in _RARE else condition


def _narrowed(way: Way, pattern: str, condition: Condition) -> Condition:
    sought = _sought(max(pattern.split("*"), key=len) if way is Way.WILD else pattern)
    return _joined("and", [_found(sought), condition], _ALWAYS) if sought else condition


def _sought(text: str) -> str:
    """The index's expression for all groups of three letters that `text` has; empty if it is too short."""
    text = carried(text[:_LONGEST])
    groups = dict.fromkeys(text[at : at + _GROUP] for at in range(len(text) - _GROUP + 1))
    return " AND ".join('"' + group.replace('"', '""') + '"' for group in groups)


def _found(expression: str) -> Condition:
    return Condition("id in (select rowid from words where words match ?)", (expression,))


def _any_of(columns: Sequence[str], way: Way, pattern: str) -> Condition:
    return _joined("or", [_compared(column, way, pattern) for column in columns], _NEVER)


def _compared(column: str, way: Way, pattern: str) -> Condition:
    pattern = carried(pattern)
    match way:
        case Way.WHOLE:
            return Condition(f"{column} = ?", (pattern,))
        case Way.PART:
            return Condition(f"instr({column}, ?) > 0", (pattern,))
        case Way.START:
            return Condition(f"instr({column}, ?) = 1", (pattern,))
        case Way.WILD:
            glob = _STARS.sub("*", pattern).replace("[", "[[]").replace("?", "[?]")
            return Condition(f"{column} glob ?", (glob,)) if len(glob.encode()) <= _LONGEST_GLOB else _NEVER


def _span(span: Span) -> Condition:
    if span.measure is Measure.DURATION:
        bounds = [Condition("duration is not null")]
        if span.low is not None:
            bounds.append(Condition("duration >= ?", (float(span.low),)))
        if span.high is not None:
            bounds.append(Condition("duration < ?", (float(span.high),)))
    else:
        bounds = [Condition(f"newest > {UNDATED}")]
        if span.low is not None:
            bounds.append(Condition("newest <= ?", (-_first_micros(span.low),)))
        if span.high is not None:
            bounds.append(Condition("newest > ?", (-_first_micros(span.high),)))
    return _joined("and", bounds, _ALWAYS)


def _first_micros(seconds: float) -> int:
    """The first microsecond that is not before `seconds` when it is itself expressed in (rounded) seconds."""
    largest = 2**62
    if not math.isfinite(seconds) or abs(seconds) > largest / 10**6:
        return -largest if seconds < 0 else largest
    micros = math.ceil(Fraction(seconds) * 10**6)
    while micros / 10**6 < seconds:
        micros += 1
    while (micros - 1) / 10**6 >= seconds:
        micros -= 1
    return micros


def _chooses_accounts(node: Node) -> bool:
    match node:
        case Match(field):
            return field in {Field.ACCOUNT, Field.PROVIDER}
        case Not(inner):
            return _chooses_accounts(inner)
        case Either(nodes) | All(nodes):
            return all(_chooses_accounts(each) for each in nodes)
        case _:
            return False
