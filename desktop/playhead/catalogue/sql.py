"""A query as SQL over table `search`; `core.finding.matching` defines their meaning.

Unknown is as good as false at the top of a WHERE, but not under NOT, which is why `Not` asks for
`is not true`. Values are parameters, always.
"""

import json

from playhead.catalogue.condition import (
    ANONYMOUS,
    EXPORTED,
    GONE,
    HEARD,
    NOTED,
    STARRED,
    Condition,
    any_compared,
    every,
    some,
)
from playhead.catalogue.ranges import within
from playhead.catalogue.wordsql import written
from playhead.core.finding.matching import among
from playhead.core.finding.query import (
    All,
    Either,
    Flag,
    Is,
    Match,
    Node,
    Not,
    Number,
    Query,
    Span,
    Word,
)

_FLAGS: dict[Flag, str] = {
    Flag.PLAYABLE: "playable",
    Flag.STEREO: "stereo = 1",
    Flag.MONO: "stereo = 0",
    Flag.TRANSCRIBED: "transcribed = 1",
    Flag.ANONYMOUS: ANONYMOUS,
    Flag.STARRED: f"id in ({STARRED})",
    Flag.UNHEARD: f"id not in ({HEARD})",
    Flag.NOTED: f"id in ({NOTED})",
    Flag.EXPORTED: f"id in ({EXPORTED})",
    Flag.GONE: f"id in ({GONE})",
}


def where(node: Node) -> Condition:
    """The expression that is true for exactly the rows that match `node`."""
    match node:
        case All(nodes):
            return every([where(each) for each in nodes])
        case Either(nodes):
            return some([where(each) for each in nodes])
        case Not(inner):
            condition = where(inner)
            return Condition(f"({condition.sql}) is not true", condition.values)
        case Word():
            return _labelled(node) if node.accounts else written(node)
        case Match():
            return _match(node)
        case Number():
            return any_compared(node.field.digits, node.way, node.digits)
        case Span():
            return within(node)
        case Is(flag):
            return Condition(_FLAGS[flag])


def where_loaded(query: Query) -> Condition:
    """The same over table `tally`, for the conditions that choose accounts: what could match at all."""
    return where(among(query).node)


def _labelled(word: Word) -> Condition:
    """A word that is also in the label of an account, which the index of words does not know."""
    sql = "account in (select key from account where id in (select value from json_each(?)))"
    label = Condition(sql, (json.dumps(word.accounts),))
    return some([label, written(word)])


def _match(node: Match) -> Condition:
    inner = any_compared(node.field.columns, node.way, node.pattern)
    return Condition(node.field.within.format(inner.sql), inner.values)
