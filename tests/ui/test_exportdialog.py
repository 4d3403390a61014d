"""The export dialog: what it says before the first byte, and what it asks for."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from playhead.core.exports import formats
from playhead.core.exports.choices import Choices, CopyForm, Taken
from playhead.core.stores import Saved
from playhead.ui.exports.exportdialog import ExportDialog
from playhead.ui.exports.exportnames import NamesPane, Preview
from playhead.ui.exports.exportwish import Figures, Offer, Room, Scope, What, Wish
from playhead.ui.look.buttons import MenuButton
from playhead.ui.look.icons import Icons
from support.child_widgets import find

NONE: Final[Mapping[str, str]] = MappingProxyType({})
FIGURES: Final = Figures(
    recordings=3,
    seconds=3780,
    size=12_000_000,
    silent=1,
    accounts=(("Bird EU", 2), ("Convirza Acme", 1)),
    coverage="Selected from: 37 match in 1 204 loaded.",
)


def names(template: str) -> list[str] | str:
    return [f"{template}-{number}.mp3" for number in range(6)] if template else "The template is empty."


def shown(
    qtbot: QtBot,
    icons: Icons,
    folder: Path,
    *,
    preview: Preview = names,
    presets: Mapping[str, str] = NONE,
    query: str = "kind:call",
    figures: Figures | None = FIGURES,
    parent: QWidget | None = None,
    locked: frozenset[str] = frozenset(),
) -> ExportDialog:
    offer = Offer(
        selected=3,
        query=query,
        saved=[Saved("Refunds & co", "note:refund")],
        first=What.SELECTED,
        folder=folder,
        choices=Choices(template="{id8}"),
        presets=presets,
        locked=locked,
    )
    made = ExportDialog(icons, offer, preview, parent)
    if parent is None:
        qtbot.addWidget(made)
    made.open()
    made.show_figures(figures)
    return made


@pytest.fixture
def dialog(qtbot: QtBot, icons: Icons, tmp_path: Path) -> ExportDialog:
    return shown(qtbot, icons, tmp_path)


def words(dialog: QWidget) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.text()]


def start(dialog: ExportDialog) -> QPushButton:
    return find(dialog, QPushButton, "startExportButton")


def test_a_folder_and_a_template_of_the_administrator_stay(
    qtbot: QtBot, icons: Icons, tmp_path: Path
) -> None:
    dialog = shown(qtbot, icons, tmp_path, locked=frozenset({"export_folder", "name_template"}))
    for name in ("folderField", "templateField"):
        assert find(dialog, QLineEdit, name).isReadOnly()
        assert find(dialog, QLineEdit, name).toolTip() == "Set by your administrator."
    assert not find(dialog, QPushButton, "browseButton").isEnabled()
    assert start(dialog).isEnabled()


def test_it_says_what_is_exported_and_from_what(dialog: ExportDialog) -> None:
    assert "3 recordings · 1 h 03 min · about 12.0 MB · 1 without audio" in words(dialog)
    assert "2 of Bird EU · 1 of Convirza Acme" in words(dialog)
    assert "Selected from: 37 match in 1 204 loaded." in words(dialog)


def test_nothing_is_exported_before_it_is_counted(qtbot: QtBot, icons: Icons, tmp_path: Path) -> None:
    dialog = shown(qtbot, icons, tmp_path, figures=None)
    assert "Counting…" in words(dialog)
    assert not start(dialog).isEnabled()
    dialog.show_figures(FIGURES)
    assert start(dialog).isEnabled()
    dialog.show_figures(Figures())
    assert not start(dialog).isEnabled()


def test_another_scope_is_counted_anew(qtbot: QtBot, dialog: ExportDialog) -> None:
    with qtbot.waitSignal(dialog.scope_chosen) as asked:
        find(dialog, QRadioButton, "matchingButton").click()
    assert asked.args == [Scope(What.MATCHING, "kind:call")]
    assert not start(dialog).isEnabled()
    with qtbot.waitSignal(dialog.scope_chosen) as asked:
        find(dialog, QRadioButton, "savedButton").click()
    assert asked.args == [Scope(What.SAVED, "note:refund", "Refunds & co")]


def test_the_rest_is_loaded_first_only_if_there_is_one(qtbot: QtBot, dialog: ExportDialog) -> None:
    rest = find(dialog, QCheckBox, "loadRestBox")
    assert not rest.isVisible()
    dialog.show_figures(replace(FIGURES, more=True))
    assert rest.isVisible()
    with qtbot.waitSignal(dialog.wanted) as asked:
        start(dialog).click()
    assert asked.args[0].rest
    rest.setChecked(False)
    with qtbot.waitSignal(dialog.wanted) as asked:
        start(dialog).click()
    assert not asked.args[0].rest


def test_while_the_rest_is_loaded_it_can_only_be_stopped(qtbot: QtBot, dialog: ExportDialog) -> None:
    stop = find(dialog, QPushButton, "stopLoadingButton")
    dialog.show_loading("Loading: 1 200 recordings read")
    assert "Loading: 1 200 recordings read" in words(dialog)
    assert stop.isVisible()
    assert not start(dialog).isEnabled()
    assert not find(dialog, QLineEdit, "folderField").isEnabled()
    with qtbot.waitSignal(dialog.stop_asked):
        stop.click()
    dialog.show_problem("Stopped.")
    assert start(dialog).isEnabled()
    assert not stop.isVisible()


def test_too_little_room_is_said_before_the_first_byte(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.show_room(Room(folder=tmp_path, free=1_000_000))
    note = find(dialog, QLabel, "folderNote")
    assert note.text().startswith("About 12.0 MB are needed, but only 1.0 MB are free there.")
    dialog.show_room(Room(folder=tmp_path, free=10_000_000_000, occupied=True))
    assert note.text() == "10.0 GB free. It is not empty."


def test_a_folder_of_its_own_is_always_proposed_unless_that_is_not_wanted(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    own = find(dialog, QCheckBox, "ownFolderBox")
    rooms = (Room(folder=tmp_path), Room(folder=tmp_path, missing=True), Room(folder=tmp_path, occupied=True))
    for room in rooms:
        dialog.show_room(room)
        assert own.isVisible()
        assert own.isChecked()
    own.click()
    for room in rooms:
        dialog.show_room(room)
        assert not own.isChecked()
    with qtbot.waitSignal(dialog.wanted) as asked:
        start(dialog).click()
    assert not asked.args[0].own


def test_who_writes_the_name_of_a_new_folder_has_named_the_one_for_the_export(
    dialog: ExportDialog, tmp_path: Path
) -> None:
    own, line = find(dialog, QCheckBox, "ownFolderBox"), find(dialog, QLineEdit, "folderField")
    line.setText(str(tmp_path / "Case 17"))
    dialog.show_room(Room(folder=tmp_path / "Case 17", missing=True))
    assert own.isVisible()
    assert not own.isChecked()
    line.setText(str(tmp_path))
    dialog.show_room(Room(folder=tmp_path))
    assert own.isChecked()


def test_a_folder_that_cannot_be_used_keeps_the_export_from_beginning(
    dialog: ExportDialog, tmp_path: Path
) -> None:
    dialog.show_room(Room(folder=tmp_path, problem="A file of the same name is in the way."))
    assert not start(dialog).isEnabled()
    dialog.show_room(Room(folder=tmp_path))
    assert start(dialog).isEnabled()


def test_its_height_stays_whatever_there_is_to_say(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    def height() -> int:
        QApplication.processEvents()
        return dialog.height()

    dialog.show_room(Room(folder=tmp_path, free=10**10))
    qtbot.waitUntil(lambda: dialog.height() > 300)
    before = height()
    line = find(dialog, QLineEdit, "templateField")
    for template in ("", "{nothing}", "a/", "{id8}"):
        line.setText(template)
        assert height() == before, template
    for room in (
        Room(folder=tmp_path, problem="Playhead may not write to this folder. Choose another one."),
        Room(folder=tmp_path, free=1, occupied=True),
        Room(folder=tmp_path, free=10**10, occupied=True, export="an earlier export"),
        Room(folder=tmp_path, missing=True),
    ):
        dialog.show_room(room)
        assert height() == before, room
    for figures in (None, replace(FIGURES, more=True), replace(FIGURES, accounts=())):
        dialog.show_figures(figures)
        assert height() == before, figures
    dialog.show_problem("Stopped.")
    assert height() == before


def test_what_is_known_of_another_folder_is_not_said(dialog: ExportDialog, tmp_path: Path) -> None:
    find(dialog, QLineEdit, "folderField").setText(str(tmp_path / "other"))
    dialog.show_room(Room(folder=tmp_path, free=1))
    assert "free" not in find(dialog, QLabel, "folderNote").text()


def test_an_export_that_is_there_can_be_added_to(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    add = find(dialog, QCheckBox, "addBox")
    assert not add.isVisible()
    dialog.show_room(Room(folder=tmp_path, occupied=True, export="an earlier export"))
    add.setChecked(True)
    with qtbot.waitSignal(dialog.wanted) as asked:
        start(dialog).click()
    assert asked.args[0].add


def test_fields_are_inserted_where_the_cursor_is(dialog: ExportDialog) -> None:
    line = find(dialog, QLineEdit, "templateField")
    line.setCursorPosition(0)
    actions = find(dialog, MenuButton, "insertFieldButton").menu_shown.actions()
    next(action for action in actions if "Kind" in action.text()).trigger()
    assert line.text() == "{kind}{id8}"


def test_names_can_be_kept_used_again_and_removed(qtbot: QtBot, icons: Icons, tmp_path: Path) -> None:
    dialog = shown(qtbot, icons, tmp_path, presets={"By day": "{date}/{id}"})
    names_pane = find(dialog, NamesPane, "")
    menu = find(dialog, MenuButton, "presetsButton").menu_shown
    next(action for action in menu.actions() if "By day" in action.text()).trigger()
    assert find(dialog, QLineEdit, "templateField").text() == "{date}/{id}"
    with qtbot.waitSignal(dialog.presets_changed) as kept:
        names_pane.keep_preset("  Mine\n")
    assert kept.args == [{"By day": "{date}/{id}", "Mine": "{date}/{id}"}]
    with qtbot.waitSignal(dialog.presets_changed) as kept:
        names_pane.remove_preset("By day")
    assert kept.args == [{"Mine": "{date}/{id}"}]


def test_what_comes_out_is_chosen_behind_more_options(qtbot: QtBot, dialog: ExportDialog) -> None:
    assert not find(dialog, QCheckBox, "csvBox").isVisible()
    find(dialog, QToolButton, "advancedButton").click()
    for name in ("csvBox", "bagBox", "marksBox"):
        find(dialog, QCheckBox, name).click()
    for name, value in (("copyBox", CopyForm.WAV), ("takenBox", Taken.REPLACE), ("atOnceBox", 16)):
        box = find(dialog, QComboBox, name)
        box.setCurrentIndex(box.findData(value))
    with qtbot.waitSignal(dialog.wanted) as asked:
        start(dialog).click()
    assert asked.args[0].choices == Choices(
        template="{id8}",
        sheets=frozenset(formats.FORMATS) - {formats.CSV},
        bag=True,
        marks=True,
        copy=CopyForm.WAV,
        taken=Taken.REPLACE,
        at_once=16,
    )


def test_every_mnemonic_is_given_once(dialog: ExportDialog) -> None:
    """Also what is folded away; buttons of menus belong to their menus."""
    find(dialog, QToolButton, "advancedButton").click()
    texts = [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    texts += [button.text() for button in dialog.findChildren(QAbstractButton)]
    letters = [match[1].lower() for text in texts if (match := re.search(r"&([^&])", text.replace("&&", "")))]
    assert len(letters) > 15
    assert sorted(letters) == sorted(set(letters))


def test_the_first_names_follow_the_template(dialog: ExportDialog) -> None:
    assert "{id8}-0.mp3" in words(dialog)
    find(dialog, QLineEdit, "templateField").setText("new")
    assert [word for word in words(dialog) if word.endswith(".mp3")] == [f"new-{n}.mp3" for n in range(3)]


def test_a_template_that_makes_no_names_is_explained_and_not_exported(dialog: ExportDialog) -> None:
    find(dialog, QLineEdit, "templateField").setText("")
    assert "The template is empty." in words(dialog)
    assert not start(dialog).isEnabled()
    find(dialog, QLineEdit, "templateField").setText("{id8}")
    assert start(dialog).isEnabled()


@pytest.mark.parametrize("folder", ["", "   ", "recordings", "~nobody-of-this-name/x"])
def test_a_folder_needs_its_whole_path(dialog: ExportDialog, folder: str) -> None:
    find(dialog, QLineEdit, "folderField").setText(folder)
    assert "Choose a folder by its whole path." in words(dialog)
    assert not start(dialog).isEnabled()


def test_exporting_gives_everything_that_was_chosen(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    with qtbot.waitSignal(dialog.wanted) as asked:
        QTest.mouseClick(start(dialog), Qt.MouseButton.LeftButton)
    assert asked.args == [
        Wish(
            scope=Scope(What.SELECTED),
            rest=False,
            folder=tmp_path,
            own=True,
            add=False,
            choices=Choices(template="{id8}"),
        )
    ]


def test_an_old_export_can_be_opened_instead(qtbot: QtBot, dialog: ExportDialog) -> None:
    with qtbot.waitSignal(dialog.reopen_asked):
        find(dialog, QPushButton, "reopenButton").click()
    assert not dialog.isVisible()


def test_escape_exports_nothing(dialog: ExportDialog) -> None:
    heard: list[object] = []
    dialog.wanted.connect(heard.append)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert heard == []


def test_a_folder_can_be_browsed_for_without_stopping_the_program(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    QTest.mouseClick(find(dialog, QPushButton, "browseButton"), Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    other = tmp_path / "other"
    chooser.fileSelected.emit(str(other))
    assert find(dialog, QLineEdit, "folderField").text() == str(other)
    chooser.close()


def test_hostile_names_are_text_and_widen_nothing(qtbot: QtBot, icons: Icons, tmp_path: Path) -> None:
    dialog = shown(
        qtbot,
        icons,
        tmp_path,
        query="<b>&" * 80,
        figures=replace(FIGURES, coverage="<img src=x>" * 50, accounts=[("<i>" * 90, 1), ("b", 2)]),
        preview=lambda _: ["<b>" + "x" * 300 + ".mp3"],
    )
    assert dialog.width() <= 640
    hostile = [label for label in dialog.findChildren(QLabel) if "<" in label.text()]
    assert hostile
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in hostile)


def test_nobody_is_named_who_did_not_write_their_name(
    qtbot: QtBot, icons: Icons, dialog: ExportDialog
) -> None:
    line = find(dialog, QLineEdit, "personLine")
    assert line.text() == ""
    line.setText("  Maria\tJansen ")
    with qtbot.waitSignal(dialog.wanted) as asked:
        start(dialog).click()
    assert asked.args is not None
    assert asked.args[0].choices.person == "Maria Jansen"
