"""What the tests of transfers share: plans, what became of their files, and a person's hand."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QTabBar

from playhead.core.exports.choices import Choices
from playhead.core.exports.engine.progress import Progress, Running
from playhead.core.exports.plan import Plan, plan
from playhead.core.exports.report import Outcome, State
from playhead.core.stores import Brief
from playhead.ui.exports.transfer import Transfer
from support.child_widgets import find
from support.fakes import recording

THIN = "\N{NARROW NO-BREAK SPACE}"


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
