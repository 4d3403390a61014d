"""Loading of further pages until the table has rows enough for one view, however late they are."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import TypeVar

from playhead.core.errors import PlayheadError
from playhead.core.finding.query import NEWEST_FIRST
from playhead.core.session import Session
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.listing.listingstate import LIST_JOB, ListingState
from playhead.ui.listing.rowloader import RowLoader
from playhead.ui.table.recordingtable import RecordingTable

T = TypeVar("T")


async def awaited(
    work: Coroutine[object, object, T],
    patience: Callable[[], timedelta],
    late: Callable[[], Awaitable[object]],
) -> T:
    """Await `work`; if it is still running when `patience` ends, await `late` once, and go on waiting.

    `patience` is asked again whenever the time is over that it gave: timers go off too early, and `work` may
    have begun to ask later. Work ends with whoever waits for it.
    """
    asking = asyncio.ensure_future(work)
    try:
        while not asking.done() and (left := patience()):
            await asyncio.wait({asking}, timeout=left.total_seconds())
        if not asking.done():
            await late()
        return await asking
    finally:
        asking.cancel()
        await asyncio.wait({asking})
        if not asking.cancelled():
            asking.exception()  # it has been raised, or is of no use any more


BUDGET = 5
"""Pages that are loaded by themselves for one look; then the person decides about the rest."""


class ViewFiller:
    """Loads what is missing as the person scrolls; not while the rest is being searched anyway.

    The catalogue answers every key; a provider is asked for no word that is still being typed, however long
    the person pauses in it.
    """

    def __init__(
        self,
        session: Session,
        state: ListingState,
        table: RecordingTable,
        rows: RowLoader,
        line: FilterLine,
    ) -> None:
        self._session = session
        self._state = state
        self._table = table
        self._rows = rows
        self._line = line
        table.scrolled.connect(self.look)
        line.rested.connect(self.look)
        # Who scrolls is done with typing, though the cursor is still in the line.
        table.verticalScrollBar().actionTriggered.connect(line.believe)

    def look(self) -> None:
        """The viewport shows other rows, or the person has typed: load more, if there is room for it."""
        busy = self._session.jobs.running(LIST_JOB) or self._state.searching
        if self._line.meant and self._table.room and not busy:
            self._session.jobs.start(LIST_JOB, self._fill())

    async def go_on(self) -> None:
        """Another listing is shown: load more for it, unless it is only passed through."""
        if self._line.meant:
            await self._fill()

    async def _fill(self) -> None:
        """Load pages until the viewport has enough rows, there are none, or the budget is spent."""
        for _ in range(BUDGET):
            if not self._table.room or self._state.searching or not self._line.meant:
                break
            if self._state.order != NEWEST_FIRST or not await self._load_one():
                break
            await self._rows.show()
        self._state.note_change()

    async def _load_one(self) -> bool:
        """One page of the feed that hides most; whether there is a point in asking again."""
        feed = self._session.library.next_feed(self._state.query)
        if feed is None:
            return False
        patience = partial(self._session.library.patience_with, feed)
        try:
            await awaited(self._session.library.load(feed), patience, self._rows.show)
        except PlayheadError as error:
            self._state.note_failure(feed, error)
        return True
