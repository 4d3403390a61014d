"""The panel of exports that wait, run, pause, were cut short, and have ended."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QProgressBar, QTabBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from fakes import recording
from playhead.core.exports.choices import Choices
from playhead.core.exports.plan import Plan, plan
from playhead.core.exports.progress import Progress, Running
from playhead.core.exports.report import Outcome, State
from playhead.core.ports import Brief
from playhead.ui.exports.transfer import Phase, Transfer
from playhead.ui.exports.transferfiles import FileState
from playhead.ui.exports.transfers import TransfersPanel
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme

# The offscreen platform says so whenever a window has a smallest or a fixed size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

ICONS = Path(__file__).parents[2] / "resources" / "icons"
THIN = "\N{NARROW NO-BREAK SPACE}"
Widget = TypeVar("Widget", bound=QWidget)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> TransfersPanel:
    made = TransfersPanel(Icons(ICONS, theme))
    qtbot.addWidget(made)
    made.resize(700, 260)
    return made


def planned(files: int, folder: str = "calls of March") -> Plan:
    recordings = [recording(n) for n in range(files)]
    return plan(recordings, Path("somewhere") / folder, template="{id}", labels={})


def outcome(made: Plan, place: int, state: State, **more: object) -> Outcome:
    file = made.files[place]
    plain = {"path": file.path, "size": 480_000} if state is State.KEPT else {}
    return Outcome(recording=file.recording, state=state, **{**plain, **more})  # type: ignore[arg-type]


def brief(files: int, states: dict[State, int], *, ended: bool = False) -> Brief:
    """An export of an earlier run of the program."""
    return Brief(
        number=7,
        folder=Path("calls of March"),
        choices=Choices(),
        began=datetime(2026, 3, 14, 12, 0, tzinfo=UTC),
        files=files,
        states=states,
        present=0,
        size=0,
        ended=ended,
    )


def progress(made: Plan, running: Sequence[Running] = (), **changes: object) -> Progress:
    plain: dict[str, object] = {
        "files": len(made.files),
        "kept": 0,
        "skipped": 0,
        "failed": 0,
        "arrived": 0,
        "expected": 0,
        "rate": 0.0,
        "running": tuple(running),
    }
    return Progress(**{**plain, **changes})  # type: ignore[arg-type]


def find(parent: QWidget, kind: type[Widget], name: str = "") -> Widget:
    child = parent.findChild(kind, name)
    assert child is not None
    return child


def click(transfer: Transfer, name: str) -> None:
    QTest.mouseClick(find(transfer, QAbstractButton, name), Qt.MouseButton.LeftButton)


def offered(transfer: Transfer) -> set[str]:
    """The names of the buttons that can be pressed now, less the one that unfolds."""
    found = transfer.findChildren(QAbstractButton)
    named = {each.objectName(): each for each in found if each.objectName().endswith("Button")}
    return {
        name.removesuffix("Button")
        for name, each in named.items()
        if each.isVisibleTo(transfer) and each.isEnabled() and name != "unfoldTransferButton"
    }


def tabs(transfer: Transfer) -> list[str]:
    bar = find(transfer, QTabBar, "transferTabs")
    return [bar.tabText(tab) for tab in range(bar.count()) if bar.isTabVisible(tab)]


def listed(transfer: Transfer, column: int = 0) -> list[str]:
    files = transfer.files
    return [str(files.index(row, column).data()) for row in range(files.rowCount())]


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
    heard: list[tuple[str, int]] = []
    for name in ("pause", "resume", "cancel", "retry", "open"):
        signal = getattr(panel, f"{name}_asked")
        signal.connect(lambda number, name=name: heard.append((name, number)))
    panel.dismissed.connect(lambda number: heard.append(("dismissed", number)))
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
        ("pause", 8),
        ("resume", 8),
        ("open", 8),
        ("cancel", 8),
        ("retry", 8),
        ("dismissed", 8),
    ]
    assert panel.numbers == (7,)


def test_cancel_is_asked_once_and_progress_does_not_bring_it_back(panel: TransfersPanel) -> None:
    made = planned(4)
    transfer = panel.add(1, made)
    heard: list[int] = []
    panel.cancel_asked.connect(heard.append)
    transfer.show_progress(progress(made))
    for _ in range(2):
        click(transfer, "cancelExportButton")
    transfer.show_progress(progress(made, kept=1))
    assert heard == [1]
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
        ("something new", "Paused · 1 of 4"),
    ],
)
def test_a_pause_says_why(panel: TransfersPanel, why: str, says: str) -> None:
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
    heard: list[int] = []
    panel.resume_asked.connect(heard.append)
    transfer.show_brief(brief(300, {State.KEPT: 120}))
    assert transfer.sentence == "Interrupted: 120 of 300 files are there"
    assert offered(transfer) == {"continueExport", "openFolder", "dismissExport"}
    click(transfer, "continueExportButton")
    assert heard == [1]


def test_the_files_of_an_earlier_run_are_asked_for_when_they_are_to_be_seen(panel: TransfersPanel) -> None:
    made = planned(3)
    transfer = panel.add(1, planned(0))
    heard: list[int] = []
    panel.files_asked.connect(heard.append)
    transfer.show_brief(brief(3, {State.KEPT: 1, State.FAILED: 1}, ended=True), "1 file exported · 1 failed")
    assert offered(transfer) == {"retryExport", "openFolder", "dismissExport"}
    assert find(transfer, QAbstractButton, "retryExportButton").text() == "Fetch 2 more"
    click(transfer, "unfoldTransferButton")
    assert heard == [1]
    transfer.show_files(made, {0: outcome(made, 0, State.KEPT), 1: outcome(made, 1, State.FAILED)})
    assert tabs(transfer) == ["Done 1", "Failed 1", "Not fetched 1"]
    assert listed(transfer) == ["id-1.mp3"]
    click(transfer, "unfoldTransferButton")
    click(transfer, "unfoldTransferButton")
    assert heard == [1]


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
