"""Every time in the papers can be told from any other, and is read back as it was meant."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from playhead.core.exports.again import again
from playhead.core.exports.audit import read_export
from playhead.core.exports.choices import Choices
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Report
from playhead.core.zone import SystemZone, home_zone
from playhead.papers.csvtable import write_csv
from playhead.papers.exportdata import ExportData
from playhead.papers.exportfiles import write
from playhead.papers.htmlreport import write_html
from playhead.papers.textreport import write_report_text
from support.exports.export_examples import PROGRAM, kept, recording, report
from support.local_zone import REGIONS, living_in

JULY = datetime(2026, 7, 20, 12, 0, tzinfo=UTC)
WINTER = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
TWICE = (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


def in_zone(folder: Path, zone: object, *moments: datetime, ended: datetime = JULY) -> Report:
    """An export of recordings of these moments, which ended then."""
    folder.mkdir(parents=True, exist_ok=True)
    outcomes = [
        kept(folder, at, recorded=recording(at, started=each), path=f"{at}.mp3")
        for at, each in enumerate(moments)
    ]
    planned = report(folder, outcomes).plan
    plan = Plan(folder, planned.files, planned.labels, zone)  # type: ignore[arg-type]
    return report(folder, outcomes, plan=plan, began=ended, ended=ended)


def page(of: Report) -> str:
    paper = io.StringIO()
    write_html(ExportData(of, PROGRAM), paper)
    return paper.getvalue()


def words(of: Report) -> str:
    paper = io.StringIO()
    write_report_text(ExportData(of, PROGRAM), paper)
    return paper.getvalue()


def rows(of: Report) -> list[dict[str, str]]:
    paper = io.StringIO(newline="")
    write_csv(ExportData(of, PROGRAM), paper)
    return list(csv.DictReader(io.StringIO(paper.getvalue().removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("region", REGIONS)
def test_no_abbreviation_stands_for_a_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, region: str
) -> None:
    with living_in(monkeypatch, region):
        told = in_zone(tmp_path / "named", home_zone(region, JULY), WINTER)
        assert f"When ({region})" in page(told)
        untold = in_zone(tmp_path / "unnamed", SystemZone(), WINTER)
        names = {each.astimezone(ZoneInfo(region)).tzname() for each in (WINTER, JULY)}
        for text in (page(untold), words(untold)):
            assert "each with its offset from UTC" in " ".join(text.split())
            assert not [name for name in names if f"({name})" in text or f"zone {name}" in text]
        offset = WINTER.astimezone(ZoneInfo(region)).isoformat(sep=" ", timespec="seconds")
        assert offset in page(untold)


@pytest.mark.parametrize("region", REGIONS)
def test_a_call_of_summer_that_joins_an_export_of_winter_has_its_own_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, region: str
) -> None:
    midnight = datetime(2026, 7, 1, 0, 30, tzinfo=ZoneInfo(region)).astimezone(UTC)
    with living_in(monkeypatch, region):
        for number, zone in enumerate((SystemZone(), home_zone(region, JULY))):
            folder = tmp_path / str(number)
            write(in_zone(folder, zone, WINTER, ended=WINTER), PROGRAM)
            past = read_export(folder)
            more = recording(7, started=midnight)
            choices = Choices(template="{started:%Y-%m-%d %H.%M}.{ext}")
            made = again(past, [more], choices, labels={}, existing=())
            assert made.plan.files[-1].path == "2026-07-01 00.30.mp3"


def test_what_earlier_versions_wrote_of_their_zone_is_read_by_its_offsets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with living_in(monkeypatch, "America/New_York"):
        write(in_zone(tmp_path, SystemZone(), WINTER, ended=WINTER), PROGRAM)
        record = tmp_path / "recordings.json"
        told = json.loads(record.read_text(encoding="utf-8"))
        record.write_text(json.dumps({**told, "zone": "EST"}), encoding="utf-8")
        july = datetime(2026, 7, 1, 4, 30, tzinfo=UTC)
        assert july.astimezone(read_export(tmp_path).zone).hour == 0
    with living_in(monkeypatch, "Asia/Kolkata"):
        assert read_export(tmp_path).zone == timezone(timedelta(hours=-5))


def test_the_hour_that_comes_twice_is_two_hours_in_every_table(tmp_path: Path) -> None:
    told = in_zone(tmp_path, ZoneInfo("Europe/Amsterdam"), *TWICE)
    write(told, PROGRAM)
    found = [row["started"] for row in rows(told)]
    assert found == ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]
    sheet = openpyxl.load_workbook(tmp_path / "recordings.xlsx").worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    here, utc = titles.index("Started (Europe/Amsterdam)"), titles.index("Started (UTC)")
    (first, second) = ([row[here], row[utc]] for row in sheet.iter_rows(min_row=2))
    assert first[0].value == second[0].value
    assert [cell.number_format for cell in first] == [
        'yyyy-mm-dd hh:mm:ss "+02:00"',
        'yyyy-mm-dd hh:mm:ss "+00:00"',
    ]
    assert second[0].number_format.endswith('"+01:00"')
    assert [row[1].value.hour for row in (first, second)] == [0, 1]


@pytest.mark.parametrize(
    ("zone", "moment", "said"),
    [
        ("America/New_York", datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00Z"),
        ("Asia/Kolkata", datetime(9999, 12, 31, 23, 0, tzinfo=UTC), "9999-12-31T23:00:00Z"),
    ],
)
def test_a_moment_that_the_zone_cannot_say_is_in_utc(
    tmp_path: Path, zone: str, moment: datetime, said: str
) -> None:
    told = in_zone(tmp_path, ZoneInfo(zone), moment)
    write(told, PROGRAM)
    assert rows(told)[0]["started"] == said
    record = json.loads((tmp_path / "recordings.json").read_text(encoding="utf-8"))
    assert record["recordings"][0]["recording"]["started"] == said
    assert said.replace("T", " ") in page(told)
    sheet = openpyxl.load_workbook(tmp_path / "recordings.xlsx").worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, titles.index(f"Started ({zone})") + 1).value == said.replace("T", " ")
    assert read_export(tmp_path).outcomes[0].recording.started == moment


def test_a_zone_of_one_offset_is_called_by_it(tmp_path: Path) -> None:
    fixed = timezone(timedelta(hours=2), "CEST")
    assert "UTC+02:00" in page(in_zone(tmp_path, fixed, WINTER))
    assert "When (UTC)" in page(in_zone(tmp_path, UTC, WINTER))
