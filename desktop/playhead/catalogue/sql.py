"""A query as SQL over table `search`; `core.finding.matching` defines their meaning.

Unknown is as good as false at the top of a WHERE, but not under NOT, which is why `Not` asks for
`is not true`. Values are parameters, always.
"""

import json
from collections.abc import Sequence

import apsw

from playhead.catalogue.clocks import clocked
from playhead.catalogue.conditions import (
    ANONYMOUS,
    DUPLICATE,
    EXPORTED,
    GONE,
    HEARD,
    NOTED,
    STARRED,
    TRANSCRIPT,
    Condition,
    any_compared,
    every,
    some,
    written,
)
from playhead.catalogue.orders import NEWEST_FIRST, Stretch, within
from playhead.catalogue.speechindex import SpeechAsked, among_said, asked_of, phrased
from playhead.core.finding.matching import among
from playhead.core.finding.query import (
    All,
    Clocked,
    Either,
    Flag,
    Is,
    Match,
    Node,
    Not,
    Number,
    Query,
    Span,
    Spoken,
    Word,
)

_FLAGS: dict[Flag, str] = {
    Flag.PLAYABLE: "playable",
    Flag.STEREO: "stereo = 1",
    Flag.MONO: "stereo = 0",
    Flag.TRANSCRIBED: "listed = 1",
    Flag.TRANSCRIPT: f"id in ({TRANSCRIPT})",
    Flag.ANONYMOUS: ANONYMOUS,
    Flag.STARRED: f"id in ({STARRED})",
    Flag.UNHEARD: f"id not in ({HEARD})",
    Flag.NOTED: f"id in ({NOTED})",
    Flag.EXPORTED: f"id in ({EXPORTED})",
    Flag.GONE: f"id in ({GONE})",
    Flag.MEASURED: "health is not null",
    Flag.DUPLICATE: DUPLICATE,
    Flag.SAID_OTHERWISE: "otherwise = 1",
}


def where(node: Node, runs: str = "") -> Condition:
    """The expression that is true for exactly the rows that match `node`.

    With `runs` (see `speechindex.runs_of`) it may be asked only about rows whose ids lie in one of these.
    """
    asked = asked_of(node.nodes if isinstance(node, All) else (node,))
    return every([*_said(asked, runs), *(_other(each, runs) for each in asked.others)])


def _said(asked: SpeechAsked, runs: str) -> Sequence[Condition]:
    """The conditions that the index of what was said has an expression for."""
    if not asked.expression:
        return ()
    words = among_said(asked.expression, runs)
    return (Condition(f"id in ({words.sql})", words.values), *map(phrased, asked.phrases))


def _other(node: Node, runs: str) -> Condition:
    match node:
        case All() | Spoken():
            return where(node, runs)
        case Either(nodes):
            return some([where(each, runs) for each in nodes])
        case Not(inner):
            condition = where(inner, runs)
            return Condition(f"({condition.sql}) is not true", condition.values)
        case _:
            return _condition(node, runs)


def _condition(node: Word | Match | Number | Span | Clocked | Is, runs: str) -> Condition:
    """The expression of what holds no other node."""
    match node:
        case Word():
            text = written(node, runs)
            return some([labelled(node), text]) if node.accounts else text
        case Match():
            return _match(node)
        case Number():
            return any_compared(node.field.digits, node.way, node.digits)
        case Span():
            return within(node)
        case Clocked():
            return clocked(node)
        case Is(flag):
            return Condition(_FLAGS[flag])


def where_loaded(query: Query) -> Condition:
    """The same over table `tally`, for the conditions that choose accounts: what could match at all."""
    return where(among(query).node)


def labelled(word: Word) -> Condition:
    """Rows of the accounts that have a word in their label, which the index of words does not know."""
    sql = "account in (select key from account where id in (select value from json_each(?)))"
    return Condition(sql, (json.dumps(word.accounts),))


def _match(node: Match) -> Condition:
    inner = any_compared(node.field.columns, node.way, node.pattern)
    return Condition(node.field.within.format(inner.sql), inner.values)


def along(index: str, bounds: Condition, sort: str) -> Condition:
    """The path along an index that has its recordings in the order of `sort`, within `bounds`."""
    rows = f"select * from search indexed by {index} where {bounds.sql}"
    return Condition(f"({rows} order by {sort} limit ?) as search", bounds.values)


def walked_among(ids: Condition, bounds: Condition, sort: str) -> Condition:
    """The path among the recordings that `ids` gives, sorted by time before one looks at them."""
    aged = (
        f"select id from ({ids.sql}) cross join search indexed by search_age using (id)"
        f" where {bounds.sql} order by {sort} limit ?"
    )
    return Condition(f"({aged}) as near cross join search using (id)", (*ids.values, *bounds.values))


def walked(
    connection: apsw.Connection, path: Condition, condition: Condition, number: int, steps: int
) -> list[int] | None:
    """The first `number` ids on a path that match `condition`; None if `steps` recordings do not tell."""
    rows = connection.execute(
        f"select id from {path.sql} where {condition.sql} limit ?",
        (*path.values, steps, *condition.values, number),
    )
    found = [row[0] for row in rows]
    return found if len(found) == number or _ends(connection, path, steps) else None


def walked_past(
    connection: apsw.Connection,
    ids: Condition,
    bounds: Condition,
    condition: Condition,
    number: int,
    steps: int,
) -> list[int] | None:
    """The newest `number` of `ids` that match `condition`; None if the newest `steps` recordings do not tell.

    Of those that are passed only the index is read: where `ids` are many, that is far less than to sort them.
    """
    near = (
        f"select id from search indexed by search_newest where {bounds.sql} order by {NEWEST_FIRST} limit ?"
    )
    met = f"select id from ({near}) where id in ({ids.sql})"
    rows = connection.execute(
        f"select id from ({met}) as near cross join search using (id) where {condition.sql} limit ?",
        (*bounds.values, steps, *ids.values, *condition.values, number),
    )
    found = [row[0] for row in rows]
    return found if len(found) == number else None


def walked_by_value(
    connection: apsw.Connection,
    stretch: Stretch,
    condition: Condition,
    number: int,
    steps: int,
) -> list[int] | None:
    """The same along the index of a stretch that is led by a value.

    The index goes through ties from either end, the order from one only. So it tells the value of the last
    row first; whatever is before that value is sorted, of the ties as many are taken as are missing.
    """
    lead, index = stretch.lead, stretch.index
    direction = "desc" if stretch.descending else "asc"
    path = along(index, stretch.condition, f"{lead} {direction}")
    last = connection.execute(
        f"select {lead} from {path.sql} where {condition.sql} limit 1 offset ?",
        (*path.values, steps, *condition.values, number - 1),
    ).fetchone()
    rows = f"select id from search indexed by {index} where {condition.sql}"
    if last is None:
        if not _ends(connection, path, steps):
            return None
        short = connection.execute(f"{rows} order by {stretch.sort} limit ?", (*condition.values, number))
        return [row[0] for row in short]
    before = connection.execute(
        f"{rows} and {lead} {'>' if stretch.descending else '<'} ? order by {stretch.sort} limit ?",
        (*condition.values, last[0], number),
    )
    found = [row[0] for row in before]
    ties = connection.execute(
        f"{rows} and {lead} = ? order by {NEWEST_FIRST} limit ?",
        (*condition.values, last[0], number - len(found)),
    )
    return found + [row[0] for row in ties]


def _ends(connection: apsw.Connection, path: Condition, steps: int) -> bool:
    """Say whether a path leads to fewer recordings than `steps`."""
    row = connection.execute(f"select 1 from {path.sql} limit 1 offset ?", (*path.values, steps, steps - 1))
    return row.fetchone() is None
