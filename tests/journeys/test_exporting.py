"""From a selection to a folder that a stranger can check."""

import csv
import hashlib
import platform
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from playhead.core.exports.choices import CopyForm
from support.cloud.faultycloud import Fault, FaultyCloud
from support.widgets import find
from support.window.driven_program import until
from support.window.export_folder import files_in, half_in, sums_hold, told
from support.window.export_steps import asked, ended, export, start
from support.window.lasting_profile import Desk


async def test_the_selected_recordings_are_exported_byte_for_byte_with_a_sheet_and_sums(
    desk: Desk, folder: Path
) -> None:
    async with desk.opened(*desk.both, rows=60) as person:
        rows = person.playable_rows()
        recordings = person.select(rows[:5] + rows[-5:])
        await export(person, folder, "{account}/{id}.{ext}")
        assert "10 files exported" in await ended(person)
    assert sums_hold(folder) == 13
    assert not half_in(folder)
    for recording in recordings:
        label = "Bird EU" if recording.account == "bird" else "Convirza Acme"
        found = list((folder / label).glob(f"{recording.id}.*"))
        assert found[0].read_bytes() == desk.audio(recording)
    with (folder / "recordings.csv").open(encoding="utf-8-sig", newline="") as sheet:
        lines = list(csv.DictReader(sheet))
    assert {line["id"].removeprefix("'") for line in lines} == {recording.id for recording in recordings}
    assert all(not line["from"] or line["from"][0] in "'a" for line in lines)


async def test_what_fails_a_key_that_is_refused_meanwhile_and_a_folder_in_the_way_are_said(
    desk: Desk, cloud: FaultyCloud, folder: Path, tmp_path: Path
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        chosen = person.select(person.playable_rows()[:6])
        cloud.faults.add(Fault(scope="media", path=chosen[2].id, html=True))
        await export(person, folder)
        assert "1 failed" in await ended(person)
        assert sums_hold(folder) == 8
        assert "failed" in (folder / "report.txt").read_text()
        cloud.faults.clear()
        person.select(range(6))
        cloud.faults.add(Fault(scope="bird-get", status=401))
        await export(person, tmp_path / "refused")
        assert "failed" in await ended(person, 2)
        notice = await person.sees_notice("Bird EU does not accept the key")
        assert person.health("bird") == "key refused"
        assert notice.action == "Reconnect"
        assert [each for each in person.window.notices.notices if each.key == "bird"] == [notice]
        in_the_way = tmp_path / "file"
        in_the_way.write_text("not a folder")
        person.window.table.selectRow(0)
        await export(person, in_the_way)
        await person.sees_notice("in the way")


async def test_the_papers_name_the_filter_that_the_rows_answer_and_not_what_is_half_typed(
    desk: Desk, folder: Path
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        person.type_filter("kind:call is:playable")
        await until(lambda: "match" in person.status)
        await until(lambda: person.playable_rows()[:2] == [0, 1], "playable rows only")
        person.window.table.selectRow(0)
        person.window.filter.set_text("kind:call is:playable date:")
        await export(person, folder)
        assert "1 file exported" in await ended(person)
    record = told(folder)
    assert record["query"] == "kind:call is:playable"
    assert record["coverage"].startswith("Selected from: ")


async def test_copies_are_what_was_chosen_in_the_dialog(desk: Desk, tmp_path: Path) -> None:
    forms = {CopyForm.WAV: b"RIFF", CopyForm.OPUS: b"OggS"}
    async with desk.opened(desk.bird, rows=60) as person:
        row = next(row for row in person.playable_rows() if person.recording(row).format == "mp3")
        person.window.table.selectRow(row)
        for number, form in enumerate(forms, 1):
            dialog = await asked(person)
            box = find(dialog, QComboBox, "copyBox")
            box.setCurrentIndex([box.itemData(each) for each in range(box.count())].index(form))
            await start(dialog, tmp_path / form, "{id}")
            assert "1 file exported" in await ended(person, number), form
            assert person.program.journeys.exporting.choices.copy is form
    for form, begins in forms.items():
        (copy,) = files_in(tmp_path / form, f"*.{form}")
        assert copy.read_bytes().startswith(begins), form
        (original,) = files_in(tmp_path / form, "*.mp3")
        seconds = original.stat().st_size * 8 / 16_000
        if form is CopyForm.OPUS:
            assert copy.stat().st_size < seconds * 40_000 / 8


async def test_the_papers_answer_who_with_what_from_where_and_when_and_the_window_has_their_sum(
    desk: Desk, folder: Path
) -> None:
    async with desk.opened(*desk.both, rows=60) as person:
        rows = person.playable_rows()
        person.select(rows[:2] + rows[-2:])
        await export(person, folder)
        await ended(person)
        accounts = {account.id: account for account in (each for each, _ in desk.both)}
        transfer = person.window.transfers.transfer(1)
        line = find(transfer, QLineEdit, "sealLine")
        assert not line.isVisible()
        transfer.unfold()
        assert line.isVisible()
        digest = hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()
        assert line.text() == digest
        find(transfer, QPushButton, "copySealButton").click()
        letter = f"Export “{folder.name}”, SHA-256 of SHA256SUMS: {digest}"
        assert QGuiApplication.clipboard().text() == letter
    page = (folder / "report.html").read_text(encoding="utf-8")
    record = told(folder)
    assert digest in page
    assert platform.node() in page
    assert "not named" in page
    assert record["sittings"][0]["computer"] == platform.node()
    for account, origin in record["origins"].items():
        assert origin["workspace"] == accounts[account].details.get("workspace_id", "")
        assert urlsplit(accounts[account].base_url).netloc in origin["address"]
        assert origin["workspace"] in page
    for row in record["recordings"]:
        fetched = datetime.fromisoformat(row["fetched"])
        began, over = (datetime.fromisoformat(record[name]) for name in ("began", "ended"))
        assert began <= fetched <= over
        assert row["sitting"] == 1
        assert row["recording"]["id"] in page
