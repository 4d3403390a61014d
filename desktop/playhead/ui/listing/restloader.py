"""Loading of everything that may match and is not loaded yet, until the end or until it is stopped."""

import asyncio
import time
from collections.abc import Coroutine
from datetime import datetime

from playhead.core.finding.query import Query
from playhead.core.loading.completing import Completing, Progress
from playhead.core.session import Session
from playhead.ui.listing.listingstate import SEARCH_JOB, ListingState
from playhead.ui.listing.rowloader import RowLoader

SEEN_EVERY = 0.5
"""Seconds between two looks of the table while the rest is being searched, if they take no time."""
_WORTH = 4
"""Times that a look of the table takes, until the next one."""


class RestLoader:
    """Loads page after page, of all accounts side by side; shows the rows meanwhile."""

    def __init__(self, session: Session, state: ListingState, rows: RowLoader) -> None:
        self._session = session
        self._state = state
        self._rows = rows
        self._completing = Completing(session.library, state)

    def search(self) -> None:
        """Search the rest for what the table shows."""
        self._session.jobs.start(SEARCH_JOB, self._search())

    def stop(self) -> None:
        """Let it be; what came so far stays."""
        self._session.jobs.cancel(SEARCH_JOB)

    async def load_everything(self, query: Query, progress: Progress) -> bool:
        """Load all pages that may match `query`; gives whether all came. To stop it, cancel it."""
        return await self._completing.load(query, progress)

    async def load_down_to(self, moment: datetime) -> None:
        """Load pages of what the table shows until all accounts have come down to `moment`."""
        await self._watched(self._completing.load(self._state.query, self._state.note_progress, moment))

    async def _search(self) -> None:
        await self._watched(self._completing.load(self._state.query, self._state.note_progress))

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
