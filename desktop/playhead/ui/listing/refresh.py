"""Refresh: recordings that are new since the last look, and those that were not complete yet."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from playhead.core.errors import PlayheadError
from playhead.core.session import Session
from playhead.ui.listing.latework import awaited
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.listing.newrows import NewRows
from playhead.ui.listing.rowloader import RowLoader
from playhead.ui.shell.notices import NoticeBar

MINUTE = 60_000
"""Milliseconds."""


class Refresh(QObject):
    """Asks accounts for what is new, now and then by itself; `new_rows` tells what came of it."""

    begun = Signal()
    """An account was asked for the first time: its rows are to be shown, and more of them loaded."""

    def __init__(
        self, session: Session, state: ListingState, rows: RowLoader, new_rows: NewRows, notices: NoticeBar
    ) -> None:
        super().__init__(state)
        self._session = session
        self._state = state
        self._rows = rows
        self._new_rows = new_rows
        self._notices = notices
        self._wished: set[str] = set()
        """Accounts that the person asked and that have not answered yet."""
        self._found = (0, 0)
        """How many recordings the others have brought, and how many of them are listed."""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look_by_itself)

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

    def look_as_wished(self, only: str = "") -> None:
        """Ask an account, or all, as the person wishes, who is told if nothing came of it."""
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
        self._state.note_change()
        patience = partial(self._session.library.patience_with, feed)
        try:
            await awaited(feed.look_for_new(), patience, partial(self._rows.show, hold=True))
            if not first:
                await self._session.library.look_again(account)
        except PlayheadError as error:
            self._wished.clear()
            self._state.note_failure(feed, error)
            await self._rows.show(hold=True)
            await self._new_rows.note(feed.take_new())
            return
        self._notices.withdraw(account)
        await self._rows.renew()
        if first:
            self._wished.clear()
            self.begun.emit()
        else:
            await self._rows.show(hold=True)
            await self._tell(account, feed.take_new())

    async def _tell(self, account: str, came: Sequence[range]) -> None:
        listed = await self._new_rows.note(came)
        if account not in self._wished:
            return
        self._wished.discard(account)
        self._found = (self._found[0] + sum(map(len, came)), self._found[1] + listed)
        if not self._wished and not self._found[1]:
            self._new_rows.say_nothing("Nothing new that matches" if self._found[0] else "Nothing new")
