"""The sheets beside exported audio: `recordings.csv`, `report.txt` and `SHA256SUMS`."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from playhead.core.files import Kept, PartFile
from playhead.core.naming import visible
from playhead.core.recording import Party
from playhead.core.report import Outcome, Report, State, reason

_GUARDED = tuple("=+-@'\t\r\n＝＋－＠")
_NUMERIC = re.compile(r"[0-9][0-9.,]*(?:[eE][0-9]+)?")
_TITLES = {
    State.FAILED: "Failed",
    State.SKIPPED: "Skipped",
    State.LEFT: "Not reached",
    State.KEPT: "Kept",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def write_sheets(report: Report, program: str) -> tuple[str, ...]:
    """Write the three sheets into the folder of `report`, whole or not at all; gives their names.

    A name that is taken gets a number. The sums are those of the audio and of the other two sheets.
    Raises `ExportError`.
    """
    folder = report.plan.folder
    files = [
        Kept(outcome.path, outcome.size, outcome.sha256) for outcome in report.outcomes if outcome.sha256
    ]
    # A byte order mark, because without it spreadsheets take UTF-8 for something older.
    table = _write(PartFile(folder, "recordings.csv"), "\ufeff" + to_csv(report))
    text = _write(PartFile(folder, "report.txt"), to_text(report, program))
    files += [table, text]
    sums = _write(PartFile(folder, "SHA256SUMS"), to_sums(files))
    return (table.path, text.path, sums.path)


def to_sums(files: Iterable[Kept]) -> str:
    """What `sha256sum -c` reads: a sum and a path a line, sorted by path."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))


def to_csv(report: Report) -> str:
    """A table (RFC 4180) of every recording of the export, also of those that were not kept.

    Text that a spreadsheet would take for a formula or a number is guarded by an apostrophe before it: so
    `+31205550123` keeps its plus, long numbers their digits, and nothing is carried out. Text that begins
    with an apostrophe gets another one, so taking one away always gives the value. Times are in the zone of
    the plan, with their offset (ISO 8601).
    """
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    rows = [dict(_row(outcome, report)) for outcome in report.outcomes]
    if rows:
        writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return sheet.getvalue()


def to_text(report: Report, program: str) -> str:
    """The report in words, for somebody who has nothing but the folder."""
    zone = report.plan.zone
    states = {state: report.of(state) for state in State}
    counts = ", ".join(f"{len(states[state])} {title.lower()}" for state, title in _TITLES.items())
    lines = [
        f"Export of recordings with {program}",
        "",
        f"Began      {_moment(report.began, zone)}",
        f"Ended      {_moment(report.ended, zone)}",
        f"Times      in the zone {_zone_name(report)}, each with its offset from UTC",
        f"Coverage   {report.coverage or 'not stated'}",
        f"Recordings {len(report.outcomes)} chosen: {counts}",
        f"Audio      {report.size} bytes",
    ]
    if report.cancelled:
        lines.append("Cancelled  The export was cancelled; what is listed as kept is whole.")
    if report.stopped is not None:
        lines.append(
            f"Stopped    The export stopped: {reason(report.stopped)}. What is listed as kept is whole."
        )
    lines += [
        "",
        "The audio is byte for byte as the provider gave it. To check that nothing was altered since:",
        "    sha256sum -c SHA256SUMS        (Linux; macOS: shasum -a 256 -c SHA256SUMS)",
        "    Get-FileHash FILE              (Windows PowerShell, to be compared with the line in SHA256SUMS)",
        "In recordings.csv an apostrophe at the beginning of a cell marks text that spreadsheets would",
        "otherwise take for a number or a formula; a program that reads the sheet takes it away.",
    ]
    for state, title in _TITLES.items():
        if states[state]:
            lines += ["", title, ""]
            lines += [f"    {_line(outcome, report)}" for outcome in states[state]]
    return "\n".join(lines) + "\n"


def _line(outcome: Outcome, report: Report) -> str:
    recording = outcome.recording
    label = report.plan.labels.get(recording.account, recording.account)
    subject = outcome.path or f"{visible(recording.id)} of {recording.provider} {visible(label)}"
    return f"{subject}: {visible(outcome.why)}" if outcome.why else subject


def _row(outcome: Outcome, report: Report) -> Iterator[tuple[str, str]]:
    recording, zone = outcome.recording, report.plan.zone
    yield "result", str(outcome.state)
    yield "why", _text(outcome.why)
    yield "file", _text(outcome.path)
    yield "sha256", outcome.sha256
    yield "bytes", str(outcome.size) if outcome.sha256 else ""
    yield "provider", str(recording.provider)
    yield "account", _text(report.plan.labels.get(recording.account, ""))
    yield "account_id", _text(recording.account)
    for name in ("id", "kind", "direction", "status", "name", "filename"):
        yield name, _text(getattr(recording, name))
    yield from _party("from", recording.caller)
    yield from _party("to", recording.callee)
    for name in ("started", "ended", "created", "updated"):
        moment = getattr(recording, name)
        yield name, _moment(moment, zone) if moment is not None else ""
    yield "duration_seconds", f"{recording.duration:g}" if recording.duration is not None else ""
    yield "format", _text(recording.format)
    yield "stereo", _truth(recording.stereo)
    yield "transcribed", _truth(recording.transcribed)
    yield "size_told", str(recording.size) if recording.size is not None else ""
    for name in ("channel", "call", "conference", "origin", "creator"):
        yield name, _text(getattr(recording, name))


def _party(side: str, party: Party | None) -> Iterator[tuple[str, str]]:
    yield side, _text(party.address if party else None)
    yield f"{side}_as_written", _text(party.number if party else None)
    for name in ("name", "country", "line", "contact"):
        yield f"{side}_{name}", _text(getattr(party, name) if party else None)
    yield f"{side}_anonymous", _truth(party.anonymous if party else None)


def _text(value: str | None) -> str:
    """A cell that no spreadsheet misunderstands."""
    cell = _CONTROL.sub(" ", value or "")
    return f"'{cell}" if cell.startswith(_GUARDED) or _NUMERIC.fullmatch(cell) else cell


def _truth(value: bool | None) -> str:  # noqa: FBT001 - a value to be written, not a switch
    return {True: "yes", False: "no", None: ""}[value]


def _moment(moment: datetime, zone: tzinfo) -> str:
    try:
        return moment.astimezone(zone).isoformat(timespec="seconds")
    except (OverflowError, ValueError):
        return ""


def _zone_name(report: Report) -> str:
    zone = report.plan.zone
    return str(getattr(zone, "key", None) or report.ended.astimezone(zone).tzname() or zone)


def _write(part: PartFile, text: str) -> Kept:
    try:
        # A lone surrogate, which JSON can bring, has no UTF-8.
        part.write(0, text.encode("utf-8", "replace"))
        kept = part.keep()
    finally:
        part.discard()
    assert kept is not None  # nobody else could discard it
    return kept
