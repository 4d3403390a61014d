"""The panel of exports that wait, run, pause, were cut short, and have ended."""

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QProgressBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from playhead.core.exports.engine.progress import Pause
from playhead.core.exports.report import State
from playhead.ui.exports.transfer import Phase
from playhead.ui.exports.transferbuttons import Act
from playhead.ui.exports.transfers import TransfersPanel
from support.child_widgets import find
from support.window.transfers_scene import (
    THIN,
    brief,
    click,
    listed,
    offered,
    outcome,
    planned,
    progress,
    tabs,
)


def test_it_is_hidden_until_there_is_an_export(panel: TransfersPanel) -> None:
    assert panel.isHidden()
    panel.add(1, planned(3))
    assert not panel.isHidden()


def test_an_export_that_waits_can_be_cancelled(panel: TransfersPanel) -> None:
    transfer = panel.add(1, planned(3))
    assert transfer.folder_name == "calls of March"
    assert transfer.sentence == "3 files · waiting for its turn"
    assert offered(transfer) == {"cancelExport", "openFolder"}


def test_progress_is_said_in_files_bytes_rate_and_time(panel: TransfersPanel) -> None:
    made = planned(1300)
    transfer = panel.add(1, made)
    transfer.show_progress(progress(made, kept=12, arrived=48_000_000, expected=1_048_000_000, rate=8e6))
    assert transfer.sentence == f"12 of 1{THIN}300 · 48.0 MB of about 1.0 GB · 8.0 MB/s · 2 min 05 s left"
    assert find(transfer, QProgressBar).value() == 46
    assert offered(transfer) == {"pauseExport", "cancelExport", "openFolder"}


def test_when_all_files_are_here_it_says_that_it_finishes(panel: TransfersPanel) -> None:
    made = planned(12)
    transfer = panel.add(1, made)
    transfer.show_progress(
        progress(made, kept=11, failed=1, arrived=48_000_000, expected=48_000_000, rate=8e6)
    )
    assert transfer.sentence == "12 of 12 · 48.0 MB · finishing… · 1 failed"


def test_what_nobody_knows_is_left_out(panel: TransfersPanel) -> None:
    made = planned(4)
    transfer = panel.add(1, made)
    transfer.show_progress(progress(made, kept=1))
    assert transfer.sentence == "1 of 4"
    assert find(transfer, QProgressBar).value() == 250


@pytest.mark.parametrize("changes", [{"files": 0}, {"kept": 9, "arrived": 9, "expected": 3}])
def test_odd_numbers_stay_within_the_bar(panel: TransfersPanel, changes: dict[str, Any]) -> None:
    made = planned(3)
    transfer = panel.add(1, made)
    transfer.show_progress(progress(made, **changes))
    assert 0 <= find(transfer, QProgressBar).value() <= 1000


def test_the_newest_export_is_on_top_and_tab_comes_by_in_that_order(
    qtbot: QtBot, panel: TransfersPanel
) -> None:
    older, newer = panel.add(1, planned(1)), panel.add(2, planned(1))
    panel.show()
    qtbot.waitUntil(lambda: newer.y() < older.y())
    order: list[QWidget] = [newer.stops[0]]
    while (stop := order[-1].nextInFocusChain()) not in order and stop is not None:
        order.append(stop)
    assert order.index(older.stops[0]) > order.index(newer.stops[-1])


def test_the_panel_speaks_of_the_export_that_was_meant(panel: TransfersPanel) -> None:
    heard: list[tuple[int, Act]] = []
    panel.acted.connect(lambda number, act: heard.append((number, act)))
    made = planned(2)
    for number in (7, 8):
        panel.add(number, made)
    transfer = panel.transfer(8)
    transfer.show_progress(progress(made))
    click(transfer, "pauseExportButton")
    transfer.show_progress(progress(made, paused="person"))
    click(transfer, "pauseExportButton")
    click(transfer, "openFolderButton")
    click(transfer, "cancelExportButton")
    transfer.show_result("1 failed", {0: outcome(made, 0, State.FAILED, why="it went")}, retryable=1)
    click(transfer, "retryExportButton")
    click(transfer, "dismissExportButton")
    assert heard == [
        (8, Act.PAUSE),
        (8, Act.RESUME),
        (8, Act.OPEN),
        (8, Act.CANCEL),
        (8, Act.RETRY),
        (8, Act.DISMISS),
    ]
    assert panel.numbers == (7,)


def test_cancel_is_asked_once_and_progress_does_not_bring_it_back(panel: TransfersPanel) -> None:
    made = planned(4)
    transfer = panel.add(1, made)
    heard: list[tuple[int, Act]] = []
    panel.acted.connect(lambda number, act: heard.append((number, act)))
    transfer.show_progress(progress(made))
    for _ in range(2):
        click(transfer, "cancelExportButton")
    transfer.show_progress(progress(made, kept=1))
    assert heard == [(1, Act.CANCEL)]
    assert transfer.sentence == "Stopping…"
    assert transfer.phase is Phase.STOPPING


@pytest.mark.parametrize(
    ("why", "says"),
    [
        ("person", "Paused · 1 of 4"),
        ("full", "The disk is full: about 3.2 GB more needed. It goes on by itself when there is room."),
        ("missing", "The folder cannot be reached"),
        ("readonly", "The folder cannot be written now"),
        ("network", "No account can be reached"),
        ("large", "The folder does not take the files now. It goes on by itself when it does."),
    ],
)
def test_a_pause_says_why(panel: TransfersPanel, why: Pause, says: str) -> None:
    made = planned(4)
    transfer = panel.add(1, made)
    transfer.show_progress(progress(made, kept=1, arrived=800_000_000, expected=4_000_000_000, paused=why))
    assert transfer.sentence.startswith(says)
    assert transfer.phase is Phase.PAUSED


def test_a_full_disk_says_how_much_is_free(panel: TransfersPanel) -> None:
    made = planned(4)
    transfer = panel.add(1, made)
    told = progress(made, arrived=800_000_000, expected=4_000_000_000, paused="full", free=12_000_000)
    transfer.show_progress(told)
    assert transfer.sentence.startswith(
        "The disk is full: 12.0 MB free, about 3.2 GB more needed. It goes on"
    )


def test_a_result_says_what_can_be_done_next(panel: TransfersPanel) -> None:
    made = planned(3)
    transfer = panel.add(1, made)
    transfer.show_progress(progress(made))
    transfer.show_result("3 files exported", {place: outcome(made, place, State.KEPT) for place in range(3)})
    assert transfer.sentence == "3 files exported"
    assert offered(transfer) == {"openFolder", "dismissExport"}
    transfer.show_result(
        "1 failed", {2: outcome(made, 2, State.FAILED, why="the connection failed")}, retryable=1
    )
    assert "retryExport" in offered(transfer)
    assert find(transfer, QAbstractButton, "retryExportButton").text() == "Retry 1 failed"
    transfer.unfold()
    assert tabs(transfer) == ["Done 2", "Failed 1"]
    assert listed(transfer) == ["id-2.mp3"]


def test_what_was_left_can_be_fetched_too(panel: TransfersPanel) -> None:
    made = planned(5)
    transfer = panel.add(1, made)
    ended = {0: outcome(made, 0, State.FAILED)} | {n: outcome(made, n, State.LEFT) for n in range(1, 5)}
    transfer.show_result("cancelled", ended, retryable=5)
    assert find(transfer, QAbstractButton, "retryExportButton").text() == "Fetch 5 more"


def test_what_failed_waits_when_it_is_tried_again(panel: TransfersPanel) -> None:
    made = planned(3)
    transfer = panel.add(1, made)
    transfer.show_result(
        "1 failed", {0: outcome(made, 0, State.KEPT), 1: outcome(made, 1, State.FAILED)}, retryable=1
    )
    transfer.show_queued()
    assert tabs(transfer) == ["Running 0", "Waiting 2", "Done 1"]
    assert offered(transfer) == {"cancelExport", "openFolder"}


def test_an_interrupted_export_can_be_continued(panel: TransfersPanel) -> None:
    transfer = panel.add(1, planned(0))
    heard: list[tuple[int, Act]] = []
    panel.acted.connect(lambda number, act: heard.append((number, act)))
    transfer.show_brief(brief(300, {State.KEPT: 120}))
    assert transfer.sentence == "Interrupted: 120 of 300 files are there"
    assert offered(transfer) == {"continueExport", "openFolder", "dismissExport"}
    click(transfer, "continueExportButton")
    assert heard == [(1, Act.CONTINUE)]


def test_what_is_handed_on_gives_it_its_name(panel: TransfersPanel) -> None:
    made = planned(1, "data")
    transfer = panel.add(1, made, folder=made.folder.parent)
    assert transfer.folder_name == "somewhere"


def test_one_export_at_a_time_is_unfolded(panel: TransfersPanel) -> None:
    one, other = panel.add(1, planned(3)), panel.add(2, planned(3))
    panel.show()
    tables = [find(each, QTableView, "transferFiles") for each in (one, other)]
    one.unfold()
    assert [table.isVisibleTo(panel) for table in tables] == [True, False]
    click(other, "unfoldTransferButton")
    QCoreApplication.processEvents()
    assert [table.isVisibleTo(panel) for table in tables] == [False, True]
    click(other, "unfoldTransferButton")
    assert [table.isVisibleTo(panel) for table in tables] == [False, False]


def test_many_exports_do_not_take_the_table_its_room(panel: TransfersPanel) -> None:
    for number in range(30):
        panel.add(number, planned(2)).show_result("2 files exported", {})
    assert panel.sizeHint().height() <= 270
    assert panel.minimumSizeHint().height() < 60


def test_names_from_outside_stay_plain_and_widen_nothing(panel: TransfersPanel) -> None:
    made = planned(2, "<img src=x>" + "مكالمات " * 40)
    transfer = panel.add(1, made)
    hostile = "<b>" + "x" * 5000 + "\u202e" + "\n"
    transfer.show_result(hostile, {0: outcome(made, 0, State.FAILED, why=hostile)})
    transfer.unfold()
    assert "\u202e" not in transfer.sentence
    assert panel.minimumSizeHint().width() < 420
    assert listed(transfer, 2)[0].startswith("<b>xxx")
