"""An export as the transfers panel shows it: paused, gone on with, cut down, cancelled, and tried again."""

import asyncio
import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QTableView

from person import Person, Run, bird_account, opened, until
from playhead.core.account import Credential
from playhead.core.exports.choices import Choices
from playhead.core.exports.report import Report
from playhead.core.recording import Recording
from playhead.demo.cloud import DemoCloud, Fault
from playhead.ui.exports.transfer import Phase, Transfer
from playhead.ui.exports.transferfiles import FileState

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


def playable(person: Person, number: int) -> list[Recording]:
    return [person.recording(row) for row in person.playable_rows()[:number]]


async def begun(
    person: Person, recordings: list[Recording], folder: Path
) -> tuple[Transfer, "asyncio.Task[Report]"]:
    """Export; the line of it in the panel, and what it will come to."""
    choices = Choices(template="{id}.{ext}")
    task = asyncio.create_task(person.program.journeys.exporting.run(recordings, folder, choices))
    await until(lambda: person.window.transfers.numbers, "the transfer")
    return person.window.transfers.transfer(person.window.transfers.numbers[-1]), task


def press(transfer: Transfer, name: str) -> None:
    button = transfer.findChild(QAbstractButton, name)
    assert button is not None
    assert button.isVisibleTo(transfer)
    button.click()


def audio_in(folder: Path) -> set[str]:
    """The ids of the recordings whose files are there."""
    return {each.stem for each in folder.glob("*") if each.suffix in {".mp3", ".wav"}}


def sums_hold(folder: Path) -> int:
    """Check every line of SHA256SUMS; how many there were."""
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    for line in lines:
        expected, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected
    return len(lines)


def test_a_paused_export_goes_on_where_it_stood(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, (bird_account(cloud), Credential(access=cloud.access_key))) as person:
            await person.sees_rows(60)
            recordings = playable(person, 20)
            cloud.faults.add(Fault(scope="media", after=4, rate=60_000))
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
            await until(lambda: transfer.phase is Phase.ENDED, "the end")
            assert transfer.sentence.startswith("20 files exported")
        for recording in recordings:
            (file,) = folder.glob(f"{recording.id}.*")
            assert file.read_bytes() == cloud.audio(recording.id)
        assert not list(folder.rglob("*.part"))
        sums_hold(folder)

    run(scene())


def test_one_file_can_be_cancelled_and_what_is_missing_fetched_afterwards(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, (bird_account(cloud), Credential(access=cloud.access_key))) as person:
            await person.sees_rows(60)
            recordings = playable(person, 16)
            cloud.faults.add(Fault(scope="media", path=recordings[0].id, html=True))
            cloud.faults.add(Fault(scope="media", after=3, rate=60_000))
            transfer, task = await begun(person, recordings, folder)
            await until(lambda: transfer.files.count(FileState.FAILED) == 1, "the failure")
            transfer.unfold(FileState.WAITING)
            table = transfer.findChild(QTableView, "transferFiles")
            assert table is not None
            table.selectRow(transfer.files.rowCount() - 1)
            person.press(Qt.Key.Key_Delete, table)
            await until(lambda: transfer.files.count(FileState.LEFT) == 1, "the cancelled file")
            cloud.faults.clear()
            await task
            await until(lambda: transfer.phase is Phase.ENDED, "the end")
            assert "1 failed" in transfer.sentence
            press(transfer, "retryExportButton")
            await until(lambda: transfer.files.count(FileState.DONE) == 16, "all of them")
            await until(lambda: transfer.phase is Phase.ENDED, "the end")
            assert transfer.sentence.startswith("16 files exported")
            press(transfer, "dismissExportButton")
            assert person.window.transfers.isHidden()
        assert audio_in(folder) == {each.id for each in recordings}
        sums_hold(folder)

    run(scene())


def test_exports_wait_for_one_another_and_one_that_waits_can_be_cancelled(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, (bird_account(cloud), Credential(access=cloud.access_key))) as person:
            await person.sees_rows(60)
            recordings = playable(person, 8)
            cloud.faults.add(Fault(scope="media", rate=60_000))
            first, task = await begun(person, recordings, tmp_path / "first")
            await until(lambda: first.phase is Phase.RUNNING, "the first")
            second, _waiting = await begun(person, recordings, tmp_path / "second")
            await until(lambda: len(person.window.transfers.numbers) == 2, "the second")
            second = person.window.transfers.transfer(person.window.transfers.numbers[-1])
            assert second.phase is Phase.QUEUED
            assert second.y() < first.y()
            press(second, "cancelExportButton")
            await until(lambda: second.phase is Phase.ENDED, "the end of the second")
            cloud.faults.clear()
            await task
            assert not audio_in(tmp_path / "second")
            _waiting.cancel()
            await asyncio.wait([_waiting])

    run(scene())
