"""Widths of columns that nobody has sized: how the room of the table is shared out among them."""

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

from playhead.core.preferences import Density
from playhead.ui.table.column import Column


class ColumnWidths:
    """Shares the room of the table out among columns; a column is named by its place in `columns`."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._places = {column.key: place for place, column in enumerate(columns)}

    def shared(
        self, room: int, shown: Sequence[int], titles: Mapping[int, int], density: Density
    ) -> dict[int, int]:
        """The widths of the columns that are shown, from left to right, in pixels, for rows of a height.

        What is left goes to those that profit from it. Where there is too little, names give way first, but
        never more than their `titles` allow; and then the last columns go out of view, each of them whole.
        """
        beside = {each: self._beside(each, shown, density) for each in shown}
        wanted = {each: max(self._columns[each].width + beside[each][0], titles[each]) for each in shown}
        left = room - sum(wanted.values())
        if left >= 0:
            wide = [each for each in shown if self._columns[each].widens]
            for rank, each in enumerate(wide):
                wanted[each] += left // len(wide) + (left % len(wide) if rank == 0 else 0)
            return wanted
        least = {each: self._least(each, titles) + beside[each][1] for each in shown}
        sums = accumulate(least.values())
        in_view = [each for each, width in zip(shown, sums, strict=True) if width <= room]
        return wanted | self._filled(room, {each: least[each] for each in in_view}, wanted)

    def least(self, shown: Sequence[int], titles: Mapping[int, int], density: Density) -> int:
        """The room that the columns of a new profile need, as far as they are shown, in pixels."""
        usual = [each for each in shown if self._columns[each].shown]
        return sum(self._least(each, titles) + self._beside(each, shown, density)[1] for each in usual)

    def _filled(self, room: int, least: Mapping[int, int], wanted: Mapping[int, int]) -> dict[int, int]:
        """Columns that fill the room, in the measure in which they lack it: none is seen in part."""
        lacking = sum(wanted[each] - width for each, width in least.items())
        share = min(1.0, (room - sum(least.values())) / max(1, lacking))
        widths = {each: width + int((wanted[each] - width) * share) for each, width in least.items()}
        if widths:
            rest = next((each for each in widths if self._columns[each].widens), list(widths)[-1])
            widths[rest] += room - sum(widths.values())
        return widths

    def _least(self, place: int, titles: Mapping[int, int]) -> int:
        column = self._columns[place]
        return max(column.least or column.width, titles[place])

    def _beside(self, place: int, shown: Collection[int], density: Density) -> tuple[int, int]:
        """Pixels for a second text that stands beside the first, and in no column of its own."""
        column = self._columns[place]
        apart = self._places.get(column.second_in) in shown
        return column.beside if density is Density.COMPACT and not apart else (0, 0)
