"""The list of an export's files as Qt sees it: whatever becomes of them, every change of the rows is told."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from playhead.core.exports.engine.progress import Running
from playhead.core.exports.plan import Plan, plan
from playhead.core.exports.report import Outcome, State
from playhead.ui.exports.transferfiles import FileState, TransferFiles
from support.fakes import recording

FILES = 12


@pytest.fixture
def made() -> Plan:
    return plan([recording(n) for n in range(FILES)], Path("calls of March"), template="{id}", labels={})


@pytest.fixture
def files(qtbot: QtBot, made: Plan) -> TransferFiles:
    """Watched by a tester whose warnings fail the test."""
    model = TransferFiles(made)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    return model


def rows(files: TransferFiles) -> list[int]:
    """The places of the files that are rows."""
    return [files.place(row) for row in range(files.rowCount())]


def running(made: Plan, *places: int) -> list[Running]:
    return [Running(place, made.files[place].path, 1000, 4000) for place in places]


def outcomes(made: Plan, states: Mapping[int, State]) -> dict[int, Outcome]:
    return {
        place: Outcome(recording=made.files[place].recording, state=state) for place, state in states.items()
    }


@pytest.mark.parametrize("shown", FileState)
def test_the_rows_are_the_files_in_the_state_that_is_looked_at(
    files: TransferFiles, made: Plan, shown: FileState
) -> None:
    states = dict.fromkeys(range(FILES), FileState.WAITING)

    def check(changes: Mapping[int, FileState]) -> None:
        states.update(changes)
        assert rows(files) == [place for place, state in sorted(states.items()) if state is shown]
        assert [files.count(each) for each in FileState] == [
            list(states.values()).count(each) for each in FileState
        ]

    files.show_state(shown)
    check({})
    files.run(running(made, 7, 2, 5, 0))
    check(dict.fromkeys((0, 2, 5, 7), FileState.RUNNING))
    files.run(running(made, 2, 9))
    check({0: FileState.WAITING, 5: FileState.WAITING, 7: FileState.WAITING, 9: FileState.RUNNING})
    files.settle(outcomes(made, {9: State.KEPT, 2: State.FAILED, 11: State.SKIPPED, 1: State.KEPT}))
    check({9: FileState.DONE, 2: FileState.FAILED, 11: FileState.SKIPPED, 1: FileState.DONE})
    files.end()
    check(dict.fromkeys((0, 3, 4, 5, 6, 7, 8, 10), FileState.LEFT))
    files.wait_again()
    check(dict.fromkeys((0, 2, 3, 4, 5, 6, 7, 8, 10), FileState.WAITING))
    files.begin(made)
    check(dict.fromkeys(range(FILES), FileState.WAITING))


def test_rows_come_and_go_one_by_one_so_that_a_selection_stays(files: TransferFiles, made: Plan) -> None:
    told: list[tuple[str, int, int]] = []
    files.rowsRemoved.connect(lambda _, first, last: told.append(("gone", first, last)))
    files.rowsInserted.connect(lambda _, first, last: told.append(("come", first, last)))
    files.show_state(FileState.WAITING)
    files.run(running(made, 3))
    files.run(running(made, 4))
    assert told == [("gone", 3, 3), ("come", 3, 3), ("gone", 4, 4)]
    assert rows(files) == [0, 1, 2, 3, *range(5, FILES)]
