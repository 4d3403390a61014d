"""An export keeps what is whole, says what is not, and leaves nothing half."""

import asyncio
import hashlib
import os
from pathlib import Path

import pytest

from playhead.core.errors import (
    ExportError,
    Forbidden,
    Garbled,
    Missing,
    NoAudio,
    PlayheadError,
    Refused,
    VaultSilent,
)
from playhead.core.exports.engine.progress import Progress
from playhead.core.exports.report import Report, State, reason
from support.exports.export_scene import (
    Clouds,
    Sheets,
    audio,
    check_nothing_half,
    export,
    made_export,
    names,
    planned,
    recording,
    recordings,
    run_apart,
)
from support.stock_tools import check_sums, table


def test_audio_is_kept_byte_for_byte_and_stock_tools_can_check_it(tmp_path: Path) -> None:
    subjects = recordings(20)
    report = export(subjects, tmp_path / "new" / "folder")
    folder = tmp_path / "new" / "folder"
    for number in range(20):
        assert (folder / "call" / f"id-{number}.mp3").read_bytes() == audio(number)
    assert report.complete
    assert names(report) == ("recordings.csv", "SHA256SUMS")
    check_nothing_half(report, folder)
    assert report.outcomes[3].sha256 == hashlib.sha256(audio(3)).hexdigest()


def test_at_most_six_files_are_fetched_at_a_time(tmp_path: Path) -> None:
    clouds = Clouds()
    export(recordings(20), tmp_path, clouds)
    assert clouds.most == 6


def test_what_fails_is_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    subjects = recordings(10)
    subjects.append(recording(10, status="ongoing"))
    subjects.append(recording(11, fault="Its id is no text."))
    clouds = Clouds(
        {
            "id-2": Missing(status=404, request_id="req-7"),
            "id-5": Garbled("length"),
            "id-7": NoAudio("link"),
            "id-8": Forbidden(status=403),
        }
    )
    report = export(subjects, tmp_path, clouds)
    assert [len(report.of(state)) for state in State] == [6, 0, 3, 3, 0]
    assert not report.complete
    assert "id-10" not in clouds.asked
    check_nothing_half(report, tmp_path)
    why = {row["id"]: row["why"] for row in table(tmp_path)}
    assert why["id-2"] == "the provider does not have it (HTTP 404, request req-7)"
    assert why["id-10"] == "it has no audio: its status is ongoing"
    assert why["id-11"] == "Its id is no text."


@pytest.mark.parametrize("failure", [Refused(status=401), VaultSilent("no answer")])
def test_a_refused_credential_fails_the_rest_of_its_account_without_asking(
    tmp_path: Path, failure: PlayheadError
) -> None:
    first = recordings(50)
    second = [recording(number, "a2") for number in range(50, 60)]
    clouds = Clouds({f"id-{number}": failure for number in range(50)})
    report = export(first + second, tmp_path, clouds)
    assert len(report.of(State.FAILED)) == 50
    assert len(report.of(State.KEPT)) == 10
    assert len(clouds.asked) <= 6 + 10


def test_audio_that_is_begun_anew_is_written_anew(tmp_path: Path) -> None:
    report = export([recording(1)], tmp_path, Clouds(restarting={"id-1"}))
    assert (tmp_path / "call" / "id-1.mp3").read_bytes() == audio(1)
    check_nothing_half(report, tmp_path)


def test_cancelling_keeps_what_is_whole_and_says_what_was_left(tmp_path: Path) -> None:
    clouds = Clouds(halting={"id-9"})

    async def scene() -> Report:
        made = made_export(
            planned(recordings(10), tmp_path),
            clouds,
            papers=Sheets(),
        )
        running = asyncio.create_task(made.run())
        await clouds.reached.wait()
        made.cancel()
        made.cancel()
        return await running

    report = asyncio.run(scene())
    assert report.cancelled
    assert report.of(State.LEFT)[-1].recording.id == "id-9"
    assert len(report.of(State.KEPT)) + len(report.of(State.LEFT)) == 10
    check_nothing_half(report, tmp_path)
    assert table(tmp_path)[9]["why"] == "the export was cancelled"


@pytest.mark.slow
@pytest.mark.parametrize("pieces", [0, 1, 2, 3, 4, 5, 7, 11, 16, 23, 31, 40, 47, 55, 59])
@pytest.mark.parametrize("how", ["quitting", "cancelling", "both", "twice"])
def test_ending_at_any_moment_leaves_nothing_half(tmp_path: Path, pieces: int, how: str) -> None:
    """Also when it ends again while it is cleaning up."""

    async def scene() -> None:
        clouds = Clouds(countdown=pieces)
        made = made_export(
            planned(recordings(12), tmp_path),
            clouds,
            papers=Sheets(),
        )
        running = asyncio.create_task(made.run())
        await clouds.reached.wait()
        if how in {"cancelling", "both"}:
            made.cancel()
        if how != "cancelling":
            running.cancel()
        if how == "twice":
            await asyncio.sleep(0)
            running.cancel()
        if how == "cancelling":
            assert (await running).cancelled
        else:
            with pytest.raises(asyncio.CancelledError):
                await running

    asyncio.run(scene())
    assert not list(tmp_path.rglob("*.part"))
    audio_files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.mp3")}
    assert {row["file"] for row in table(tmp_path) if row["file"]} == audio_files
    check_sums(tmp_path)


def test_cancelling_before_the_start_does_nothing(tmp_path: Path) -> None:
    async def scene() -> Report:
        made = made_export(planned([recording(1)], tmp_path), Clouds(), papers=Sheets())
        made.cancel()
        return await made.run()

    report = asyncio.run(scene())
    assert report.cancelled
    assert len(report.of(State.LEFT)) == 1


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "call").mkdir()
    (tmp_path / "call" / "id-1.mp3").write_bytes(b"older")
    (tmp_path / "call" / "id-2.mp3.part").write_bytes(b"of somebody else")
    first = export([recording(1)], tmp_path)
    assert first.of(State.KEPT)[0].path == "call/id-1 (2).mp3"
    second = export([recording(1), recording(2)], tmp_path)
    assert names(second) == ("recordings (2).csv", "SHA256SUMS (2)")
    assert [outcome.path for outcome in second.outcomes] == ["call/id-1 (3).mp3", "call/id-2.mp3"]
    assert (tmp_path / "call" / "id-1.mp3").read_bytes() == b"older"
    assert (tmp_path / "call" / "id-2.mp3.part").read_bytes() == b"of somebody else"
    check_sums(tmp_path)
    check_sums(tmp_path, "SHA256SUMS (2)")


def test_a_file_where_a_folder_should_be_fails_only_what_belongs_there(tmp_path: Path) -> None:
    (tmp_path / "call").write_text("in the way")
    report = export([recording(1), recording(2, kind="voicemail")], tmp_path)
    assert [outcome.state for outcome in report.outcomes] == [State.FAILED, State.KEPT]
    assert report.outcomes[0].why == "something is in the way of the file"


def test_a_file_where_the_whole_folder_should_be_stops_it(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("in the way")
    report = export([recording(1)], tmp_path / "target")
    assert report.stopped is not None
    assert report.stopped.reason == "inway"
    assert report.sheets_failure is not None
    assert report.of(State.LEFT)[0].why == "something is in the way of the file"


def test_too_little_room_is_known_before_the_first_byte(tmp_path: Path) -> None:
    clouds = Clouds()
    report = export([recording(1, size=10**18)], tmp_path, clouds)
    assert report.stopped is not None
    assert report.stopped.reason == "full"
    assert clouds.asked == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit of file sizes")
def test_a_file_that_is_too_large_for_the_disk_fails_alone(tmp_path: Path) -> None:
    program = f"""
        import asyncio, resource
        from pathlib import Path
        from support.exports.export_scene import *
        from playhead.core.exports.choices import AS_USUAL

        async def scene():
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 350_000))
            clouds = Clouds(sizes={{"id-2": 100_000}})
            made = planned([recording(number) for number in range(1, 4)], folder)
            report = await made_export(made, clouds, papers=Sheets()).run()
            print(*(outcome.state for outcome in report.outcomes), report.outcomes[0].why)

        folder = Path({str(tmp_path)!r})
        asyncio.run(scene())
    """
    assert run_apart(program) == "failed kept failed the disk does not take files of this size\n"
    assert not list(tmp_path.rglob("*.part"))
    check_sums(tmp_path)


@pytest.mark.usefixtures("mortal")
@pytest.mark.parametrize("place", ["locked", "locked/below", "locked/below/data"])
def test_a_folder_that_cannot_be_written_stops_it(tmp_path: Path, place: str) -> None:
    locked, folder = tmp_path / "locked", tmp_path / place
    locked.mkdir()
    locked.chmod(0o500)
    clouds = Clouds()
    try:
        report = export([recording(1)], folder, clouds)
    finally:
        locked.chmod(0o700)
    assert report.stopped is not None
    assert report.stopped.reason == "readonly"
    assert isinstance(report.sheets_failure, ExportError)
    assert report.of(State.LEFT)[0].why == reason(report.stopped)
    assert clouds.asked == []


def test_progress_grows_and_ends_with_everything(tmp_path: Path) -> None:
    seen: list[Progress] = []
    subjects = [*recordings(8), recording(8, status="absent")]
    export(subjects, tmp_path, Clouds({"id-2": Missing(status=404)}), seen.append)
    last = seen[-1]
    assert (last.files, last.kept, last.skipped, last.failed, last.done) == (9, 7, 1, 1, 9)
    assert last.arrived == last.expected == 7 * 300_000
    assert last.running == ()
    assert last.left == 0.0
    assert [each.done for each in seen] == sorted(each.done for each in seen)
    assert all(0 <= each.arrived <= each.expected for each in seen)


def test_an_empty_plan_gives_empty_sheets(tmp_path: Path) -> None:
    report = export([], tmp_path)
    assert report.complete
    check_nothing_half(report, tmp_path)
