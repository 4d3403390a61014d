"""Loading of everything that may match a query and is not loaded yet."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from playhead.core.errors import PlayheadError
from playhead.core.finding.query import Query
from playhead.core.loading.feed import Feed
from playhead.core.loading.library import Library

Progress = Callable[[int, float], None]
"""Told how many recordings came in how many seconds."""


class FailureObserver(Protocol):
    """Whoever is told that an account cannot go on."""

    def note_failure(self, feed: Feed, error: PlayheadError) -> None:
        """Note that `feed` could not load its next page."""


class Completing:
    """Loads page after page of the `library`, of all accounts side by side."""

    def __init__(self, library: Library, failures: FailureObserver) -> None:
        self._library = library
        self._failures = failures

    async def load(self, query: Query, progress: Progress, until: datetime | None = None) -> bool:
        """Load all pages that may match `query`, down to `until`; gives whether all came.

        To stop it, cancel it. An account that cannot go on is told to the observer; the others go on.
        """
        begun, loaded = time.monotonic(), 0
        feeds = self._library.feeds(query)
        for feed in feeds:
            feed.retry()

        async def account(name: str) -> None:
            nonlocal loaded
            while (feed := self._next(query, name, until)) is not None:
                try:
                    arrival = await self._library.load(feed, ahead=True)
                except PlayheadError as error:
                    self._failures.note_failure(feed, error)
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
            ahead = {task for feed in feeds for task in feed.stop()}
            if ahead:
                await asyncio.wait(ahead)
        return all(each.exhausted for each in self._library.coverage(query))

    def _next(self, query: Query, account: str, until: datetime | None) -> Feed | None:
        """The feed of an account that leads on; another one, if its server does not take the filter."""
        for feed in self._library.feeds(query):
            horizon = feed.state.horizon
            there = until is not None and horizon is not None and horizon <= until
            open_yet = not self._library.covers(feed, query) and feed.failure is None and not there
            if feed.source.account.id == account and open_yet:
                return feed
        return None
