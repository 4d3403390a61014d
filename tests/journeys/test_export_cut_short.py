"""An export that is cancelled or cut short leaves nothing half, and goes on when the person comes back."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QToolButton

from playhead.ui.exports.transfer import Phase
from playhead.ui.exports.transferbuttons import Act
from playhead.ui.exports.transferfiles import FileState
from support.cloud.faultycloud import Fault, FaultyCloud
from support.widgets import find
from support.window.driven_program import until
from support.window.export_folder import audio_in, half_in, sums_hold, told
from support.window.export_steps import asked, ended, export, shown, start
from support.window.lasting_profile import Desk


async def test_closing_the_window_during_an_export_leaves_nothing_half(
    desk: Desk, cloud: FaultyCloud, folder: Path
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        cloud.faults.add(Fault(scope="media", rate=40_000))
        person.select(person.playable_rows()[:20])
        await export(person, folder)
        await until(lambda: half_in(folder), "a file on its way")
    cloud.faults.clear()
    assert not half_in(folder)


async def export_cut_short(desk: Desk, folder: Path) -> None:
    """Export 12 recordings of Bird and close the window when some are there; the rest would not come."""
    desk.cloud.faults.add(Fault(scope="media", after=5, stall=1000))
    async with desk.opened(desk.bird, rows=60) as person:
        person.select(person.playable_rows()[:12])
        await export(person, folder)
        await until(lambda: len(audio_in(folder)) >= 4, "some files")


async def test_an_export_that_was_cut_short_is_offered_and_continued_at_the_next_start(
    desk: Desk, cloud: FaultyCloud, folder: Path
) -> None:
    await export_cut_short(desk, folder)
    cloud.faults.clear()
    async with desk.opened() as person:
        transfer = await shown(person)
        assert transfer.phase is Phase.INTERRUPTED
        assert person.notices == []
        find(transfer, QPushButton, "continueExportButton").click()
        assert "12 files exported" in await ended(person)
    assert sums_hold(folder) == 17
    assert not half_in(folder)
    record = told(folder)
    assert len(record["sittings"]) == 2
    assert all(each["ended"] >= each["began"] for each in record["sittings"])
    carried = [row["carried_over"] for row in record["recordings"]]
    assert carried == [row["sitting"] == 1 for row in record["recordings"]]
    assert {True, False} == set(carried)
    assert "carried over" in (folder / "report.html").read_text(encoding="utf-8")
    async with desk.opened() as person:
        assert "12 files exported" in await ended(person)
        person.window.transfers.transfer(1).acted.emit(Act.DISMISS)
        await person.job_done("dismiss export 1")
    async with desk.opened(rows=60) as person:
        assert person.window.transfers.numbers == ()


async def test_an_export_of_an_earlier_run_shows_its_files_and_can_be_tried_again(
    desk: Desk, cloud: FaultyCloud, tmp_path: Path
) -> None:
    folder = tmp_path / "for the court"
    async with desk.opened(desk.bird, rows=60) as person:
        chosen = person.select(person.playable_rows()[:5])
        cloud.faults.add(Fault(scope="media", path=chosen[1].id, html=True))
        dialog = await asked(person)
        find(dialog, QCheckBox, "bagBox").setChecked(True)
        await start(dialog, folder)
        said = await ended(person)
        assert "for the court" in said
        first = told(folder / "data")
    cloud.faults.clear()
    async with desk.opened() as person:
        transfer = await shown(person)
        assert person.transfers_say.startswith(said)
        assert transfer.files.rowCount() == 0
        find(transfer, QToolButton, "unfoldTransferButton").click()
        await until(lambda: transfer.files.shown is FileState.FAILED, "the file that failed")
        assert transfer.files.rowCount() == 1
        assert transfer.files.count(FileState.DONE) == 4
    async with desk.opened() as person:
        transfer = await shown(person)
        find(transfer, QPushButton, "retryExportButton").click()
        await until(lambda: "5 files exported" in person.transfers_say, "the fifth file")
        assert transfer.files.count(FileState.DONE) == 5
    assert sums_hold(folder / "data") >= 8
    second = told(folder / "data")
    assert first["began"] == second["began"]
    assert first["ended"] <= second["ended"]
    assert (folder / "bagit.txt").is_file()


async def test_an_export_of_an_earlier_run_can_be_continued_and_cancelled_at_once(
    desk: Desk, cloud: FaultyCloud, folder: Path
) -> None:
    await export_cut_short(desk, folder)
    async with desk.opened() as person:
        transfer = await shown(person)
        find(transfer, QPushButton, "continueExportButton").click()
        assert transfer.phase is Phase.QUEUED
        find(transfer, QToolButton, "cancelExportButton").click()
        await ended(person)
        assert "not fetched · cancelled; what is finished stays" in person.transfers_say
        await person.sees_notice("The export to out is stopped. What is finished stays.")
        assert find(transfer, QPushButton, "retryExportButton").isVisibleTo(transfer)
        cloud.faults.clear()
        find(transfer, QPushButton, "retryExportButton").click()
        await until(lambda: "12 files exported" in person.transfers_say, "all files")
    assert sums_hold(folder) == 17


async def test_an_export_that_was_stopped_keeps_what_is_finished_and_can_be_gone_on_with_at_once(
    desk: Desk, cloud: FaultyCloud, folder: Path
) -> None:
    cloud.faults.add(Fault(scope="media", after=6, stall=1000))
    async with desk.opened(desk.bird, rows=60) as person:
        person.select(person.playable_rows()[:20])
        await export(person, folder)
        await until(lambda: len(audio_in(folder)) >= 5, "some files")
        find(await shown(person), QToolButton, "cancelExportButton").click()
        assert "cancelled" in await ended(person)
        assert not half_in(folder)
        assert sums_hold(folder) >= 5
        cloud.faults.clear()
        await person.takes_up("The export to out is stopped.")
        await until(lambda: "20 files exported" in person.transfers_say, "all files")
        assert person.notices == []
    assert sums_hold(folder) == 25


async def test_who_quits_while_exporting_is_told_that_it_can_be_continued(desk: Desk, folder: Path) -> None:
    desk.cloud.faults.add(Fault(scope="media", after=2, stall=1000))
    async with desk.opened(desk.bird, rows=60) as person:
        person.select(person.playable_rows()[:8])
        await export(person, folder)
        await until(lambda: audio_in(folder), "a file")
        person.window.close()
        place = person.window.rows.emptiness
        await until(place.isVisible, "a word")
        assert "can be continued where it stands" in " ".join(
            label.text() for label in place.findChildren(QLabel)
        )
        desk.cloud.faults.clear()
