"""The journal of exports: `core.stores.Exports` in the catalogue.

What an export is going to do is a row a file, which refers to the recording and goes with it when its account
is disconnected; what became of a file is one small change of that row.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import apsw

from playhead.catalogue.connection import transaction
from playhead.catalogue.desk import Desk
from playhead.catalogue.packing import TOLD
from playhead.catalogue.rows import from_micros, from_row, to_key, to_micros
from playhead.core.exports.choices import Choices, from_plain, to_plain
from playhead.core.exports.custody import (
    Sitting,
    moment_from_plain,
    origin_to_plain,
    origins_from_plain,
    sitting_from_plain,
    sitting_to_plain,
)
from playhead.core.exports.files import Kept
from playhead.core.exports.plan import Plan, Planned
from playhead.core.exports.report import Outcome, State
from playhead.core.recording import Recording
from playhead.core.stores import Brief, Entry
from playhead.core.zone import zone_of


def to_plan(plan: Plan) -> str:
    """A plan without its files."""
    origins = {account: origin_to_plain(origin) for account, origin in plan.origins.items()}
    known = {"folder": str(plan.folder), "labels": dict(plan.labels), "zone": _to_zone(plan.zone)}
    return json.dumps({**known, "origins": origins})


def from_plan(value: str, files: Sequence[Planned]) -> Plan:
    """The plan that `to_plan` was given, with these files."""
    known = json.loads(value)
    return Plan(
        Path(known["folder"]),
        tuple(files),
        known["labels"],
        _from_zone(known["zone"]),
        origins=origins_from_plain(known.get("origins")),
    )


def to_choices(choices: Choices) -> str:
    """Everything that was chosen."""
    return json.dumps(to_plain(choices))


def from_choices(value: str) -> Choices:
    """The choices that `to_choices` was given; what only another version knows is left out."""
    return from_plain(json.loads(value))


def to_outcome(outcome: Outcome) -> str:
    """The outcome of a file, without the error and what is kept elsewhere: `why` says enough."""
    apart = {"recording", "error", "transcript", "marks", "health", "said", "same"}
    known = {each.name: getattr(outcome, each.name) for each in fields(Outcome) if each.name not in apart}
    return json.dumps(known, default=_plain, separators=(",", ":"))


def from_outcome(value: str, recording: Recording) -> Outcome:
    """The outcome that `to_outcome` was given."""
    known = json.loads(value)
    copy = known.get("copy")
    kept = Kept(**copy) if copy is not None else None
    given = {
        **known,
        "state": State(known["state"]),
        "copy": kept,
        "fetched": moment_from_plain(known.get("fetched")),
        "sitting": sitting_from_plain(known.get("sitting")),
    }
    return Outcome(recording=recording, **given)


def _plain(value: object) -> object:
    match value:
        case Kept():
            return asdict(value)
        case Sitting():
            return sitting_to_plain(value)
        case datetime():
            return value.isoformat()
    raise TypeError(type(value).__name__)


def _to_zone(zone: tzinfo) -> str | float:
    """UTC, the name of a region, seconds from UTC; anything else is the computer's own zone."""
    if isinstance(zone, ZoneInfo):
        return zone.key
    offset = zone.utcoffset(None)
    return "" if offset is None else offset.total_seconds()


def _from_zone(known: str | float) -> tzinfo:
    if not isinstance(known, str):
        return timezone(timedelta(seconds=known)) if known else UTC
    return zone_of(known)


class ExportJournal:
    """Exports that are under way, or that the person has not dismissed."""

    def __init__(self, writing: Desk, reading: Desk) -> None:
        self._writing = writing
        self._reading = reading

    async def begin(
        self, plan: Plan, choices: Choices, done: Mapping[int, Outcome] = MappingProxyType({})
    ) -> int:
        """Write down what an export is going to do; recordings that are not in the catalogue are left out."""
        return await self._writing.run(_begin, plan, choices, done)

    async def settle(self, number: int, place: int, outcome: Outcome) -> None:
        """Write down what became of a file; nothing happens if its account was disconnected meanwhile."""
        await self._writing.run(_settle, number, place, outcome)

    async def end(self, number: int) -> None:
        """Write down that the export has ended."""
        await self._writing.run(_end, number)

    async def dismiss(self, number: int) -> None:
        """Let go of an export; what was exported stays known."""
        await self._writing.run(_dismiss, number)

    async def briefs(self) -> list[Brief]:
        """The exports that were not dismissed, the oldest first."""
        return await self._reading.run(_briefs)

    async def entry(self, number: int) -> Entry | None:
        """All of one of them; errors are no longer part of outcomes."""
        return await self._reading.run(_entry, number)


def _begin(connection: apsw.Connection, plan: Plan, choices: Choices, done: Mapping[int, Outcome]) -> int:
    with transaction(connection):
        connection.execute(
            "insert into export (value, choices, began) values (?, ?, ?)",
            (to_plan(plan), to_choices(choices), to_micros(datetime.now(UTC))),
        )
        number = connection.last_insert_rowid()
        connection.executemany(
            "insert into planned (export, place, recording, path) select ?, ?, recording.id, ?"
            " from account join recording on recording.account = account.key"
            " where account.id = ? and recording.key = ?",
            [
                (number, place, to_key(file.path), file.recording.account, to_key(file.recording.id))
                for place, file in enumerate(plan.files)
            ],
        )
        for place, outcome in done.items():
            _note(connection, number, place, outcome)
        return number


def _settle(connection: apsw.Connection, number: int, place: int, outcome: Outcome) -> None:
    with transaction(connection):
        _note(connection, number, place, outcome)


def _note(connection: apsw.Connection, number: int, place: int, outcome: Outcome) -> None:
    """Write down the outcome of a file, within a transaction."""
    recording = outcome.recording
    # By its recording too: places move up when an account is disconnected while the export is away.
    row = connection.execute(
        "select planned.place, planned.recording from planned"
        " join recording on recording.id = planned.recording"
        " join account on account.key = recording.account"
        " where planned.export = ? and account.id = ? and recording.key = ?"
        " order by abs(planned.place - ?) limit 1",
        (number, recording.account, to_key(recording.id), place),
    ).fetchone()
    if row is None:
        return
    connection.execute(
        "update planned set outcome = ? where export = ? and place = ?",
        (to_outcome(outcome), number, row[0]),
    )
    if outcome.state is State.KEPT:
        connection.execute(
            "insert or replace into exported values (?, ?, ?)",
            (row[1], number, to_micros(datetime.now(UTC))),
        )
    else:
        connection.execute("delete from exported where id = ? and export = ?", (row[1], number))


def _end(connection: apsw.Connection, number: int) -> None:
    with transaction(connection):
        connection.execute("update export set ended = 1 where number = ?", (number,))


def _dismiss(connection: apsw.Connection, number: int) -> None:
    with transaction(connection):
        connection.execute("delete from export where number = ?", (number,))


def _briefs(connection: apsw.Connection) -> list[Brief]:
    exports = connection.execute("select number, value, choices, began, ended from export order by number")
    return [_brief(connection, *row) for row in exports.fetchall()]


def _brief(
    connection: apsw.Connection, number: Any, value: Any, choices: Any, began: Any, ended: Any
) -> Brief:
    files, present, size, states = 0, 0, 0, Counter[State]()
    rows = connection.execute(
        "select outcome ->> 'state', count(*), sum(outcome ->> 'present'), sum(outcome ->> 'size')"
        " from planned where export = ? group by 1",
        (number,),
    )
    for state, some, already, bytes_kept in rows:
        files += some
        if state is not None:
            states[State(state)] = some
            present += already
            size += bytes_kept
    return Brief(
        number=number,
        folder=from_plan(value, ()).folder,
        choices=from_choices(choices),
        began=from_micros(began),
        files=files,
        states=states,
        present=present,
        size=size,
        ended=bool(ended),
    )


def _entry(connection: apsw.Connection, number: int) -> Entry | None:
    export = connection.execute(
        "select value, choices, began, ended from export where number = ?", (number,)
    ).fetchone()
    if export is None:
        return None
    value, choices, began, ended = export
    files, outcomes = list[Planned](), dict[int, Outcome]()
    rows = connection.execute(
        f"select planned.path, planned.outcome, account.id, recording.key, {TOLD},"
        " recording.measured from planned join recording on recording.id = planned.recording"
        " join account on account.key = recording.account where planned.export = ? order by planned.place",
        (number,),
    )
    for place, (path, outcome, *row) in enumerate(rows):
        recording = from_row(*row)
        files.append(Planned(recording, path.decode("utf-8", "surrogatepass")))
        if outcome is not None:
            outcomes[place] = from_outcome(outcome, recording)
    return Entry(
        number=number,
        plan=from_plan(value, files),
        choices=from_choices(choices),
        began=from_micros(began),
        outcomes=outcomes,
        ended=bool(ended),
    )
