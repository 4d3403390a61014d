"""An export as the transfers panel shows it: paused, gone on with, cut down, cancelled, and tried again."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QTableView

from playhead.core.exports.choices import Choices
from playhead.core.exports.report import Report
from playhead.core.recording import Recording
from playhead.ui.exports.transfer import Phase, Transfer
from playhead.ui.exports.transferbuttons import Act
from playhead.ui.exports.transferfiles import FileState
from support.cloud.faultycloud import Fault, FaultyCloud
from support.widgets import find
from support.window.driven_program import Person, until
from support.window.export_folder import audio_in, files_in, half_in, sums_hold
from support.window.export_steps import ended, export, shown
from support.window.lasting_profile import Desk


def playable(person: Person, number: int) -> list[Recording]:
    return [person.recording(row) for row in person.playable_rows()[:number]]


async def begun(
    person: Person, recordings: list[Recording], folder: Path, *, number: int = 1
) -> tuple[Transfer, "asyncio.Task[Report]"]:
    """Export, as the first or another one; the line of it in the panel, and what it will come to."""
    choices = Choices(template="{id}.{ext}")
    task = asyncio.create_task(person.program.journeys.exporting.run(recordings, folder, choices))
    return await shown(person, number), task


def press(transfer: Transfer, name: str) -> None:
    """Press the button of this name, which must be there to be seen."""
    button = find(transfer, QAbstractButton, name)
    assert button.isVisibleTo(transfer)
    button.click()


async def test_a_paused_export_goes_on_where_it_stood(desk: Desk, cloud: FaultyCloud, folder: Path) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        recordings = playable(person, 20)
        cloud.faults.add(Fault(scope="media", after=4, rate=240_000))
        transfer, task = await begun(person, recordings, folder)
        await until(lambda: transfer.files.count(FileState.RUNNING) >= 4, "files on their way")
        press(transfer, "pauseExportButton")
        await until(lambda: transfer.phase is Phase.PAUSED, "the pause")
        assert transfer.sentence.startswith("Paused · ")
        there = len(audio_in(folder))
        cloud.faults.clear()
        assert not task.done()
        press(transfer, "pauseExportButton")
        report = await task
        assert there <= len(recordings) == sum(1 for each in report.outcomes if each.path)
        await ended(person)
        assert transfer.sentence.startswith("20 files exported")
    for recording in recordings:
        (file,) = (each for each in files_in(folder, f"{recording.id}.*") if each in audio_in(folder))
        assert file.read_bytes() == cloud.audio(recording.id)
    assert not half_in(folder)
    sums_hold(folder)


async def test_one_file_can_be_cancelled_and_what_is_missing_fetched_afterwards(
    desk: Desk, cloud: FaultyCloud, folder: Path
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        recordings = playable(person, 16)
        cloud.faults.add(Fault(scope="media", path=recordings[0].id, html=True))
        cloud.faults.add(Fault(scope="media", after=3, rate=240_000))
        transfer, task = await begun(person, recordings, folder)
        await until(lambda: transfer.files.count(FileState.FAILED) == 1, "the failure")
        transfer.unfold(FileState.WAITING)
        table = find(transfer, QTableView, "transferFiles")
        table.selectRow(transfer.files.rowCount() - 1)
        person.press(Qt.Key.Key_Delete, table)
        await until(lambda: transfer.files.count(FileState.LEFT) == 1, "the cancelled file")
        cloud.faults.clear()
        await task
        await ended(person)
        assert "1 failed" in transfer.sentence
        press(transfer, "retryExportButton")
        await until(lambda: transfer.files.count(FileState.DONE) == 16, "all of them")
        await ended(person)
        assert transfer.sentence.startswith("16 files exported")
        press(transfer, "dismissExportButton")
        assert person.window.transfers.isHidden()
    assert {file.stem for file in audio_in(folder)} == {each.id for each in recordings}
    sums_hold(folder)


async def test_exports_wait_for_one_another_and_one_that_waits_can_be_cancelled(
    desk: Desk, cloud: FaultyCloud, tmp_path: Path
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        recordings = playable(person, 8)
        cloud.faults.add(Fault(scope="media", rate=60_000))
        first, task = await begun(person, recordings, tmp_path / "first")
        await until(lambda: first.phase is Phase.RUNNING, "the first")
        second, waiting = await begun(person, recordings, tmp_path / "second", number=2)
        assert second.phase is Phase.QUEUED
        assert second.y() < first.y()
        press(second, "cancelExportButton")
        await ended(person, 2)
        cloud.faults.clear()
        await task
        assert not audio_in(tmp_path / "second")
        waiting.cancel()
        await asyncio.wait([waiting])


async def test_a_second_export_waits_for_the_first(desk: Desk, cloud: FaultyCloud, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    async with desk.opened(desk.bird, rows=60) as person:
        rows = person.playable_rows()[:6]
        cloud.faults.add(Fault(scope="media", stall=1000))
        person.select(rows[:3])
        await export(person, first)
        await shown(person)
        person.select(rows[3:])
        await export(person, second)
        waiting = await shown(person, 2)
        assert waiting.phase is Phase.QUEUED
        cloud.faults.clear()
        await ended(person, 2)
    assert len(audio_in(first)) == 3
    assert sums_hold(second) == 6


async def test_an_export_can_be_paused_and_one_that_waits_be_cancelled(
    desk: Desk, cloud: FaultyCloud, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    async with desk.opened(desk.bird, rows=60) as person:
        transfers = person.window.transfers
        rows = person.playable_rows()[:10]
        cloud.faults.add(Fault(scope="media", after=3, stall=1000))
        person.select(rows)
        await export(person, first)
        await until(lambda: audio_in(first), "a file")
        transfers.acted.emit(1, Act.PAUSE)
        await until(lambda: transfers.transfer(1).phase is Phase.PAUSED, "the pause")
        person.select(rows[:1])
        await export(person, second)
        await shown(person, 2)
        transfers.acted.emit(2, Act.CANCEL)
        await until(lambda: "Cancelled before it began" in person.transfers_say)
        cloud.faults.clear()
        transfers.acted.emit(1, Act.RESUME)
        await ended(person)
        assert transfers.transfer(2).phase is Phase.ENDED
    assert sums_hold(first) == 13
    assert not second.exists()
