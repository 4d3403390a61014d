"""Where a table stands while its rows are replaced."""

from dataclasses import dataclass

from playhead.ui.table.selection import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a table stands, by recordings instead of row numbers: catalogue ids."""

    chosen: Chosen
    """What is selected."""
    current: int | None
    """The current row."""
    absent: int | None
    """What was current before it was not listed any more, and is to be again."""
    top: int | None
    """The row that stays where it is in the viewport; None at the top of the table, which stays there."""
    offset: int
    """How many pixels of that row are above the viewport."""

    @property
    def sought(self) -> int | None:
        """What is to be the current row."""
        return self.current if self.absent is None else self.absent
