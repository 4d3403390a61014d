"""Values of a column as rows: keys in order, and the recordings that say what those in view are called."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, QTimer, Signal
from typing_extensions import override

from playhead.core.finding.grouping import Counted
from playhead.core.recording import Recording
from playhead.ui.look.itemviews import NOWHERE, AnyIndex
from playhead.ui.look.labels import plain
from playhead.ui.table.column import Column
from playhead.ui.table.showing import Showing
from playhead.ui.table.valuekinds import ColumnValue
from playhead.ui.values.valueorder import ArrangedValues
from playhead.ui.wording import valuewords

_KEPT: Final = 4_000
"""Recordings that are kept in memory."""


class ValueRole(IntEnum):
    """Data for the painter of rows, besides Qt's own roles."""

    VALUE = Qt.ItemDataRole.UserRole
    """The `ColumnValue`; None while it is not known."""
    NUMBER = Qt.ItemDataRole.UserRole + 1
    """Recordings that have it."""
    SHARE = Qt.ItemDataRole.UserRole + 2
    """Their share of all, 0 to 1."""
    LENGTH = Qt.ItemDataRole.UserRole + 3
    """Length of the bar, 0 to 1."""
    TICKED = Qt.ItemDataRole.UserRole + 4


class ValueRows(QAbstractTableModel):
    """Adapts counted values to Qt. It says which recordings it needs, and is given them."""

    wanted = Signal(object)
    """Catalogue ids whose recordings are needed (a sequence of int)."""
    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keys: Sequence[str] = ()
        """The keys of the rows, from the top."""
        self.counted = Counted()
        self.ticked: dict[str, None] = {}
        """Keys of the values that are chosen together, in the order in which they were."""
        self.column: Column | None = None
        """The column whose values these are."""
        self._showing: Showing | None = None
        self.most = 1
        """The largest number of any value."""
        self._recordings: dict[int, Recording] = {}
        self._missing: set[int] = set()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask)

    def show(self, column: Column, showing: Showing, counted: Counted, values: ArrangedValues) -> None:
        """Have these rows from now on; what is ticked stays so, in the same column."""
        self.beginResetModel()
        if column is not self.column:
            self.ticked.clear()
        self.column, self._showing, self.counted = column, showing, counted
        self.keys, self.most = values.keys, values.most
        self.endResetModel()

    def fill(self, recordings: Mapping[int, Recording]) -> None:
        """Take recordings that were wanted."""
        if len(self._recordings) > _KEPT:
            self._recordings.clear()
        self._recordings.update(recordings)
        if self.keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.keys) - 1, 0))

    def value(self, key: str) -> ColumnValue | None:
        """The value with a key, if what it is called is known."""
        if self.column is None or self._showing is None or self.column.values is None:
            return None
        sample = self._recordings.get(self.counted.samples.get(key, -1))
        return self.column.values.value(key, sample, self._showing)

    def row_of(self, key: str) -> int:
        """The row of a key; -1 for none."""
        return self.keys.index(key) if key in self.keys else -1

    def tick(self, row: int) -> None:
        """Choose the value of a row together with others, or no longer."""
        key = self.keys[row]
        if key in self.ticked:
            del self.ticked[key]
        else:
            self.ticked[key] = None
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        self.ticked_changed.emit()

    def title(self, row: int) -> str:
        """Title of a value; its key for the moment, where no recording that says it is known yet."""
        key = self.keys[row]
        value = self.value(key)
        if value is None:
            self._missing.add(self.counted.samples.get(key, -1))
            if not self._timer.isActive():
                self._timer.start()
            return plain(self.counted.names.get(key) or key)
        return plain(value.title)

    def share(self, row: int) -> float:
        """The share of all recordings that has the value of a row."""
        return self.counted.counts[self.keys[row]] / max(1, self.counted.number)

    def _ask(self) -> None:
        ids = sorted(each for each in self._missing if each >= 0 and each not in self._recordings)
        self._missing.clear()
        if ids:
            self.wanted.emit(ids)

    @override
    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.keys)

    @override
    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if not index.isValid() or row >= len(self.keys):
            return None
        key = self.keys[row]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(row)
            case ValueRole.VALUE:
                return self.value(key)
            case ValueRole.NUMBER:
                return self.counted.counts[key]
            case ValueRole.SHARE:
                return self.share(row)
            case ValueRole.LENGTH:
                return min(1.0, self.counted.counts[key] / self.most)
            case ValueRole.TICKED:
                return key in self.ticked
            case _:
                return None

    def spoken(self, row: int) -> str:
        """The sentence of a row, for a screen reader."""
        value = self.value(self.keys[row])
        named = ", ".join(filter(None, (self.title(row), plain(value.second) if value else "")))
        number = self.counted.counts[self.keys[row]]
        ticked = "chosen" if self.keys[row] in self.ticked else ""
        return valuewords.spoken(named, number, self.share(row), f"{row + 1} of {len(self.keys)}", ticked)
