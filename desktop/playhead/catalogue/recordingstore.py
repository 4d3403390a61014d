"""Recordings and how far their feeds have come: `core.stores.Recordings` in the catalogue."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import apsw

from playhead.catalogue.desk import Desk
from playhead.catalogue.packing import TOLD
from playhead.catalogue.rows import from_row, from_state, value_of
from playhead.catalogue.upkeep import Upkeep
from playhead.catalogue.writing import add, mark_gone
from playhead.core.finding.fields import FIELDS
from playhead.core.page import Arrival, FeedState
from playhead.core.recording import Recording
from playhead.core.stores import Count

_TALLIED = frozenset({"provider", "kind", "direction", "status", "format"})
_IDS = frozenset({"ident", "call", "conference", "channel"})
"""Columns that nobody reads: as they are folded is well enough."""
_SIDES = {"from": "caller", "to": "callee"}
_RECENT = 20_000
"""The newest recordings, whose names and numbers are offered; more would keep rows for the screen waiting."""


class RecordingStore:
    """All recordings met so far."""

    def __init__(
        self, writing: Desk, reading: Desk, counting: Desk, indexing: Upkeep, upkeep: Upkeep
    ) -> None:
        self._indexing = indexing
        self._upkeep = upkeep
        self._writing = writing
        self._reading = reading
        self._counting = counting

    async def add(
        self,
        recordings: Sequence[Recording],
        state: FeedState,
        *,
        whole: tuple[datetime, datetime] | None = None,
    ) -> Arrival:
        """Store a page and how far its feed has come, both or neither.

        With `whole`, other recordings that lie between these moments are gone.
        """
        arrival = await self._writing.run(add, recordings, state, whole)
        if arrival.new:
            self._indexing.begin()
            if state.exhausted:
                self._upkeep.begin()
        return arrival

    async def mark_gone(self, recordings: Sequence[Recording]) -> None:
        """Remember that the provider no longer has these recordings, in one transaction."""
        await self._writing.run(mark_gone, recordings)

    async def states(self) -> Sequence[FeedState]:
        """The progress of every feed."""
        return await self._reading.run(_states)

    async def read(self, ids: Sequence[int]) -> Sequence[Recording | None]:
        """The recordings of catalogue ids, in that order; None for one that is no longer there."""
        return await self._reading.run(_read, ids)

    async def counts(self) -> Sequence[Count]:
        """The number of recordings of each kind (folded) in each account."""
        return await self._reading.run(_counts)

    async def values(self, field: str) -> Sequence[str]:
        """The distinct values of a text field, sorted; of names and numbers the recent ones, as written."""
        return await self._counting.run(_values, field)


def _read(connection: apsw.Connection, ids: Sequence[int]) -> Sequence[Recording | None]:
    """The recordings of catalogue ids, in that order; None for one that is no longer there."""
    rows = connection.execute(
        f"select account.id, recording.key, {TOLD}, recording.measured"
        " from json_each(?) as wanted"
        " left join recording on recording.id = wanted.value"
        " left join account on account.key = recording.account order by wanted.key",
        (json.dumps(list(ids)),),
    )
    return [None if row[0] is None else from_row(*row) for row in rows]


def _states(connection: apsw.Connection) -> Sequence[FeedState]:
    """The progress of every feed."""
    rows = connection.execute(
        "select account.id, asked, state from feed join account on account.key = feed.account"
    )
    return [from_state(*row) for row in rows]


def _counts(connection: apsw.Connection) -> Sequence[Count]:
    """The number of recordings of each kind in each account."""
    rows = connection.execute(
        "select account.id, kind, sum(number) from tally join account on account.key = tally.account"
        " group by account.id, kind having sum(number) > 0"
    )
    return [Count(*row) for row in rows]


def _values(connection: apsw.Connection, field: str) -> Sequence[str]:
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
            f"select search.{column}, {TOLD} from json_each(?) as wanted"
            " join search on search.id = wanted.value join recording on recording.id = wanted.value",
            (json.dumps(holders),),
        )
        written |= {each: _named(value_of(told), column) or each for each, told in rows}
    return written


def _named(value: Mapping[str, Any], column: str) -> str:
    """The value of the recording with this `value` in a column of `search`, as the provider wrote it."""
    side, _, part = column.partition("_")
    if side not in _SIDES:
        return _whole(value[column])
    party = value[_SIDES[side]]
    return _whole(party["name"] if part == "name" else party.get("identity") or party["number"])


def _whole(text: object) -> str:
    """`text` less halves of characters, which cannot be shown."""
    return str(text).encode(errors="ignore").decode()
