"""The selection of the table: by recording, kept whatever happens to the rows."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex
from typing_extensions import override

from playhead.ui.table.listingchanges import Edit
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.places import Chosen, FoundRows, KeptRows, joined, marked

Flag = QItemSelectionModel.SelectionFlag


class Selection(QItemSelectionModel):
    """Qt's own selection, and three things that it does not know.

    *Everything*: whatever comes to the listing later is selected as well. *Marks*: of a selection in more
    pieces than Qt can bear (it looks at each of them for every cell), it is told only those in view. And what
    is *wanting*: what the listing does not have any more is selected again when it has it, unless the person
    has selected something else meanwhile.
    """

    def __init__(self, model: RecordingModel, parent: QObject) -> None:
        super().__init__(model, parent)
        self._rows = model
        self._everything = False
        self._marks: bytearray | None = None
        self._order: array[int] | None = None
        """The marked ids in the order of the listing, while that is known."""
        self._number = 0
        self._wanting: KeptRows | None = None
        """All that the person selected, while some of it is not listed."""
        self.absent: int | None = None
        """The row that was current and is not listed; None once the person selected something else."""
        self._telling = False
        self._resetting = False
        """The rows are being replaced, which Qt takes for the person's wish to select nothing."""
        self._version = 0
        self.selectionChanged.connect(self._note)

    @property
    def everything(self) -> bool:
        """True if all is selected that the listing has and will have, except what was taken out of it."""
        return self._everything

    @property
    def telling(self) -> bool:
        """True while Qt is told what is selected already: nothing changes for the person."""
        return self._telling

    @property
    def version(self) -> int:
        """Another number whenever the person has selected something else."""
        return self._version

    @property
    def number(self) -> int:
        """The number of selected rows, without looking at each."""
        return sum(map(len, self.blocks())) if self._marks is None else self._number

    def blocks(self) -> Sequence[range]:
        """The selected rows that Qt knows of, as ranges from the top."""
        selection = self.selection()
        ranges = (selection.at(each) for each in range(selection.count()))
        return sorted((range(each.top(), each.bottom() + 1) for each in ranges), key=lambda each: each.start)

    def ids(self) -> "array[int]":
        """The catalogue ids of what is selected, in the table's order. Of a million rows, in a blink."""
        if self._marks is not None:
            if self._order is None:
                self._order = marked(self._marks, self._rows.ids)
            return self._order[:]
        return joined(self._rows.ids[block.start : block.stop] for block in self.blocks())

    def within(self, rows: range) -> bool:
        """Say whether any of these rows is selected."""
        if self._marks is not None:
            marks = self._marks
            return any(marks[each] for each in self._rows.ids[rows.start : rows.stop])
        return any(block.start < rows.stop and rows.start < block.stop for block in self.blocks())

    def chosen(self) -> "Chosen":
        """The selection to be found again in another listing."""
        return Chosen(
            ids=self._rows.ids,
            number=self.number,
            blocks=self.blocks(),
            marks=None if self._marks is None else self._marks[:],
            everything=self._everything,
            wanting=self._wanting,
            version=self._version,
        )

    def select_everything(self) -> None:
        """Select all rows, and those that will come."""
        self._choose()
        self._forget()
        self._everything = True
        self._tell([range(len(self._rows.ids))])

    def settle(self) -> None:
        """Keep to the recordings that are selected: another question is asked."""
        if self._everything:
            self._everything = False
            self._wanting = None

    def let_go(self) -> None:
        """Forget what is selected and not listed: it will not come back."""
        self._choose()

    def restore(self, found: FoundRows, *, everything: bool) -> None:
        """Select what was found again after all rows were replaced."""
        self._forget()
        self._everything = everything
        self._number = found.number
        self._wanting = found.wanting
        if found.marks:
            self._marks, self._order = found.marks, found.ids
        self._tell(found.blocks)

    def can_follow(self, changes: Sequence[Edit], before: Chosen) -> bool:
        """True if these changes tell enough: nothing comes that may have been selected or left out before."""
        come, gone = any(each.added for each in changes), any(each.removed for each in changes)
        if come and before.wanting is not None:
            return False
        left_out = before.number < len(before.ids)
        return not before.everything or (before.marks is None and not (gone and left_out))

    def follow(self, changes: Sequence[Edit], before: Chosen) -> None:
        """Rows came and went, of which Qt was told; `before` is what was selected then."""
        moved = 0
        for change in changes:
            start = change.row - moved
            if self._marks is not None:
                self._unmark(before.ids[start : start + change.removed])
                self._make_room(self._rows.ids[change.row : change.row + change.added])
            elif self._everything and change.added:
                self._tell([range(change.row, change.row + change.added)], Flag.Select)
            moved += change.added - change.removed
        if self._wanting is None and not self._everything and self.number < before.number:
            self._wanting = before.kept()

    def mirror(self, rows: range) -> None:
        """Tell Qt what is selected of the rows in view, if it does not know all."""
        if self._marks is None:
            return
        chosen = [row for row in rows if self._marks[self._rows.ids[row]]]
        self._tell([range(row, row + 1) for row in chosen])

    def _tell(self, blocks: Sequence[range], how: Flag = Flag.ClearAndSelect) -> None:
        selection = QItemSelection()
        for block in blocks:
            if block:
                last = self._rows.index(block[-1], len(self._rows.columns) - 1)
                selection.select(self._rows.index(block.start, 0), last)
        self._telling = True
        super().select(selection, how | Flag.Rows)
        self._telling = False

    def _forget(self) -> None:
        self._everything = False
        self._marks = None
        self._order = None

    def _choose(self) -> None:
        """Something else is selected: what is not listed does not count any more."""
        self._version += 1
        self._wanting = None
        self.absent = None

    def _make_room(self, ids: "array[int]") -> None:
        assert self._marks is not None
        more = max(ids, default=0) + 1 - len(self._marks)
        self._marks.extend(bytes(max(0, more)))

    def _unmark(self, ids: "array[int]") -> None:
        assert self._marks is not None
        for each in ids:
            self._number -= self._marks[each]
            self._marks[each] = 0
            self._order = None

    def _note(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Keep the marks true to what the person adds or takes away."""
        if self._marks is None or self._telling:
            return
        self._order = None
        for selection, mark in ((deselected, 0), (selected, 1)):
            for each in range(selection.count()):
                for one in self._rows.ids[selection.at(each).top() : selection.at(each).bottom() + 1]:
                    self._number += mark - self._marks[one]
                    self._marks[one] = mark

    @override
    def select(
        self,
        what: QModelIndex | QPersistentModelIndex | QItemSelection,
        command: QItemSelectionModel.SelectionFlag,
    ) -> None:
        if not self._resetting and command != Flag.NoUpdate:
            self._choose()
            if command & Flag.Clear:
                self._forget()
        super().select(what, command)

    @override
    def reset(self) -> None:
        self._resetting = True
        super().reset()
        self._resetting = False
