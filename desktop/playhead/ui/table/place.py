"""Where a table stands while its rows are replaced."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playhead.ui.table.recordingtable import RecordingTable


class Place:
    """Where a table stands, by recordings instead of row numbers."""

    def __init__(self, table: "RecordingTable", *, hold: bool) -> None:
        self._table = table
        self._number = table.selected_count()
        self._top = table.top_id if hold or table.verticalScrollBar().value() > 0 else None
        self._offset = table.verticalScrollBar().value() - table.visible_rows.start * table.row_height
        self.chosen = table.selection.chosen()
        """What is selected."""
        self.current = table.current_id
        """The id of the current row."""

    def restore(self) -> None:
        """Show the row again that stood at the top, where it stood."""
        table = self._table
        if self._top is None or self._top == table.top_id:
            return
        row = table.row_of(self._top)
        if row is not None:
            table.verticalScrollBar().setValue(row * table.row_height + self._offset)

    def differs(self) -> bool:
        """Whether something else is selected or current there now."""
        table = self._table
        return (table.selected_count(), table.current_id) != (self._number, self.current)
