"""The papers say who exported what from where, when each file was fetched, and in which sitting."""

import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl

from playhead.core.exports.again import again
from playhead.core.exports.audit import read_export
from playhead.core.exports.custody import Machine, Sitting
from playhead.core.exports.report import State
from playhead.papers.exportdata import ExportData
from playhead.papers.exportfiles import write
from playhead.papers.htmlreport import write_html
from support.exports.export_examples import NOON, PROGRAM, everything, kept, recording, report
from support.exports.html_page import Page
from support.stock_tools import table
from trials.print_and_sheets import MACHINE, custody

WORKSPACE = "11111111-2222-4333-8444-555555555555"


def page(folder: Path) -> str:
    return Page((folder / "report.html").read_text(encoding="utf-8")).text


def test_the_report_names_person_build_computer_system_workspace_and_address(tmp_path: Path) -> None:
    write(custody(everything(tmp_path)), "Playhead 1.0, build 0123456789ab")
    words = " ".join((tmp_path / "report.txt").read_text(encoding="utf-8").split())
    for text in (page(tmp_path), words):
        for said in (
            "Maria Jansen, Paralegal",
            "Playhead 1.0, build 0123456789ab",
            MACHINE.computer,
            MACHINE.system,
            WORKSPACE,
            "api.bird.com",
            "platform-api.convirza.com/v3",
            "5b74ee9e-0001",
            "fetched 2026-07-14 12:00:00+02:00",
            "carried over",
        ):
            assert said in text, said


def test_nobody_is_named_who_did_not_say_so(tmp_path: Path) -> None:
    made = custody(everything(tmp_path))
    nameless = replace(made.choices, person="")
    sitting = Sitting(began=NOON, program=PROGRAM)
    write(replace(made, choices=nameless, sitting=sitting, outcomes=()), PROGRAM)
    assert "not named" in page(tmp_path)
    told = json.loads((tmp_path / "recordings.json").read_text(encoding="utf-8"))
    assert "person" not in told["choices"]
    assert [each["person"] for each in told["sittings"]] == [""]


def test_every_table_has_when_and_by_which_sitting_a_file_was_fetched_and_what_was_carried_over(
    tmp_path: Path,
) -> None:
    write(custody(everything(tmp_path)), PROGRAM)
    told = json.loads((tmp_path / "recordings.json").read_text(encoding="utf-8"))
    assert [each["began"] for each in told["sittings"]] == [
        "2026-07-14T09:00:00+02:00",
        "2026-07-14T12:00:00+02:00",
    ]
    assert all(each["ended"] for each in told["sittings"])
    assert told["sittings"][1]["computer"] == MACHINE.computer
    rows = table(tmp_path)
    assert [row["sitting"] for row in rows] == ["1", "2", "2", "", "", ""]
    assert [row["carried_over"] for row in rows] == ["yes", "no", "yes", "", "", ""]
    assert rows[0]["fetched"] == "2026-07-14T12:00:00+02:00"
    assert rows[0]["workspace"] == WORKSPACE
    first = told["recordings"][0]
    assert (first["fetched"], first["sitting"], first["carried_over"]) == (rows[0]["fetched"], 1, True)
    sheet = openpyxl.load_workbook(tmp_path / "recordings.xlsx").worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    for title in ("Fetched (Europe/Amsterdam)", "Fetched (UTC)", "Sitting", "Carried over", "Workspace"):
        assert sheet.cell(2, titles.index(title) + 1).value is not None, title


def test_numbers_run_through_the_report_and_are_the_same_in_every_table(tmp_path: Path) -> None:
    write(everything(tmp_path), PROGRAM)
    content = (tmp_path / "report.html").read_text(encoding="utf-8")
    firsts = [row.partition("</td>")[0].rpartition(">")[2] for row in content.split("<tr><td")[1:]]
    assert firsts == ["1", "2", "3", "4", "5", "6"]
    rows = {row["number"]: row["result"] for row in table(tmp_path)}
    assert [rows[number] for number in firsts] == ["failed", "skipped", "left", "kept", "kept", "kept"]
    told = json.loads((tmp_path / "recordings.json").read_text(encoding="utf-8"))["recordings"]
    assert {str(row["number"]): row["result"] for row in told} == rows


def test_what_is_gone_on_with_knows_the_sittings_and_the_sources_of_before(tmp_path: Path) -> None:
    made = custody(everything(tmp_path))
    write(made, PROGRAM)
    past = read_export(tmp_path)
    assert past.origins == made.plan.origins
    on = again(past, [recording(9)], past.choices, labels={"a1": "EU support"}, existing=())
    assert on.plan.origins == made.plan.origins
    later = Sitting(began=NOON + timedelta(days=1), program="Playhead 2", machine=Machine("other", "macOS"))
    outcomes = [*on.done.values(), kept(tmp_path, 9, fetched=NOON + timedelta(days=1), sitting=later)]
    ended = NOON + timedelta(days=1, minutes=1)
    joined = report(tmp_path, outcomes, past.choices, plan=on.plan, sitting=later, ended=ended)
    assert [each.machine.computer for each in joined.sittings] == ["office-7", "office-7", "other"]
    assert [each.ended is not None for each in joined.sittings] == [True, True, True]
    write(joined, "Playhead 2")
    again_read = read_export(tmp_path)
    assert {each.sitting.began for each in again_read.outcomes if each.sitting} == {
        each.began for each in joined.sittings
    }


def test_an_export_of_before_that_says_none_of_it_is_read_and_told(tmp_path: Path) -> None:
    write(custody(everything(tmp_path)), PROGRAM)
    record = tmp_path / "recordings.json"
    told = json.loads(record.read_text(encoding="utf-8"))
    del told["sittings"], told["origins"]
    for row in told["recordings"]:
        for name in ("fetched", "sitting", "carried_over", "number"):
            row.pop(name, None)
    record.write_text(json.dumps(told), encoding="utf-8")
    past = read_export(tmp_path)
    assert {(each.fetched, each.sitting) for each in past.outcomes} == {(None, None)}
    assert len([each for each in past.outcomes if each.state is State.KEPT]) == 3
    paper = io.StringIO()
    write_html(ExportData(report(tmp_path, past.outcomes), PROGRAM), paper)
    assert "fetched 20" not in paper.getvalue()


def test_every_printed_page_is_to_name_the_export_and_its_number(tmp_path: Path) -> None:
    write(everything(tmp_path), PROGRAM)
    style = (tmp_path / "report.html").read_text(encoding="utf-8").partition("<style>")[2]
    rule = style.partition("@page")[2].partition("</style>")[0]
    assert 'content:"Page " counter(page) " of " counter(pages)' in rule
    sums = json.dumps(page(tmp_path)).partition("SHA-256 of SHA256SUMS: ")[2]
    assert "2026-07-14 12:00:00+02:00" in rule
    assert "SHA-256 of SHA256SUMS: " in rule
    assert rule.partition("SHA-256 of SHA256SUMS: ")[2][:64] == sums[:64]


def test_a_name_of_any_length_leaves_the_number_beside_it(tmp_path: Path) -> None:
    caller = replace(recording(1).caller, name="x" * 40_000)  # type: ignore[type-var]
    write(report(tmp_path, [kept(tmp_path, 1, recorded=recording(1, caller=caller))]), PROGRAM)
    text = page(tmp_path)
    assert "x" * 119 + "… +31205550123" in text
    assert "recordings.json has all of it" in text
    assert len(text) < 10_000


def test_a_disk_that_gave_no_promise_is_said(tmp_path: Path) -> None:
    write(replace(custody(everything(tmp_path / "a")), unsynced=True), PROGRAM)
    assert "gives no promise" in page(tmp_path / "a")
    write(custody(everything(tmp_path / "b")), PROGRAM)
    assert "gives no promise" not in page(tmp_path / "b")
