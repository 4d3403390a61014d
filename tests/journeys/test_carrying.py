"""Recordings carried out of the window as files: dragged, or copied and pasted."""

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from playhead.ui.shell.actions import COPY_FILES
from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk

pytestmark = [
    # The offscreen platform says so of windows and menus.
    pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise|grabbing)"),
]
LEFT = Qt.MouseButton.LeftButton


def copy(person: Person) -> None:
    """Press Ctrl+Shift+C in the table."""
    person.window.commands.do(COPY_FILES)


class Drags:
    """Notes what was carried out of the window, and lets go at once."""

    def __init__(self) -> None:
        self.carried: list[list[bytes]] = []

    def __call__(self, _source: QWidget, files: Sequence[Path], picture: QPixmap) -> None:
        assert not picture.isNull()
        self.carried.append([file.read_bytes() for file in files])


def on_the_clipboard() -> list[Path]:
    mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return [] if mime is None else [Path(url.toLocalFile()) for url in mime.urls()]


def place(table: QTableView, row: int) -> QPoint:
    model = table.model()
    assert model is not None
    return table.visualRect(model.index(row, 3)).center()


def take_hold(person: Person, row: int) -> None:
    """Press on a row and move away, with the button held."""
    table = person.window.table
    QTest.mousePress(table.viewport(), LEFT, pos=place(table, row))
    QTest.mouseMove(table.viewport(), place(table, row) + QPoint(0, 60))


def let_go(person: Person, row: int) -> None:
    table = person.window.table
    QTest.mouseRelease(table.viewport(), LEFT, pos=place(table, row) + QPoint(0, 60))


async def test_copied_recordings_are_whole_files_under_the_persons_names_until_it_quits(desk: Desk) -> None:
    """Ctrl+Shift+C, then paste into a file manager; afterwards nothing is left."""
    async with desk.opened(*desk.both, rows=60) as person:
        rows = person.playable_rows()
        chosen = person.select([rows[0], rows[1], rows[-1]])
        copy(person)
        await person.sees_notice("3 files are ready to paste, until Playhead quits.")
        files = on_the_clipboard()
        for recording, file in zip(chosen, files, strict=True):
            assert file.read_bytes() == desk.audio(recording)
            assert (recording.name or recording.id[:8]) in file.name
        gnome = QGuiApplication.clipboard().mimeData().data("x-special/gnome-copied-files")
        lines = bytes(gnome.data()).decode().splitlines()
        assert lines[0] == "copy"
        assert [Path(QUrl(line).toLocalFile()) for line in lines[1:]] == files
        private = person.profile.carried
        assert all(file.is_relative_to(private) for file in files)
        assert stat.S_IMODE(private.stat().st_mode) & 0o077 == 0
    assert not private.exists()
    assert on_the_clipboard() == []


async def test_a_drag_begins_by_itself_once_its_files_are_here(desk: Desk) -> None:
    drags = Drags()
    async with desk.opened(desk.bird, drag=drags, rows=60) as person:
        rows = person.playable_rows()[:2]
        chosen = person.select(rows)
        take_hold(person, rows[0])
        await until(lambda: drags.carried, "the drag")
        assert drags.carried == [[desk.audio(each) for each in chosen]]
        assert person.window.table.selected_count() == 2
        assert person.notices == []
        let_go(person, rows[0])
        assert person.window.table.selected_count() == 2


async def test_files_that_come_after_the_button_was_released_are_there_for_the_next_drag(
    desk: Desk, cloud: FaultyCloud
) -> None:
    drags = Drags()
    async with desk.opened(desk.bird, drag=drags, rows=60) as person:
        row = person.playable_rows()[0]
        (chosen,) = person.select([row])
        cloud.faults.add(Fault(scope="media", delay=1.0))
        take_hold(person, row)
        let_go(person, row)
        await person.sees_notice("Getting 1 recording ready as files…")
        cloud.faults.clear()
        await person.sees_notice("1 file is ready now: drag the selected rows again.")
        assert drags.carried == []
        cloud.faults.add(Fault(scope="media", status=500))
        take_hold(person, row)
        await until(lambda: drags.carried, "the drag")
        assert drags.carried == [[desk.audio(chosen)]]
        cloud.faults.clear()


async def test_what_a_killed_run_has_left_is_gone_after_the_next_start(desk: Desk) -> None:
    left = desk.profile.carried / "1" / "call.mp3"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"somebody's call")
    async with desk.opened(desk.bird):
        await until(lambda: not left.exists(), "the end of what was left")


async def test_too_many_are_an_export_a_right_click_copies_and_what_cannot_be_had_is_said(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, rows=60) as person:
        await copies_too_many_and_none(person)
        await copies_by_a_right_click(person)
        chosen = person.select(person.playable_rows()[1:4])
        cloud.faults.add(Fault(scope="media", path=chosen[1].id, html=True))
        copy(person)
        await person.sees_notice("2 of 3 files are ready. The rest could not be had: ")
        assert [file.read_bytes() for file in on_the_clipboard()] == [
            desk.audio(chosen[0]),
            desk.audio(chosen[2]),
        ]


async def copies_too_many_and_none(person: Person) -> None:
    """Be told that so many are an export, and that none are selected."""
    person.window.status.search_rest_asked.emit()
    await person.sees_rows(300)
    person.window.table.selectAll()
    copy(person)
    await person.sees_notice("200 go at once. Export them instead.")
    person.window.table.clearSelection()
    copy(person)
    await person.sees_notice("Select the recordings to copy first.")
    assert not person.profile.carried.exists()


async def copies_by_a_right_click(person: Person) -> None:
    """Copy a row as a file by its menu, which is not there where nothing is selected."""
    table = person.window.table
    table.customContextMenuRequested.emit(QPoint(5, 5))
    assert table.findChild(QMenu) is None
    row = person.playable_rows()[0]
    person.select([row])
    table.customContextMenuRequested.emit(place(table, row))
    menu = table.findChild(QMenu)
    assert menu is not None
    offered = {each.text().replace("&", ""): each for each in menu.actions()}
    offered["Copy as files"].trigger()
    menu.close()
    await person.sees_notice("1 file is ready to paste, until Playhead quits.")
