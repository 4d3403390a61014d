"""What an export leaves can be checked by stock tools, is made whole, and replaces only what is ours."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from playhead.core.errors import ExportError, ExportUnreadable
from playhead.core.exports import formats
from playhead.core.exports.audit import read_export
from playhead.core.exports.choices import Choices, CopyForm
from playhead.core.exports.files import Kept
from playhead.core.exports.report import Outcome, State
from playhead.core.exports.sums import read_sums
from playhead.papers.exportfiles import write
from support.exports.export_examples import LINK, NOON, PROGRAM, SPOKEN, everything, kept, recording, report
from support.stock_tools import check_sums, table

PAPERS = {*(each.file_name for each in formats.FORMATS), "SHA256SUMS", "report.sha256"}


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_everything_chosen_is_there_and_every_file_is_in_the_sums(tmp_path: Path) -> None:
    exported = everything(tmp_path, copy=CopyForm.OPUS)
    audio = files(tmp_path)
    written = write(exported, PROGRAM)
    spoken = {"2026-07-14/+31205550123_1.vtt", "2026-07-14/+31205550123_1.txt"}
    assert files(tmp_path) == audio | spoken | PAPERS
    assert {file.path for file in written} == files(tmp_path) - audio
    assert written[-1].path == "SHA256SUMS"
    check_sums(tmp_path)
    check_sums(tmp_path, "report.sha256")
    listed = list(read_sums(tmp_path / "SHA256SUMS"))
    of_report = list(read_sums(tmp_path / "report.sha256"))
    assert of_report == ["SHA256SUMS", "report.html", "report.txt"]
    assert {*listed, *of_report} == files(tmp_path) - {"report.sha256"}
    assert set(listed).isdisjoint(of_report)
    for file in written:
        content = (tmp_path / file.path).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)


def test_only_what_was_chosen_is_written(tmp_path: Path) -> None:
    chosen = Choices(sheets=frozenset({formats.TEXT}), transcripts=True)
    write(report(tmp_path, [kept(tmp_path, 1, path="a.mp3")], chosen), PROGRAM)
    assert files(tmp_path) == {"a.mp3", "report.txt", "report.sha256", "SHA256SUMS"}
    check_sums(tmp_path)
    check_sums(tmp_path, "report.sha256")


def test_without_a_report_there_is_no_list_of_it(tmp_path: Path) -> None:
    chosen = Choices(sheets=frozenset({formats.CSV}))
    write(report(tmp_path, [kept(tmp_path, 1, path="a.mp3")], chosen), PROGRAM)
    assert files(tmp_path) == {"a.mp3", "recordings.csv", "SHA256SUMS"}


def test_the_report_tells_the_sum_of_the_list_that_does_not_speak_of_it(tmp_path: Path) -> None:
    for outcomes in ([kept(tmp_path, 1)], [kept(tmp_path, 1), kept(tmp_path, 2)]):
        write(report(tmp_path, outcomes), PROGRAM)
        digest = hashlib.sha256((tmp_path / "SHA256SUMS").read_bytes()).hexdigest()
        for name in ("report.html", "report.txt"):
            assert digest in (tmp_path / name).read_text(encoding="utf-8")


def test_no_link_and_no_token_is_in_any_of_it(tmp_path: Path) -> None:
    for file in write(everything(tmp_path), PROGRAM):
        if file.path.endswith(".xlsx"):
            shutil.unpack_archive(tmp_path / file.path, tmp_path / "unpacked", "zip")
    for path in tmp_path.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"t0ps3cret" not in content, path
        assert LINK.encode() not in content, path
        assert b"X-Amz" not in content, path
        if "unpacked" not in path.parts:
            assert not re.search(rb"https?:", content), path


def test_a_rewritten_export_has_one_set_of_papers_that_speaks_of_old_and_new(tmp_path: Path) -> None:
    first = [
        kept(tmp_path, 1, transcript=SPOKEN),
        Outcome(recording=recording(2), state=State.FAILED, why="no"),
    ]
    before = write(report(tmp_path, first), PROGRAM)
    second = [first[0], kept(tmp_path, 2), kept(tmp_path, 3)]
    names = files(tmp_path)
    after = write(report(tmp_path, second, replaces=before, began=NOON + timedelta(days=1)), PROGRAM)
    assert [file.path for file in after] == [file.path for file in before]
    assert files(tmp_path) == names
    assert [row["result"] for row in table(tmp_path)] == ["kept", "kept", "kept"]
    check_sums(tmp_path)


def test_papers_of_a_run_that_nobody_remembers_make_way_if_all_they_say_is_said_again(tmp_path: Path) -> None:
    first = [kept(tmp_path, 1), Outcome(recording=recording(2), state=State.LEFT, why="cancelled")]
    write(report(tmp_path, first), PROGRAM)
    write(report(tmp_path, [first[0], kept(tmp_path, 2)]), PROGRAM)
    assert files(tmp_path) >= PAPERS
    assert not [name for name in files(tmp_path) if "(2)" in name]
    check_sums(tmp_path)


def test_papers_of_another_export_and_of_other_people_are_left(tmp_path: Path) -> None:
    write(report(tmp_path, [kept(tmp_path, 1)]), PROGRAM)
    (tmp_path / "report.txt").write_text("mine now", encoding="utf-8")
    before = {name: (tmp_path / name).read_bytes() for name in files(tmp_path)}
    written = write(report(tmp_path, [kept(tmp_path, 2)]), PROGRAM)
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert {file.path for file in written} == {
        "recordings (2).json",
        "recordings (2).csv",
        "recordings (2).xlsx",
        "report (2).html",
        "report (2).txt",
        "SHA256SUMS (2)",
        "report (2).sha256",
    }
    check_sums(tmp_path, "SHA256SUMS (2)")
    check_sums(tmp_path, "report (2).sha256")
    assert 'sha256sum -c "SHA256SUMS (2)" "report (2).sha256"' in (tmp_path / "report (2).txt").read_text(
        encoding="utf-8"
    )
    again = write(report(tmp_path, [kept(tmp_path, 2)], replaces=written), PROGRAM)
    assert [file.path for file in again] == [file.path for file in written]


def test_a_sheet_that_somebody_changed_is_not_replaced(tmp_path: Path) -> None:
    outcomes = [kept(tmp_path, 1)]
    before = write(report(tmp_path, outcomes), PROGRAM)
    (tmp_path / "recordings.csv").write_text("with my remarks", encoding="utf-8")
    write(report(tmp_path, outcomes, replaces=before), PROGRAM)
    assert (tmp_path / "recordings.csv").read_text(encoding="utf-8") == "with my remarks"
    assert len(table(tmp_path, "recordings (2).csv")) == 1
    check_sums(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows renames without links")
def test_a_name_that_is_taken_while_the_papers_are_written_is_another_in_the_sums(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link
    rival = tmp_path / "recordings.csv"

    def late(source: Path, target: Path) -> None:
        if target == rival:
            rival.write_text("mine", encoding="utf-8")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    written = write(report(tmp_path, [kept(tmp_path, 1)]), PROGRAM)
    assert rival.read_text(encoding="utf-8") == "mine"
    assert "recordings (2).csv" in {file.path for file in written}
    sums = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8")
    assert {line.partition("  ")[2] for line in sums.splitlines()} == files(tmp_path) - {
        "recordings.csv",
        *("SHA256SUMS", "report.html", "report.txt", "report.sha256"),
    }
    check_sums(tmp_path)
    check_sums(tmp_path, "report.sha256")


def test_a_transcript_does_not_overwrite_what_has_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine", encoding="utf-8")
    outcomes = [
        kept(tmp_path, 1, path="a.mp3", transcript=SPOKEN),
        kept(tmp_path, 2, path="a.wav", transcript=SPOKEN),
    ]
    written = {file.path for file in write(report(tmp_path, outcomes), PROGRAM)}
    assert {"a.vtt", "a (2).txt", "a.wav.vtt", "a.wav.txt"} <= written
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "mine"
    row = json.loads((tmp_path / "recordings.json").read_text(encoding="utf-8"))["recordings"][0]
    assert [file["path"] for file in row["transcript"]["files"]] == ["a.vtt", "a (2).txt"]
    assert {file.path for file in write(report(tmp_path, outcomes), PROGRAM)} == written


def test_what_an_interrupted_run_left_of_a_transcript_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    outcomes = [kept(tmp_path, 1, path="a.mp3", transcript=SPOKEN)]
    (tmp_path / "a.vtt.part").write_text("WEBVTT\n\n00:", encoding="utf-8")
    (tmp_path / "a.txt.part").write_text("mine", encoding="utf-8")
    write(report(tmp_path, outcomes), PROGRAM)
    assert [name for name in files(tmp_path) if ".part" in name] == ["a.txt.part"]
    (tmp_path / "a.vtt").rename(tmp_path / "a.vtt.part")
    write(report(tmp_path, outcomes), PROGRAM)
    assert [name for name in files(tmp_path) if ".part" in name] == ["a.txt.part"]


def test_a_transcript_may_have_the_name_of_a_sheet(tmp_path: Path) -> None:
    spoken = report(tmp_path, [kept(tmp_path, 1, path="report.mp3", transcript=SPOKEN)])
    first = write(spoken, PROGRAM)
    assert "Good day" in (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert {file.path for file in write(spoken, PROGRAM)} == {file.path for file in first}
    assert "Good day" in (tmp_path / "report.txt").read_text(encoding="utf-8")
    check_sums(tmp_path)


def test_a_folder_that_is_gone_is_an_export_error_and_stays_gone(tmp_path: Path) -> None:
    outcomes = [kept(tmp_path / "disk", 1)]
    shutil.rmtree(tmp_path / "disk")
    with pytest.raises(ExportError) as raised:
        write(report(tmp_path / "disk", outcomes), PROGRAM)
    assert raised.value.reason == "missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("mortal")
def test_a_folder_that_cannot_be_looked_into_is_an_export_error(tmp_path: Path) -> None:
    outcomes = [kept(tmp_path / "locked", 1)]
    (tmp_path / "locked").chmod(0o000)
    try:
        with pytest.raises(ExportError):
            write(report(tmp_path / "locked", outcomes), PROGRAM)
        with pytest.raises(ExportUnreadable):
            read_export(tmp_path / "locked")
    finally:
        (tmp_path / "locked").chmod(0o700)


def bagit(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let the Library of Congress's own tool look at a bag."""
    program = "import bagit, sys; bagit.Bag(sys.argv[1]).validate(); print('valid')"
    command = [sys.executable, "-W", "ignore", "-c", program, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def in_bag(folder: Path, *outcomes: Outcome) -> tuple[Kept, ...]:
    return write(report(folder / "data", outcomes, Choices(bag=True)), PROGRAM)


def test_a_bag_is_accepted_by_the_tool_that_libraries_use(tmp_path: Path) -> None:
    in_bag(
        tmp_path, kept(tmp_path / "data", 1, transcript=SPOKEN), kept(tmp_path / "data", 2, path="ü/א 1.mp3")
    )
    assert bagit(tmp_path).stdout == "valid\n", bagit(tmp_path).stderr
    check_sums(tmp_path / "data")
    info = (tmp_path / "bag-info.txt").read_text(encoding="utf-8")
    payload = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert f"Payload-Oxum: {sum(path.stat().st_size for path in payload)}.{len(payload)}\n" in info
    assert f"Bag-Software-Agent: {PROGRAM}\n" in info
    (tmp_path / "data" / "ü" / "א 1.mp3").write_bytes(b"altered")
    assert bagit(tmp_path).returncode != 0


def test_a_bag_is_rewritten_with_its_export_and_holds_what_others_put_in(tmp_path: Path) -> None:
    in_bag(tmp_path, kept(tmp_path / "data", 1))
    (tmp_path / "data" / "remarks.txt").write_text("of a lawyer", encoding="utf-8")
    in_bag(tmp_path, kept(tmp_path / "data", 1), kept(tmp_path / "data", 2))
    assert bagit(tmp_path).stdout == "valid\n", bagit(tmp_path).stderr
    assert files(tmp_path) - {f"data/{name}" for name in files(tmp_path / "data")} == {
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
    }


def test_what_an_interrupted_run_left_of_a_bag_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    names = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
    for name in (*names, "remarks.txt"):
        (tmp_path / f"{name}.part").write_text("half of it", encoding="utf-8")
    in_bag(tmp_path, kept(tmp_path / "data", 1))
    assert bagit(tmp_path).stdout == "valid\n", bagit(tmp_path).stderr
    assert [name for name in files(tmp_path) if name.endswith(".part")] == ["remarks.txt.part"]


def test_a_bag_writes_percent_signs_and_line_ends_as_the_standard_says(tmp_path: Path) -> None:
    in_bag(tmp_path, kept(tmp_path / "data", 1, path="100%.mp3"))
    assert "  data/100%25.mp3\n" in (tmp_path / "manifest-sha256.txt").read_text(encoding="utf-8")


def test_the_bag_of_another_program_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 0.97\n", encoding="utf-8")
    with pytest.raises(ExportError) as raised:
        in_bag(tmp_path, kept(tmp_path / "data", 1))
    assert raised.value.reason == "inway"
    assert (tmp_path / "bagit.txt").read_text(encoding="utf-8") == "BagIt-Version: 0.97\n"


def test_what_was_written_can_be_read_back(tmp_path: Path) -> None:
    exported = everything(tmp_path, copy=CopyForm.OPUS)
    written = write(exported, PROGRAM)
    past = read_export(tmp_path)
    assert past.keys == {outcome.recording.key for outcome in exported.outcomes}
    assert set(past.replaces) == set(written)
    assert past.choices == exported.choices
    for before, after in zip(exported.outcomes, past.outcomes, strict=True):
        assert replace(after.recording, raw={}, name=None) == replace(before.recording, raw={}, name=None)
        same = replace(before, recording=after.recording, marks=None)
        assert replace(after, marks=None) == same
    assert past.outcomes[0].marks is not None
    assert [note.text for note in past.outcomes[0].marks.notes] == ["call back\nsoon", "refund"]
