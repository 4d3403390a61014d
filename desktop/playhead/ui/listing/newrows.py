"""New recordings among the rows, told by a pill until they have been in view."""

import asyncio
from array import array
from bisect import bisect_left
from collections.abc import Iterable

from PySide6.QtCore import QTimer

from playhead.core.figures import number
from playhead.core.session import Session
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.listing.rowloader import AT_ONCE
from playhead.ui.listing.statusline import StatusLine
from playhead.ui.table.places import KeptRows, find_again

BRIEFLY = 4_000
"""Milliseconds that it is said that nothing is new."""


class NewRows:
    """Says how many new recordings are listed and were not in view yet; a click leads to the first of them.

    Only those count that match what is looked for, wherever the order puts them.
    """

    def __init__(self, session: Session, state: ListingState, pane: ListingPane, status: StatusLine) -> None:
        self._session = session
        self._model = pane.model
        self._table = pane.table
        self._status = status
        self._new: set[int] = set()
        """Catalogue ids of what came and was not in view yet, listed or not."""
        self._listed = pane.model.ids
        """The listing in which they were looked for."""
        self._rows: list[int] = []
        """Where they are in it, from the top."""
        self._hush = QTimer(pane, singleShot=True, interval=BRIEFLY)
        self._hush.timeout.connect(self._say)
        status.new_asked.connect(self._lead)
        pane.table.scrolled.connect(self._look)
        state.shown.connect(self._show)

    def _show(self) -> None:
        if self._new:
            self._session.jobs.start("arriving", self._find())

    def forget(self) -> None:
        """Something else is looked for: its rows are all new to the person."""
        self._session.jobs.cancel("arriving")
        self._new.clear()
        self._rows.clear()
        self._hush.stop()
        self._say()

    async def note(self, came: Iterable[range]) -> int:
        """Recordings with these ids came, and the rows were shown anew; how many of them are listed."""
        ids = {each for some in came for each in some}
        if not ids:
            return 0
        self._new |= ids
        await self._find_rows()
        listed = sum(self._listed[row] in ids for row in self._rows)
        self._look()
        return listed

    def say_nothing(self, sentence: str) -> None:
        """Say for a moment that nothing is new, unless something is that was not seen."""
        if not self._rows:
            self._status.show_new(sentence, leads=False)
            self._hush.start()

    async def _find(self) -> None:
        await self._find_rows()
        self._look()

    async def _find_rows(self) -> None:
        while True:
            ids, kept = self._model.ids, KeptRows(array("q", self._new))
            if kept.cost(ids) < AT_ONCE:
                rows = _rows_of(kept, ids)
            else:
                rows = await asyncio.to_thread(_rows_of, kept, ids)
            if ids is self._model.ids:
                self._listed, self._rows = ids, rows
                return

    def _lead(self) -> None:
        self._session.jobs.start("arriving", self._lead_to_first())

    async def _lead_to_first(self) -> None:
        await self._find_rows()
        if self._rows:
            self._table.show_from(self._rows[0])
        self._look()

    def _look(self) -> None:
        """Take what is in view as seen."""
        if self._listed is not self._model.ids or not self._new:
            return
        view = self._table.visible_rows
        start, end = bisect_left(self._rows, view.start), bisect_left(self._rows, view.stop)
        self._new.difference_update(self._listed[row] for row in self._rows[start:end])
        del self._rows[start:end]
        self._say()

    def _say(self) -> None:
        if self._rows:
            self._hush.stop()
            arrow = "↑" if self._rows[0] < self._table.visible_rows.start else "↓"
            self._status.show_new(f"{number(len(self._rows))} new {arrow}")
        elif not self._hush.isActive():
            self._status.show_new("")


def _rows_of(kept: KeptRows, ids: "array[int]") -> list[int]:
    """The rows of recordings in a listing, from the top."""
    found = find_again(kept, ids)
    if found.marks:
        return [row for row, each in enumerate(ids) if found.marks[each]]
    return [row for block in found.blocks for row in block]
