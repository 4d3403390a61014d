"""`recordings.xlsx` shows what there is: text as text, dates as dates, links to files."""

import warnings
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from playhead.core.exports.choices import CopyForm
from playhead.papers.exportdata import ExportData
from playhead.papers.workbook import write_workbook
from support.exports.export_examples import PROGRAM, everything, kept, recording, report


def sheets(path: Path) -> list[Worksheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return list(openpyxl.load_workbook(path))


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    titles, *others = sheet.iter_rows()
    return [{str(title.value): cell for title, cell in zip(titles, row, strict=True)} for row in others]


def made(dossier: ExportData, folder: Path, **options: int) -> list[Worksheet]:
    path = folder / "recordings.xlsx"
    write_workbook(dossier, path, **options)
    return sheets(path)


def value(row: dict[str, object], title: str) -> object:
    return row[title].value  # type: ignore[attr-defined]


def test_text_is_text_dates_are_dates_and_durations_are_numbers(tmp_path: Path) -> None:
    first, second, *_ = rows(made(ExportData(everything(tmp_path), PROGRAM), tmp_path)[0])
    assert value(first, "From") == "+31205550123"
    assert value(second, "Id") == "00012345678901234567890"
    assert value(first, "Started (Europe/Amsterdam)") == datetime(2026, 7, 14, 12, 1)  # noqa: DTZ001
    assert value(first, "Duration seconds") == 61.25
    assert value(second, "Duration seconds") == 1234567.125
    assert value(first, "Bytes") == 1000


def test_there_is_no_formula_whatever_texts_say(tmp_path: Path) -> None:
    book = made(ExportData(everything(tmp_path), PROGRAM), tmp_path)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}
    name = value(rows(sheets(tmp_path / "recordings.xlsx")[0])[1], "Name")
    assert name == '=cmd|"/c calc"!A1 <script>alert(1)</script> \u202eevil?  _x0041_\nsecond line'


@pytest.mark.parametrize("in_memory", [10, 0])
@pytest.mark.parametrize(
    "name", ["<r>&</r>", "<r><t>other</t></r>", "<r></r>", "<r>" + "&" * 20_000 + "</r>"]
)
def test_text_that_looks_like_markup_of_the_workbook_is_text(
    tmp_path: Path, name: str, in_memory: int
) -> None:
    outcome = replace(kept(tmp_path, 1), recording=recording(1, name=name))
    dossier = ExportData(report(tmp_path, [outcome]), PROGRAM)
    assert value(rows(made(dossier, tmp_path, in_memory=in_memory)[0])[0], "Name") == name


def test_links_lead_to_the_files_and_nowhere_else(tmp_path: Path) -> None:
    dossier = ExportData(everything(tmp_path, copy=CopyForm.OPUS), PROGRAM)
    sheet = made(dossier, tmp_path)[0]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == [
        "2026-07-14\\+31205550123_1.mp3",
        "2026-07-14\\+31205550123_1.opus",
        "a%20b\\100%25%20%231%20%5Bx%5D%20ü.mp3",
        "2026-07-14\\+31205550123_3.mp3",
    ]


def test_the_header_stays_and_filters_and_the_whole_is_described(tmp_path: Path) -> None:
    table, about = made(ExportData(everything(tmp_path), PROGRAM), tmp_path)
    assert table.freeze_panes == "A2"
    assert table.auto_filter.ref == table.dimensions
    facts = {row[0].value: row[1].value for row in about.iter_rows()}
    assert facts["Made with"] == PROGRAM
    assert facts["Coverage"] == "37 match in 1 204 loaded · more exist at Bird."


def test_more_recordings_than_a_sheet_has_rows_go_into_further_sheets(tmp_path: Path) -> None:
    outcomes = [kept(tmp_path, number) for number in range(7)]
    made_of = made(ExportData(report(tmp_path, outcomes), PROGRAM), tmp_path, rows=4)
    assert [sheet.title for sheet in made_of] == ["Recordings", "Recordings 2", "Recordings 3", "About"]
    assert [len(rows(sheet)) for sheet in made_of[:-1]] == [3, 3, 1]


def test_a_long_table_is_made_in_little_memory_and_leaves_no_file_of_its_own(tmp_path: Path) -> None:
    dossier = ExportData(everything(tmp_path / "export"), PROGRAM)
    killed = tmp_path / ".playhead-sheets-x1y2"
    killed.mkdir()
    (killed / "half of a sheet").touch()
    write_workbook(dossier, tmp_path / "recordings.xlsx", in_memory=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export", "recordings.xlsx"]
    assert len(rows(sheets(tmp_path / "recordings.xlsx")[0])) == 6
    name = value(rows(sheets(tmp_path / "recordings.xlsx")[0])[1], "Name")
    assert str(name).endswith("_x0041_\nsecond line")


def test_what_a_cell_cannot_hold_is_cut_or_written_as_text(tmp_path: Path) -> None:
    odd = recording(1, name="x" * 40_000, started=datetime(1850, 1, 1, tzinfo=UTC), created=None)
    outcome = replace(kept(tmp_path, 1), recording=odd)
    row = rows(made(ExportData(report(tmp_path, [outcome]), PROGRAM), tmp_path)[0])[0]
    assert len(str(value(row, "Name"))) == 32_767
    assert str(value(row, "Started (Europe/Amsterdam)")).startswith("1850-01-01 00:")


def test_a_cell_is_cut_between_two_letters_as_spreadsheets_count_them(tmp_path: Path) -> None:
    for name, left in (("\U0001f600" * 20_000, 16_383), ("x" + "\U0001f600" * 16_383, 0)):
        outcome = replace(kept(tmp_path, 1), recording=recording(1, name=name))
        row = rows(made(ExportData(report(tmp_path, [outcome]), PROGRAM), tmp_path)[0])[0]
        assert value(row, "Name") == (f"{name[:left]}…" if left else name)


def test_an_empty_export_makes_a_workbook_too(tmp_path: Path) -> None:
    table, _ = made(ExportData(report(tmp_path, []), PROGRAM), tmp_path)
    assert rows(table) == []
