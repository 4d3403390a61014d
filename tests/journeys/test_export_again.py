"""An export into a folder that holds one already fetches only what is not there."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox

from playhead.ui.exports.transferbuttons import Act
from support.cloud.faultycloud import Fault, FaultyCloud
from support.widgets import find
from support.window.driven_program import until
from support.window.export_folder import audio_in, files_in, sums_hold, told
from support.window.export_steps import asked, ended, export, start
from support.window.lasting_profile import Desk


async def test_what_failed_is_retried_and_nothing_else(desk: Desk, cloud: FaultyCloud, folder: Path) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        chosen = person.select(person.playable_rows()[:4])
        cloud.faults.add(Fault(scope="media", path=chosen[2].id, html=True))
        await export(person, folder)
        assert "1 failed" in await ended(person)
        cloud.faults.clear()
        there = {path: path.stat().st_mtime_ns for path in audio_in(folder)}
        person.window.transfers.acted.emit(1, Act.RETRY)
        await until(lambda: "4 files exported" in person.transfers_say, "the fourth file")
        await ended(person)
    assert {path: path.stat().st_mtime_ns for path in there} == there
    assert sums_hold(folder) == 7
    assert len(files_in(folder, "recordings*.csv")) == 1


async def test_more_can_be_added_to_an_export(desk: Desk, folder: Path) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        rows = person.playable_rows()[:6]
        person.select(rows[:4])
        await export(person, folder)
        assert "4 files exported" in await ended(person)
        person.select(rows[2:])
        dialog = await asked(person)
        add = find(dialog, QCheckBox, "addBox")
        await until(add.isVisible, "the offer")
        add.setChecked(True)
        await start(dialog, folder)
        assert "6 files exported" in await ended(person, 2)
    assert sums_hold(folder) == 9
    assert len(told(folder)["recordings"]) == 6


async def test_what_is_in_the_folder_and_intact_is_not_fetched_again(desk: Desk, folder: Path) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        rows = person.playable_rows()[:4]
        person.select(rows[:3])
        await export(person, folder)
        assert "3 files exported" in await ended(person)
        there = {path: path.stat().st_mtime_ns for path in audio_in(folder)}
        person.select(rows)
        dialog = await asked(person)
        own = find(dialog, QCheckBox, "ownFolderBox")
        await until(own.isVisible, "what is known of the folder")
        own.setChecked(False)
        await start(dialog, folder)
        await until(lambda: "3 of them were there already" in person.transfers_say, "the second export")
        await ended(person, 2)
    assert {path: path.stat().st_mtime_ns for path in there} == there
    assert sums_hold(folder) == 7
