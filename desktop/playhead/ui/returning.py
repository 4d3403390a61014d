"""Returning: what is new since one last looked, and what became of recordings that were not done yet."""

import asyncio
from collections.abc import Callable, Coroutine

from PySide6.QtCore import QTimer

from playhead.core.errors import PlayheadError
from playhead.core.jobs import Jobs
from playhead.core.loading.feed import Feed
from playhead.core.loading.library import Library
from playhead.ui.answering import Answering
from playhead.ui.window import Window
from playhead.ui.wording import words

MINUTE = 60_000
"""Milliseconds."""
PATIENCE = 1.05
"""Seconds after which the others are shown without an account that does not answer."""


class Returning:
    """Asks accounts for what is new, now and then by itself, and says how much came above what is read.

    `begin` shows the rows of an account that was asked for the first time, and loads more of them.
    """

    def __init__(
        self,
        window: Window,
        library: Library,
        jobs: Jobs,
        answering: Answering,
        *,
        begin: Callable[[], Coroutine[object, object, None]],
        failed: Callable[[Feed, PlayheadError], None],
        told: Callable[[], None],
    ) -> None:
        self._window = window
        self._library = library
        self._jobs = jobs
        self._answering = answering
        self._begin = begin
        self._failed = failed
        self._told = told
        self._new = 0
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._look_by_itself)
        window.refresh_asked.connect(self.refresh)
        window.status.new_asked.connect(self._show_new)
        window.side_bar.refresh_asked.connect(self.look_for_new)
        window.table.scrolled.connect(self._scrolled)

    @property
    def every(self) -> float:
        """Minutes between two looks; 0 if one has to ask."""
        return self._timer.interval() / MINUTE if self._timer.isActive() else 0.0

    def look_every(self, minutes: float) -> None:
        """Look for new recordings every so many minutes from now on; 0: only when asked to."""
        self._timer.stop()
        if minutes > 0:
            self._timer.start(round(minutes * MINUTE))

    def refresh(self) -> None:
        """Ask all accounts."""
        for account in self._library.accounts:
            self.look_for_new(account.id)

    def look_for_new(self, account: str) -> None:
        """Ask an account for recordings that are newer than what is known, and for what changed."""
        self._jobs.start(f"new {account}", self._look_for_new(account))

    def _look_by_itself(self) -> None:
        """Ask those that are not being asked: a slow one must get to its end."""
        for account in self._library.accounts:
            if not self._jobs.running(f"new {account.id}"):
                self.look_for_new(account.id)

    async def _look_for_new(self, account: str) -> None:
        feed = self._library.base(account)
        feed.retry()
        first = not feed.begun
        self._told()
        asking = asyncio.ensure_future(feed.look_for_new())
        try:
            done, _ = await asyncio.wait({asking}, timeout=PATIENCE)
            if not done:
                await self._answering.show()
            new = await asking
            if not first:
                await self._library.look_again(account)
        except PlayheadError as error:
            self._failed(feed, error)
            await self._answering.show()
            return
        finally:
            await _let_go(asking)
        self._window.notices.withdraw(account)
        await self._answering.renew()
        if first:
            self._jobs.start("list", self._begin())
        else:
            await self._answering.show(hold=True)
            self._show_pill(new)

    def _show_pill(self, new: int) -> None:
        self._new = self._new + new if self._above else 0
        self._window.status.show_new(f"{words.number(self._new)} new ↑" if self._new else "")

    def _show_new(self) -> None:
        self._window.table.scrollToTop()
        self._scrolled()

    def _scrolled(self) -> None:
        if self._new and not self._above:
            self._show_pill(0)

    @property
    def _above(self) -> bool:
        """Whether there are rows above what is looked at."""
        return self._window.table.verticalScrollBar().value() > 0


async def _let_go(work: "asyncio.Future[int]") -> None:
    """End `work` if it is still at it; however it ended, that has been said or is of no use any more."""
    work.cancel()
    await asyncio.wait({work})
    if not work.cancelled():
        work.exception()
