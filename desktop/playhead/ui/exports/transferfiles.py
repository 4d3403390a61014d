"""The files of an export by what became of them: for a list that stays quick with a hundred thousand."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal
from typing_extensions import override

from playhead.core.exports.engine.progress import Running
from playhead.core.exports.plan import Plan, estimated
from playhead.core.exports.report import Outcome, State
from playhead.ui.look.itemviews import NOWHERE, AnyIndex
from playhead.ui.look.labels import as_tip, plain
from playhead.ui.look.lefttoright import readable
from playhead.ui.wording import words

_MANY: Final = 200
"""Changes at once from which the list is built anew instead of row by row."""


class FileState(IntEnum):
    """State of a file of an export."""

    RUNNING = 0
    WAITING = 1
    DONE = 2
    DOUBTFUL = 3
    """It is there, but nobody can tell whether it is audio."""
    SKIPPED = 4
    FAILED = 5
    LEFT = 6
    """Cancelled, or not begun when the export ended."""


STATE_WORDS: Final = {
    FileState.RUNNING: "Running",
    FileState.WAITING: "Waiting",
    FileState.DONE: "Done",
    FileState.DOUBTFUL: "In doubt",
    FileState.SKIPPED: "Skipped",
    FileState.FAILED: "Failed",
    FileState.LEFT: "Not fetched",
}
_STATES: Final = {
    State.KEPT: FileState.DONE,
    State.DOUBTFUL: FileState.DOUBTFUL,
    State.SKIPPED: FileState.SKIPPED,
    State.FAILED: FileState.FAILED,
    State.LEFT: FileState.LEFT,
}
NAME, SIZE, WHY = range(3)
"""The columns."""
_TITLES: Final = ("File", "Size", "Why")
SHARE: Final = Qt.ItemDataRole.UserRole
"""What part of a running file is here, 0 to 1; None if nobody knows."""


class TransferFiles(QAbstractTableModel):
    """Adapts an export to Qt: those of its files that are in one state, in the order of the plan."""

    counted = Signal()
    """There are other numbers of files in the states."""

    def __init__(self, plan: Plan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = FileState.WAITING
        self.begin(plan)

    def begin(self, plan: Plan) -> None:
        """These are the files, of none of which anything is known yet."""
        self.beginResetModel()
        self._files = plan.files
        self._states = bytearray([FileState.WAITING]) * len(plan.files)
        self._counts: Counter[int] = Counter({FileState.WAITING: len(plan.files)})
        self._outcomes: dict[int, Outcome] = {}
        self._running: dict[int, Running] = {}
        self._remarks = 0
        self._collect()
        self.endResetModel()
        self.counted.emit()

    @property
    def shown(self) -> FileState:
        """The state of the files that are rows."""
        return self._shown

    def count(self, state: FileState) -> int:
        """Number of files in `state`."""
        return self._counts[state]

    def place(self, row: int) -> int:
        """The place in the plan of the file in `row`."""
        return self._places[row]

    @property
    def remarks(self) -> bool:
        """True if there is something to say about a file that is done."""
        return self._remarks > 0

    def show_state(self, state: FileState) -> None:
        """List the files that are in `state`."""
        self.beginResetModel()
        self._shown = state
        self._collect()
        self.endResetModel()

    def settle(self, outcomes: Mapping[int, Outcome]) -> None:
        """Take in what became of files, by their place in the plan."""
        for place, outcome in outcomes.items():
            self._outcomes[place] = outcome
            self._running.pop(place, None)
            self._remarks += bool(outcome.copy_failure or outcome.copy_flaw or outcome.transcript_failure)
        self._move({place: _state_of(outcome) for place, outcome in outcomes.items()})

    def run(self, running: Sequence[Running]) -> None:
        """Take in what is being fetched now, and how far each is; what was running before waits again."""
        now = {each.place: each for each in running}
        moves = {place: FileState.WAITING for place in self._running if place not in now}
        moves |= {place: FileState.RUNNING for place in now if place not in self._running}
        self._running = now
        self._move(moves)
        if self._shown is FileState.RUNNING and self._places:
            self.dataChanged.emit(self.index(0, SIZE), self.index(len(self._places) - 1, SIZE))

    def wait_again(self) -> None:
        """Let everything wait that failed or was not fetched: it is tried again."""
        again = (FileState.FAILED, FileState.LEFT)
        places = [place for place, state in enumerate(self._states) if state in again]
        for place in places:
            self._outcomes.pop(place, None)
        self._move(dict.fromkeys(places, FileState.WAITING))

    def end(self) -> None:
        """Nothing is to come any more: what still ran or waited was not fetched."""
        self._running = {}
        over = (FileState.RUNNING, FileState.WAITING)
        self._move({place: FileState.LEFT for place, state in enumerate(self._states) if state in over})

    def _move(self, moves: Mapping[int, FileState]) -> None:
        moves = {place: state for place, state in moves.items() if self._states[place] != state}
        if not moves:
            return
        shown = self._shown
        touching = sum(shown in (self._states[place], state) for place, state in moves.items())
        anew = touching > _MANY
        if anew:
            self.beginResetModel()
        for place, state in moves.items():
            before = self._states[place]
            self._counts[before] -= 1
            self._counts[state] += 1
            self._states[place] = state
            if anew:
                continue
            if before == shown:
                self._remove(place)
            elif state == shown:
                self._insert(place)
        if anew:
            self._collect()
            self.endResetModel()
        self.counted.emit()

    def _collect(self) -> None:
        self._places = array("l", (place for place, state in enumerate(self._states) if state == self._shown))

    def _remove(self, place: int) -> None:
        row = bisect_left(self._places, place)
        self.beginRemoveRows(NOWHERE, row, row)
        del self._places[row]
        self.endRemoveRows()

    def _insert(self, place: int) -> None:
        row = bisect_left(self._places, place)
        self.beginInsertRows(NOWHERE, row, row)
        self._places.insert(row, place)
        self.endInsertRows()

    def _text(self, place: int, column: int) -> str:
        if column == NAME:
            outcome = self._outcomes.get(place)
            return plain((outcome.path if outcome else "") or self._files[place].path)
        return self._size(place) if column == SIZE else self._why(place)

    def _size(self, place: int) -> str:
        match self._states[place]:
            case FileState.RUNNING:
                running = self._running[place]
                of = f" of {words.size(running.total)}" if running.total else ""
                return f"{words.size(running.arrived)}{of}"
            case FileState.DONE | FileState.DOUBTFUL | FileState.SKIPPED:
                size = self._outcomes[place].size
                return words.size(size) if size else ""
            case _:
                recording = self._files[place].recording
                about = estimated(recording)
                return f"{'' if recording.size else 'about '}{words.size(about)}" if about else ""

    def _why(self, place: int) -> str:
        outcome = self._outcomes.get(place)
        if outcome is None:
            return ""
        there = "It was there already, and is intact." if outcome.present else ""
        if there and not outcome.why:
            return there
        reasons = (there, outcome.why, outcome.copy_failure, outcome.copy_flaw, outcome.transcript_failure)
        return plain(" ".join(_as_sentence(reason) for reason in reasons if reason.strip()))

    @override
    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._places)

    @override
    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == SIZE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._places):
            return None
        place, column = self._places[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return readable(self._text(place, column))
            case Qt.ItemDataRole.ToolTipRole:
                return as_tip(self._text(place, column))
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column == SIZE else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (self._text(place, column), STATE_WORDS[self._shown] if column == NAME else "")
                return ", ".join(part for part in parts if part)
            case _ if role == SHARE:
                running = self._running.get(place)
                return running.arrived / running.total if running and running.total else None
        return None


def _state_of(outcome: Outcome) -> FileState:
    there = outcome.present and outcome.state is State.KEPT
    return FileState.SKIPPED if there else _STATES[outcome.state]


def _as_sentence(why: str) -> str:
    """The end of a sentence as a sentence: `the disk is full` is `The disk is full.`."""
    text = why.strip()
    return f"{text[0].upper()}{text[1:]}{'' if text[-1] in '.!?…' else '.'}"
