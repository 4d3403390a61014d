"""Verdict of a query on all recordings of an account that are not loaded yet, without looking at any."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from playhead.core.account import Account
from playhead.core.finding import fields
from playhead.core.finding.matching import HEALTH_MEASURES
from playhead.core.finding.query import (
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
    Span,
    Word,
)
from playhead.core.recording import KINDS

Verdict = bool | None
"""Yes for all of them, for none of them, or it depends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """Traits that all recordings of a provider have in common."""

    kinds: AbstractSet[str]
    """The kinds of `core.recording.KINDS` that it has; others it may invent."""
    lacks: AbstractSet[Field | Flag | Measure] = frozenset()
    """Fields, flags and measures that none of its recordings has."""


def verdict(node: Node, account: Account, traits: Traits) -> Verdict:
    """True if all that is not loaded yet matches `node`, False if nothing of it can, None if it depends.

    Nobody has heard, starred, noted, measured or exported what was never loaded, nor read its transcript or
    found it gone.
    """
    match node:
        case All(nodes):
            return _all([verdict(each, account, traits) for each in nodes])
        case Either(nodes):
            return _opposite(_all([_opposite(verdict(each, account, traits)) for each in nodes]))
        case Not(inner):
            return _opposite(verdict(inner, account, traits))
        case Word():
            return True if account.id in node.accounts else None
        case Match(fields.PROVIDER, pattern):
            return pattern == account.provider
        case Match(fields.ACCOUNT, pattern):
            return pattern == account.id
        case Match(fields.KIND, pattern):
            return False if pattern in KINDS and pattern not in traits.kinds else None
        case _:
            return _of_traits(node, traits)


def _of_traits(node: Node, traits: Traits) -> Verdict:
    match node:
        case Match(field) | Number(field) if field in traits.lacks:
            return False
        case Is(flag) if flag in traits.lacks:
            return False
        case Span(measure) if measure in traits.lacks:
            return False
        case Is(Flag.STARRED | Flag.NOTED | Flag.EXPORTED | Flag.GONE | Flag.TRANSCRIPT):
            return False
        case Is(Flag.MEASURED | Flag.DUPLICATE | Flag.SAID_OTHERWISE):
            return False
        case Match(fields.NOTE | fields.SAME):
            return False
        case Span(measure) if measure in HEALTH_MEASURES:
            return False
        case Is(Flag.UNHEARD):
            return True
        case Span(Measure.HEARD, low) if low is not None and low > 0:
            return False
        case _:
            return None


def _all(verdicts: list[Verdict]) -> Verdict:
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _opposite(known: Verdict) -> Verdict:
    return None if known is None else not known
