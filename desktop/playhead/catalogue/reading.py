"""Reading of the catalogue, listings excepted."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import apsw

from playhead.catalogue.rows import from_row, from_state, to_key
from playhead.core.finding.fields import FIELDS
from playhead.core.page import FeedState
from playhead.core.ports import Count
from playhead.core.recording import Recording

_TALLIED = frozenset({"provider", "kind", "direction", "status", "format"})
_IDS = frozenset({"ident", "call", "conference", "channel"})
"""Columns that nobody reads: as they are folded is well enough."""
_SIDES = {"from": "caller", "to": "callee"}
_RECENT = 20_000
"""The newest recordings, whose names and numbers are offered; more would keep rows for the screen waiting."""


def recordings(connection: apsw.Connection, ids: Sequence[int]) -> Sequence[Recording | None]:
    """The recordings of catalogue ids, in that order; None for one that is no longer there."""
    rows = connection.execute(
        "select account.id, recording.key, recording.value, recording.raw from json_each(?) as wanted"
        " left join recording on recording.id = wanted.value"
        " left join account on account.key = recording.account order by wanted.key",
        (json.dumps(list(ids)),),
    )
    return [None if row[0] is None else from_row(*row) for row in rows]


def states(connection: apsw.Connection) -> Sequence[FeedState]:
    """The state of every feed."""
    rows = connection.execute(
        "select account.id, asked, state from feed join account on account.key = feed.account"
    )
    return [from_state(*row) for row in rows]


def counts(connection: apsw.Connection) -> Sequence[Count]:
    """The number of recordings of each kind that each account has."""
    rows = connection.execute(
        "select account.id, kind, sum(number) from tally join account on account.key = tally.account"
        " group by account.id, kind having sum(number) > 0"
    )
    return [Count(*row) for row in rows]


def values(connection: apsw.Connection, field: str) -> Sequence[str]:
    """The distinct values of a text field, sorted; none for a field that has no such values.

    Names and numbers are as the provider wrote them, everything else is folded. What differs in case and
    accents alone is one value, as it is to a query.
    """
    if field == "account":
        sql = "select folded from account order by 1"
    elif field in _TALLIED:
        sql = f"select distinct {field} from tally where number > 0 and {field} <> '' order by 1"
    elif field in FIELDS:
        written: dict[str, str] = {}
        for column in FIELDS[field].offered:
            written |= _written(connection, column)
        return [written[folded] for folded in sorted(written)]
    else:
        return []
    return [str(value) for (value,) in connection.execute(sql)]


def _written(connection: apsw.Connection, column: str) -> Mapping[str, str]:
    """The values of a column of `search` in the newest recordings: folded, and as they are written."""
    recent = f"select id, {column} from search order by newest, account, place, id limit {_RECENT}"
    found = connection.execute(
        f"select {column}, max(id) from ({recent}) where {column} <> '' group by {column}"
    )
    folded: dict[str, int] = dict(found)
    written = {each: each for each in folded}
    if column not in _IDS:
        # What has nothing but figures and signs is written as it is folded, and most numbers are such.
        holders = [number for each, number in folded.items() if not each.isascii() or each.upper() != each]
        rows = connection.execute(
            f"select search.{column}, recording.value from json_each(?) as wanted"
            " join search on search.id = wanted.value join recording on recording.id = wanted.value",
            (json.dumps(holders),),
        )
        written |= {each: _named(json.loads(value), column) or each for each, value in rows}
    return written


def _named(value: Mapping[str, Any], column: str) -> str:
    """The text of the recording with this `value` for a column of `search`, as the provider wrote it."""
    side, _, part = column.partition("_")
    if side not in _SIDES:
        return _whole(value[column])
    party = value[_SIDES[side]]
    return _whole(party["name"] if part == "name" else party.get("identity") or party["number"])


def _whole(text: object) -> str:
    """`text` less halves of characters, which cannot be shown."""
    return str(text).encode(errors="ignore").decode()


def number_of(connection: apsw.Connection, recording: Recording) -> int | None:
    """The catalogue id of a recording; None if it is not (or no longer) there."""
    row = connection.execute(
        "select recording.id from recording join account on account.key = recording.account"
        " where account.id = ? and recording.key = ?",
        (recording.account, to_key(recording.id)),
    ).fetchone()
    return None if row is None else int(row[0])


def peaks(connection: apsw.Connection, recording: Recording) -> bytes | None:
    """The waveform that was kept of a recording."""
    row = connection.execute(
        "select content from peaks where id = ?", (number_of(connection, recording),)
    ).fetchone()
    return None if row is None else bytes(row[0])


def loudness(connection: apsw.Connection, recording: Recording) -> float | None:
    """The measured loudness of a recording, in LUFS."""
    row = connection.execute(
        "select lufs from loudness where id = ?", (number_of(connection, recording),)
    ).fetchone()
    return None if row is None else row[0]


def knows(connection: apsw.Connection, account: str) -> bool:
    """Say whether anything of an account was stored and not forgotten since."""
    return connection.execute("select 1 from account where id = ?", (account,)).fetchone() is not None
