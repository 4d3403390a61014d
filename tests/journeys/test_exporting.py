"""From a selection to a folder that a stranger can check."""

import csv
import hashlib
import json
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTableView,
    QToolButton,
    QWidget,
)

from person import Person, Run, bird_account, convirza_account, opened, until
from playhead.core.account import Account, Credential
from playhead.core.exports.choices import CopyForm
from playhead.core.ports import Saved
from playhead.demo.cloud import DemoCloud, Fault
from playhead.machine.vault import MemoryVault
from playhead.ui.exports.exportdialog import ExportDialog
from playhead.ui.exports.exportnames import NamesPane
from playhead.ui.exports.namelist import NameList
from playhead.ui.exports.transfer import Phase
from playhead.ui.exports.transferfiles import FileState
from playhead.ui.look.labels import PlainLabel

Widget = TypeVar("Widget", bound=QWidget)

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


def both(cloud: DemoCloud) -> tuple[tuple[Account, Credential], ...]:
    return (
        (convirza_account(cloud), Credential(access=cloud.access_token)),
        (bird_account(cloud), Credential(access=cloud.access_key)),
    )


async def asked(person: Person) -> ExportDialog:
    """The dialog that is open now, when it has counted what would be exported."""

    def dialogs() -> list[ExportDialog]:
        return [each for each in person.window.findChildren(ExportDialog) if each.isVisible()]

    await until(dialogs, "the dialog")
    (dialog,) = dialogs()
    figures = find(dialog, PlainLabel, "exportFigures")
    await until(lambda: "recording" in figures.whole, "the figures")
    return dialog


def find(parent: QWidget, kind: type[Widget], name: str) -> Widget:
    found = parent.findChild(kind, name)
    assert found is not None
    return found


async def export(person: Person, folder: Path, template: str = "") -> None:
    """Ctrl+E, choose the folder, press Export."""
    person.window.export_asked.emit()
    await start(await asked(person), folder, template)


async def ended(person: Person, number: int = 1) -> str:
    """Wait until an export has ended; what the panel says."""

    def over() -> bool:
        transfers = person.window.transfers
        return number in transfers.numbers and transfers.transfer(number).phase is Phase.ENDED

    await until(over, f"the end of export {number}")
    return person.transfers_say


async def start(dialog: ExportDialog, folder: Path, template: str = "") -> None:
    """Fill in the dialog and press Export."""
    find(dialog, QLineEdit, "folderField").setText(str(folder))
    if template:
        find(dialog, QLineEdit, "templateField").setText(template)
    button = find(dialog, QPushButton, "startExportButton")
    await until(button.isEnabled, "the button")
    button.click()


def audio_in(folder: Path) -> list[Path]:
    """The audio that is there for good: some of what is exported is MP3, some WAV."""
    return [path for path in folder.rglob("*") if path.suffix in {".mp3", ".wav"}]


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
            assert "10 files exported" in await ended(person)
        assert sums_hold(folder) == 15
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
            assert "1 failed" in await ended(person)
        assert sums_hold(folder) == 10
        assert "failed" in (folder / "report.txt").read_text()

    run(scene())


def test_a_key_that_is_refused_meanwhile_is_said_and_can_be_renewed(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            person.window.table.select_ids([person.program.model.ids[row] for row in range(6)])
            cloud.faults.add(Fault(scope="bird-get", status=401))
            await export(person, tmp_path / "out")
            assert "failed" in await ended(person)
            await person.sees_notice("Bird EU does not accept the key")
            assert person.health("bird") == "key refused"
            (notice,) = [each for each in person.window.notices.notices if each.key == "bird"]
            assert notice.action == "Reconnect"

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
            await until(lambda: len(audio_in(folder)) >= 5, "some files")
            person.window.transfers.cancel_asked.emit(1)
            assert "cancelled" in await ended(person)
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

    run(scene())


def test_a_folder_that_cannot_be_written_is_said(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        in_the_way = tmp_path / "file"
        in_the_way.write_text("not a folder")
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            person.window.table.selectRow(0)
            await export(person, in_the_way)
            await person.sees_notice("in the way")

    run(scene())


def test_with_nothing_selected_all_that_match_is_offered(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            person.window.table.clearSelection()
            person.window.export_asked.emit()
            dialog = await asked(person)
            assert not find(dialog, QRadioButton, "selectedButton").isEnabled()
            assert find(dialog, QRadioButton, "matchingButton").isChecked()
            assert find(dialog, QCheckBox, "loadRestBox").isVisible()
            dialog.reject()

    run(scene())


def test_all_that_match_is_loaded_before_it_is_exported(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    """500 recordings are at Bird, of which a few pages are loaded: all conferences are wanted."""

    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            person.type_filter("kind:conference is:playable duration:<2m")
            await until(lambda: "match" in person.status)
            person.window.export_all_asked.emit()
            dialog = await asked(person)
            await start(dialog, folder)
            assert "files exported" in await ended(person)
            everything = await person.program.catalogue.matching(person.program.journeys.browsing.query)
            assert "more exist" not in person.status
        with (folder / "recordings.json").open(encoding="utf-8") as sheet:
            told = json.load(sheet)
        assert len(told["recordings"]) == len(everything) > 5
        assert told["query"] == "kind:conference is:playable duration:<2m"
        assert "nothing else can match" in told["coverage"]

    run(scene())


def test_the_loading_of_the_rest_can_be_stopped(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            cloud.faults.add(Fault(scope="bird-list", stall=1000))
            person.window.export_all_asked.emit()
            dialog = await asked(person)
            await start(dialog, tmp_path / "out")
            stop = find(dialog, QPushButton, "stopLoadingButton")
            await until(stop.isVisible, "the way to stop")
            stop.click()
            await until(lambda: not stop.isVisible(), "the end of the loading")
            cloud.faults.clear()
            assert dialog.isVisible()
            dialog.reject()

    run(scene())


def test_a_second_export_waits_for_the_first(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        first, second = tmp_path / "first", tmp_path / "second"
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            ids = [person.program.model.ids[row] for row in person.playable_rows()[:6]]
            cloud.faults.add(Fault(scope="media", stall=1000))
            person.window.table.select_ids(ids[:3])
            await export(person, first)
            await until(lambda: person.window.transfers.numbers == (1,))
            person.window.table.select_ids(ids[3:])
            await export(person, second)
            await until(lambda: person.window.transfers.numbers == (1, 2), "two exports")
            assert person.window.transfers.transfer(2).phase is Phase.QUEUED
            cloud.faults.clear()
            await ended(person, 2)
        assert len(audio_in(first)) == 3
        assert sums_hold(second) == 8

    run(scene())


def test_an_export_can_be_paused_and_one_that_waits_be_cancelled(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        first, second = tmp_path / "first", tmp_path / "second"
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            transfers = person.window.transfers
            ids = [person.program.model.ids[row] for row in person.playable_rows()[:10]]
            cloud.faults.add(Fault(scope="media", after=3, stall=1000))
            person.window.table.select_ids(ids)
            await export(person, first)
            await until(lambda: audio_in(first), "a file")
            transfers.pause_asked.emit(1)
            await until(lambda: transfers.transfer(1).phase is Phase.PAUSED, "the pause")
            person.window.table.select_ids(ids[:1])
            await export(person, second)
            await until(lambda: transfers.numbers == (1, 2), "two exports")
            transfers.cancel_asked.emit(2)
            await until(lambda: "Cancelled before it began" in person.transfers_say)
            cloud.faults.clear()
            transfers.resume_asked.emit(1)
            await until(lambda: transfers.transfer(1).phase is Phase.ENDED, "the end")
            assert transfers.transfer(2).phase is Phase.ENDED
        assert sums_hold(first) == 15
        assert not second.exists()

    run(scene())


def test_a_saved_query_can_be_exported_without_looking_at_it(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, both(cloud)[0]) as person:
            await person.sees_rows(30)
            await person.program.catalogue.searches.save([Saved("Whispers", "kind:whisper is:playable")])
            before = list(person.program.model.ids)
            person.window.export_all_asked.emit()
            dialog = await asked(person)
            find(dialog, QRadioButton, "savedButton").click()
            await start(dialog, folder)
            assert "exported" in await ended(person)
            assert list(person.program.model.ids) == before
        told = json.loads((folder / "recordings.json").read_text("utf-8"))
        assert {row["recording"]["kind"] for row in told["recordings"]} == {"whisper"}
        assert told["query"] == "kind:whisper is:playable"

    run(scene())


def test_what_failed_is_retried_and_nothing_else(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            rows = person.playable_rows()[:4]
            cloud.faults.add(Fault(scope="media", path=person.recording(rows[2]).id, html=True))
            person.window.table.select_ids([person.program.model.ids[row] for row in rows])
            await export(person, folder)
            assert "1 failed" in await ended(person)
            cloud.faults.clear()
            there = {path: path.stat().st_mtime_ns for path in audio_in(folder)}
            person.window.transfers.retry_asked.emit(1)
            await until(lambda: "4 files exported" in person.transfers_say, "the fourth file")
            await ended(person)
        assert {path: path.stat().st_mtime_ns for path in there} == there
        assert sums_hold(folder) == 9
        assert len(list(folder.glob("recordings*.csv"))) == 1

    run(scene())


def test_an_export_that_was_cut_short_is_offered_and_continued_at_the_next_start(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        vault = MemoryVault()
        async with opened(tmp_path, both(cloud)[1], vault=vault) as person:
            await person.sees_rows(60)
            rows = person.playable_rows()[:12]
            cloud.faults.add(Fault(scope="media", after=5, stall=1000))
            person.window.table.select_ids([person.program.model.ids[row] for row in rows])
            await export(person, folder)
            await until(lambda: len(audio_in(folder)) >= 4, "some files")
        cloud.faults.clear()
        async with opened(tmp_path, vault=vault) as person:
            await person.sees_notice("An export of 12 recordings to out was interrupted")
            notice = next(each for each in person.window.notices.notices if "interrupted" in each.sentence)
            assert person.window.transfers.transfer(1).phase is Phase.INTERRUPTED
            assert notice.act is not None
            notice.act()
            assert "12 files exported" in await ended(person)
        assert sums_hold(folder) == 17
        assert not list(folder.rglob("*.part"))
        async with opened(tmp_path, vault=vault) as person:
            assert "12 files exported" in await ended(person)
            person.window.transfers.transfer(1).dismiss_asked.emit()
            await until(lambda: not person.program.jobs.running("dismiss export 1"))
        async with opened(tmp_path, vault=vault) as person:
            await person.sees_rows(60)
            assert person.window.transfers.numbers == ()

    run(scene())


def test_an_export_of_an_earlier_run_shows_its_files_and_can_be_tried_again(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        folder = tmp_path / "for the court"
        vault = MemoryVault()
        async with opened(tmp_path, both(cloud)[1], vault=vault) as person:
            await person.sees_rows(60)
            rows = person.playable_rows()[:5]
            cloud.faults.add(Fault(scope="media", path=person.recording(rows[1]).id, html=True))
            person.window.table.select_ids([person.program.model.ids[row] for row in rows])
            person.window.export_asked.emit()
            dialog = await asked(person)
            find(dialog, QCheckBox, "bagBox").setChecked(True)
            await start(dialog, folder)
            said = await ended(person)
            assert "for the court" in said
            first = json.loads((folder / "data" / "recordings.json").read_text("utf-8"))
        cloud.faults.clear()
        async with opened(tmp_path, vault=vault) as person:
            await until(lambda: person.window.transfers.numbers == (1,), "the export of before")
            transfer = person.window.transfers.transfer(1)
            assert person.transfers_say.startswith(said)
            assert transfer.files.rowCount() == 0
            find(transfer, QToolButton, "unfoldTransferButton").click()
            await until(lambda: transfer.files.shown is FileState.FAILED, "the file that failed")
            assert transfer.files.rowCount() == 1
            assert transfer.files.count(FileState.DONE) == 4
        async with opened(tmp_path, vault=vault) as person:
            await until(lambda: person.window.transfers.numbers == (1,), "the export of before")
            transfer = person.window.transfers.transfer(1)
            find(transfer, QPushButton, "retryExportButton").click()
            await until(lambda: "5 files exported" in person.transfers_say, "the fifth file")
            assert transfer.files.count(FileState.DONE) == 5
        assert sums_hold(folder / "data") >= 10
        second = json.loads((folder / "data" / "recordings.json").read_text("utf-8"))
        assert first["began"] == second["began"]
        assert first["ended"] <= second["ended"]
        assert (folder / "bagit.txt").is_file()

    run(scene())


def test_an_export_of_an_earlier_run_can_be_continued_and_cancelled_at_once(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        vault = MemoryVault()
        async with opened(tmp_path, both(cloud)[1], vault=vault) as person:
            await person.sees_rows(60)
            rows = person.playable_rows()[:12]
            cloud.faults.add(Fault(scope="media", after=5, stall=1000))
            person.window.table.select_ids([person.program.model.ids[row] for row in rows])
            await export(person, folder)
            await until(lambda: len(audio_in(folder)) >= 4, "some files")
        async with opened(tmp_path, vault=vault) as person:
            await until(lambda: person.window.transfers.numbers == (1,), "the export of before")
            transfer = person.window.transfers.transfer(1)
            find(transfer, QPushButton, "continueExportButton").click()
            assert transfer.phase is Phase.QUEUED
            find(transfer, QToolButton, "cancelExportButton").click()
            await until(lambda: transfer.phase is Phase.ENDED, "the end")
            assert "not fetched · cancelled; what is finished stays" in person.transfers_say
            assert find(transfer, QPushButton, "retryExportButton").isVisibleTo(transfer)
            cloud.faults.clear()
            find(transfer, QPushButton, "retryExportButton").click()
            await until(lambda: "12 files exported" in person.transfers_say, "all files")
        assert sums_hold(folder) == 17

    run(scene())


def test_the_papers_name_the_filter_that_the_rows_answer_and_not_what_is_half_typed(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            person.type_filter("kind:call is:playable")
            await until(lambda: "match" in person.status)
            await until(lambda: person.playable_rows()[:2] == [0, 1], "playable rows only")
            person.window.table.selectRow(0)
            person.window.filter.set_text("kind:call is:playable date:")
            await export(person, folder)
            assert "1 file exported" in await ended(person)
        told = json.loads((folder / "recordings.json").read_text("utf-8"))
        assert told["query"] == "kind:call is:playable"
        assert told["coverage"].startswith("Selected from: ")

    run(scene())


@pytest.mark.parametrize(("form", "begins"), [(CopyForm.WAV, b"RIFF"), (CopyForm.OPUS, b"OggS")])
def test_copies_are_what_was_chosen_in_the_dialog(
    run: Run[None], cloud: DemoCloud, tmp_path: Path, form: CopyForm, begins: bytes
) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            row = next(row for row in person.playable_rows() if person.recording(row).format == "mp3")
            person.window.table.selectRow(row)
            person.window.export_asked.emit()
            dialog = await asked(person)
            box = find(dialog, QComboBox, "copyBox")
            box.setCurrentIndex([box.itemData(each) for each in range(box.count())].index(form))
            await start(dialog, folder, "{id}")
            assert "1 file exported" in await ended(person)
            assert person.program.journeys.exporting.choices.copy is form
        (copy,) = folder.glob(f"*.{form}")
        assert copy.read_bytes().startswith(begins)
        (original,) = folder.glob("*.mp3")
        seconds = original.stat().st_size * 8 / 16_000
        if form is CopyForm.OPUS:
            assert copy.stat().st_size < seconds * 40_000 / 8

    run(scene())


def test_more_can_be_added_to_an_export(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            ids = [person.program.model.ids[row] for row in person.playable_rows()[:6]]
            person.window.table.select_ids(ids[:4])
            await export(person, folder)
            assert "4 files exported" in await ended(person)
            person.window.table.select_ids(ids[2:])
            person.window.export_asked.emit()
            dialog = await asked(person)
            add = find(dialog, QCheckBox, "addBox")
            await until(add.isVisible, "the offer")
            add.setChecked(True)
            await start(dialog, folder)
            assert "6 files exported" in await ended(person, 2)
        assert sums_hold(folder) == 11
        assert len(json.loads((folder / "recordings.json").read_text("utf-8"))["recordings"]) == 6

    run(scene())


def test_what_is_in_the_folder_and_intact_is_not_fetched_again(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        folder = tmp_path / "out"
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            ids = [person.program.model.ids[row] for row in person.playable_rows()[:4]]
            person.window.table.select_ids(ids[:3])
            await export(person, folder)
            assert "3 files exported" in await ended(person)
            there = {path: path.stat().st_mtime_ns for path in audio_in(folder)}
            person.window.table.select_ids(ids)
            person.window.export_asked.emit()
            dialog = await asked(person)
            own = find(dialog, QCheckBox, "ownFolderBox")
            await until(own.isVisible, "what is known of the folder")
            own.setChecked(False)
            await start(dialog, folder)
            await until(lambda: "3 of them were there already" in person.transfers_say, "the second export")
            await ended(person, 2)
        assert {path: path.stat().st_mtime_ns for path in there} == there
        assert sums_hold(folder) == 9

    run(scene())


def test_every_name_is_listed_before_the_first_byte(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, both(cloud)[1]) as person:
            await person.sees_rows(60)
            rows = person.playable_rows()[:5]
            person.window.table.select_ids([person.program.model.ids[row] for row in rows])
            person.window.export_asked.emit()
            dialog = await asked(person)
            find(dialog, QLineEdit, "folderField").setText(str(tmp_path / "out"))
            find(dialog, QLineEdit, "templateField").setText("{kind}")
            find(dialog, QPushButton, "testNamesButton").click()
            await until(lambda: dialog.findChild(NameList) is not None, "the list")
            names = find(dialog, NameList, "nameList")
            await until(lambda: find(names, QTableView, "nameTable").model().rowCount() == 5)
            model = find(names, QTableView, "nameTable").model()
            shown = [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(5)]
            assert shown[0][1] == ""
            assert shown[1][0].startswith("call (2)")
            assert "numbered" in shown[1][1]
            names.accept()
            dialog.reject()
            assert person.window.transfers.numbers == ()
        assert not (tmp_path / "out").exists()

    run(scene())


def test_how_an_export_was_wanted_is_remembered(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        async with opened(tmp_path, both(cloud)[1], vault=vault) as person:
            await person.sees_rows(60)
            person.window.table.selectRow(person.playable_rows()[0])
            person.window.export_asked.emit()
            dialog = await asked(person)
            find(dialog, QLineEdit, "templateField").setText("{id}")
            find(dialog, NamesPane, "").keep_preset("By id")
            find(dialog, QCheckBox, "xlsxBox").setChecked(False)
            find(dialog, QCheckBox, "marksBox").setChecked(True)
            await start(dialog, tmp_path / "out")
            assert "1 file exported" in await ended(person)
        async with opened(tmp_path, vault=vault) as person:
            await person.sees_rows(60)
            person.window.export_all_asked.emit()
            dialog = await asked(person)
            assert find(dialog, QLineEdit, "templateField").text() == "{id}"
            assert not find(dialog, QCheckBox, "xlsxBox").isChecked()
            assert find(dialog, QCheckBox, "marksBox").isChecked()
            presets = find(dialog, QToolButton, "presetsButton").menu().actions()
            assert "By id\t{id}" in [action.text() for action in presets]
            dialog.reject()
        assert not list((tmp_path / "out").glob("*.xlsx"))

    run(scene())
