"""The files of an export are listed by what became of them."""

import time

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QTabBar, QTableView
from pytestqt.qtbot import QtBot

from playhead.core.exports.engine.progress import Running
from playhead.core.exports.report import State
from playhead.ui.exports.transferbuttons import Act
from playhead.ui.exports.transferfiles import FileState
from playhead.ui.exports.transfers import TransfersPanel
from support.child_widgets import find
from support.window.transfers_scene import brief, click, listed, offered, outcome, planned, progress, tabs


def test_files_are_listed_by_their_state_with_counts(panel: TransfersPanel) -> None:
    made = planned(8)
    transfer = panel.add(1, made)
    settled = {
        0: outcome(made, 0, State.KEPT),
        1: outcome(made, 1, State.SKIPPED, why="it has no audio: its status is failed"),
        2: outcome(made, 2, State.FAILED, why="the provider no longer has it (HTTP 410)"),
        3: outcome(made, 3, State.KEPT, present=True),
        4: outcome(made, 4, State.LEFT, why="it was cancelled"),
    }
    running = [Running(5, made.files[5].path, 120_000, 480_000), Running(6, made.files[6].path, 9, None)]
    transfer.show_progress(progress(made, running, changed=tuple(settled)), settled)
    transfer.unfold()
    assert tabs(transfer) == ["Running 2", "Waiting 1", "Done 1", "Skipped 2", "Failed 1", "Not fetched 1"]
    assert listed(transfer) == ["id-5.mp3", "id-6.mp3"]
    assert listed(transfer, 1) == ["120 kB of 480 kB", "9 bytes"]
    transfer.unfold(FileState.SKIPPED)
    assert listed(transfer, 2) == [
        "It has no audio: its status is failed.",
        "It was there already, and is intact.",
    ]
    transfer.unfold(FileState.FAILED)
    assert listed(transfer, 2) == ["The provider no longer has it (HTTP 410)."]
    transfer.unfold(FileState.WAITING)
    assert listed(transfer) == ["id-7.mp3"]
    assert listed(transfer, 1) == ["about 240 kB"]


def test_a_file_goes_from_list_to_list_while_it_is_looked_at(panel: TransfersPanel) -> None:
    made = planned(5)
    transfer = panel.add(1, made)
    transfer.unfold(FileState.WAITING)
    transfer.show_progress(progress(made, [Running(1, "", 1, None), Running(3, "", 1, None)]))
    assert listed(transfer) == ["id-0.mp3", "id-2.mp3", "id-4.mp3"]
    transfer.unfold(FileState.DONE)
    transfer.show_progress(progress(made, [Running(1, "", 1, None)]), {3: outcome(made, 3, State.KEPT)})
    transfer.show_progress(progress(made), {1: outcome(made, 1, State.KEPT)})
    assert listed(transfer) == ["id-1.mp3", "id-3.mp3"]
    assert tabs(transfer) == ["Running 0", "Waiting 3", "Done 2"]


def test_what_ran_and_was_let_go_waits_again(panel: TransfersPanel) -> None:
    made = planned(3)
    transfer = panel.add(1, made)
    transfer.show_progress(progress(made, [Running(1, "", 1, None)]))
    transfer.show_progress(progress(made, paused="person"))
    assert tabs(transfer) == ["Running 0", "Waiting 3", "Done 0"]


def test_a_copy_that_failed_is_said_of_a_file_that_is_done(panel: TransfersPanel) -> None:
    made = planned(1)
    transfer = panel.add(1, made)
    transfer.show_result("done", {0: outcome(made, 0, State.KEPT, copy_failure="it cannot be decoded")})
    transfer.unfold(FileState.DONE)
    assert listed(transfer, 2) == ["It cannot be decoded."]
    assert not find(transfer, QTableView, "transferFiles").isColumnHidden(2)


def test_delete_cancels_the_selected_files_that_are_still_to_come(panel: TransfersPanel) -> None:
    made = planned(6)
    transfer = panel.add(4, made)
    heard: list[tuple[int, int]] = []
    panel.cancel_one_asked.connect(lambda number, place: heard.append((number, place)))
    transfer.show_progress(
        progress(made, [Running(0, "", 1, None)], changed=(1,)), {1: outcome(made, 1, State.KEPT)}
    )
    transfer.unfold(FileState.WAITING)
    table = find(transfer, QTableView, "transferFiles")
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert heard == [(4, 3)]
    transfer.unfold(FileState.DONE)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    transfer.show_result("Cancelled.", {place: outcome(made, place, State.LEFT) for place in (0, 2, 3, 4, 5)})
    transfer.unfold(FileState.LEFT)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert heard == [(4, 3)]


def test_the_files_of_an_earlier_run_are_asked_for_when_they_are_to_be_seen(panel: TransfersPanel) -> None:
    made = planned(3)
    transfer = panel.add(1, planned(0))
    heard: list[tuple[int, Act]] = []
    panel.acted.connect(lambda number, act: heard.append((number, act)))
    transfer.show_brief(brief(3, {State.KEPT: 1, State.FAILED: 1}, ended=True), "1 file exported · 1 failed")
    assert offered(transfer) == {"retryExport", "openFolder", "dismissExport"}
    assert find(transfer, QAbstractButton, "retryExportButton").text() == "Fetch 2 more"
    click(transfer, "unfoldTransferButton")
    assert heard == [(1, Act.READ)]
    transfer.show_files(made, {0: outcome(made, 0, State.KEPT), 1: outcome(made, 1, State.FAILED)})
    assert tabs(transfer) == ["Done 1", "Failed 1", "Not fetched 1"]
    assert listed(transfer) == ["id-1.mp3"]
    click(transfer, "unfoldTransferButton")
    click(transfer, "unfoldTransferButton")
    assert heard == [(1, Act.READ)]


def test_when_it_ends_the_files_that_need_a_look_are_shown_in_place_of_those_that_ran(
    panel: TransfersPanel,
) -> None:
    made = planned(3)
    transfer = panel.add(1, made)
    panel.show()
    transfer.show_progress(progress(made, [Running(0, "x", 1, 2)]))
    transfer.unfold()
    assert tabs(transfer) == ["Running 1", "Waiting 2", "Done 0"]
    ends = {place: outcome(made, place, State.FAILED if place == 2 else State.KEPT) for place in range(3)}
    transfer.show_result("2 files exported · 1 failed", ends, retryable=1)
    assert tabs(transfer) == ["Done 2", "Failed 1"]
    bar = find(transfer, QTabBar, "transferTabs")
    shown = [bar.tabRect(tab) for tab in range(bar.count()) if bar.isTabVisible(tab)]
    assert shown[0].x() == 0
    assert shown[1].x() == shown[0].right() + 1
    assert len(listed(transfer)) == 1


def test_ten_thousand_files_that_settle_quickly_do_not_hold_the_window(
    qtbot: QtBot, panel: TransfersPanel
) -> None:
    made = planned(10_000)
    transfer = panel.add(1, made)
    panel.show()
    transfer.unfold(FileState.DONE)
    slowest, settled = 0.0, 0
    for _ in range(60):
        changed = {place: outcome(made, place, State.KEPT) for place in range(settled, settled + 20)}
        settled += 20
        running = [Running(settled + each, "", 1000, 480_000) for each in range(6)]
        began = time.perf_counter()
        transfer.show_progress(progress(made, running, kept=settled, changed=tuple(changed)), changed)
        QCoreApplication.processEvents()
        slowest = max(slowest, time.perf_counter() - began)
    assert transfer.files.count(FileState.DONE) == 1200
    # Some milliseconds when nothing else runs; what is asked here is that it does not grow with the list.
    assert slowest < 0.25


def test_a_screen_reader_hears_name_and_state(panel: TransfersPanel) -> None:
    made = planned(2)
    transfer = panel.add(1, made)
    transfer.show_result("1 failed", {1: outcome(made, 1, State.FAILED, why="the disk is full")})
    transfer.unfold()
    assert transfer.accessibleName() == "Export calls of March"
    assert transfer.accessibleDescription() == "1 failed"
    spoken = transfer.files.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "id-1.mp3, Failed"
    seen = [each for each in transfer.findChildren(QAbstractButton) if each.isVisibleTo(transfer)]
    assert all(each.accessibleName() or each.text() for each in seen)


def test_what_may_not_be_audio_has_a_list_of_its_own(panel: TransfersPanel) -> None:
    made = planned(2)
    transfer = panel.add(1, made)
    there = {"path": "id-1.mp3", "size": 480_000, "why": "Playhead cannot tell whether it is audio"}
    settled = {0: outcome(made, 0, State.KEPT), 1: outcome(made, 1, State.DOUBTFUL, **there)}
    transfer.show_progress(progress(made, changed=(0, 1)), settled)
    transfer.show_result("1 file exported", settled, trouble=True)
    transfer.unfold()
    assert "In doubt 1" in tabs(transfer)
    assert "Done 1" in tabs(transfer)
    assert listed(transfer) == ["id-1.mp3"]
    assert listed(transfer, 2) == ["Playhead cannot tell whether it is audio."]
    assert not any("Retry" in text or "Fetch" in text for text in offered(transfer))


def test_what_was_in_doubt_before_still_is(panel: TransfersPanel) -> None:
    made = planned(1)
    transfer = panel.add(1, made)
    why = "Playhead cannot tell whether it is audio"
    transfer.show_result("", {0: outcome(made, 0, State.DOUBTFUL, why=why, present=True)})
    transfer.unfold(FileState.DOUBTFUL)
    assert listed(transfer, 2) == [
        "It was there already, and is intact. Playhead cannot tell whether it is audio."
    ]
