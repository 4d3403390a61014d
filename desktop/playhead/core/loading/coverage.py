"""Coverage of an account: how much of it every count, filter and export speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from playhead.core.account import Account
from playhead.core.errors import PlayheadError
from playhead.core.finding.query import All, Either, Measure, Node, Query, Span
from playhead.core.page import FeedState


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Coverage of one account for one query."""

    account: Account
    exhausted: bool
    """Whether everything that can match is loaded."""
    begun: bool
    """Whether anything was loaded at all."""
    horizon: datetime | None = None
    """Loaded down to this moment, where the pages come newest first."""
    ordered: bool = True
    as_of: datetime | None = None
    """When the newest end was last asked for."""
    narrowed: bool = False
    """Whether the server filtered: what is said holds for this query only."""
    asked: tuple[tuple[str, str], ...] = ()
    """What the server filtered by, in its own words."""
    fetched: int = 0
    """Recordings that came through this feed."""
    estimate: int | None = None
    """About how many are still to come, where there is anything to tell it by."""
    failure: PlayheadError | None = None
    loading: bool = False


def covered(state: FeedState, query: Query) -> bool:
    """Tell whether everything that can match `query` came through a feed in this state.

    It did if the feed is at its end, or its pages come newest first and are beyond the period asked for.
    """
    if state.exhausted:
        return True
    begins = earliest(query.node)
    known = state.ordered and state.horizon is not None and state.as_of is not None
    return known and begins is not None and state.horizon is not None and state.horizon.timestamp() < begins


def earliest(node: Node) -> float | None:
    """The first moment, in seconds since 1970 UTC, at which a recording can match; None if any may."""
    match node:
        case Span(measure=Measure.DATE, low=low):
            return low
        case All(nodes=nodes):
            known = [each for each in map(earliest, nodes) if each is not None]
            return max(known, default=None)
        case Either(nodes=nodes):
            every = [earliest(each) for each in nodes]
            return (
                min((each for each in every if each is not None), default=None) if None not in every else None
            )
        case _:
            return None


def estimate(state: FeedState, query: Query) -> int | None:
    """About how many recordings a feed has still to bring for `query`, going by how dense they were so far.

    None without a first moment to go by: how far back an account reaches, no provider says.
    """
    dates = [node for node in query.conditions if isinstance(node, Span) and node.measure is Measure.DATE]
    lows = [span.low for span in dates if span.low is not None]
    highs = [span.high for span in dates if span.high is not None]
    if covered(state, query):
        return 0
    if not lows or not state.ordered or state.horizon is None or state.as_of is None:
        return None
    reached = state.horizon.timestamp()
    begun: float = min([state.as_of.timestamp(), *(highs if not state.asked.everything else ())])
    if begun <= reached:
        return None
    left = max(0.0, reached - max(lows))
    return round(state.fetched * left / (begun - reached))


@dataclass(frozen=True, slots=True)
class Unloaded:
    """Moments of which not everything is loaded."""

    since: datetime | None = None
    """Everything that is older may be missing; None if nothing of some account is loaded, or if all is."""
    complete: bool = True
    """Nothing can be missing."""
    alike: bool = True
    """Nothing at all is loaded that is older, by all that is known: every account ends there."""
    anywhere: bool = False
    """What is missing can be of any date, as some account does not bring the newest first."""


def unloaded(coverages: Sequence[Coverage]) -> Unloaded:
    """The moments of which something may be missing in the accounts of `coverages`."""
    open_ones = [each for each in coverages if not each.exhausted]
    if not open_ones:
        return Unloaded()
    begun = [each.horizon for each in open_ones if each.horizon is not None and each.ordered]
    if any(each.begun and not each.ordered for each in open_ones):
        return Unloaded(complete=False, alike=False, anywhere=True)
    if len(begun) < len(open_ones):
        # Of one that has brought nothing yet, everything is missing.
        return Unloaded(complete=False, alike=not any(each.begun for each in coverages))
    return Unloaded(max(begun), complete=False, alike=len(coverages) == 1)
