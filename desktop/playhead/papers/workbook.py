"""`recordings.xlsx`: the table as a spreadsheet of its own kind, with real dates and links to the files."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from playhead.core.exports.report import Outcome, Report
from playhead.papers.csvtable import CellKind, TableColumn, Value, columns
from playhead.papers.exportdata import ExportData
from playhead.papers.facts import facts, summary
from playhead.papers.formatting import ZULU, clean, local, readable, stamp, zone_name

ROWS = 1_048_576
"""Rows of a sheet, its header among them."""
_LINKS = 65_530
"""Links that a sheet can have."""
_LONGEST = 32_767
"""Units of UTF-16 in a cell: an emoji is two."""
_LONGEST_LINK = 2_000
_FIRST_YEAR = 1900
"""The calendar of spreadsheets begins then."""
_LARGEST = 10**15
"""A spreadsheet keeps 15 figures of a number."""
_READING = (
    "Dates show their offset from UTC, which does not count when they are sorted or reckoned with: the "
    "columns in UTC beside them are for that. All other text is text; no cell has a formula."
)
_DATE = len("2026-07-14T12:00:00")
_ABREAST = 4
"""Printed pages for the width of a table: all columns on one could not be read."""
_SCRATCH = ".playhead-sheets-"
IN_MEMORY = 10_000
"""Recordings whose table is made without files of its own (about 60 MB)."""
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
    "use_zip64": True,
}
_ESCAPES = str.maketrans({letter: f"%{ord(letter):02X}" for letter in '%#" <>[]`^{}'})


def write_workbook(export: ExportData, path: Path, *, rows: int = ROWS, in_memory: int = IN_MEMORY) -> None:
    """Write the workbook to `path`: the recordings, `rows` to a sheet, then what it is about.

    More than `in_memory` recordings go through files in a hidden folder beside `path` while it is made.

    All text is text: no formula, no number made of digits, no link but those to the files of the export,
    which are relative to it. Dates are in the zone of the export and show their offset from UTC; beside each
    stands the same moment in UTC, as a spreadsheet reckons without offsets.
    """
    report = export.report
    outcomes = report.outcomes
    with ExitStack() as stack:
        storing: dict[str, object] = {"in_memory": True}
        if len(outcomes) > in_memory:
            for left in path.parent.glob(f"{_SCRATCH}*/"):
                # By a run that was killed.
                shutil.rmtree(left, ignore_errors=True)
            scratch = stack.enter_context(TemporaryDirectory(prefix=_SCRATCH, dir=path.parent))
            storing = {"constant_memory": True, "tmpdir": scratch}
        file = stack.enter_context(path.open("wb"))
        book = stack.enter_context(Workbook(file, {**_OPTIONS, **storing}))
        book.set_properties({"title": "Recordings", "comments": export.program})
        sheets = _Sheets(book, tuple(_beside_utc(columns(export), zone_name(report))), _name(report))
        for start in range(0, max(1, len(outcomes)), rows - 1):
            sheets.add(outcomes[start : start + rows - 1])
        _about(book, export)


def _beside_utc(described: Sequence[TableColumn], zone: str) -> Iterator[TableColumn]:
    """The columns with titles for people, and beside each of moments one in UTC."""
    for column in described:
        title = column.title.replace("_", " ").capitalize()
        if column.kind is not CellKind.MOMENT:
            yield replace(column, title=title)
            continue
        yield replace(column, title=f"{title} ({zone or 'local'})")
        if zone != "UTC":
            yield replace(column, title=f"{title} (UTC)", value=partial(_in_utc, column))


def _name(report: Report) -> str:
    return f"Export of recordings, {readable(report.began, report.plan.zone)}"


def _in_utc(column: TableColumn, outcome: Outcome) -> Value:
    moment = column.value(outcome)
    return local(moment, UTC) if isinstance(moment, datetime) else moment


class _Sheets:
    """The sheets of recordings of one workbook."""

    def __init__(self, book: Workbook, described: Sequence[TableColumn], name: str) -> None:
        """`name` is at the foot of every printed page."""
        self._book = book
        self._name = name.replace("&", "&&")
        self._columns = described
        self._number = 0
        self._head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        self._text = book.add_format({"num_format": "@", "valign": "top"})
        self._dates: dict[str, Format] = {}
        self._plain = book.add_format({"valign": "top"})
        self._link = book.add_format({"font_color": "#1f6feb", "underline": 1, "valign": "top"})

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """One more sheet, with these recordings."""
        self._number += 1
        sheet = self._book.add_worksheet("Recordings" if self._number == 1 else f"Recordings {self._number}")
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(_ABREAST, 0)
        sheet.set_footer(f"&L{self._name}&RPage &P of &N")
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.title, self._head)
        links = 0
        for row, outcome in enumerate(outcomes, 1):
            for place, column in enumerate(self._columns):
                value = column.value(outcome)
                if column.kind is CellKind.FILE and value and links < _LINKS:
                    links += self._write_link(sheet, row, place, str(value))
                else:
                    self._write(sheet, row, place, value)
        sheet.autofilter(0, 0, len(outcomes), len(self._columns) - 1)

    def _write(self, sheet: Worksheet, row: int, place: int, value: Value) -> None:
        match value:
            case None | "":
                return
            case bool():
                sheet.write_string(row, place, "yes" if value else "no", self._text)
            case datetime() if value.year >= _FIRST_YEAR and value.tzinfo is not ZULU:
                sheet.write_datetime(row, place, value.replace(microsecond=0), self._date(value))
            case datetime():
                sheet.write_string(row, place, stamp(value).replace("T", " "), self._text)
            case int() if abs(value) > _LARGEST:
                sheet.write_string(row, place, str(value), self._text)
            case str():
                _put(sheet, row, place, value, self._text)
            case _:
                sheet.write_number(row, place, value, self._plain)

    def _date(self, moment: datetime) -> Format:
        """The format of a date: with its offset, which is no part of a date to a spreadsheet."""
        offset = moment.isoformat(timespec="seconds")[_DATE:]
        if offset not in self._dates:
            shown = f'yyyy-mm-dd hh:mm:ss "{offset}"'
            self._dates[offset] = self._book.add_format(
                {"num_format": shown, "valign": "top", "align": "left"}
            )
        return self._dates[offset]

    def _write_link(self, sheet: Worksheet, row: int, place: int, path: str) -> int:
        address = path.translate(_ESCAPES)
        if len(address) > _LONGEST_LINK:
            self._write(sheet, row, place, path)
            return 0
        sheet.write_url(row, place, f"external:{address}", self._link, string=_cell(path))
        return 1


def _about(book: Workbook, export: ExportData) -> None:
    sheet = book.add_worksheet("About")
    title = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 100)
    for row, (name, words) in enumerate(
        [("Result", summary(export)), *facts(export), ("In this book", _READING)]
    ):
        sheet.write_string(row, 0, name, title)
        _put(sheet, row, 1, words, text)


def _put(sheet: Worksheet, row: int, place: int, text: str, look: Format) -> None:
    """Write text as it is, also what XlsxWriter takes for its own markup and would put into the file so."""
    plain = _cell(text)
    if plain.startswith("<r>") and plain.endswith("</r>"):
        sheet.write_rich_string(row, place, plain[:1], look, plain[1:], look)
    else:
        sheet.write_string(row, place, plain, look)


def _cell(text: str) -> str:
    plain = clean(text)
    units = plain.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST:
        return plain
    return f"{units[: 2 * _LONGEST - 2].decode('utf-16-le', 'ignore')}…"
