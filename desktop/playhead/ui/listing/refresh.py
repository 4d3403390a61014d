"""Refresh: recordings that are new since the last look, and those that were not complete yet."""

from collections.abc import Callable, Coroutine, Sequence
from functools import partial

from PySide6.QtCore import QTimer

from playhead.core.errors import PlayheadError
from playhead.core.loading.feed import Feed
from playhead.core.session import Session
from playhead.ui.listing.latework import awaited
from playhead.ui.listing.newrows import NewRows
from playhead.ui.listing.rowloader import RowLoader
from playhead.ui.window import Window

MINUTE = 60_000
"""Milliseconds."""


class Refresh:
    """Asks accounts for what is new, now and then by itself; `arriving` tells what came of it.

    `begin` shows the rows of an account that was asked for the first time, and loads more of them.
    """

    def __init__(
        self,
        session: Session,
        window: Window,
        answering: RowLoader,
        arriving: NewRows,
        *,
        begin: Callable[[], Coroutine[object, object, None]],
        failed: Callable[[Feed, PlayheadError], None],
        told: Callable[[], None],
    ) -> None:
        self._session = session
        self._window = window
        self._answering = answering
        self._arriving = arriving
        self._begin = begin
        self._failed = failed
        self._told = told
        self._wished: set[str] = set()
        """Accounts that the person asked and that have not answered yet."""
        self._found = (0, 0)
        """How many recordings the others have brought, and how many of them are listed."""
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._look_by_itself)
        window.refresh_asked.connect(self._look_as_wished)
        window.side_bar.refresh_asked.connect(self._look_as_wished)

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
        for account in self._session.library.accounts:
            self.look_for_new(account.id)

    def look_for_new(self, account: str) -> None:
        """Ask an account for recordings that are newer than what is known, and for what changed."""
        self._session.jobs.start(f"new {account}", self._look_for_new(account))

    def leave(self, account: str) -> None:
        """Stop asking an account that is not connected any more."""
        self._session.jobs.cancel(f"new {account}")
        self._wished.discard(account)

    def _look_as_wished(self, only: str = "") -> None:
        """The person asks an account, or all, and is told if nothing came of it."""
        self._wished = {each.id for each in self._session.library.accounts if only in {"", each.id}}
        self._found = (0, 0)
        for account in sorted(self._wished):
            self.look_for_new(account)

    def _look_by_itself(self) -> None:
        """Ask those that are not being asked: a slow one must get to its end."""
        for account in self._session.library.accounts:
            if not self._session.jobs.running(f"new {account.id}"):
                self.look_for_new(account.id)

    async def _look_for_new(self, account: str) -> None:
        feed = self._session.library.base(account)
        feed.retry()
        first = not feed.begun
        self._told()
        patience = partial(self._session.library.patience_with, feed)
        try:
            await awaited(feed.look_for_new(), patience, partial(self._answering.show, hold=True))
            if not first:
                await self._session.library.look_again(account)
        except PlayheadError as error:
            self._wished.clear()
            self._failed(feed, error)
            await self._answering.show(hold=True)
            await self._arriving.note(feed.take_new())
            return
        self._window.notices.withdraw(account)
        await self._answering.renew()
        if first:
            self._wished.clear()
            self._session.jobs.start("list", self._begin())
        else:
            await self._answering.show(hold=True)
            await self._tell(account, feed.take_new())

    async def _tell(self, account: str, came: Sequence[range]) -> None:
        listed = await self._arriving.note(came)
        if account not in self._wished:
            return
        self._wished.discard(account)
        self._found = (self._found[0] + sum(map(len, came)), self._found[1] + listed)
        if not self._wished and not self._found[1]:
            self._arriving.say_nothing("Nothing new that matches" if self._found[0] else "Nothing new")
