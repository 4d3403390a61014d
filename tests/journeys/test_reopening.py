"""An old export is opened again: what was altered or lost is seen, and fetched into the same folder."""

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QWidget,
)

from playhead.core.exports.choices import Choices
from playhead.core.exports.report import Report
from playhead.ui.exports.reopendialog import ReopenDialog
from playhead.ui.look.labels import PlainLabel
from playhead.ui.shell.actions import REOPEN
from support.cloud.faultycloud import FaultyCloud
from support.widgets import appeared, find
from support.window.driven_program import Person, until
from support.window.export_folder import files_in, told
from support.window.export_steps import ended
from support.window.lasting_profile import Desk


async def exported(person: Person, folder: Path, number: int, choices: Choices | None = None) -> Report:
    """The first rows that have audio, exported."""
    rows = person.playable_rows()[:number]
    recordings = [person.recording(row) for row in rows]
    return await person.program.journeys.exporting.run(
        recordings, folder, choices or Choices(template="{id}", coverage="Selected from: all.")
    )


async def reopened(person: Person, folder: Path) -> ReopenDialog:
    """The dialog of the export in `folder`, when everything in it was looked at."""
    person.window.commands.do(REOPEN)
    await until(lambda: person.window.findChild(QFileDialog, "reopenChooser"), "the choice")
    chooser = find(person.window, QFileDialog, "reopenChooser")
    chooser.fileSelected.emit(str(folder))
    chooser.close()
    dialog = await appeared(person.window, ReopenDialog)
    await until(lambda: "…" not in says(dialog) and "Looking" not in says(dialog), "what was found")
    return dialog


def says(dialog: ReopenDialog) -> str:
    return find(dialog, PlainLabel, "reopenState").whole


def listed(dialog: ReopenDialog, fate: str) -> list[str]:
    """The lines of one tab."""
    tabs = find(dialog, QTabBar, "fateTabs")
    place = next(each for each in range(tabs.count()) if tabs.tabText(each).startswith(fate))
    tabs.setCurrentIndex(place)
    model = find(dialog, QTableView, "foundTable").model()
    return [f"{model.index(row, 0).data()} {model.index(row, 1).data()}" for row in range(model.rowCount())]


async def test_what_is_intact_altered_and_missing_is_seen_and_the_missing_is_fetched(
    desk: Desk, cloud: FaultyCloud, folder: Path
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        report = await exported(person, folder, 5)
        altered, missing = report.outcomes[1], report.outcomes[3]
        (folder / altered.path).write_bytes(b"something else")
        (folder / missing.path).unlink()
        dialog = await reopened(person, folder)
        assert "1 altered" in says(dialog)
        assert "1 missing" in says(dialog)
        assert listed(dialog, "Missing") == [f"{missing.path} "]
        assert listed(dialog, "Altered") == [f"{altered.path} "]
        assert not find(dialog, QCheckBox, "fetchAlteredBox").isChecked()
        assert find(dialog, QPushButton, "fetchButton").text() == "&Fetch 1 recording"
        find(dialog, QPushButton, "fetchButton").click()
        await ended(person, 2)
        assert "4 files exported" in person.transfers_say
    assert (folder / missing.path).read_bytes() == desk.audio(missing.recording)
    assert (folder / altered.path).read_bytes() == b"something else"
    record = told(folder)
    assert [row["result"] for row in record["recordings"]].count("kept") == 4
    assert "altered after the export" in (folder / "report.txt").read_text("utf-8")
    assert not files_in(folder, "recordings (*")


async def test_what_was_altered_is_fetched_again_only_if_wanted_and_set_aside(
    desk: Desk, cloud: FaultyCloud, folder: Path
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        report = await exported(person, folder, 3)
        altered = report.outcomes[0]
        (folder / altered.path).write_bytes(b"something else")
        dialog = await reopened(person, folder)
        find(dialog, QCheckBox, "fetchAlteredBox").setChecked(True)
        find(dialog, QPushButton, "fetchButton").click()
        await ended(person, 2)
    assert (folder / altered.path).read_bytes() == desk.audio(altered.recording)
    aside = (folder / altered.path).with_stem(f"{Path(altered.path).stem} (altered)")
    assert aside.read_bytes() == b"something else"


async def test_what_matches_since_can_be_fetched_into_the_same_folder(desk: Desk, folder: Path) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        choices = Choices(template="{id}", query="kind:conference", coverage="All that match.")
        await exported(person, folder, 0, choices)
        dialog = await reopened(person, folder)
        assert "new since" in says(dialog)
        assert find(dialog, QCheckBox, "fetchNewBox").isChecked()
        find(dialog, QPushButton, "fetchButton").click()
        await ended(person, 2)
    record = told(folder)
    assert {row["recording"]["kind"] for row in record["recordings"]} == {"conference"}
    assert record["query"] == "kind:conference"


async def test_a_bag_is_called_by_its_own_name_from_whichever_folder_it_is_opened(
    desk: Desk, tmp_path: Path
) -> None:
    bag = tmp_path / "for the court"
    async with desk.opened(desk.bird, rows=60) as person:
        choices = Choices(template="{id}", coverage="Selected from: all.", bag=True)
        await exported(person, bag, 2, choices)
        dialog = await reopened(person, bag / "data")
        texts = [label.whole for label in dialog.findChildren(PlainLabel)]
        assert "for the court" in texts
        about = [label.text() for label in dialog.findChildren(QLabel)]
        assert any(text.startswith("2 recordings · chosen by hand · ") for text in about)
        dialog.reject()


async def test_an_account_that_is_not_connected_is_said_and_not_fetched(desk: Desk, folder: Path) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        report = await exported(person, folder, 2)
        (folder / report.outcomes[0].path).unlink()
    text = (folder / "recordings.json").read_text("utf-8")
    text = text.replace('"account": "bird"', '"account": "other"').replace('"bird":', '"other":')
    (folder / "recordings.json").write_text(text, encoding="utf-8")
    again = Desk(desk.cloud, folder.parent / "again")
    async with again.opened(desk.bird, rows=60) as person:
        dialog = await reopened(person, folder)
        assert "1 missing" in says(dialog)
        said = find(dialog, QLabel, "reopenSentences").text()
        assert said.startswith("Bird EU is not connected: nothing of it can be fetched.")
        assert not find(dialog, QPushButton, "fetchButton").isEnabled()
        dialog.reject()


async def test_a_folder_that_holds_no_export_is_said(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    async with desk.opened(desk.bird, rows=60) as person:
        dialog = await reopened(person, folder)
        assert find(dialog, QWidget, "reopenSentences").isVisible()
        assert not find(dialog, QPushButton, "fetchButton").isEnabled()
        dialog.reject()


async def test_the_sum_of_the_sums_is_there_to_be_compared_with_a_letter(desk: Desk, folder: Path) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        report = await exported(person, folder, 2)
        dialog = await reopened(person, folder)
        line = find(dialog, QLineEdit, "sealLine")
        assert line.isVisible()
        assert line.text() == report.sheets[-1].sha256
