"""An old export says what it was, and what became of its files since."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from playhead.core.errors import ExportUnreadable
from playhead.core.exports import formats
from playhead.core.exports.audit import FileCondition, examine, read_export
from playhead.core.exports.choices import Choices
from playhead.core.exports.report import Outcome, State
from playhead.papers.exportfiles import write
from support.exports.export_examples import PROGRAM, SPOKEN, kept, recording, report


def exported(folder: Path, choices: Choices | None = None) -> None:
    """Three recordings: two of them kept, one with a transcript."""
    first = kept(folder, 1, path="a/1.mp3", transcript=SPOKEN)
    failed = Outcome(recording=recording(3), state=State.FAILED, why="the connection failed")
    write(report(folder, [first, kept(folder, 2, path="a/2.mp3"), failed], choices), PROGRAM)


def conditions(folder: Path) -> dict[str, FileCondition]:
    return {file.path: file.condition for file in examine(read_export(folder))}


def change(folder: Path, changing: Callable[[dict[str, Any]], None]) -> None:
    path = folder / "recordings.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    changing(told)
    path.write_text(json.dumps(told), encoding="utf-8")


def test_an_export_tells_what_it_was_made_of(tmp_path: Path) -> None:
    exported(tmp_path)
    past = read_export(tmp_path)
    assert past.keys == {("a1", f"5b74ee9e-000{number}") for number in (1, 2, 3)}
    assert set(past.audio) == {("a1", "5b74ee9e-0001"), ("a1", "5b74ee9e-0002")}
    assert past.choices == Choices(query="from:+31* is:transcribed", coverage="Everything of EU support.")
    assert past.zone == ZoneInfo("Europe/Amsterdam")
    assert past.labels["a1"] == "EU support"
    assert past.outcomes[2].why == "the connection failed"


def test_every_file_of_an_untouched_export_is_intact(tmp_path: Path) -> None:
    exported(tmp_path)
    found = conditions(tmp_path)
    assert set(found.values()) == {FileCondition.INTACT}
    assert {"a/1.mp3", "a/2.mp3", "a/1.vtt", "a/1.txt", *(each.file_name for each in formats.FORMATS)} == set(
        found
    )


def test_altered_missing_and_unknown_files_are_told_apart(tmp_path: Path) -> None:
    exported(tmp_path)
    (tmp_path / "a" / "1.mp3").write_bytes(bytes([9]) * 1000)
    (tmp_path / "a" / "2.mp3").unlink()
    (tmp_path / "report.html").write_text("shorter", encoding="utf-8")
    (tmp_path / "remarks.txt").write_text("mine", encoding="utf-8")
    found = conditions(tmp_path)
    assert found.pop("a/1.mp3") is FileCondition.ALTERED
    assert found.pop("a/2.mp3") is FileCondition.MISSING
    assert found.pop("report.html") is FileCondition.ALTERED
    assert found.pop("remarks.txt") is FileCondition.UNKNOWN
    assert set(found.values()) == {FileCondition.INTACT}


def test_each_audio_file_is_of_its_recording(tmp_path: Path) -> None:
    exported(tmp_path)
    owners = {file.path: file.key for file in examine(read_export(tmp_path)) if file.key}
    assert owners == {"a/1.mp3": ("a1", "5b74ee9e-0001"), "a/2.mp3": ("a1", "5b74ee9e-0002")}


def test_a_file_of_which_two_papers_disagree_is_altered(tmp_path: Path) -> None:
    """Whoever changes audio and one of the papers is found out by the other."""
    exported(tmp_path)
    sums = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    forged = [f"{'0' * 64}  a/1.mp3" if line.endswith("a/1.mp3") else line for line in sums]
    (tmp_path / "SHA256SUMS").write_text("\n".join(forged), encoding="utf-8")
    assert conditions(tmp_path)["a/1.mp3"] is FileCondition.ALTERED


def test_reading_tells_how_far_it_is_and_ends_when_nobody_wants_it(tmp_path: Path) -> None:
    exported(tmp_path)
    past, told = read_export(tmp_path), list[tuple[int, int]]()

    def tell(done: int, total: int) -> bool:
        told.append((done, total))
        return len(told) < patience

    patience = 2
    assert [file.path for file in examine(past, tell)] == ["a/1.mp3"]
    assert [done for done, _ in told] == [1000, 2000]
    patience = 1000
    assert len(list(examine(past, tell))) == len(past.files)
    assert told[-1][0] == told[-1][1]


def test_the_export_in_a_bag_is_found(tmp_path: Path) -> None:
    exported(tmp_path / "data", Choices(bag=True))
    assert read_export(tmp_path).folder == tmp_path / "data"
    assert set(conditions(tmp_path).values()) == {FileCondition.INTACT}


def test_without_sums_the_record_speaks_for_the_audio(tmp_path: Path) -> None:
    exported(tmp_path)
    (tmp_path / "SHA256SUMS").unlink()
    found = conditions(tmp_path)
    assert found["a/1.mp3"] is FileCondition.INTACT
    assert found["report.html"] is FileCondition.UNKNOWN


def reason(folder: Path) -> str:
    with pytest.raises(ExportUnreadable) as raised:
        read_export(folder)
    return raised.value.reason


def test_a_folder_without_an_export_is_foreign(tmp_path: Path) -> None:
    assert reason(tmp_path) == "foreign"
    assert reason(tmp_path / "nowhere") == "foreign"
    (tmp_path / "recordings.json").write_text('["another program"]', encoding="utf-8")
    assert reason(tmp_path) == "foreign"


def test_an_export_of_a_newer_playhead_is_not_misread(tmp_path: Path) -> None:
    exported(tmp_path)
    change(tmp_path, lambda told: told.update(version=2, recordings="otherwise"))
    assert reason(tmp_path) == "newer"


@pytest.mark.parametrize("length", [0, 1, 300, 1500, -5])
def test_a_record_that_broke_off_is_damaged(tmp_path: Path, length: int) -> None:
    exported(tmp_path)
    content = (tmp_path / "recordings.json").read_bytes()
    (tmp_path / "recordings.json").write_bytes(content[:length])
    assert reason(tmp_path) == "damaged"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.mp3",
        "/etc/passwd",
        "a/../../outside.mp3",
        "C:\\outside.mp3",
        "..\\outside.mp3",
        "\\\\host\\x",
        "",
        "a\0",
    ],
)
def test_a_record_that_leads_out_of_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    exported(tmp_path)
    change(tmp_path, lambda told: told["recordings"][0]["file"].update(path=path))
    assert reason(tmp_path) == "damaged"


@pytest.mark.parametrize("field", ["result", "file", "recording", "transcript"])
@pytest.mark.parametrize("value", [None, 7, "x", [], {}, {"path": 7}])
def test_a_row_that_makes_no_sense_is_damaged_or_reads_as_nothing(
    tmp_path: Path, field: str, value: object
) -> None:
    exported(tmp_path)
    change(tmp_path, lambda told: told["recordings"][0].update({field: value}))
    if (field, value) == ("transcript", None):
        assert read_export(tmp_path).outcomes[0].transcript is None
    else:
        assert reason(tmp_path) == "damaged"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    exported(folder)
    (folder / "a" / "1.mp3").rename(tmp_path / "outside.mp3")
    (folder / "a" / "1.mp3").symlink_to(tmp_path / "outside.mp3")
    assert conditions(folder)["a/1.mp3"] is FileCondition.ALTERED


def test_of_two_exports_in_one_folder_the_later_is_read_with_its_own_sums(tmp_path: Path) -> None:
    exported(tmp_path)
    later = report(tmp_path, [kept(tmp_path, 7, path="b/7.mp3")])
    write(report(tmp_path, later.outcomes, began=later.ended), PROGRAM)
    past = read_export(tmp_path)
    assert past.record == "recordings (2).json"
    assert past.sums is not None
    assert past.sums.path == "SHA256SUMS (2)"
    assert past.keys == {("a1", "5b74ee9e-0007")}
