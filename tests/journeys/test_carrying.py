"""Recordings carried out of the window as files: dragged, or copied and pasted."""

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from person import Person, Run, bird_account, convirza_account, opened, until
from playhead.core.account import Credential
from playhead.core.recording import Recording
from playhead.demo.cloud import DemoCloud, Fault

pytestmark = [
    pytest.mark.usefixtures("no_unexpected_log"),
    # The offscreen platform says so of windows and menus.
    pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise|grabbing)"),
]
LEFT = Qt.MouseButton.LeftButton


def select(person: Person, rows: list[int]) -> list[Recording]:
    """Select these rows; what they stand for."""
    person.window.table.select_ids([person.program.model.ids[row] for row in rows])
    return [person.recording(row) for row in rows]


def copy(person: Person) -> None:
    """Press Ctrl+Shift+C in the table."""
    action = next(each for each in person.window.table.actions() if each.text() == "Copy as files")
    assert action.shortcut().toString() == "Ctrl+Shift+C"
    action.trigger()


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


def test_copied_recordings_are_whole_files_under_the_persons_names_until_it_quits(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    """Ctrl+Shift+C, then paste into a file manager; afterwards nothing is left."""

    async def scene() -> None:
        accounts = (
            (convirza_account(cloud), Credential(access=cloud.access_token)),
            (bird_account(cloud), Credential(access=cloud.access_key)),
        )
        async with opened(tmp_path, *accounts) as person:
            await person.sees_rows(60)
            rows = person.playable_rows()
            chosen = select(person, [rows[0], rows[1], rows[-1]])
            copy(person)
            await person.sees_notice("3 files are ready to paste, until Playhead quits.")
            files = on_the_clipboard()
            for recording, file in zip(chosen, files, strict=True):
                identity = recording.id if recording.account == "bird" else int(recording.id)
                assert file.read_bytes() == cloud.audio(identity)
                assert recording.id[:8] in file.name
            gnome = QGuiApplication.clipboard().mimeData().data("x-special/gnome-copied-files")
            lines = bytes(gnome.data()).decode().splitlines()
            assert lines[0] == "copy"
            assert [Path(QUrl(line).toLocalFile()) for line in lines[1:]] == files
            private = person.profile.carried
            assert all(file.is_relative_to(private) for file in files)
            assert stat.S_IMODE(private.stat().st_mode) & 0o077 == 0
        assert not private.exists()
        assert on_the_clipboard() == []

    run(scene())


def test_a_drag_begins_by_itself_once_its_files_are_here(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        drags = Drags()
        account = (bird_account(cloud), Credential(access=cloud.access_key))
        async with opened(tmp_path, account, drag=drags) as person:
            await person.sees_rows(60)
            rows = person.playable_rows()[:2]
            chosen = select(person, rows)
            take_hold(person, rows[0])
            await until(lambda: drags.carried, "the drag")
            assert drags.carried == [[cloud.audio(each.id) for each in chosen]]
            assert person.window.table.selected_count() == 2
            assert person.notices == []
            let_go(person, rows[0])
            assert person.window.table.selected_count() == 2

    run(scene())


def test_files_that_come_after_the_button_was_released_are_there_for_the_next_drag(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        drags = Drags()
        account = (bird_account(cloud), Credential(access=cloud.access_key))
        async with opened(tmp_path, account, drag=drags) as person:
            await person.sees_rows(60)
            row = person.playable_rows()[0]
            (chosen,) = select(person, [row])
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
            assert drags.carried == [[cloud.audio(chosen.id)]]
            cloud.faults.clear()

    run(scene())


def test_what_cannot_be_had_is_said_with_the_reason(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, (bird_account(cloud), Credential(access=cloud.access_key))) as person:
            await person.sees_rows(60)
            chosen = select(person, person.playable_rows()[:3])
            cloud.faults.add(Fault(scope="media", path=chosen[1].id, html=True))
            copy(person)
            await person.sees_notice("2 of 3 files are ready. The rest could not be had: ")
            assert [file.read_bytes() for file in on_the_clipboard()] == [
                cloud.audio(chosen[0].id),
                cloud.audio(chosen[2].id),
            ]

    run(scene())


def test_too_many_are_an_export(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, (bird_account(cloud), Credential(access=cloud.access_key))) as person:
            await person.sees_rows(60)
            person.window.status.search_rest_asked.emit()
            await person.sees_rows(300)
            person.window.table.selectAll()
            copy(person)
            await person.sees_notice("200 go at once. Export them instead (Ctrl+E).")
            person.window.table.clearSelection()
            copy(person)
            await person.sees_notice("Select the recordings to copy first.")
        assert not person.profile.carried.exists()

    run(scene())


def test_what_a_killed_run_has_left_is_gone_after_the_next_start(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        left = tmp_path / "profile" / "carried" / "1" / "call.mp3"
        left.parent.mkdir(parents=True)
        left.write_bytes(b"somebody's call")
        async with opened(tmp_path, (bird_account(cloud), Credential(access=cloud.access_key))):
            await until(lambda: not left.exists(), "the end of what was left")

    run(scene())


def test_a_right_click_offers_to_copy_as_files(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, (bird_account(cloud), Credential(access=cloud.access_key))) as person:
            await person.sees_rows(60)
            table = person.window.table
            table.customContextMenuRequested.emit(QPoint(5, 5))
            assert table.findChild(QMenu) is None
            row = person.playable_rows()[0]
            select(person, [row])
            table.customContextMenuRequested.emit(place(table, row))
            menu = table.findChild(QMenu)
            assert menu is not None
            offered = {each.text(): each for each in menu.actions()}
            offered["Copy as files"].trigger()
            menu.close()
            await person.sees_notice("1 file is ready to paste, until Playhead quits.")

    run(scene())
