"""What is exported, and how: chosen in the dialog, shown before the first byte, and remembered."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QRadioButton, QTableView

from playhead.core.stores import Saved
from playhead.ui.exports.exportdialog import ExportDialog
from playhead.ui.exports.exportnames import NamesPane
from playhead.ui.exports.namelist import NameList
from playhead.ui.look.buttons import MenuButton
from support.cloud.faultycloud import Fault, FaultyCloud
from support.widgets import appeared, find
from support.window.driven_program import Person, until
from support.window.export_folder import files_in, told, untouched
from support.window.export_steps import asked, ended, start
from support.window.lasting_profile import Desk


async def test_all_that_match_is_loaded_before_it_is_exported(desk: Desk, folder: Path) -> None:
    """500 recordings are at Bird, of which a few pages are loaded: all conferences are wanted."""
    async with desk.opened(desk.bird, rows=60) as person:
        person.type_filter("kind:conference is:playable duration:<2m")
        await until(lambda: "match" in person.status)
        dialog = await asked(person, everything=True)
        await start(dialog, folder)
        assert "files exported" in await ended(person)
        everything = await person.program.session.catalogue.listings.matching(
            person.program.journeys.browsing.state.query
        )
        assert "more exist" not in person.status
    record = told(folder)
    assert len(record["recordings"]) == len(everything) > 5
    assert record["query"] == "kind:conference is:playable duration:<2m"
    assert "nothing else can match" in record["coverage"]


async def test_a_saved_query_can_be_exported_without_looking_at_it(desk: Desk, folder: Path) -> None:
    async with desk.opened(desk.convirza, rows=30) as person:
        await person.program.session.catalogue.searches.save([Saved("Whispers", "kind:whisper is:playable")])
        before = list(person.program.model.ids)
        dialog = await asked(person, everything=True)
        find(dialog, QRadioButton, "savedButton").click()
        await start(dialog, folder)
        assert "exported" in await ended(person)
        assert list(person.program.model.ids) == before
    record = told(folder)
    assert {row["recording"]["kind"] for row in record["recordings"]} == {"whisper"}
    assert record["query"] == "kind:whisper is:playable"


async def test_without_a_selection_all_is_offered_names_are_listed_and_loading_can_be_stopped_before_a_byte(
    desk: Desk, cloud: FaultyCloud, folder: Path
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        await is_offered_all_that_match(person)
        await reads_every_name(person, folder)
        await stops_the_loading_of_the_rest(person, cloud, folder)
        assert person.window.transfers.numbers == ()
    assert untouched(folder)


async def thinks_better_of_it(person: Person, dialog: ExportDialog) -> None:
    """Cancel what was asked for."""
    dialog.reject()
    await until(lambda: not person.window.findChildren(ExportDialog), "the dialog's end")


async def is_offered_all_that_match(person: Person) -> None:
    """Ask for an export with nothing selected, and think better of it."""
    person.window.table.clearSelection()
    dialog = await asked(person)
    assert not find(dialog, QRadioButton, "selectedButton").isEnabled()
    assert find(dialog, QRadioButton, "matchingButton").isChecked()
    assert find(dialog, QCheckBox, "loadRestBox").isVisible()
    await thinks_better_of_it(person, dialog)


async def reads_every_name(person: Person, folder: Path) -> None:
    """Have the names of five files listed, and think better of it."""
    person.select(person.playable_rows()[:5])
    dialog = await asked(person)
    find(dialog, QLineEdit, "folderField").setText(str(folder))
    find(dialog, QLineEdit, "templateField").setText("{kind}")
    find(dialog, QPushButton, "testNamesButton").click()
    names = await appeared(dialog, NameList)
    model = find(names, QTableView, "nameTable").model()
    await until(lambda: model.rowCount() == 5, "the names")
    shown = [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(5)]
    assert shown[0][1] == ""
    assert shown[1][0].startswith("call (2)")
    assert "numbered" in shown[1][1]
    names.accept()
    await thinks_better_of_it(person, dialog)
    assert person.window.transfers.numbers == ()


async def stops_the_loading_of_the_rest(person: Person, cloud: FaultyCloud, folder: Path) -> None:
    """Export all that match, and stop while what is not loaded yet is asked for."""
    cloud.faults.add(Fault(scope="bird-list", stall=1000))
    dialog = await asked(person, everything=True)
    await start(dialog, folder)
    stop = find(dialog, QPushButton, "stopLoadingButton")
    await until(stop.isVisible, "the way to stop")
    stop.click()
    await until(lambda: not stop.isVisible(), "the end of the loading")
    cloud.faults.clear()
    assert dialog.isVisible()
    dialog.reject()


async def test_how_an_export_was_wanted_is_remembered(desk: Desk, folder: Path) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        person.window.table.selectRow(person.playable_rows()[0])
        dialog = await asked(person)
        find(dialog, QLineEdit, "templateField").setText("{id}")
        find(dialog, NamesPane).keep_preset("By id")
        find(dialog, QCheckBox, "xlsxBox").setChecked(False)
        find(dialog, QCheckBox, "marksBox").setChecked(True)
        await start(dialog, folder)
        assert "1 file exported" in await ended(person)
    async with desk.opened(rows=60) as person:
        dialog = await asked(person, everything=True)
        assert find(dialog, QLineEdit, "templateField").text() == "{id}"
        assert not find(dialog, QCheckBox, "xlsxBox").isChecked()
        assert find(dialog, QCheckBox, "marksBox").isChecked()
        presets = find(dialog, MenuButton, "presetsButton").menu_shown.actions()
        assert "&By id\t{id}" in [action.text() for action in presets]
        dialog.reject()
    assert not files_in(folder, "*.xlsx")
