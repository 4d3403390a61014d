"""A recording as rows of the catalogue, and back, exactly."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any

import apsw

from playhead.catalogue.packing import unpack
from playhead.core.links import is_link, may_lead, names_link
from playhead.core.page import Asked, FeedState
from playhead.core.recording import Party, Recording
from playhead.core.sentobject import SentObject
from playhead.core.text import fold

UNDATED = 2**63 - 1
"""The `newest` of a recording without a moment: it comes after all others."""

Value = str | int | float | bytes | None

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_EARLIEST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_SECONDS_A_DAY = 24 * 60 * 60
_LARGEST = 2**63 - 1

_json = json.JSONEncoder(separators=(",", ":"), default=dict).encode
_TIMES = ("started", "ended", "created", "updated")
_PARTIES = ("caller", "callee")
_KEPT_APART = frozenset({"account", "id", "raw", "measured"})
_RECORDING_FIELDS = tuple(field.name for field in fields(Recording) if field.name not in _KEPT_APART)
_PARTY_FIELDS = tuple(field.name for field in fields(Party))
_recording_fields = attrgetter(*_RECORDING_FIELDS)
_party_fields = attrgetter(*_PARTY_FIELDS)


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC, within the years that a `datetime` can be read back in."""
    since = moment - _EPOCH
    micros = (since.days * _SECONDS_A_DAY + since.seconds) * 1_000_000 + since.microseconds
    return micros if _EARLIEST <= micros <= _LATEST else min(max(micros, _EARLIEST), _LATEST)


def from_micros(micros: int) -> datetime:
    """The aware moment that `to_micros` was given."""
    return _EPOCH + micros * _MICROSECOND


def to_key(identifier: str) -> bytes:
    """A provider's id as the catalogue compares it: any string at all, byte for byte."""
    return identifier.encode("utf-8", "surrogatepass")


def from_key(key: bytes) -> str:
    """The provider's id that `to_key` was given."""
    return key.decode("utf-8", "surrogatepass")


def to_value(recording: Recording) -> str:
    """Every field but account, id, raw and measured, as JSON; `from_row` reads it."""
    told = zip(_RECORDING_FIELDS, _recording_fields(recording), strict=True)
    value = {name: field for name, field in told if field is not None}
    for name in _TIMES:
        if name in value:
            value[name] = to_micros(value[name])
    for name in _PARTIES:
        if name in value:
            sides = zip(_PARTY_FIELDS, _party_fields(value[name]), strict=True)
            value[name] = {each: side for each, side in sides if side is not None and side is not False}
    return _json(value)


def to_raw(recording: Recording) -> str:
    """The answer of the provider, as JSON, without anything that is or leads to a link."""
    if isinstance(recording.raw, SentObject):
        return recording.raw.text
    raw = _json(recording.raw)
    # There is hardly ever one, and to look at every part takes three times as long.
    return _json(_without_links(recording.raw)) if may_lead(raw) else raw


def to_told(recording: Recording) -> str:
    """All that is told of a recording: both texts, a line each."""
    return f"{to_value(recording)}\n{to_raw(recording)}"


def value_of(told: str | bytes) -> dict[str, Any]:
    """The fields of `to_value` in what `to_told` gave, packed or not."""
    value, _, _ = unpack(told).partition("\n")
    known: dict[str, Any] = json.loads(value)
    return known


def from_row(account: str, key: bytes, told: str | bytes, measured: float | None = None) -> Recording:
    """The recording that `to_key` and `to_told` (packed or not) were made of, with what was measured."""
    value, _, raw = unpack(told).partition("\n")
    known = json.loads(value)
    for name in _TIMES:
        if name in known:
            known[name] = from_micros(known[name])
    for name in _PARTIES:
        if name in known:
            known[name] = Party(**known[name])
    return Recording(account=account, id=from_key(key), raw=SentObject(raw), measured=measured, **known)


SEARCH_COLUMNS = (
    "id", "account", "newest", "place",
    "started", "ended", "created", "duration", "size", "stereo", "transcribed", "playable",
    "provider", "kind", "direction", "status", "format",
    "name", "filename", "ident", "call", "conference", "channel",
    "from_name", "from_address", "from_digits", "from_anonymous",
    "to_name", "to_address", "to_digits", "to_anonymous",
)  # fmt: skip
"""Columns that `to_search` gives, in order."""


def to_search(number: int, account: int, recording: Recording) -> tuple[Value, ...]:
    """The row of table `search` for the recording that the catalogue knows as `number`."""
    moment = recording.moment
    return (
        number,
        account,
        UNDATED if moment is None else -to_micros(moment),
        _whole(recording.position) if moment is None else 0,
        None if recording.started is None else to_micros(recording.started),
        None if recording.ended is None else to_micros(recording.ended),
        None if recording.created is None else to_micros(recording.created),
        None if recording.length is None else float(recording.length),
        None if recording.size is None else _whole(recording.size),
        recording.stereo,
        recording.transcribed,
        recording.playable,
        *map(
            _folded,
            (
                recording.provider,
                recording.kind,
                recording.direction,
                recording.status,
                recording.format,
                recording.name,
                recording.filename,
                recording.id,
                recording.call,
                recording.conference,
                recording.channel,
            ),
        ),
        *_side(recording.caller),
        *_side(recording.callee),
    )


def to_asked(asked: Asked) -> str:
    """A feed's own filter as text that tells it from the account's other feeds."""
    return json.dumps(asked.parameters)


def to_state(state: FeedState) -> str:
    """The progress of a feed, as JSON; `from_state` reads it."""
    return json.dumps(
        {
            "cursor": state.cursor,
            "exhausted": state.exhausted,
            "horizon": None if state.horizon is None else to_micros(state.horizon),
            "ordered": state.ordered,
            "fetched": state.fetched,
            "as_of": None if state.as_of is None else to_micros(state.as_of),
        }
    )


def from_state(account: str, asked: str, state: str) -> FeedState:
    """The state that `to_asked` and `to_state` were made of."""
    known = json.loads(state)
    for name in ("horizon", "as_of"):
        if known[name] is not None:
            known[name] = from_micros(known[name])
    parameters = tuple((name, value) for name, value in json.loads(asked))
    return FeedState(account=account, asked=Asked(parameters), **known)


def _side(party: Party | None) -> tuple[Value, ...]:
    if party is None:
        return (None, None, None, None)
    return (
        _folded(party.name),
        _folded(party.address),
        party.digits or None,
        "anonymous" if party.anonymous else None,
    )


def _folded(text: str | None) -> str | None:
    return fold(text) if text else None


def _whole(number: float) -> int:
    return min(max(int(number), -_LARGEST), _LARGEST)


def _without_links(sent: object) -> object:
    if isinstance(sent, str | int | float):  # most of it, and the other questions take longer
        return sent
    if isinstance(sent, Mapping):
        kept = ((name, each) for name, each in sent.items() if not (names_link(str(name)) or _leads(each)))
        return {name: _without_links(each) for name, each in kept}
    if isinstance(sent, list | tuple):
        return [_without_links(each) for each in sent if not _leads(each)]
    return sent


def _leads(sent: object) -> bool:
    return isinstance(sent, str) and is_link(sent)


def number_of(connection: apsw.Connection, recording: Recording) -> int | None:
    """The catalogue id of a recording; None if it is not (or no longer) there."""
    row = connection.execute(
        "select recording.id from recording join account on account.key = recording.account"
        " where account.id = ? and recording.key = ?",
        (recording.account, to_key(recording.id)),
    ).fetchone()
    return None if row is None else int(row[0])
