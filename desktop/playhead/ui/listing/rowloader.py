"""Loading of rows: from a query and an order to rows on the screen, the first of them first."""

import asyncio
from array import array
from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import TypeVar

from playhead.core.errors import Superseded
from playhead.core.finding.query import NEWEST_FIRST, Order, Query
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.stores import Listing
from playhead.ui.listing.firstrows import FIRST
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.listing.rowreader import RowReader
from playhead.ui.table.listingchanges import edits
from playhead.ui.table.model import MARGIN
from playhead.ui.table.places import FoundRows, find_again

T = TypeVar("T")

PATIENCE = 0.1
"""Seconds that a whole listing may take before its first rows are shown without what is current."""
AT_ONCE = 20_000
"""Ids among which a selection is looked for on the spot; that takes some milliseconds."""


class RowLoader:
    """Keeps the rows of the table true to the query and the order."""

    def __init__(self, session: Session, state: ListingState, pane: ListingPane) -> None:
        self._session = session
        self._state = state
        self._pane = pane
        self._table = pane.table
        self._model = pane.model
        self._floor: datetime | None = None
        self._asked = 0
        self._shown = 0
        self._anew = asyncio.Lock()
        self._reader = RowReader(session.catalogue, pane)

    @property
    def busy(self) -> bool:
        """True if something else is looked for than what is shown."""
        return self._shown != self._asked

    @property
    def not_before(self) -> datetime | None:
        """Older rows than this are not certain of their place yet, and not shown."""
        return self._watermark() if self._state.order == NEWEST_FIRST else None

    def ask(self, query: Query) -> None:
        """Look for something else from now on; what is selected stays, but nothing new joins it."""
        self._begin()
        self._floor = None
        self._table.settle()
        self._state.ask(query)

    def sort(self, order: Order) -> None:
        """Sort by something else from now on."""
        self._begin()
        self._state.order = order
        self._floor = None

    async def show_anew(self, first: "array[int] | None" = None) -> None:
        """Show the rows of another query or order; what was current stays in view, if it is still there.

        `first` are the first of them, if they are known.
        """
        async with self._anew:
            await self._show_anew(first)

    async def _show_anew(self, first: "array[int] | None") -> None:
        mine = self._begin()
        table, current = self._table, self._table.current_id
        limit = self.not_before
        catalogue, state = self._session.catalogue, self._state
        if first is None:
            first = await _unless_newer(
                catalogue.listings.first_rows(state.query, state.order, not_before=limit, number=FIRST)
            )
        if first is None or mine != self._asked:
            return
        seen = first[: len(table.visible_rows) + 10]
        found = {} if self._model.known(seen) else await self._reader.recordings(seen)
        self._model.fill(found)
        if mine != self._asked:
            return
        at_first = bool(first) and (current is None or current in first)
        if at_first:
            # Painted before all are asked for: a thread at work keeps Python from painting.
            self._show_first(first)
        listing = asyncio.ensure_future(self._listed(limit))
        try:
            if not at_first and first:
                await asyncio.wait({listing}, timeout=PATIENCE)
                if at_first := not listing.done():
                    self._show_first(first)
            # Stars and what was heard come a moment later: nobody waits for them to see the rows.
            await self._reader.show_marks(found)
            whole = await listing
        finally:
            listing.cancel()
        if whole is not None and mine == self._asked:
            await self._show(whole, mine, hold=False)
            if not at_first or table.current_id is not None:
                table.reveal_current()

    def _show_first(self, first: "array[int]") -> None:
        # Not before they are these rows: to paint all that is in view takes longer than to ask for others.
        self._model.mark(self._state.query)
        self._table.show_first(first)
        self._pane.show_rows()
        self._table.viewport().repaint()

    async def show(self, *, hold: bool = False) -> None:
        """Show the rows anew: recordings came. With `hold` they stay in place at the top of the table too."""
        async with self._anew:
            pass  # rows of another query or order are on their way, and go to their top: not before they did
        mine = self._begin()
        listing = await self._listed(self.not_before)
        if listing is not None and mine == self._asked:
            await self._show(listing, mine, hold=hold)

    async def _listed(self, limit: datetime | None) -> Listing | None:
        """The rows that are asked for, down to `limit`; None if a newer question came."""
        state = self._state
        return await _unless_newer(
            self._session.catalogue.listings.listing(state.query, state.order, not_before=limit)
        )

    async def get(self, ids: Sequence[int]) -> None:
        """Read the recordings of these rows, unless they are in memory."""
        if not ids or self._model.known(ids):
            return
        found = await self._read(ids)
        self._model.fill(found)
        if self._table.current_id in found:
            self._table.choose_again()

    async def renew(self) -> None:
        """Read the recordings that are looked at anew: some may have changed."""
        rows = self._table.visible_rows
        self._model.renew(await self._read(self._model.ids[max(0, rows.start - MARGIN) : rows.stop + MARGIN]))
        self._table.choose_again()

    def _begin(self) -> int:
        self._asked += 1
        return self._asked

    async def _show(self, listing: Listing, mine: int, *, hold: bool) -> None:
        table = self._table
        rows = table.visible_rows
        await self.get(listing.ids[rows.start : max(rows.stop, rows.start + 30) + 10])
        found = await self._find(listing.ids)
        if mine != self._asked:
            return
        self._shown = mine
        by_time = self._state.order.column == NEWEST_FIRST.column
        table.tail = listing.undated if by_time else 0
        are_first = bool(listing.ids) and not self._model.ids
        self._model.mark(self._state.query)
        table.show_listing(listing.ids, hold=hold, found=found)
        try:
            if are_first:
                await self._paint_first()
        finally:
            self._state.show(listing)

    async def _paint_first(self) -> None:
        """Paint the first rows now: what is said of them all over the window takes as long again."""
        self._pane.show_rows()
        self._table.viewport().repaint()
        await asyncio.sleep(0)

    async def _find(self, ids: "array[int]") -> FoundRows | None:
        """Find the selection in a thread, if that takes so long that the window would stand still."""
        chosen = self._table.leave().chosen
        if chosen.everything or chosen.most + len(ids) < AT_ONCE:
            return None
        kept = chosen.kept()
        if kept.cost(ids) < AT_ONCE:
            return None
        if chosen.wanting is None and edits(self._model.ids, ids) is not None:
            return None
        found = await asyncio.to_thread(find_again, kept, ids)
        return found if chosen.version == self._table.selection.version else None

    def _watermark(self) -> datetime | None:
        """Down to which moment rows are shown: never later than before, so that no shown row hides again."""
        mark = self._session.library.watermark(self._state.query)
        oldest = datetime.min.replace(tzinfo=self._session.clock().tzinfo)
        reached = oldest if mark is None else mark
        self._floor = reached if self._floor is None else min(self._floor, reached)
        return None if self._floor == oldest else self._floor

    async def _read(self, ids: Sequence[int]) -> dict[int, Recording]:
        found = await self._reader.recordings(ids)
        await self._reader.show_marks(found)
        return found


async def _unless_newer(asked: Awaitable[T]) -> T | None:
    """Answer of the catalogue; None if a newer question interrupted it, whose answer will be shown."""
    try:
        return await asked
    except Superseded:
        return None
