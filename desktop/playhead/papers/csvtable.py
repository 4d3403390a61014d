"""`recordings.csv`: a table (RFC 4180) that no spreadsheet misunderstands."""

from collections.abc import Iterable
from datetime import datetime
from typing import TextIO

from playhead.core import spreadsheet
from playhead.papers.exportdata import ExportData
from playhead.papers.formatting import clean, decimal, stamp
from playhead.papers.tablecolumns import CellKind, Value, columns

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
    file.write(_line(column.title for column in described))
    for outcome in export.report.outcomes:
        file.write(_line(cell(column.value(outcome), column.kind) for column in described))


def _line(cells: Iterable[str]) -> str:
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
