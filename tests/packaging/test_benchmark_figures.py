"""Figures of benchmarks: kept with their aims, compared with others, and told in the documentation."""

import json
from dataclasses import replace
from pathlib import Path

import figures
import pytest
from benchresults import Results, figures_of, main
from figurechanges import changes
from figures import Figure
from figuretable import releases, table

ROOT = Path(__file__).resolve().parents[2]
MACHINE: dict[str, str | int] = {
    "system": "Linux",
    "processor": "x86_64",
    "cores": 2,
    "python": "3.11.7",
    "qt": "6.11.3",
}
START = ("start", "", "window")
FIGURE = Figure("window", "ms", 100.0, (95.0, 105.0), 9, aim=120)


def results(figure: Figure, key: tuple[str, str, str] = START) -> Results:
    """The results of a run that took one figure."""
    return Results("abc1234", "2026-01-31", MACHINE, {key: figure})


def changed(before: Figure, after: Figure) -> list[str]:
    """What is said of the change."""
    return list(changes(results(before), results(after)))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file to which figures are appended."""
    file = tmp_path / "lines"
    monkeypatch.setenv(figures.FILE, str(file))
    return file


def test_a_figure_is_kept_with_section_spread_aim_and_if_that_is_met(kept: Path, tmp_path: Path) -> None:
    figures.section("playing")
    figures.show("processor", [4, 2, 3, 3, 90], "%", aim=3)
    figures.show_ratio("throughput : curl", [8, 9], [10, 10], least=0.95)
    main(kept, tmp_path / "results.json")
    written = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    processor, throughput = written["figures"]
    assert (processor["section"], processor["name"], processor["unit"]) == ("playing", "processor", "%")
    assert (processor["value"], processor["spread"], processor["runs"]) == (3, [3, 4], 5)
    assert (processor["aim"], processor["met"], processor["baseline"]) == (3, True, None)
    assert (throughput["ratio"], throughput["baseline"]) == (pytest.approx(0.85), 10)
    assert (throughput["aim"], throughput["met"]) == (0.95, False)
    assert set(written) == {"commit", "date", "machine", "figures"}


def test_what_is_read_is_what_was_kept() -> None:
    kept = results(FIGURE, ("start", "a new profile", "window"))
    assert Results.from_text(kept.to_text()) == kept


def test_a_tail_has_an_aim_of_its_own_for_95_of_100_and_for_the_worst(kept: Path) -> None:
    figures.show_tail("key press", range(100), "ms", aim=16, worst=200)
    found = figures_of(json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines())
    assert [(each.name, each.value, each.met) for each in found.values()] == [
        ("key press", 49.5, None),
        ("key press, 95 of 100", 95, False),
        ("key press, worst", 99, True),
    ]


def test_without_a_file_figures_are_printed_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(figures.FILE, raising=False)
    figures.show("seek", [70], "ms", aim=60)
    assert "at most 60: MISSED" in capsys.readouterr().out


def test_what_lies_within_the_spread_is_no_change() -> None:
    assert changed(FIGURE, replace(FIGURE, value=110, spread=(103, 118))) == []


def test_what_lies_beyond_the_spread_is_a_change_for_better_or_worse() -> None:
    slower = replace(FIGURE, value=118, spread=(110, 119))
    assert changed(FIGURE, slower) == ["start · window: 100 ms -> 118 ms, 1.18 times: worse"]
    assert changed(slower, FIGURE) == ["start · window: 118 ms -> 100 ms, 0.85 times: better"]


def test_more_is_better_where_something_is_done_a_second() -> None:
    speed = replace(FIGURE, unit="MB/s", aim=None, more_is_better=True)
    (line,) = changed(speed, replace(speed, value=150, spread=(140, 160)))
    assert line.endswith("1.50 times: better")


def test_one_run_says_little() -> None:
    once = replace(FIGURE, runs=1, spread=(100, 100))
    assert changed(once, replace(once, value=115, spread=(115, 115))) == []
    assert changed(once, replace(once, value=130, spread=(130, 130))) != []


def test_an_aim_that_is_missed_or_met_anew_is_said_however_small_the_change() -> None:
    over = replace(FIGURE, value=121, spread=(90, 125))
    assert changed(FIGURE, over) == ["start · window: 100 ms -> 121 ms, at most 120: missed now"]
    assert changed(over, FIGURE) == ["start · window: 121 ms -> 100 ms, at most 120: met now"]


def test_what_is_measured_anew_or_no_more_is_said() -> None:
    before, after = results(FIGURE), results(FIGURE, ("start", "", "first rows"))
    assert list(changes(before, after)) == [
        "start · first rows: 100 ms, not measured before",
        "start · window: measured no more",
    ]


def test_the_page_of_figures_is_that_of_the_last_release() -> None:
    made = "made again by `python3 packaging/dev.py bench --table`"
    assert (ROOT / "docs" / "BENCHMARKS.md").read_text(encoding="utf-8") == table(releases()), made


def test_releases_go_by_their_versions_the_newest_first(tmp_path: Path) -> None:
    for version in ("0.9.0", "0.10.0"):
        (tmp_path / f"{version}.json").write_text(results(FIGURE).to_text(), encoding="utf-8")
    assert releases(tmp_path) == [("0.10.0", results(FIGURE)), ("0.9.0", results(FIGURE))]


def test_the_page_has_the_value_of_the_release_before_beside_each() -> None:
    was = replace(FIGURE, value=130.0)
    page = table([("0.2.0", results(FIGURE)), ("0.1.0", results(was))])
    assert "| window | 130 | 100 ms | 95 to 105 | at most 120 | met |" in page
    assert "| window | | 100 ms" in table([("0.1.0", results(FIGURE))]).replace("|  |", "| |")
