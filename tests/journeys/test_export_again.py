"""An export into a folder that holds one already fetches only what is not there."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox

from playhead.ui.exports.transferbuttons import Act
from support.cloud.faultycloud import Fault, FaultyCloud
from support.widgets import find
from support.window.driven_program import Person, until
from support.window.export_folder import audio_in, files_in, sums_hold, told
from support.window.export_steps import asked, ended, export, start
from support.window.lasting_profile import Desk


async def test_what_failed_is_retried_more_is_added_and_what_is_intact_is_not_fetched_again(
    desk: Desk, cloud: FaultyCloud, tmp_path: Path
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        await retries_what_failed(person, cloud, tmp_path / "retried")
        await adds_more(person, tmp_path / "added")
        await exports_what_is_there(person, tmp_path / "there")


async def retries_what_failed(person: Person, cloud: FaultyCloud, folder: Path) -> None:
    """Export four, of which one fails, and have that tried again: the others are left as they are."""
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


async def adds_more(person: Person, folder: Path) -> None:
    """Export five, and add two more to them, with some that are there."""
    rows = person.playable_rows()[:7]
    person.select(rows[:5])
    await export(person, folder)
    assert "5 files exported" in await ended(person, 2)
    person.select(rows[2:])
    dialog = await asked(person)
    add = find(dialog, QCheckBox, "addBox")
    await until(add.isVisible, "the offer")
    add.setChecked(True)
    await start(dialog, folder)
    assert "7 files exported" in await ended(person, 3)
    assert sums_hold(folder) == 10
    assert len(told(folder)["recordings"]) == 7


async def exports_what_is_there(person: Person, folder: Path) -> None:
    """Export three, and the same with another one into their folder."""
    rows = person.playable_rows()[:4]
    person.select(rows[:3])
    await export(person, folder)
    assert "3 files exported" in await ended(person, 4)
    there = {path: path.stat().st_mtime_ns for path in audio_in(folder)}
    person.select(rows)
    dialog = await asked(person)
    own = find(dialog, QCheckBox, "ownFolderBox")
    await until(own.isVisible, "what is known of the folder")
    own.setChecked(False)
    await start(dialog, folder)
    await until(lambda: "3 of them were there already" in person.transfers_say, "the second export")
    await ended(person, 5)
    assert {path: path.stat().st_mtime_ns for path in there} == there
    assert sums_hold(folder) == 7
