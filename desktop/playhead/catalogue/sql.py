"""A query and an order as SQL over table `search`; what they mean is said by `core.matching`.

Unknown is as good as false at the top of a WHERE, but not under NOT, which is why `Not` asks for
`is not true`. Values are parameters, always.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from playhead.catalogue.condition import Condition, any_compared, compared, every, some
from playhead.catalogue.ranges import HEARD_SHARE, within
from playhead.catalogue.words import all_words, narrowed
from playhead.core.query import (
    All,
    Either,
    Field,
    Flag,
    Is,
    Match,
    Node,
    Not,
    Number,
    Order,
    Query,
    Span,
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
    Flag.STARRED: "id in (select id from star)",
    Flag.UNHEARD: "id not in (select id from heard)",
    Flag.NOTED: "id in (select recording from note)",
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
    "starred": "(id in (select id from star))",
    "heard": f"ifnull((select {HEARD_SHARE} from heard where heard.id = search.id), 0.0)",  # noqa: S608  ours
}


def where(node: Node) -> Condition:
    """The expression that is true for exactly the rows that match `node`."""
    match node:
        case All(nodes):
            return _all(nodes)
        case Either(nodes):
            return some([where(each) for each in nodes])
        case Not(inner):
            condition = where(inner)
            return Condition(f"({condition.sql}) is not true", condition.values)
        case Word():
            return _labelled(node) if node.accounts else all_words((node,))
        case Match():
            return _match(node)
        case Number():
            return narrowed(node.way, node.digits, any_compared(_DIGITS[node.field], node.way, node.digits))
        case Span():
            return within(node)
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


def _all(nodes: Sequence[Node]) -> Condition:
    words = [node for node in nodes if isinstance(node, Word) and not node.accounts]
    rest = [where(node) for node in nodes if not isinstance(node, Word) or node.accounts]
    return every([all_words(words), *rest] if words else rest)


def _labelled(word: Word) -> Condition:
    """A word that is also in the label of an account, which the index of words does not know."""
    sql = "account in (select key from account where id in (select value from json_each(?)))"
    label = Condition(sql, (json.dumps(word.accounts),))
    return some([label, all_words((replace(word, accounts=()),))])


def _match(node: Match) -> Condition:
    match node.field:
        case Field.ACCOUNT:
            inner = compared("folded", node.way, node.pattern)
            sql = f"account in (select key from account where {inner.sql})"  # noqa: S608  built by `compared`
            return Condition(sql, inner.values)
        case Field.NOTE:
            inner = compared("folded", node.way, node.pattern)
            sql = f"id in (select recording from note where {inner.sql})"  # noqa: S608  the same
            return Condition(sql, inner.values)
        case field:
            condition = any_compared(_COLUMNS[field], node.way, node.pattern)
            return narrowed(node.way, node.pattern, condition) if field in _RARE else condition


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
