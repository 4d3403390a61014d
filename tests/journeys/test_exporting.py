"""From a selection to a folder that a stranger can check."""

import csv
import hashlib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton

from person import Person, Run, bird_account, convirza_account, opened, until
from playhead.core.account import Account, Credential
from playhead.demo.cloud import DemoCloud, Fault
from playhead.ui.exportdialog import ExportDialog

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


def both(cloud: DemoCloud) -> tuple[tuple[Account, Credential], ...]:
    return (
        (convirza_account(cloud), Credential(access=cloud.access_token)),
        (bird_account(cloud), Credential(access=cloud.access_key)),
    )


async def export(person: Person, folder: Path, template: str = "") -> None:
    """Ctrl+E, choose the folder, press Export."""
    person.window.export_asked.emit()
    await until(lambda: person.window.findChild(ExportDialog) is not None, "the dialog")
    dialog = person.window.findChild(ExportDialog)
    assert dialog is not None
    line = dialog.findChild(QLineEdit, "folderField")
    assert line is not None
    line.setText(str(folder))
    if template:
        names = dialog.findChild(QLineEdit, "templateField")
        assert names is not None
        names.setText(template)
    button = dialog.findChild(QPushButton, "startExportButton")
    assert button is not None
    button.click()


def sums_hold(folder: Path) -> int:
    """Check every line of SHA256SUMS; how many there were."""
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    for line in lines:
        expected, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected
    return len(lines)


def test_the_selected_recordings_are_exported_byte_for_byte_with_a_sheet_and_sums(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, *both(cloud)) as person:
            await person.sees_rows(60)
            table = person.window.table
            rows = person.playable_rows()
            chosen = rows[:5] + rows[-5:]
            table.select_ids([person.program.model.ids[row] for row in chosen])
            recordings = [person.recording(row) for row in chosen]
            await export(person, folder, "{account}/{id}.{ext}")
            await until((folder / "SHA256SUMS").exists, "the sums")
            await until(lambda: "10 files exported" in person.transfers_say)
        assert sums_hold(folder) == 12
        assert not list(folder.rglob("*.part"))
        for recording in recordings:
            label = "Bird EU" if recording.account == "bird" else "Convirza Acme"
            found = list((folder / label).glob(f"{recording.id}.*"))
            identity = recording.id if recording.account == "bird" else int(recording.id)
            assert found[0].read_bytes() == cloud.audio(identity)
        with (folder / "recordings.csv").open(encoding="utf-8-sig", newline="") as sheet:
            lines = list(csv.DictReader(sheet))
        assert {line["id"].removeprefix("'") for line in lines} == {recording.id for recording in recordings}
        assert all(not line["from"] or line["from"][0] in "'a" for line in lines)

    run(scene())


def test_what_fails_is_listed_with_why_and_the_rest_is_there(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            rows = person.playable_rows()[:6]
            cloud.faults.add(Fault(scope="media", path=person.recording(rows[2]).id, html=True))
            person.window.table.select_ids([person.program.model.ids[row] for row in rows])
            await export(person, folder)
            await until(lambda: "1 failed" in person.transfers_say)
        assert sums_hold(folder) == 7
        assert "failed" in (folder / "report.txt").read_text()

    run(scene())


def test_a_cancelled_export_keeps_what_is_finished_and_nothing_half(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            rows = person.playable_rows()[:20]
            cloud.faults.add(Fault(scope="media", after=6, stall=1000))
            person.window.table.select_ids([person.program.model.ids[row] for row in rows])
            await export(person, folder)
            await until(lambda: len(list(folder.rglob("*.mp3"))) + len(list(folder.rglob("*.wav"))) >= 5)
            person.window.transfers.cancel_asked.emit()
            await until(lambda: "cancelled" in person.transfers_say)
            cloud.faults.clear()
        assert not list(folder.rglob("*.part"))
        assert sums_hold(folder) >= 7

    run(scene())


def test_closing_the_window_during_an_export_leaves_nothing_half(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            rows = person.playable_rows()[:20]
            cloud.faults.add(Fault(scope="media", rate=40_000))
            person.window.table.select_ids([person.program.model.ids[row] for row in rows])
            await export(person, folder)
            await until(lambda: list(folder.rglob("*.part")), "a file on its way")
        cloud.faults.clear()
        assert not list(folder.rglob("*.part"))
        sums_hold(folder)

    run(scene())


def test_a_folder_that_cannot_be_written_is_said(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        in_the_way = tmp_path / "file"
        in_the_way.write_text("not a folder")
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            person.window.table.selectRow(0)
            await export(person, in_the_way)
            await until(lambda: "in the way" in person.transfers_say)

    run(scene())


def test_exporting_nothing_says_what_to_do(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            person.window.table.clearSelection()
            person.window.export_asked.emit()
            await person.sees_notice("Select the recordings to export first")

    run(scene())
