"""An export into a folder with files loses none of them."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from playhead.core.exports.choices import Choices, Taken
from playhead.core.exports.files import Kept
from playhead.core.exports.plan import Conflict, Plan, plan
from playhead.core.exports.report import Report, State
from playhead.core.recording import Recording
from support.exports.export_diary import Diary, done_by, run
from support.exports.export_scene import (
    Clouds,
    Sheets,
    audio,
    made_export,
    names,
    planned,
    recording,
    recordings,
)
from support.stock_tools import check_sums


def known_after(report: Report) -> dict[tuple[str, str], Kept]:
    return {
        outcome.recording.key: Kept(outcome.path, outcome.size, outcome.sha256)
        for outcome in report.of(State.KEPT)
    }


def again(folder: Path, subjects: Sequence[Recording], taken: Taken, known: Report | None = None) -> Plan:
    existing = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    return plan(
        subjects,
        folder,
        template="{kind}/{id}",
        labels={},
        existing=existing,
        taken=taken,
        known=known_after(known) if known is not None else None,
    )


def test_what_an_earlier_export_kept_is_not_fetched_again_if_it_is_intact(tmp_path: Path) -> None:
    first = run(planned(recordings(3), tmp_path))
    (tmp_path / "call" / "id-1.mp3").write_bytes(b"altered")
    made = again(tmp_path, recordings(4), Taken.KEEP, first)
    assert [(each.place, each.taken) for each in made.conflicts] == [
        (place, Taken.KEEP) for place in range(3)
    ]
    clouds = Clouds()
    report = run(made, clouds, choices=Choices(taken=Taken.KEEP))
    assert sorted(clouds.asked) == ["id-1", "id-3"]
    assert [outcome.present for outcome in report.outcomes] == [True, False, True, False]
    assert report.outcomes[1].path == "call/id-1 (2).mp3"
    assert report.complete


def test_what_was_there_already_is_in_the_journal_too(tmp_path: Path) -> None:
    first = run(planned(recordings(2), tmp_path))
    made, diary = again(tmp_path, recordings(3), Taken.KEEP, first), Diary(tmp_path)
    report = run(made, choices=Choices(taken=Taken.KEEP), journal=diary)
    assert [outcome.present for outcome in report.outcomes] == [True, True, False]
    assert diary.settled == done_by(report)


def test_a_file_of_another_recording_is_never_taken_for_this_one(tmp_path: Path) -> None:
    first = run(planned([recording(1)], tmp_path))
    other = replace(recording(1), account="a2")
    made = again(tmp_path, [other], Taken.KEEP, first)
    assert made.conflicts == (Conflict(0, "call/id-1.mp3", Taken.NUMBER),)
    assert made.files[0].path == "call/id-1 (2).mp3"
    assert not run(made).outcomes[0].present


@pytest.mark.parametrize("taken", [Taken.NUMBER, Taken.REPLACE])
def test_a_taken_name_is_numbered_or_replaced_as_chosen(tmp_path: Path, taken: Taken) -> None:
    (tmp_path / "call").mkdir()
    (tmp_path / "call" / "id-1.mp3").write_bytes(b"older")
    made = again(tmp_path, [recording(1)], taken)
    path = "call/id-1.mp3" if taken is Taken.REPLACE else "call/id-1 (2).mp3"
    assert made.conflicts == (Conflict(0, "call/id-1.mp3", taken),)
    assert made.files[0].path == path
    report = run(made, choices=Choices(taken=taken))
    assert (tmp_path / path).read_bytes() == audio(1)
    assert report.outcomes[0].path == path
    if taken is Taken.NUMBER:
        assert (tmp_path / "call" / "id-1.mp3").read_bytes() == b"older"


def test_two_exports_into_one_folder_at_once_lose_nothing(tmp_path: Path) -> None:
    async def scene() -> list[Report]:
        exports = [
            made_export(planned(recordings(40), tmp_path), Clouds(), papers=Sheets()) for _ in range(3)
        ]
        return await asyncio.gather(*(export.run() for export in exports))

    reports = asyncio.run(scene())
    paths = [outcome.path for report in reports for outcome in report.of(State.KEPT)]
    assert len(set(paths)) == 120
    for report in reports:
        assert report.complete
        check_sums(tmp_path, names(report)[-1])
        for place, outcome in enumerate(report.outcomes):
            assert (tmp_path / outcome.path).read_bytes() == audio(place)
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.skipif(os.name == "nt", reason="Windows renames without links")
def test_a_disk_without_links_keeps_names_apart_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "call").mkdir()
    (tmp_path / "call" / "id-1.mp3").write_bytes(b"older")
    report = run(planned(recordings(3), tmp_path))
    assert (tmp_path / "call" / "id-1.mp3").read_bytes() == b"older"
    assert [outcome.path for outcome in report.outcomes] == [
        "call/id-0.mp3",
        "call/id-1 (2).mp3",
        "call/id-2.mp3",
    ]
    check_sums(tmp_path)
