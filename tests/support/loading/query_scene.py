"""What a query means, or what is wrong with it, for the tests of the filter line."""

from collections.abc import Sequence

from playhead.core.account import Account
from playhead.core.finding.parser import parse
from playhead.core.finding.query import All, Node, QueryError
from support.fakes import BIRD, CONVIRZA, NOON
from support.providers.registered import PROVIDERS

ACCOUNTS = (BIRD, CONVIRZA)


def meaning(text: str, accounts: Sequence[Account] = ()) -> Node:
    """The tree of a query; of one condition, that condition."""
    node = parse(text, NOON, accounts).node
    return node.nodes[0] if isinstance(node, All) and len(node.nodes) == 1 else node


def fault_in(text: str) -> QueryError | None:
    """The fault that is found in a query, if any."""
    try:
        parse(text, NOON, ACCOUNTS, providers=PROVIDERS.names)
    except QueryError as error:
        return error
    return None


def refused(text: str) -> QueryError:
    """The fault that is found in a query."""
    fault = fault_in(text)
    assert fault is not None
    return fault


def underlined(text: str) -> str:
    """The part of a query that its fault is about."""
    fault = refused(text)
    return text[fault.start : fault.end]
