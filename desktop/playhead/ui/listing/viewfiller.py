"""Loading of further pages until the table has rows enough for one view."""

import asyncio
from collections.abc import Callable
from functools import partial

from playhead.core.errors import PlayheadError
from playhead.core.finding.query import NEWEST_FIRST
from playhead.core.loading.feed import Feed
from playhead.core.session import Session
from playhead.ui.listing.latework import awaited
from playhead.ui.listing.rowloader import RowLoader
from playhead.ui.window import Window

BUDGET = 5
"""Pages that are loaded by themselves for one look; then the person decides about the rest."""
THINKING = 0.3
"""Seconds without a key before a provider is asked for what a filter wants."""


class ViewFiller:
    """Loads what is missing as the person scrolls; not while the rest is being searched anyway.

    `failed` is told of an account that gives up, `told` is called when it is done.
    """

    def __init__(
        self,
        session: Session,
        window: Window,
        answering: RowLoader,
        *,
        searching: Callable[[], bool],
        failed: Callable[[Feed, PlayheadError], None],
        told: Callable[[], None],
    ) -> None:
        self._session = session
        self._window = window
        self._answering = answering
        self._searching = searching
        self._failed = failed
        self._told = told

    def look(self) -> None:
        """The viewport shows other rows: load more, if there is room for them."""
        if self._window.table.room and not self._session.jobs.running("list") and not self._searching():
            self._session.jobs.start("list", self._fill())

    async def go_on(self) -> None:
        """Another listing is shown: load more for it once the person has stopped typing."""
        if not self._answering.query.empty:
            # The catalogue answers every key; the providers need not.
            await asyncio.sleep(THINKING)
        await self._fill()

    async def _fill(self) -> None:
        """Load pages until the viewport has enough rows, there are none, or the budget is spent."""
        for _ in range(BUDGET):
            if not self._window.table.room or self._searching():
                break
            if self._answering.order != NEWEST_FIRST or not await self._load_one():
                break
            await self._answering.show()
        self._told()

    async def _load_one(self) -> bool:
        """One page of the feed that hides most; whether there is a point in asking again."""
        feed = self._session.library.next_feed(self._answering.query)
        if feed is None:
            return False
        patience = partial(self._session.library.patience_with, feed)
        try:
            await awaited(self._session.library.load(feed), patience, self._answering.show)
        except PlayheadError as error:
            self._failed(feed, error)
        return True
