"""From a row of Bird's list to a Recording, tolerantly.

Source: https://docs.bird.com/api/voice-api/recordings-api/list-recordings
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from playhead.core.account import Account
from playhead.core.finding import fields
from playhead.core.finding.query import Either, Match, Measure, Node, Number, Query, Span, Way
from playhead.core.page import Asked
from playhead.core.recording import Party, Recording
from playhead.core.text import digits_of
from playhead.providers.certainty import Traits, verdict
from playhead.providers.reading.rawfields import LONGEST_NAME, Row, fingerprint, kept

_NAMESAKE = "Bird sent two recordings with one id; the audio of this one cannot be asked for."


def recordings(account: Account, rows: Sequence[object], oddities: Counter[str]) -> tuple[Recording, ...]:
    """Every row of a page, in its order. Of two states of one recording the later updated one stays.

    Two recordings with one id are both listed, one of them with a `fault`: its audio cannot be asked for.
    """
    found: dict[str, Recording] = {}
    for position, row in enumerate(rows):
        new = recording(account, row, position, oddities)
        old = found.get(new.id)
        if old is None:
            found[new.id] = new
            continue
        stays, goes = (old, new) if _is_newer(old, new) else (new, old)
        found[new.id] = stays
        if not _is_same(old, new):
            other = replace(goes, id=fingerprint(goes.raw), fault=_NAMESAKE)
            found.setdefault(other.id, other)
    return tuple(found.values())


def recording(account: Account, row: object, position: int, oddities: Counter[str]) -> Recording:
    """One row; one that cannot be read is listed too, with a `fault`."""
    raw = kept(row)
    facts = Row(row if isinstance(row, dict) else {}, oddities)
    identity = facts.identifier("id")
    if identity is None:
        fault = (
            "Bird sent a row without an id."
            if isinstance(row, dict)
            else "Bird sent a row that is no object."
        )
    else:
        fault = None
    started, ended = facts.moment("startedAt"), facts.moment("endedAt")
    # 0 with no end is how an unset duration looks in the documentation's own sample.
    duration = facts.seconds("duration") or None
    if duration is None and started is not None and ended is not None and ended >= started:
        duration = (ended - started).total_seconds()
    return Recording(
        account=account.id,
        id=identity or fingerprint(raw),
        provider="bird",
        kind=(facts.text("source") or "call").lower(),
        direction=(facts.text("direction") or "").lower() or None,
        status=facts.text("status"),
        caller=_party(facts.inner("originator")),
        callee=_party(facts.inner("receiver")),
        started=started,
        ended=ended,
        created=facts.moment("createdAt"),
        updated=facts.moment("updatedAt"),
        duration=duration,
        format=facts.text("format"),
        stereo=facts.truth("stereo"),
        transcribed=facts.truth("transcription"),
        channel=facts.identifier("channelId"),
        call=facts.identifier("sourceId"),
        conference=facts.identifier("conferenceId"),
        origin=facts.text("origin"),
        position=position,
        fault=fault,
        raw=raw,
    )


_NOBODY = Party()


def _party(identifier: Row) -> Party | None:
    contact, line = identifier.inner("contact"), identifier.inner("number")
    number, identity = line.text("number"), line.text("identity")
    written = contact.text("identifierValue")
    if number is None and identity is None:
        number = written
    elif identity is None and written is not None and _are_one(written, number or ""):
        identity = written
    party = Party(
        number=number,
        identity=identity,
        name=line.text("callerIdName", LONGEST_NAME),
        country=line.text("countryIsoCode"),
        line=line.text("type"),
        contact=contact.identifier("id"),
        anonymous=line.truth("anonymous") is True,
    )
    return None if party == _NOBODY else party


def _are_one(one: str, other: str) -> bool:
    """True if two spellings of a phone number have the same digits; most are the same text."""
    return one == other or digits_of(one) == digits_of(other)


def _is_newer(old: Recording, new: Recording) -> bool:
    return old.updated is not None and (new.updated is None or old.updated > new.updated)


def _is_same(one: Recording, other: Recording) -> bool:
    """True if two rows with one id can be the same recording at two times: what never changes is equal."""
    facts = ((one.created, other.created), (one.call, other.call), (one.kind, other.kind))
    return not any(None not in pair and pair[0] != pair[1] for pair in facts)


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
