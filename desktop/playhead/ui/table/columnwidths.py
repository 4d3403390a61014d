"""Widths of columns that nobody has sized: how the room of the table is shared out among them."""

import math
from collections.abc import Collection, Sequence

from playhead.core.preferences import Density
from playhead.ui.table.column import Column


class ColumnWidths:
    """Shares the room of the table out among columns; a column is named by its place in `columns`."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._places = {column.key: place for place, column in enumerate(columns)}

    def shared(self, room: int, shown: Collection[int], density: Density) -> dict[int, int]:
        """The widths of the columns that are shown, in pixels, for rows of a height.

        What is left goes to those that profit from it. Where there is too little, names give way first, and
        then the last columns go out of view.
        """
        beside = {each: self._beside(each, shown, density) for each in shown}
        widths = {each: self._columns[each].width + beside[each][0] for each in shown}
        left = room - sum(widths.values())
        wide = [each for each in shown if self._columns[each].widens]
        if left >= 0:
            for rank, each in enumerate(wide):
                widths[each] += left // len(wide) + (left % len(wide) if rank == 0 else 0)
            return widths
        spare = {each: widths[each] - self._least(each) - beside[each][1] for each in shown}
        share = min(1.0, -left / max(1, sum(spare.values())))
        return {each: width - math.ceil(spare[each] * share) for each, width in widths.items()}

    def least(self, shown: Collection[int], density: Density) -> int:
        """The room that the columns of a new profile need, as far as they are shown, in pixels."""
        usual = [each for each in shown if self._columns[each].shown]
        return sum(self._least(each) + self._beside(each, shown, density)[1] for each in usual)

    def _least(self, place: int) -> int:
        column = self._columns[place]
        return column.least or column.width

    def _beside(self, place: int, shown: Collection[int], density: Density) -> tuple[int, int]:
        """Pixels for a second text that stands beside the first, and in no column of its own."""
        column = self._columns[place]
        apart = self._places.get(column.second_in) in shown
        return column.beside if density is Density.COMPACT and not apart else (0, 0)
