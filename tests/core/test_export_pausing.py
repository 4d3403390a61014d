"""An export waits where waiting helps: for the person, for its target, for the network."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from playhead.core.errors import ExportError, Limited, PlayheadError, Unavailable, Unreachable
from playhead.core.exports.engine.progress import Progress
from playhead.core.exports.engine.scheduler import PAUSES, TRIES
from playhead.core.exports.report import Report, State
from playhead.core.pace import Pace
from playhead.core.recording import Recording
from support.exports.export_scene import (
    Clouds,
    Naps,
    Sheets,
    audio,
    check_nothing_half,
    made_export,
    planned,
    recording,
    recordings,
    run_apart,
    until,
)
from support.permissions import has_small_disks


class Watched:
    """An export, and what it said of its progress."""

    def __init__(self, recordings: Sequence[Recording], folder: Path, clouds: Clouds) -> None:
        self.seen: list[Progress] = []
        self.naps = Naps()
        self.export = made_export(
            planned(recordings, folder),
            clouds,
            papers=Sheets(),
            progress=self.seen.append,
            pace=Pace(sleep=self.naps),
        )

    @property
    def paused(self) -> str | None:
        return self.seen[-1].paused if self.seen else None


def check_all_is_there(report: Report, folder: Path, number: int) -> None:
    assert len(report.of(State.KEPT)) == number
    for each in range(number):
        assert (folder / "call" / f"id-{each}.mp3").read_bytes() == audio(each)
    check_nothing_half(report, folder)


@pytest.mark.parametrize("edition", ['"1"', None])
def test_a_pause_closes_connections_and_what_was_begun_is_taken_up(
    tmp_path: Path, edition: str | None
) -> None:
    async def scene() -> tuple[Report, Clouds, Watched]:
        clouds = Clouds(countdown=8, edition=edition)
        watched = Watched(recordings(12), tmp_path, clouds)
        running = asyncio.create_task(watched.export.run())
        await clouds.reached.wait()
        watched.export.pause()
        await until(lambda: clouds.now == 0)
        assert watched.paused == "person"
        assert watched.seen[-1].rate == 0
        given = clouds.given
        await asyncio.sleep(0.05)
        assert clouds.given == given
        watched.export.resume()
        return await running, clouds, watched

    report, clouds, watched = asyncio.run(scene())
    check_all_is_there(report, tmp_path, 12)
    assert (clouds.given == 12 * 300_000) == (edition is not None)
    assert watched.paused is None


def test_what_changed_during_a_pause_is_begun_anew(tmp_path: Path) -> None:
    async def scene() -> Report:
        clouds = Clouds(countdown=8, edition='"1"')
        watched = Watched(recordings(12), tmp_path, clouds)
        running = asyncio.create_task(watched.export.run())
        await clouds.reached.wait()
        watched.export.pause()
        await until(lambda: clouds.now == 0)
        clouds.edition = '"2"'
        watched.export.resume()
        return await running

    check_all_is_there(asyncio.run(scene()), tmp_path, 12)


def test_a_paused_export_can_be_cancelled(tmp_path: Path) -> None:
    async def scene() -> Report:
        watched = Watched(recordings(12), tmp_path, Clouds())
        watched.export.pause()
        running = asyncio.create_task(watched.export.run())
        await until(lambda: watched.paused == "person")
        watched.export.cancel()
        return await running

    report = asyncio.run(scene())
    assert report.cancelled
    assert len(report.of(State.LEFT)) == 12
    assert report.retryable == tuple(range(12))
    check_nothing_half(report, tmp_path)


def test_one_file_can_be_left_out_whether_it_waits_or_runs(tmp_path: Path) -> None:
    async def scene() -> Report:
        clouds = Clouds(halting={"id-2"})
        watched = Watched(recordings(12), tmp_path, clouds)
        running = asyncio.create_task(watched.export.run())
        await clouds.reached.wait()
        watched.export.cancel_one(11)
        outcome = watched.export.outcome_of(11)
        assert outcome is not None
        assert outcome.state is State.LEFT
        watched.export.cancel_one(2)
        report = await running
        assert watched.seen[-1].done == 12
        assert sorted(place for each in watched.seen for place in each.changed) == list(range(12))
        return report

    report = asyncio.run(scene())
    assert [outcome.recording.id for outcome in report.of(State.LEFT)] == ["id-2", "id-11"]
    assert len(report.of(State.KEPT)) == 10
    assert not report.cancelled
    check_nothing_half(report, tmp_path)


def test_a_disk_that_goes_away_is_waited_for_and_does_not_come_back_as_a_folder(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "disk", tmp_path / "elsewhere"

    async def scene() -> Report:
        clouds = Clouds(countdown=40)
        watched = Watched(recordings(30), folder, clouds)
        running = asyncio.create_task(watched.export.run())
        await clouds.reached.wait()
        folder.rename(elsewhere)
        await until(lambda: watched.paused == "missing")
        await until(lambda: len(watched.naps.seconds) > 2)
        assert not folder.exists()
        elsewhere.rename(folder)
        return await running

    check_all_is_there(asyncio.run(scene()), folder, 30)


def test_ending_while_the_disk_is_away_says_why(tmp_path: Path) -> None:
    folder = tmp_path / "disk"

    async def scene() -> Report:
        clouds = Clouds(countdown=40)
        watched = Watched(recordings(30), folder, clouds)
        running = asyncio.create_task(watched.export.run())
        await clouds.reached.wait()
        folder.rename(tmp_path / "elsewhere")
        await until(lambda: watched.paused == "missing")
        watched.export.cancel()
        return await running

    report = asyncio.run(scene())
    assert report.stopped is not None
    assert report.stopped.reason == "missing"
    assert report.of(State.LEFT)[0].why == "the folder is no longer there"
    assert isinstance(report.sheets_failure, ExportError)
    assert not folder.exists()


@pytest.mark.slow
@pytest.mark.skipif(not has_small_disks(), reason="needs a disk of its own")
@pytest.mark.parametrize("room", [1_000_000, 1_234_567, 700_003])
def test_a_full_disk_is_waited_for_and_nothing_is_lost(tmp_path: Path, room: int) -> None:
    program = f"""
        import asyncio, subprocess
        from test_export_pausing import *

        folder = Path({str(tmp_path)!r})
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", folder], check=True)
        (folder / "in the way").write_bytes(bytes(2 * 1024 * 1024 - {room}))

        async def scene():
            clouds = Clouds(sizes={{f"id-{{number}}": 150_000 for number in range(9)}})
            watched = Watched(recordings(9), folder / "export", clouds)
            running = asyncio.create_task(watched.export.run())
            await until(lambda: watched.paused == "full" and watched.seen[-1].free is not None)
            assert watched.seen[-1].free < 2 * 1024 * 1024
            (folder / "in the way").unlink()
            report = await running
            assert len(report.of(State.KEPT)) == 9, report
            check_nothing_half(report, folder / "export")
            print(all((folder / "export" / each.path).read_bytes() == audio(place, 150_000)
                for place, each in enumerate(report.outcomes)))

        asyncio.run(scene())
    """
    assert run_apart(program, "unshare", "-Urm") == "True\n"


@pytest.mark.usefixtures("mortal")
def test_a_folder_that_becomes_read_only_is_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "open"

    async def scene() -> Report:
        clouds = Clouds(countdown=40)
        watched = Watched(recordings(30), folder, clouds)
        running = asyncio.create_task(watched.export.run())
        await clouds.reached.wait()
        for each in (folder / "call", folder):
            each.chmod(0o500)
        await until(lambda: watched.paused == "readonly")
        for each in (folder, folder / "call"):
            each.chmod(0o700)
        return await running

    check_all_is_there(asyncio.run(scene()), folder, 30)


@pytest.mark.parametrize("failure", [Unreachable("network"), Unreachable("name"), Limited(wait=1)])
def test_an_outage_of_some_minutes_costs_no_file(tmp_path: Path, failure: PlayheadError) -> None:
    async def scene() -> tuple[Report, Watched]:
        clouds = Clouds()
        watched = Watched(recordings(30), tmp_path, clouds)
        naps = watched.naps.seconds
        clouds.trouble = lambda _: failure if len(clouds.asked) > 8 and sum(set(naps)) < 60 else None
        # However slow the disk: the first pause lasts until all files wait, and somebody is told.
        watched.naps.over = lambda: "network" in {each.paused for each in watched.seen}
        return await watched.export.run(), watched

    report, watched = asyncio.run(scene())
    check_all_is_there(report, tmp_path, 30)
    assert max(watched.naps.seconds) == 30.0
    assert "network" in {each.paused for each in watched.seen}
    assert watched.paused is None


def test_an_outage_that_does_not_end_fails_what_is_left(tmp_path: Path) -> None:
    async def scene() -> tuple[Report, Watched, Clouds]:
        clouds = Clouds()
        watched = Watched(recordings(100), tmp_path, clouds)
        clouds.trouble = lambda _: Unreachable("network") if len(clouds.asked) > 8 else None
        return await watched.export.run(), watched, clouds

    report, watched, clouds = asyncio.run(scene())
    assert len(report.of(State.KEPT)) + len(report.of(State.FAILED)) == 100
    assert set(watched.naps.seconds) == set(PAUSES)
    assert len(watched.naps.seconds) <= 6 * len(PAUSES)
    assert len(clouds.asked) < 100 + 6 * len(PAUSES) + 8
    assert report.of(State.FAILED)[0].why == "the connection failed"
    check_nothing_half(report, tmp_path)


def test_an_account_that_is_out_does_not_hold_up_another(tmp_path: Path) -> None:
    out = [recording(each) for each in range(20)]
    fine = [recording(each, "a2") for each in range(20, 50)]

    async def scene() -> tuple[Report, Watched, Clouds]:
        clouds = Clouds()
        watched = Watched([*out, *fine], tmp_path, clouds)
        done = Counter[str]()

        def trouble(subject: Recording) -> PlayheadError | None:
            done[subject.account] += 1
            # The first account comes back when the other one is through.
            return Unreachable("network") if subject.account == "a1" and done["a2"] < 30 else None

        clouds.trouble = trouble
        watched.naps.over = lambda: done["a2"] == 30
        return await watched.export.run(), watched, clouds

    report, watched, clouds = asyncio.run(scene())
    check_all_is_there(report, tmp_path, 50)
    assert len(watched.naps.seconds) <= 6, "no more of an account wait than may be under way"
    assert set(clouds.asked[:6]) == {f"id-{number}" for number in range(6)}
    assert clouds.most == 6


@pytest.mark.parametrize("failure", [Unavailable(status=500), Unreachable("cut"), Unreachable("timeout")])
def test_a_file_that_is_broken_by_itself_holds_nobody_up(tmp_path: Path, failure: PlayheadError) -> None:
    async def scene() -> tuple[Report, Watched, Clouds]:
        clouds = Clouds({"id-3": failure})
        watched = Watched(recordings(30), tmp_path, clouds)
        return await watched.export.run(), watched, clouds

    report, watched, clouds = asyncio.run(scene())
    assert [outcome.recording.id for outcome in report.of(State.FAILED)] == ["id-3"]
    assert clouds.asked.count("id-3") == TRIES
    assert sum(watched.naps.seconds) < 10
    check_nothing_half(report, tmp_path)
