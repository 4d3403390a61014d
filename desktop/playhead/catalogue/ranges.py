"""Ranges of a measure as SQL."""

import math
from fractions import Fraction

from playhead.catalogue.condition import Condition, every
from playhead.catalogue.rows import UNDATED
from playhead.core.finding.query import Measure, Span

HEARD_SHARE = "case when duration > 0 then min(1.0, seconds / duration) else 1.0 end"
"""Share that was heard, where tables `heard` and `search` speak of one recording (see `Spans.share`)."""


def within(span: Span) -> Condition:
    """Rows whose measure lies in the span."""
    match span.measure:
        case Measure.DATE:
            # One lower bound: of two, SQLite might begin its walk along the index at the wrong one.
            after = UNDATED if span.high is None else -_first_micros(span.high)
            bounds = [Condition("newest > ?", (after,))]
            if span.low is not None:
                bounds.append(Condition("newest <= ?", (-_first_micros(span.low),)))
            return every(bounds)
        case Measure.DURATION:
            return every([Condition("duration is not null"), _between("duration", span)])
        case Measure.SIZE:
            return every([Condition("size is not null"), _between("size", span)])
        case Measure.HEARD:
            return _heard(span)


def _between(measure: str, span: Span) -> Condition:
    bounds = []
    if span.low is not None:
        bounds.append(Condition(f"{measure} >= ?", (float(span.low),)))
    if span.high is not None:
        bounds.append(Condition(f"{measure} < ?", (float(span.high),)))
    return every(bounds)


def _heard(span: Span) -> Condition:
    """Only what was heard at all is computed; of everything else the share is 0."""
    between = _between(f"({HEARD_SHARE})", span)
    heard = "select heard.id from heard join search using (id) where"
    if (span.low is None or span.low <= 0) and (span.high is None or span.high > 0):
        return Condition(f"id not in ({heard} not {between.sql})", between.values)
    return Condition(f"id in ({heard} {between.sql})", between.values)


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
