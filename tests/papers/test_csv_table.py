"""`recordings.csv` is read by programs as it was written, and by spreadsheets as it is meant."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.papers.csvtable import CellKind, cell, write_csv
from playhead.papers.exportdata import ExportData
from support.exports.export_examples import PROGRAM, everything, kept, recording, report


def table(dossier: ExportData) -> list[dict[str, str]]:
    """The rows, as the module of the standard library reads them."""
    paper = io.StringIO(newline="")
    write_csv(dossier, paper)
    assert paper.getvalue().startswith("\ufeffresult,")
    return list(csv.DictReader(io.StringIO(paper.getvalue().removeprefix("\ufeff"), newline="")))


def test_every_recording_has_a_row_also_those_that_were_not_kept(tmp_path: Path) -> None:
    rows = table(ExportData(everything(tmp_path), PROGRAM))
    assert [row["result"] for row in rows] == ["kept", "kept", "kept", "skipped", "failed", "left"]
    assert rows[4]["why"] == "the provider does not have it (HTTP 404, request req-7)"
    assert rows[0]["file"] == "2026-07-14/+31205550123_1.mp3"
    assert rows[0]["started"] == "2026-07-14T12:01:00+02:00"


def test_numbers_are_numbers_and_phone_numbers_are_not(tmp_path: Path) -> None:
    row = table(ExportData(everything(tmp_path), PROGRAM))[1]
    assert row["duration_seconds"] == "1234567.125"
    assert row["bytes"] == "1000"
    assert row["size_told"] == "12345678901"
    assert row["id"] == "'00012345678901234567890"
    assert row["to"] == "'+15550142"
    assert row["account"] == "'@SUM(A1) <b>US</b>"


def test_a_hostile_name_stays_one_harmless_cell(tmp_path: Path) -> None:
    row = table(ExportData(everything(tmp_path), PROGRAM))[1]
    assert row["name"].startswith("'=cmd|")
    assert row["name"].endswith("\nsecond line")
    assert "\x07" not in row["name"]


def test_stars_notes_and_transcripts_have_columns_only_if_they_were_chosen(tmp_path: Path) -> None:
    plain = table(ExportData(report(tmp_path, [kept(tmp_path, 1)]), PROGRAM))[0]
    full = table(ExportData(everything(tmp_path), PROGRAM))[0]
    assert "notes" not in plain
    assert "copy" not in plain
    assert full["starred"] == "yes"
    assert full["notes"] == "call back\nsoon\n1:02 refund"


def test_an_empty_export_has_the_header_alone(tmp_path: Path) -> None:
    assert table(ExportData(report(tmp_path, []), PROGRAM)) == []


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_begins_with_a_sign_whatever_parts_the_cells(tmp_path: Path, separator: str) -> None:
    names = ["x;=1+1;y", '";=3+3;"', 'x;"=1', "a\n=1", "x\t=1", "x,=1", "\t=1", "=1;=2", "y; =1", "\u200b=1"]
    outcomes = [kept(tmp_path, at, recorded=recording(at, name=name)) for at, name in enumerate(names)]
    paper = io.StringIO(newline="")
    write_csv(ExportData(report(tmp_path, outcomes), PROGRAM), paper)
    # As programs split a line that do not find a quote at its beginning.
    plain = re.split(f"[{separator}\\r\\n]", paper.getvalue())
    quoted = csv.reader(io.StringIO(paper.getvalue(), newline=""), delimiter=separator)
    for cells in (plain, *quoted) if separator != "," else quoted:
        assert not [cell for cell in cells if cell.strip('" \xa0').startswith(("=", "+", "-", "@"))]


def test_text_with_a_sign_that_parts_cells_elsewhere_is_in_quotes(tmp_path: Path) -> None:
    paper = io.StringIO(newline="")
    outcome = kept(tmp_path, 1, recorded=recording(1, name="Jansen; Maria"))
    write_csv(ExportData(report(tmp_path, [outcome]), PROGRAM), paper)
    assert ',"Jansen; Maria",' in paper.getvalue()


def test_a_number_of_more_figures_than_a_spreadsheet_keeps_is_text() -> None:
    assert cell(12_345_678_901, CellKind.NUMBER) == "12345678901"
    assert cell(1234567890123456789, CellKind.NUMBER) == "'1234567890123456789"


@given(st.floats(min_value=0, max_value=1e9))
def test_a_number_is_written_in_digits_to_the_thousandth(number: float) -> None:
    written = cell(number, CellKind.NUMBER)
    assert re.fullmatch(r"[0-9]+(\.[0-9]{1,3})?", written)
    assert float(written) == pytest.approx(number, abs=0.0006)


def test_a_duration_of_nothing_is_zero_and_none_is_empty(tmp_path: Path) -> None:
    lengths = (0.0, None)
    outcomes = [kept(tmp_path, at, recorded=recording(at, duration=each)) for at, each in enumerate(lengths)]
    rows = table(ExportData(report(tmp_path, outcomes), PROGRAM))
    assert [row["duration_seconds"] for row in rows] == ["0", ""]
