"""Loading of everything that may match and is not loaded yet, until the end or until it is stopped."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import datetime

from playhead.core.errors import PlayheadError
from playhead.core.finding.query import Query
from playhead.core.loading.feed import Feed
from playhead.core.session import Session
from playhead.ui.listing.listingstate import SEARCH_JOB, ListingState
from playhead.ui.listing.rowloader import RowLoader

SEEN_EVERY = 0.25
"""Seconds between two looks of the table while the rest is being searched, if they take no time."""
_WORTH = 4
"""Times that a look of the table takes, until the next one."""

Progress = Callable[[int, float], None]
"""Told how many recordings came in how many seconds."""


class RestLoader:
    """Loads page after page, of all accounts side by side; shows the rows meanwhile."""

    def __init__(self, session: Session, state: ListingState, rows: RowLoader) -> None:
        self._session = session
        self._state = state
        self._rows = rows

    def search(self) -> None:
        """Search the rest for what the table shows."""
        self._session.jobs.start(SEARCH_JOB, self._search())

    def stop(self) -> None:
        """Let it be; what came so far stays."""
        self._session.jobs.cancel(SEARCH_JOB)

    async def load_everything(self, query: Query, progress: Progress, until: datetime | None = None) -> bool:
        """Load all pages that may match `query`, down to `until`; gives whether all came.

        To stop it, cancel it. An account that cannot go on is told by the state; the others go on.
        """
        begun, loaded = time.monotonic(), 0
        feeds = self._session.library.feeds(query)
        for feed in feeds:
            feed.retry()

        async def account(name: str) -> None:
            nonlocal loaded
            while (feed := self._next(query, name, until)) is not None:
                try:
                    arrival = await self._session.library.load(feed, ahead=True)
                except PlayheadError as error:
                    self._state.note_failure(feed, error)
                    continue
                loaded += arrival.new + arrival.known + arrival.changed
                progress(loaded, time.monotonic() - begun)

        lanes = [asyncio.ensure_future(account(feed.source.account.id)) for feed in feeds]
        try:
            await asyncio.gather(*lanes)
        finally:
            for lane in lanes:
                lane.cancel()
            if lanes:
                await asyncio.wait(lanes)
            ahead = {task for feed in feeds if (task := feed.stop()) is not None}
            if ahead:
                await asyncio.wait(ahead)
        return all(each.exhausted for each in self._session.library.coverage(query))

    async def load_down_to(self, moment: datetime) -> None:
        """Load pages of what the table shows until all accounts have come down to `moment`."""
        await self._watched(self.load_everything(self._state.query, self._state.note_progress, moment))

    async def _search(self) -> None:
        await self._watched(self.load_everything(self._state.query, self._state.note_progress))

    async def _watched(self, loading: Coroutine[object, object, bool]) -> None:
        """Do the loading, with the table looking on."""
        self._state.search(on=True)
        looking = asyncio.ensure_future(self._look_on())
        try:
            await loading
        finally:
            looking.cancel()
            await asyncio.wait({looking})
            self._state.search(on=False)
            # Also if it was stopped: a page may have come since the last look.
            await self._rows.show()

    async def _look_on(self) -> None:
        while True:
            begun = time.monotonic()
            await self._rows.show()
            await asyncio.sleep(max(SEEN_EVERY, _WORTH * (time.monotonic() - begun)))

    def _next(self, query: Query, account: str, until: datetime | None) -> Feed | None:
        """The feed of an account that leads on; another one, if its server does not take the filter."""
        for feed in self._session.library.feeds(query):
            horizon = feed.state.horizon
            there = until is not None and horizon is not None and horizon <= until
            open_yet = not self._session.library.covers(feed, query) and feed.failure is None and not there
            if feed.source.account.id == account and open_yet:
                return feed
        return None
