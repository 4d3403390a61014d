"""Places of recordings in a listing, of a selection and of the table itself, found soon among a million."""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, compress

MOST_BLOCKS = 500
"""Stretches of rows that Qt's selection is told of: it looks at each for every cell that it paints."""
_STRIDE = 8192
"""Ids looked at in one go: other threads have their turn after each."""
_FEW = 3
"""Ids that are sought one by one, in the memory of the listing."""


@dataclass(frozen=True, slots=True)
class KeptRows:
    """Recordings to be found again in another listing: these, or with `but` all except these."""

    ids: "array[int]"
    but: bool = False

    def cost(self, ids: "array[int]") -> int:
        """The number of ids to look at to find these among `ids`; 5 000 of them take a millisecond."""
        if not self.ids:
            return 0
        few = len(self.ids) <= _FEW and not self.but
        return len(self.ids) * len(ids) // 50 if few else len(self.ids) + len(ids)


@dataclass(frozen=True, slots=True)
class FoundRows:
    """Their places there: `number` of them in stretches of rows, from the top."""

    number: int
    blocks: Sequence[range]
    """Empty if they are too many; then `ids` and `marks` tell them."""
    ids: "array[int]"
    """In the order of the listing, if `blocks` does not tell."""
    marks: bytearray
    """1 at the place of every id that is meant, if `blocks` does not tell."""
    wanting: KeptRows | None = None
    """The recordings that were sought, if not all of them are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A selection in a listing that is about to be replaced."""

    ids: "array[int]"
    """The listing."""
    number: int
    """The number of rows."""
    blocks: Sequence[range]
    marks: bytearray | None
    everything: bool
    wanting: KeptRows | None
    """All that the person selected, if some of it is not in the listing."""
    version: int

    @property
    def most(self) -> int:
        """The most ids that `kept` can have, as far as that is known without looking."""
        return len(self.ids) if self.wanting is None else len(self.wanting.ids)

    def kept(self) -> KeptRows:
        """The recordings to be found again; may be asked for in any thread."""
        if self.wanting is not None:
            return self.wanting
        if self.marks is not None:
            return KeptRows(marked(self.marks, self.ids))
        if self.everything:
            ends = (0, *(block.stop for block in self.blocks))
            starts = (*(block.start for block in self.blocks), len(self.ids))
            left_out = (self.ids[end:start] for end, start in zip(ends, starts, strict=True))
            return KeptRows(joined(left_out), but=True)
        return KeptRows(joined(self.ids[block.start : block.stop] for block in self.blocks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The state of a table whose rows are replaced, by recordings (catalogue ids) instead of row numbers."""

    chosen: Chosen
    """The selection."""
    current: int | None
    """The current row."""
    absent: int | None
    """The row that was current before it was not listed any more, and is to be again."""
    top: int | None
    """The row that stays where it is in the viewport; None at the top of the table, which stays there."""
    offset: int
    """Pixels of that row above the viewport."""

    @property
    def sought(self) -> int | None:
        """The row that is to be current."""
        return self.current if self.absent is None else self.absent


def row_of(identifier: int, ids: "array[int]") -> int | None:
    """The row of an id. A million rows take 2 ms."""
    pattern = re.compile(re.escape(array("q", [identifier]).tobytes()), re.DOTALL)
    # Another number's bytes may look the same across two rows: only what begins a row counts.
    start = 0
    with memoryview(ids) as view, view.cast("B") as memory:
        while (found := pattern.search(memory, start)) is not None:
            row, inside = divmod(found.start(), ids.itemsize)
            if not inside:
                return row
            start = found.start() + 1
    return None


def find_again(kept: KeptRows, ids: "array[int]") -> FoundRows:
    """The places of `kept` among `ids`; may be called in any thread, and lets others go on meanwhile."""
    found = _find(kept, ids)
    there = len(ids) - found.number if kept.but else found.number
    return replace(found, wanting=kept) if there < len(kept.ids) else found


def _find(kept: KeptRows, ids: "array[int]") -> FoundRows:
    if not kept.ids:
        rows = [range(len(ids))] if kept.but and ids else []
        return _told(rows)
    if len(kept.ids) <= _FEW and not kept.but:
        single = sorted(row for each in kept.ids if (row := row_of(each, ids)) is not None)
        return _told([range(row, row + 1) for row in single])
    marks = _marks(kept, ids)
    blocks = _blocks(marks, ids)
    if blocks is not None:
        return _told(blocks)
    order = marked(marks, ids)
    return FoundRows(len(order), (), order, marks)


def marked(marks: bytearray, ids: "array[int]") -> "array[int]":
    """Those of `ids` that are marked, in their order."""
    found = array("q")
    for part in _parts(ids):
        found.extend(compress(part, map(marks.__getitem__, part)))
    return found


def joined(parts: "Iterable[array[int]]") -> "array[int]":
    """All of these ids, one after the other."""
    whole = array("q")
    for part in parts:
        whole.extend(part)
    return whole


def _told(blocks: Sequence[range]) -> FoundRows:
    return FoundRows(sum(map(len, blocks)), blocks, array("q"), bytearray())


def _marks(kept: KeptRows, ids: "array[int]") -> bytearray:
    """A mark for every id that is meant. Catalogue ids are dense, so that a byte each is little."""
    greatest = max(chain(map(max, _parts(kept.ids)), map(max, _parts(ids))))
    marks = bytearray(greatest + 1)
    if kept.but:
        for part in _parts(ids):
            for each in part:
                marks[each] = 1
    for part in _parts(kept.ids):
        for each in part:
            marks[each] = not kept.but
    return marks


def _blocks(marks: bytearray, ids: "array[int]") -> Sequence[range] | None:
    """The stretches of rows that are marked; None if there are too many."""
    found: list[range] = []
    start: int | None = None
    row = 0
    for part in _parts(ids):
        line = bytes(map(marks.__getitem__, part))
        place = 0
        while (turn := line.find(0 if start is not None else 1, place)) >= 0:
            if start is None:
                start = row + turn
            else:
                found.append(range(start, row + turn))
                start = None
                if len(found) > MOST_BLOCKS:
                    return None
            place = turn
        row += len(part)
    if start is not None:
        found.append(range(start, row))
    return found


def _parts(ids: "array[int]") -> "Iterator[array[int]]":
    return (ids[start : start + _STRIDE] for start in range(0, len(ids), _STRIDE))
