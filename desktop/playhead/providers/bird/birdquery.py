"""Filters of Bird's server for a query: they let through at least what matches, never less.

Source of the parameters: https://docs.bird.com/api/voice-api/recordings-api/list-recordings
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from playhead.core.account import Account
from playhead.core.finding import fields
from playhead.core.finding.query import Either, Match, Measure, Node, Number, Query, Span, Way
from playhead.core.page import Asked
from playhead.providers.certainty import Traits, verdict

_TRAITS = Traits(kinds=frozenset({"call", "conference"}), lacks=frozenset({fields.NAME, Measure.SIZE}))

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_STATUS = re.compile(r"[a-z][a-z-]*")

_SIDES = {fields.FROM: "from", fields.TO: "to"}
_WORDS = {fields.STATUS: "status", fields.DIRECTION: "direction"}
_IDS = {fields.CHANNEL: "channelId", fields.CALL: "sourceId"}

_SHORTEST_NUMBER = 8
"""Digits of a number that is surely whole, with its country."""

_MARGIN = timedelta(days=1)
"""It is not said which moment `startAt` and `endAt` are compared with, nor whether inclusively."""


def bird_asks(query: Query, account: Account) -> Asked | None:
    """The parameters that stand for `query`; None if no recording of this account can match it."""
    if verdict(query.node, account, _TRAITS) is False:
        return None
    found: dict[str, str] = {}
    for node in query.conditions:
        for name, value in _parameters(node):
            # Two different values would be an empty answer at Bird; either alone is enough.
            found.setdefault(name, value)
    if Match(fields.KIND, "call", Way.WHOLE) in query.conditions and "sourceId" in found:
        # Documented as "The ID for the call", not of the recording.
        found["id"] = found["sourceId"]
    found |= _period(query.conditions)
    return Asked(tuple(sorted(found.items())))


def _parameters(node: Node) -> Iterable[tuple[str, str]]:
    match node:
        case Match(fields.STATUS | fields.DIRECTION as field, pattern, Way.WHOLE) if _STATUS.fullmatch(
            pattern
        ):
            yield _WORDS[field], pattern
        case Match(fields.CHANNEL | fields.CALL as field, pattern, Way.WHOLE | Way.PART) if _UUID.fullmatch(
            pattern
        ):
            yield _IDS[field], pattern
        case Number(fields.FROM | fields.TO as field, digits, Way.WHOLE) if len(digits) >= _SHORTEST_NUMBER:
            yield _SIDES[field], f"+{digits}"
        case Either((Number() as number, *others)) if _national(number, others):
            # The same number in national form, which Bird never writes, is looked for here only.
            yield from _parameters(number)
        case _:
            pass


def _national(number: Number, others: Iterable[Node]) -> bool:
    """True if `others` are all the same as `number` without its country."""
    return all(
        isinstance(other, Number)
        and (other.field, other.way) == (number.field, number.way)
        and len(other.digits) < len(number.digits)
        and number.digits.endswith(other.digits.lstrip("0"))
        for other in others
    )


def _period(conditions: Iterable[Node]) -> dict[str, str]:
    spans = [node for node in conditions if isinstance(node, Span) and node.measure is Measure.DATE]
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    period = {
        "startAt": _written(max(lows), -_MARGIN) if lows else None,
        "endAt": _written(min(highs), _MARGIN) if highs else None,
    }
    return {name: value for name, value in period.items() if value is not None}


def _written(seconds: float, margin: timedelta) -> str | None:
    """RFC 3339 in UTC; None for a moment that cannot be written."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC) + margin
    except (ValueError, OverflowError, OSError):
        return None
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"
