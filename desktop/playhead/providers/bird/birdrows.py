"""From a row of Bird's list to a Recording, tolerantly.

Source: https://docs.bird.com/api/voice-api/recordings-api/list-recordings
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from playhead.core.account import Account
from playhead.core.recording import Party, Recording
from playhead.core.text import digits_of
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


def _party(identifier: Row) -> Party | None:
    contact, line = identifier.inner("contact"), identifier.inner("number")
    number, identity = line.text("number"), line.text("identity")
    written = contact.text("identifierValue")
    if number is None and identity is None:
        number = written
    elif identity is None and written is not None and digits_of(written) == digits_of(number or ""):
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
    return None if party == Party() else party


def _is_newer(old: Recording, new: Recording) -> bool:
    return old.updated is not None and (new.updated is None or old.updated > new.updated)


def _is_same(one: Recording, other: Recording) -> bool:
    """True if two rows with one id can be the same recording at two times: what never changes is equal."""
    facts = ((one.created, other.created), (one.call, other.call), (one.kind, other.kind))
    return not any(None not in pair and pair[0] != pair[1] for pair in facts)
