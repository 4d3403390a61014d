"""What the tables say of each recording: the same columns in `recordings.csv` and `recordings.xlsx`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum, auto
from functools import partial
from operator import attrgetter

from playhead.core.exports.report import Outcome
from playhead.core.recording import Party, Recording
from playhead.papers.dossier import Dossier
from playhead.papers.wording import local, noted

Value = str | float | bool | datetime | None
"""What stands in a cell; None for nothing."""


class Kind(Enum):
    """What a column holds, which decides how a table shows it."""

    TEXT = auto()
    FILE = auto()
    """The path of a file, relative to the folder of the export."""
    NUMBER = auto()
    TRUTH = auto()
    MOMENT = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, what it holds, and how wide it is in characters."""

    title: str
    kind: Kind
    width: int
    value: Callable[[Outcome], Value]


def columns(dossier: Dossier) -> tuple[Column, ...]:
    """The columns of the tables of this export, in order."""
    return (
        *_result(),
        *_custody(dossier),
        *_recording(dossier.report.plan.zone),
        *_beside(dossier),
    )


def _result() -> Iterator[Column]:
    yield Column("result", Kind.TEXT, 9, lambda outcome: str(outcome.state))
    yield Column("why", Kind.TEXT, 24, lambda outcome: outcome.why)
    yield Column("file", Kind.FILE, 48, lambda outcome: outcome.path)
    yield Column("sha256", Kind.TEXT, 20, lambda outcome: outcome.sha256)
    yield Column("bytes", Kind.NUMBER, 11, lambda outcome: outcome.size if outcome.sha256 else None)


def _custody(dossier: Dossier) -> Iterator[Column]:
    """Which of the report it is, when and by which run it was fetched, and from where."""
    plan = dossier.report.plan

    def origin(name: str) -> Callable[[Outcome], Value]:
        return lambda outcome: getattr(plan.origins.get(outcome.recording.account), name, None)

    yield Column("number", Kind.NUMBER, 8, dossier.number_of)
    yield Column("fetched", Kind.MOMENT, 24, lambda outcome: local(outcome.fetched, plan.zone))
    yield Column("sitting", Kind.NUMBER, 8, dossier.sitting_of)
    yield Column("carried_over", Kind.TRUTH, 8, dossier.carried_over)
    yield Column("provider", Kind.TEXT, 10, lambda outcome: str(outcome.recording.provider))
    yield Column("account", Kind.TEXT, 16, lambda outcome: plan.labels.get(outcome.recording.account, ""))
    yield Column("account_id", Kind.TEXT, 12, lambda outcome: outcome.recording.account)
    yield Column("workspace", Kind.TEXT, 14, origin("workspace"))
    yield Column("address", Kind.TEXT, 18, origin("address"))


def _recording(zone: tzinfo) -> Iterator[Column]:
    for title in ("id", "kind", "direction", "status", "name", "filename"):
        yield _field(title, Kind.TEXT, 14, attrgetter(title))
    yield from _party("from", lambda recording: recording.caller)
    yield from _party("to", lambda recording: recording.callee)
    for title in ("started", "ended", "created", "updated"):
        yield _field(title, Kind.MOMENT, 24, partial(_moment, attrgetter(title), zone))
    yield _field("duration_seconds", Kind.NUMBER, 16, lambda recording: recording.duration)
    yield _field("format", Kind.TEXT, 8, lambda recording: recording.format)
    yield _field("stereo", Kind.TRUTH, 8, lambda recording: recording.stereo)
    yield _field("transcribed", Kind.TRUTH, 12, lambda recording: recording.transcribed)
    yield _field("size_told", Kind.NUMBER, 11, lambda recording: recording.size)
    for title in ("channel", "call", "conference", "origin", "creator"):
        yield _field(title, Kind.TEXT, 14, attrgetter(title))


def _moment(
    of: Callable[[Recording], datetime | None], zone: tzinfo, recording: Recording
) -> datetime | None:
    return local(of(recording), zone)


def _beside(dossier: Dossier) -> Iterator[Column]:
    """What was chosen to come with the audio."""
    choices = dossier.report.choices
    if choices.copy is not None:
        yield Column("copy", Kind.FILE, 24, lambda outcome: outcome.copy.path if outcome.copy else None)
        yield Column("copy_why", Kind.TEXT, 24, lambda outcome: outcome.copy_failure)
    if choices.transcripts:
        yield Column("transcript", Kind.FILE, 24, dossier.transcript_of)
        yield Column("transcript_why", Kind.TEXT, 24, lambda outcome: outcome.transcript_failure)
    if choices.marks:
        yield Column(
            "starred", Kind.TRUTH, 8, lambda outcome: outcome.marks.starred if outcome.marks else None
        )
        yield Column("notes", Kind.TEXT, 40, _notes)


def _notes(outcome: Outcome) -> str:
    return "\n".join(noted(note) for note in outcome.marks.notes) if outcome.marks else ""


def _party(side: str, party: Callable[[Recording], Party | None]) -> Iterator[Column]:
    def of(name: str) -> Callable[[Recording], Value]:
        return lambda recording: getattr(party(recording), name, None)

    yield _field(side, Kind.TEXT, 18, of("address"))
    yield _field(f"{side}_as_written", Kind.TEXT, 18, of("number"))
    for name in ("name", "country", "line", "contact"):
        yield _field(f"{side}_{name}", Kind.TEXT, 14, of(name))
    yield _field(f"{side}_anonymous", Kind.TRUTH, 12, of("anonymous"))


def _field(title: str, kind: Kind, width: int, value: Callable[[Recording], Value]) -> Column:
    return Column(title, kind, width, lambda outcome: value(outcome.recording))
