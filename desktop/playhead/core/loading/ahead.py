"""The next page of a feed, on its way while the one before it is being stored."""

import asyncio
from collections.abc import Awaitable, Callable

from playhead.core.page import Page

Fetch = Callable[[str | None], Awaitable[Page]]
"""Asks for the page of a cursor."""


class Ahead:
    """Asks for pages through `fetch`; one of them may have been asked for before it is needed."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._cursor: str | None = None
        self._task: asyncio.Task[Page] | None = None

    def begin(self, cursor: str) -> None:
        """Ask for a page that will be needed next."""
        self.stop()
        self._cursor = cursor
        self._task = asyncio.create_task(self._later(cursor), name="next page")
        self._task.add_done_callback(_heard)

    async def page(self, cursor: str | None) -> Page:
        """The page of a cursor. One that failed before it was needed is asked for again."""
        task, self._task = self._task, None
        if task is not None:
            if cursor == self._cursor and not _failed(task):
                return await task
            task.cancel()
        return await self._fetch(cursor)

    def stop(self) -> "asyncio.Task[Page] | None":
        """Give up what is on its way; gives what has to end yet, if anything."""
        task, self._task = self._task, None
        if task is None or task.done():
            return None
        task.cancel()
        return task

    async def _later(self, cursor: str) -> Page:
        return await self._fetch(cursor)


def _failed(task: "asyncio.Task[Page]") -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


def _heard(task: "asyncio.Task[Page]") -> None:
    """A failure is told to whoever takes the page; if nobody does, it is of no use to anybody."""
    if not task.cancelled():
        task.exception()
