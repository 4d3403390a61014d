"""Heights of many rows: guessed from their lengths until they are measured, which takes longer."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate


class RowHeights:
    """Pixels from the top of each row, of which only those in sight are known exactly."""

    def __init__(self, heights: Sequence[int] = ()) -> None:
        """Begin with what was guessed."""
        self._heights = list(heights)
        self._measured: set[int] = set()
        self._tops = [0, *accumulate(self._heights)]

    @property
    def total(self) -> int:
        """Pixels of all rows."""
        return self._tops[-1]

    def top(self, row: int) -> int:
        """Pixels above a row."""
        return self._tops[row]

    def height(self, row: int) -> int:
        """Pixels of a row."""
        return self._heights[row]

    def at(self, y: int) -> int:
        """The row at so many pixels from the top, the first or last if there is none; -1 without rows."""
        return min(max(0, bisect_right(self._tops, y) - 1), len(self._heights) - 1)

    def unmeasured(self, top: int, bottom: int) -> Sequence[int]:
        """The rows between two places of which the height is a guess."""
        if not self._heights:
            return ()
        return [row for row in range(self.at(top), self.at(bottom) + 1) if row not in self._measured]

    def learn(self, measured: Mapping[int, int]) -> None:
        """Take in exact heights."""
        self._measured |= measured.keys()
        changed = {row: height for row, height in measured.items() if self._heights[row] != height}
        if changed:
            for row, height in changed.items():
                self._heights[row] = height
            self._tops = [0, *accumulate(self._heights)]
