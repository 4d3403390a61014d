"""Columns of the tables of an export, and the table as CSV."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum, auto
from functools import partial
from operator import attrgetter
from typing import TextIO

from playhead.core import spreadsheet
from playhead.core.exports.report import Outcome
from playhead.core.health.audiofigures import AudioFigures
from playhead.core.health.contradictions import contradictions
from playhead.core.recording import Party, Recording
from playhead.papers.exportdata import ExportData
from playhead.papers.formatting import clean, decimal, local, noted, said, stamp

Value = str | float | bool | datetime | None
"""The content of a cell; None for nothing."""


class CellKind(Enum):
    """The content of a column, which decides how a table shows it."""

    TEXT = auto()
    FILE = auto()
    """The path of a file, relative to the folder of the export."""
    NUMBER = auto()
    TRUTH = auto()
    MOMENT = auto()


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its title, what it holds, and how wide it is in characters."""

    title: str
    kind: CellKind
    width: int
    value: Callable[[Outcome], Value]


def columns(export: ExportData) -> tuple[TableColumn, ...]:
    """The columns of the tables of this export, in order."""
    return (
        *_result(),
        *_custody(export),
        *recording_columns(export.report.plan.zone),
        *_beside(export),
        *_said(export),
        *_health(export),
        *_same(export),
    )


def _result() -> Iterator[TableColumn]:
    yield TableColumn("result", CellKind.TEXT, 9, lambda outcome: str(outcome.state))
    yield TableColumn("why", CellKind.TEXT, 24, lambda outcome: outcome.why)
    yield TableColumn("file", CellKind.FILE, 48, lambda outcome: outcome.path)
    yield TableColumn("sha256", CellKind.TEXT, 20, lambda outcome: outcome.sha256)
    yield TableColumn("bytes", CellKind.NUMBER, 11, lambda outcome: outcome.size if outcome.sha256 else None)


def _custody(export: ExportData) -> Iterator[TableColumn]:
    """Its number in the report, the time and run that fetched it, and its origin."""
    plan = export.report.plan

    def origin(name: str) -> Callable[[Outcome], Value]:
        return lambda outcome: getattr(plan.origins.get(outcome.recording.account), name, None)

    yield TableColumn("number", CellKind.NUMBER, 8, export.number_of)
    yield TableColumn("fetched", CellKind.MOMENT, 24, lambda outcome: local(outcome.fetched, plan.zone))
    yield TableColumn("sitting", CellKind.NUMBER, 8, export.sitting_of)
    yield TableColumn("carried_over", CellKind.TRUTH, 8, export.carried_over)
    yield TableColumn("provider", CellKind.TEXT, 10, lambda outcome: str(outcome.recording.provider))
    yield TableColumn(
        "account", CellKind.TEXT, 16, lambda outcome: plan.labels.get(outcome.recording.account, "")
    )
    yield TableColumn("account_id", CellKind.TEXT, 12, lambda outcome: outcome.recording.account)
    yield TableColumn("workspace", CellKind.TEXT, 14, origin("workspace"))
    yield TableColumn("address", CellKind.TEXT, 18, origin("address"))


def recording_columns(zone: tzinfo) -> Iterator[TableColumn]:
    """The columns of what the provider says of a recording; moments in `zone`."""
    for title in ("id", "kind", "direction", "status", "name", "filename"):
        yield _field(title, CellKind.TEXT, 14, attrgetter(title))
    yield from _party("from", lambda recording: recording.caller)
    yield from _party("to", lambda recording: recording.callee)
    for title in ("started", "ended", "created", "updated"):
        yield _field(title, CellKind.MOMENT, 24, partial(_moment, attrgetter(title), zone))
    yield _field("duration_seconds", CellKind.NUMBER, 16, lambda recording: recording.length)
    yield _field("format", CellKind.TEXT, 8, lambda recording: recording.format)
    yield _field("stereo", CellKind.TRUTH, 8, lambda recording: recording.stereo)
    yield _field("transcribed", CellKind.TRUTH, 12, lambda recording: recording.transcribed)
    yield _field("size_told", CellKind.NUMBER, 11, lambda recording: recording.size)
    for title in ("channel", "call", "conference", "origin", "creator"):
        yield _field(title, CellKind.TEXT, 14, attrgetter(title))


def _moment(
    of: Callable[[Recording], datetime | None], zone: tzinfo, recording: Recording
) -> datetime | None:
    return local(of(recording), zone)


def _beside(export: ExportData) -> Iterator[TableColumn]:
    """Columns of the files and marks that were chosen to come with the audio."""
    choices = export.report.choices
    if choices.copy is not None:
        yield TableColumn(
            "copy", CellKind.FILE, 24, lambda outcome: outcome.copy.path if outcome.copy else None
        )
        yield TableColumn(
            "copy_why", CellKind.TEXT, 24, lambda outcome: outcome.copy_failure or outcome.copy_flaw
        )
    if choices.transcripts:
        yield TableColumn("transcript", CellKind.FILE, 24, export.transcript_of)
        yield TableColumn("transcript_why", CellKind.TEXT, 24, lambda outcome: outcome.transcript_failure)
    if choices.marks:
        yield TableColumn(
            "starred", CellKind.TRUTH, 8, lambda outcome: outcome.marks.starred if outcome.marks else None
        )
        yield TableColumn("notes", CellKind.TEXT, 40, _notes)


def _said(export: ExportData) -> Iterator[TableColumn]:
    """Column of what was said of what the filter asks for, if anything of it was."""
    if any(outcome.said for outcome in export.report.outcomes):
        yield TableColumn("said", CellKind.TEXT, 48, lambda outcome: "\n".join(map(said, outcome.said)))


def _health(export: ExportData) -> Iterator[TableColumn]:
    """Columns of what was measured of the sound, if any of it was."""
    if not any(outcome.health for outcome in export.report.outcomes):
        return

    def of(value: Callable[[AudioFigures], Value]) -> Callable[[Outcome], Value]:
        def of_decoded(outcome: Outcome) -> Value:
            found = outcome.health.figures if outcome.health else None
            return value(found) if found is not None and found.channels else None

        return of_decoded

    yield TableColumn(
        "health", CellKind.TEXT, 12, lambda outcome: str(outcome.health.verdict) if outcome.health else None
    )
    for title, width, value in _FIGURES:
        yield TableColumn(title, CellKind.NUMBER, width, of(value))
    yield TableColumn("codec", CellKind.TEXT, 12, of(lambda figures: figures.codec))
    yield TableColumn("container", CellKind.TEXT, 12, of(lambda figures: figures.container))
    yield TableColumn("said_otherwise", CellKind.TEXT, 24, _otherwise)


def _otherwise(outcome: Outcome) -> Value:
    """Contradictions between what was said of the sound and what it is: `said WAV, is MP3`."""
    if outcome.health is None:
        return None
    return " and ".join(map(str, contradictions(outcome.health.figures, outcome.recording)))


def _same(export: ExportData) -> Iterator[TableColumn]:
    """Columns of the group of recordings with the same sound, if any of them is in one."""
    if any(outcome.same for outcome in export.report.outcomes):
        yield TableColumn(
            "same_sound", CellKind.NUMBER, 12, lambda outcome: outcome.same.group if outcome.same else None
        )
        yield TableColumn(
            "same_sound_recordings",
            CellKind.NUMBER,
            12,
            lambda outcome: len(outcome.same.ids) if outcome.same else None,
        )


def _rounded(value: float | None, digits: int) -> float | None:
    """A figure with as many decimals as it is measured to."""
    return None if value is None else round(value, digits)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 3)


_FIGURES: tuple[tuple[str, int, Callable[[AudioFigures], Value]], ...] = (
    ("loudness_lufs", 14, lambda figures: _rounded(figures.lufs, 1)),
    ("true_peak_dbtp", 14, lambda figures: _rounded(figures.peak, 1)),
    ("clipped_percent", 14, lambda figures: _percent(figures.clipped)),
    ("digital_zero_percent", 14, lambda figures: _percent(figures.zero)),
    ("silence_percent", 14, lambda figures: _percent(figures.silence)),
    ("longest_silence_seconds", 14, lambda figures: _rounded(figures.longest_silence, 2)),
    ("leading_silence_seconds", 14, lambda figures: _rounded(figures.leading_silence, 2)),
    ("trailing_silence_seconds", 14, lambda figures: _rounded(figures.trailing_silence, 2)),
    ("talk_left_percent", 14, lambda figures: _percent(figures.left)),
    ("talk_right_percent", 14, lambda figures: _percent(figures.right)),
    ("talk_both_percent", 14, lambda figures: _percent(figures.both)),
    ("channel_likeness", 14, lambda figures: _rounded(figures.likeness, 3)),
    ("measured_seconds", 14, lambda figures: _rounded(figures.seconds, 3)),
    ("damaged_seconds", 14, lambda figures: _rounded(figures.damaged, 3)),
    ("bandwidth_hz", 12, lambda figures: figures.bandwidth),
    ("rate_hz", 10, lambda figures: figures.rate),
    ("channels", 10, lambda figures: figures.count),
)


def _notes(outcome: Outcome) -> str:
    return "\n".join(noted(note) for note in outcome.marks.notes) if outcome.marks else ""


def _party(side: str, party: Callable[[Recording], Party | None]) -> Iterator[TableColumn]:
    def of(name: str) -> Callable[[Recording], Value]:
        return lambda recording: getattr(party(recording), name, None)

    yield _field(side, CellKind.TEXT, 18, of("address"))
    yield _field(f"{side}_as_written", CellKind.TEXT, 18, of("number"))
    for name in ("name", "country", "line", "contact"):
        yield _field(f"{side}_{name}", CellKind.TEXT, 14, of(name))
    yield _field(f"{side}_anonymous", CellKind.TRUTH, 12, of("anonymous"))


def _field(title: str, kind: CellKind, width: int, value: Callable[[Recording], Value]) -> TableColumn:
    return TableColumn(title, kind, width, lambda outcome: value(outcome.recording))


_PARTING = frozenset('",;\t\r\n')
_EXACT = 15
"""Figures that a spreadsheet keeps of a number."""


def write_csv(export: ExportData, file: TextIO) -> None:
    """Write a row for every recording of the export, also for those that were not kept.

    Text that a spreadsheet would take for anything else is guarded (`core.spreadsheet`). Columns that hold
    numbers (bytes, seconds) are not. Times are in the zone of the plan, with their offset (ISO 8601).
    """
    described = columns(export)
    # A byte order mark, because without it spreadsheets take UTF-8 for something older.
    file.write("\ufeff")
    file.write(line(column.title for column in described))
    for outcome in export.report.outcomes:
        file.write(line(cell(column.value(outcome), column.kind) for column in described))


def line(cells: Iterable[str]) -> str:
    """A row of a table."""
    return ",".join(map(_quoted, cells)) + "\r\n"


def _quoted(text: str) -> str:
    """In quotes if it has what parts cells in some country, not only here."""
    return '"' + text.replace('"', '""') + '"' if _PARTING.intersection(text) else text


def cell(value: Value, kind: CellKind) -> str:
    """A value as text."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return stamp(value)
        case str():
            return guarded(value) if kind in {CellKind.TEXT, CellKind.FILE} else value
        case _:
            written = decimal(value)
            return written if len(written) <= _EXACT else guarded(written)


def guarded(text: str) -> str:
    """`text` as a cell that is shown as it is, by whatever opens it."""
    return spreadsheet.guarded(clean(text))
