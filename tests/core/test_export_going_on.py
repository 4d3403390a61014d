"""An export that was cut short goes on where it stood."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from playhead.core.errors import CatalogueError, Garbled, Missing
from support.exports.export_diary import Diary, done_by, run
from support.exports.export_scene import (
    NOON,
    Clouds,
    Sheets,
    audio,
    check_nothing_half,
    made_export,
    names,
    planned,
    recording,
    recordings,
)
from support.stock_tools import check_sums


def test_the_journal_knows_of_a_file_before_it_has_its_name(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    failing = Clouds({"id-3": Missing(status=404)})
    report = run(planned([*recordings(9), recording(9, status="absent")], tmp_path), failing, journal=diary)
    assert diary.ended
    assert diary.early == []
    assert [diary.settled[place] for place in range(10)] == list(report.outcomes)


def test_a_journal_that_fails_costs_no_audio_and_is_told(tmp_path: Path) -> None:
    report = run(planned(recordings(9), tmp_path), journal=Diary(tmp_path, failing=True))
    assert report.complete
    assert isinstance(report.journal_failure, CatalogueError)
    check_nothing_half(report, tmp_path)


@pytest.mark.parametrize("pieces", [0, 7, 20, 33, 55])
def test_quitting_leaves_the_rest_and_the_sheets_to_the_one_who_continues(
    tmp_path: Path, pieces: int
) -> None:
    made, diary = planned(recordings(12), tmp_path), Diary(tmp_path)

    async def scene() -> bool:
        clouds = Clouds(countdown=pieces)
        export = made_export(made, clouds, papers=Sheets(), journal=diary)
        running = asyncio.create_task(export.run())
        await clouds.reached.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        return diary.ended

    assert not asyncio.run(scene())
    assert not list(tmp_path.glob("*SUMS*"))
    assert not list(tmp_path.rglob("*.part"))
    before = dict(diary.settled)
    clouds = Clouds()
    report = run(made, clouds, journal=diary, done=before)
    assert report.complete
    assert diary.ended
    assert len(clouds.asked) == 12 - len(before)
    check_nothing_half(report, tmp_path)


def test_what_was_kept_is_looked_at_again(tmp_path: Path) -> None:
    made = planned(recordings(6), tmp_path)
    first = run(made)
    (tmp_path / "call" / "id-1.mp3").write_bytes(b"altered")
    (tmp_path / "call" / "id-2.mp3").unlink()
    (tmp_path / "call" / "id-3.mp3").rename(tmp_path / "call" / "id-3.mp3.part")
    (tmp_path / "call" / "id-4.mp3.2.part").write_bytes(b"half of it")
    (tmp_path / "recordings.csv.part").write_bytes(b"half of it")
    clouds = Clouds()
    report = run(made, clouds, done=done_by(first), replaces=first.sheets)
    assert clouds.asked == ["id-1", "id-2"]
    assert report.complete
    assert report.outcomes[1].path == "call/id-1 (2).mp3"
    assert (tmp_path / "call" / "id-1.mp3").read_bytes() == b"altered"
    assert (tmp_path / "call" / "id-3.mp3").read_bytes() == audio(3)
    assert not list(tmp_path.rglob("*.part"))
    check_sums(tmp_path, names(report)[-1])


def test_only_what_failed_is_tried_again(tmp_path: Path) -> None:
    made = planned(recordings(9), tmp_path)
    first = run(made, Clouds({"id-3": Missing(status=404), "id-5": Garbled("length")}))
    assert first.retryable == (3, 5)
    others = {place: each for place, each in enumerate(first.outcomes) if place not in first.retryable}
    clouds = Clouds()
    report = run(made, clouds, done=others)
    assert clouds.asked == ["id-3", "id-5"]
    assert report.complete
    assert [outcome.path for outcome in report.outcomes] == [file.path for file in made.files]


def test_an_export_that_goes_on_began_when_it_first_did(tmp_path: Path) -> None:
    before = NOON - timedelta(hours=3)
    report = run(planned([recording(1)], tmp_path), done={}, began=before)
    assert (report.began, report.ended) == (before, NOON)


def test_a_clock_that_is_set_back_ends_no_export_before_its_beginning(tmp_path: Path) -> None:
    hours = iter([NOON, NOON.replace(hour=1)])
    report = run(planned(recordings(1), tmp_path), clock=lambda: next(hours))
    assert report.began == report.ended == NOON
