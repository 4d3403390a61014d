"""What was measured of the sound goes into every table and is summed up in the report."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from playhead.core.exports.report import Report
from playhead.core.finding.speechhits import Passage
from playhead.core.health.audiofigures import NoLoudness
from playhead.core.health.undecodable import undecoded
from playhead.core.health.verdicts import SoundHealth, Verdict
from playhead.core.marks import SameSound
from playhead.core.spreadsheet import unguarded
from playhead.core.transcript import Side
from playhead.papers.csvtable import write_csv
from playhead.papers.exportdata import ExportData
from playhead.papers.facts import facts
from playhead.papers.healthchapter import health_chapter
from playhead.papers.htmlreport import write_html
from playhead.papers.jsonrecord import write_json
from playhead.papers.textreport import write_report_text
from playhead.papers.workbook import write_workbook
from support.exports.export_examples import PROGRAM, kept, report
from support.health.figures_examples import figures, side

QUIET = SoundHealth(figures(loudness=-45.678, seconds=119.5), Verdict.TOO_QUIET)
SIDED = SoundHealth(
    figures(channels=(side(), side(talk=0.0, clipped=0.00012)), loudness=NoLoudness.QUIET), Verdict.ONE_SIDED
)


def measured(folder: Path) -> Report:
    """Four recordings, of which the last was not measured."""
    healths = (QUIET, SIDED, QUIET, None)
    return report(folder, [kept(folder, number, health=each) for number, each in enumerate(healths)])


def table(made: Report) -> list[dict[str, str]]:
    paper = io.StringIO(newline="")
    write_csv(ExportData(made, PROGRAM), paper)
    return list(csv.DictReader(io.StringIO(paper.getvalue().removeprefix("\ufeff"), newline="")))


def test_a_table_has_the_figures_of_what_was_measured(tmp_path: Path) -> None:
    quiet, sided, _, unmeasured = table(measured(tmp_path))
    assert (quiet["health"], quiet["loudness_lufs"], quiet["measured_seconds"]) == (
        "too-quiet", "-45.7", "119.5",
    )  # fmt: skip
    assert (sided["health"], sided["loudness_lufs"], sided["codec"]) == ("one-sided", "", "pcm_mulaw")
    assert (sided["talk_right_percent"], sided["clipped_percent"]) == ("0", "0.012")
    assert (unmeasured["health"], unmeasured["true_peak_dbtp"]) == ("", "")


def test_what_is_otherwise_than_said_stands_in_the_tables_and_in_the_report(tmp_path: Path) -> None:
    false = SoundHealth(figures(container="mp3", codec="mp3", media_type="audio/wav"), Verdict.FINE)
    made = report(tmp_path, [kept(tmp_path, number, health=false) for number in range(2)])
    assert [unguarded(row["said_otherwise"]) for row in table(made)] == ["said WAV, is MP3"] * 2
    paper = io.StringIO()
    write_json(ExportData(made, PROGRAM), paper)
    health = json.loads(paper.getvalue())["recordings"][0]["health"]
    assert health["said_otherwise"] == [{"said": "WAV", "found": "MP3"}]
    assert ("Said WAV, is MP3: 2", "No. 1, 2") in list(health_chapter(ExportData(made, PROGRAM)))


def test_the_report_has_a_chapter_of_every_verdict_with_its_recordings(tmp_path: Path) -> None:
    export = ExportData(measured(tmp_path), PROGRAM)
    chapter = [("Only one side: 1", "No. 2"), ("Too quiet: 2", "No. 1, 3"), ("Not measured: 1", "")]
    assert list(health_chapter(export)) == chapter
    page, text = io.StringIO(), io.StringIO()
    write_html(export, page)
    write_report_text(export, text)
    assert "<h2>Health of the sound</h2>" in page.getvalue()
    assert "<dt>Too quiet: 2</dt><dd>No. 1, 3</dd>" in page.getvalue()
    assert "\nHealth of the sound\n\n    Only one side: 1" in text.getvalue()
    unmeasured = ExportData(report(tmp_path, [kept(tmp_path, 1)]), PROGRAM)
    assert list(health_chapter(unmeasured)) == []


def test_what_cannot_be_decoded_has_a_verdict_and_no_figures(tmp_path: Path) -> None:
    broken = SoundHealth(undecoded("page"), Verdict.BROKEN)
    (row,) = table(report(tmp_path, [kept(tmp_path, 1, health=broken)]))
    assert (row["health"], row["true_peak_dbtp"], row["rate_hz"], row["said_otherwise"]) == (
        "broken", "", "", "",
    )  # fmt: skip


def test_an_export_of_which_nothing_was_measured_has_no_such_columns(tmp_path: Path) -> None:
    assert "health" not in table(report(tmp_path, [kept(tmp_path, 1)]))[0]


def test_the_workbook_has_the_same_as_numbers(tmp_path: Path) -> None:
    write_workbook(ExportData(measured(tmp_path), PROGRAM), tmp_path / "recordings.xlsx")
    titles, first, *_ = openpyxl.load_workbook(tmp_path / "recordings.xlsx").worksheets[0].iter_rows()
    row = {str(title.value): cell.value for title, cell in zip(titles, first, strict=True)}
    assert row["Health"] == "too-quiet"
    assert row["Loudness lufs"] == pytest.approx(-45.7)
    assert row["Silence percent"] == pytest.approx(20)


def test_the_record_has_all_figures(tmp_path: Path) -> None:
    paper = io.StringIO()
    write_json(ExportData(measured(tmp_path), PROGRAM), paper)
    first, second, _, last = json.loads(paper.getvalue())["recordings"]
    assert first["health"]["verdict"] == "too-quiet"
    assert len(first["health"]["channels"]) == 2
    assert second["health"]["loudness"] == "below the gate"
    assert "health" not in last


def test_the_report_counts_every_verdict_and_what_was_not_measured(tmp_path: Path) -> None:
    export = ExportData(measured(tmp_path), PROGRAM)
    told = "only one side: 1, too quiet: 2, not measured: 1."
    assert ("Health of the sound", told) in list(facts(export))
    paper = io.StringIO()
    write_html(export, paper)
    assert told in paper.getvalue()
    none = ExportData(report(tmp_path, [kept(tmp_path, 1)]), PROGRAM)
    assert "Health of the sound" not in dict(facts(none))


def test_the_papers_tell_which_recordings_are_one_sound(tmp_path: Path) -> None:
    twins = SameSound(7, ("1", "2", "9"))
    made = report(tmp_path, [kept(tmp_path, 1, same=twins), kept(tmp_path, 2, same=twins), kept(tmp_path, 3)])
    rows = [(row["same_sound"], row["same_sound_recordings"]) for row in table(made)]
    assert rows == [("7", "3"), ("7", "3"), ("", "")]
    paper = io.StringIO()
    write_json(ExportData(made, PROGRAM), paper)
    first, _, last = json.loads(paper.getvalue())["recordings"]
    assert first["same_sound"] == {"group": 7, "recordings": 3}
    assert "same_sound" not in last
    assert "same_sound" not in table(measured(tmp_path))[0]


def test_what_was_said_has_a_column_with_its_times_and_is_told_to_programs(tmp_path: Path) -> None:
    heard = (
        Passage("I want a refund.", ((9, 15),), 61.25, Side.RIGHT),
        Passage("=refund", ((1, 7),), 75.0, None),
    )
    made = report(tmp_path, [kept(tmp_path, 0, said=heard), kept(tmp_path, 1)])
    rows = table(made)
    assert unguarded(rows[0]["said"]) == "1:01 right: I want a refund.\n1:15: =refund"
    assert rows[1]["said"] == ""
    file = io.StringIO()
    write_json(ExportData(made, PROGRAM), file)
    first, second = json.loads(file.getvalue())["recordings"]
    assert first["said"][0] == {
        "at": 61.25,
        "side": "right",
        "text": "I want a refund.",
        "found": ["refund"],
    }
    assert "said" not in second
    plain = report(tmp_path, [kept(tmp_path, 1)])
    assert "said" not in table(plain)[0]
