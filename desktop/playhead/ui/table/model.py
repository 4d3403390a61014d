"""The table's rows: ids of the catalogue in order, and the recordings of those that are looked at."""

from array import array
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, QTimer, Signal
from typing_extensions import override

from playhead.core.finding.marking import Marking
from playhead.core.finding.query import EVERYTHING, Query
from playhead.core.finding.speechhits import Passage
from playhead.core.marks import NO_MARKS, Marks
from playhead.core.provider import NO_PROVIDERS, Providers
from playhead.core.recording import Recording
from playhead.ui.look.itemviews import NOWHERE, AnyIndex
from playhead.ui.look.lefttoright import readable
from playhead.ui.table.column import Column
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.listingchanges import Edit, edits
from playhead.ui.table.places import row_of
from playhead.ui.table.showing import Showing
from playhead.ui.wording import words

MARGIN = 60
"""Rows read beyond each end of what is looked at, so that scrolling finds them there."""
AHEAD = 30
"""Rows before and after those in view that are to be there when one scrolls on."""
KEPT = 4000
"""Recordings kept in memory."""
_MOVED = 5_000_000
"""Ids that may be moved in memory to tell Qt of changes one by one; that many take 4 ms."""
_ALL = 2**31
"""More rows than Qt can have."""


class Role(IntEnum):
    """Data for the table's delegates, besides Qt's own roles."""

    RECORDING = Qt.ItemDataRole.UserRole
    PLAYING = Qt.ItemDataRole.UserRole + 1
    MARKS = Qt.ItemDataRole.UserRole + 2


class RecordingModel(QAbstractTableModel):
    """Adapts a listing to Qt. It never reads a store itself: it says what it needs, and is given it.

    A row whose recording has not come yet is empty for the moment; `wanted` has been told.
    """

    wanted = Signal(object)
    """Catalogue ids whose recordings are needed (a sequence of int)."""

    def __init__(
        self,
        now: datetime,
        providers: Providers = NO_PROVIDERS,
        columns: Sequence[Column] = COLUMNS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = columns
        """The columns, by section."""
        self._ids: array[int] = array("q")
        self._recordings: dict[int, Recording] = {}
        self._asked: set[int] = set()
        self._missing: set[int] = set()
        """Rows that were looked at and are not in memory."""
        self._marks: dict[tuple[str, str], Marks] = {}
        self._showing = Showing(now, {}, self._marks, providers)
        self._marked, self.marking = EVERYTHING, Marking(EVERYTHING)
        """The parts of texts that the filter has found."""
        self._passages: dict[tuple[str, str], Passage | None] = {}
        """The sentences in which it was said, of recordings that were looked at for that."""
        self._playing: tuple[str, str] | None = None
        self._more = False
        """More recordings exist than are listed."""
        self._view = range(_ALL)
        """Rows that are looked at."""
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask)

    @property
    def ids(self) -> "array[int]":
        """The catalogue ids of all rows, in order."""
        return self._ids

    def recording(self, row: int) -> Recording | None:
        """The recording in a row, if it is in memory."""
        return self._recordings.get(self._ids[row]) if 0 <= row < len(self._ids) else None

    def recording_of(self, identifier: int) -> Recording | None:
        """The recording of a catalogue id, if it is in memory."""
        return self._recordings.get(identifier)

    def look_at(self, row: int) -> Recording | None:
        """The recording in a row that is being painted; if it is not in memory, it is `wanted`."""
        recording = self.recording(row)
        if recording is None and row < len(self._ids):
            self._need(row)
        return recording

    def known(self, ids: Sequence[int]) -> bool:
        """True if the recordings of all these ids are in memory."""
        return all(each in self._recordings for each in ids)

    def row_of(self, identifier: int) -> int | None:
        """The row of a catalogue id."""
        return row_of(identifier, self._ids)

    def look_within(self, rows: range) -> None:
        """Take note which rows are looked at: what changes in others need not be painted.

        Those beyond them will be looked at next, and are asked for before they have to be painted empty.
        """
        self._view = rows
        for row in (max(0, rows.start - AHEAD), min(rows.stop + AHEAD, len(self._ids)) - 1):
            if 0 <= row < len(self._ids) and self._ids[row] not in self._asked:
                self.look_at(row)

    def show_listing(self, ids: "array[int]") -> Sequence[Edit] | None:
        """Show other rows; what was told to Qt, or None if they changed so much that all are new to it."""
        changes = edits(self._ids, ids)
        if changes is None or len(changes) > max(1, _MOVED // max(1, len(ids), len(self._ids))):
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()
            return None
        if len(changes) > 1:
            self._ids = self._ids[:]
        for change in changes:
            last = change is changes[-1]
            self._remove(change, None if change.added or not last else ids)
            self._insert(change, ids, last=last)
        self._ids = ids
        return changes

    def _remove(self, change: Edit, final: "array[int] | None") -> None:
        if not change.removed:
            return
        self.beginRemoveRows(NOWHERE, change.row, change.row + change.removed - 1)
        if final is None:
            self._ids = self._ids[: change.row] + self._ids[change.row + change.removed :]
        else:
            self._ids = final
        self.endRemoveRows()

    def _insert(self, change: Edit, ids: "array[int]", *, last: bool) -> None:
        if not change.added:
            return
        end = change.row + change.added
        self.beginInsertRows(NOWHERE, change.row, end - 1)
        if last:
            self._ids = ids
        else:
            self._ids[change.row : change.row] = ids[change.row : end]
        self.endInsertRows()

    def fill(self, recordings: Mapping[int, Recording]) -> None:
        """Take in recordings that were `wanted`, or that have changed."""
        if len(self._recordings) > KEPT:
            around = self._ids[max(0, self._view.start - MARGIN) : self._view.stop + MARGIN]
            self._recordings = {each: self._recordings[each] for each in around if each in self._recordings}
            self._asked.clear()
        seen = self._ids[self._view.start : self._view.stop]
        empty = any(each in recordings and recordings[each] != self._recordings.get(each) for each in seen)
        self._recordings.update(recordings)
        self._asked.difference_update(recordings)
        if empty:
            self._repaint()

    @property
    def in_memory(self) -> Sequence[Recording]:
        """The recordings of rows that are or were looked at, a few thousand at most."""
        return list(self._recordings.values())

    def answered(self, ids: Sequence[int]) -> None:
        """Note that what was `wanted` has been read, or could not be: an empty row may ask again."""
        self._asked.difference_update(ids)

    def renew(self, recordings: Mapping[int, Recording]) -> None:
        """Take in what is looked at, read anew; everything else is asked for again when it is looked at."""
        before, self._recordings = self._recordings, dict(recordings)
        self._asked.clear()
        for row in range(self._view.start, min(self._view.stop, len(self._ids))):
            identifier = self._ids[row]
            if before.get(identifier) != self._recordings.get(identifier):
                self._repaint_row(row)

    @property
    def showing(self) -> Showing:
        """The surroundings that the texts of the cells depend on."""
        return self._showing

    def show_labels(self, labels: dict[str, str]) -> None:
        """Use these labels for the accounts."""
        self._showing = replace(self._showing, labels=labels)
        self._repaint()

    def marks(self, recording: Recording) -> Marks:
        """The marks of a recording, as far as they are known here."""
        return self._marks.get(recording.key, NO_MARKS)

    def note_marks(self, marks: Mapping[tuple[str, str], Marks]) -> None:
        """Take in what the person made of recordings that are about to be shown."""
        if len(self._marks) > KEPT:
            self._marks.clear()
        self._marks.update(marks)

    def show_marks(self, marks: Mapping[tuple[str, str], Marks]) -> None:
        """Take in what the person made of recordings, by their identity."""
        changed = {key for key, each in marks.items() if self._marks.get(key, NO_MARKS) != each}
        self.note_marks(marks)
        self._repaint_rows(changed)

    def show_now(self, now: datetime) -> None:
        """Word the dates as seen from `now`."""
        if now.date() != self._showing.now.date():
            self._showing = replace(self._showing, now=now)
            self._repaint()

    def mark(self, query: Query) -> None:
        """Mark in the cells what a query finds, if it is another one than until now."""
        if query == self._marked:
            return
        self._marked, self.marking = query, Marking(query)
        self._passages.clear()
        self._repaint()

    def has_passage(self, recording: Recording) -> bool:
        """True if it is known where in a recording it was said, or that it was not."""
        return recording.key in self._passages

    def passage(self, recording: Recording) -> Passage | None:
        """The first sentence in which it was said what the filter asks for, if that is known."""
        return self._passages.get(recording.key)

    def show_passages(self, passages: Mapping[tuple[str, str], Passage | None]) -> None:
        """Take in where it was said, by the identity of recordings."""
        changed = {key for key, each in passages.items() if self._passages.get(key) != each}
        self._passages.update(passages)
        self._repaint_rows(changed)

    def show_extent(self, *, more: bool) -> None:
        """Take in if more recordings exist than are listed, for who hears the place of a row."""
        self._more = more

    def show_playing(self, key: tuple[str, str] | None) -> None:
        """Mark the row of the recording that plays."""
        changed = {self._playing, key}
        self._playing = key
        self._repaint_rows(changed)

    def _repaint_rows(self, keys: AbstractSet[tuple[str, str] | None]) -> None:
        """Have the rows of these recordings painted anew, as far as they are looked at."""
        if not keys:
            return
        for row in range(self._view.start, min(self._view.stop, len(self._ids))):
            recording = self._recordings.get(self._ids[row])
            if recording is not None and recording.key in keys:
                self._repaint_row(row)

    def _repaint_row(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def _repaint(self) -> None:
        last = min(self._view.stop, len(self._ids)) - 1
        if last >= self._view.start:
            self.dataChanged.emit(self.index(self._view.start, 0), self.index(last, len(self.columns) - 1))

    def _need(self, row: int) -> None:
        self._missing.add(row)
        if not self._timer.isActive():
            self._timer.start()

    def _ask(self) -> None:
        rows = [row for row in self._missing if row < len(self._ids)]
        self._missing.clear()
        if not rows:
            return
        around = self._ids[max(0, min(rows) - MARGIN) : max(rows) + MARGIN]
        window = [each for each in around if each not in self._recordings and each not in self._asked]
        self._asked.update(window)
        if window:
            self.wanted.emit(window)

    @override
    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                asked = column.field if ":" in column.field else f"{column.field}:"
                return f"In the filter: {asked}" if column.field else column.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return column.title or "State"
            case Qt.ItemDataRole.TextAlignmentRole:
                return column.alignment
            case _:
                return None

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        recording = self.look_at(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(recording, index.row())
        if recording is None:
            return None
        return self._answer(recording, column, role)

    def _spoken(self, recording: Recording | None, row: int) -> str:
        """The sentence of a row, the same in every cell: whoever hears it goes through rows."""
        place = words.place_in(row, len(self._ids), more=self._more)
        if recording is None:
            return f"{place}, loading"
        states = (
            "playing" if recording.key == self._playing else "",
            "starred" if self.marks(recording).starred else "",
            "no longer at the provider" if self.marks(recording).gone else "",
            words.said(self.passage(recording)),
        )
        provider = self._showing.provider(recording)
        return words.spoken(recording, provider, self._showing.now, place, *states)

    def _answer(self, recording: Recording, column: Column, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(recording, self._showing)
            case Qt.ItemDataRole.ToolTipRole:
                return _plain(column.tip(recording, self._showing)) if column.tip else None
            case Role.RECORDING:
                return recording
            case Role.MARKS:
                return self.marks(recording)
            case Role.PLAYING:
                return recording.key == self._playing
            case _:
                return None


def _plain(text: str) -> str | None:
    """A tooltip that Qt cannot take for rich text."""
    if not text:
        return None
    escaped = readable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>"
