"""The plan, the choices and the outcomes of an export as JSON, and back."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

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
    apart = {"recording", "error", "transcript", "marks"}
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
