"""Refresh: recordings that are new since the last look, and those that were not complete yet."""

import asyncio
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from playhead.core.errors import PlayheadError
from playhead.core.figures import number
from playhead.core.loading.feed import Feed
from playhead.core.session import Session
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.listing.rowloader import AT_ONCE, RowLoader
from playhead.ui.listing.statusline import StatusLine
from playhead.ui.listing.viewfiller import awaited
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.table.places import KeptRows, find_again

BRIEFLY = 4_000
"""Milliseconds that it is said that nothing is new."""


class NewRows:
    """Says how many new recordings are listed and were not in view yet; a click leads to the first of them.

    Only those count that match what is looked for, wherever the order puts them.
    """

    def __init__(self, session: Session, state: ListingState, pane: ListingPane, status: StatusLine) -> None:
        self._session = session
        self._model = pane.model
        self._table = pane.table
        self._status = status
        self._new: set[int] = set()
        """Catalogue ids of what came and was not in view yet, listed or not."""
        self._listed = pane.model.ids
        """The listing in which they were looked for."""
        self._rows: list[int] = []
        """Where they are in it, from the top."""
        self._hush = QTimer(pane, singleShot=True, interval=BRIEFLY)
        self._hush.timeout.connect(self._say)
        status.new_asked.connect(self._lead)
        pane.table.scrolled.connect(self._look)
        state.shown.connect(self._show)

    def _show(self) -> None:
        if self._new:
            self._session.jobs.start("arriving", self._find())

    def forget(self) -> None:
        """Something else is looked for: its rows are all new to the person."""
        self._session.jobs.cancel("arriving")
        self._new.clear()
        self._rows.clear()
        self._hush.stop()
        self._say()

    async def note(self, came: Iterable[range]) -> int:
        """Recordings with these ids came, and the rows were shown anew; how many of them are listed."""
        ids = {each for some in came for each in some}
        if not ids:
            return 0
        self._new |= ids
        await self._find_rows()
        listed = sum(self._listed[row] in ids for row in self._rows)
        self._look()
        return listed

    def say_nothing(self, sentence: str) -> None:
        """Say for a moment that nothing is new, unless something is that was not seen."""
        if not self._rows:
            self._status.show_new(sentence, leads=False)
            self._hush.start()

    async def _find(self) -> None:
        await self._find_rows()
        self._look()

    async def _find_rows(self) -> None:
        while True:
            ids, kept = self._model.ids, KeptRows(array("q", self._new))
            if kept.cost(ids) < AT_ONCE:
                rows = _rows_of(kept, ids)
            else:
                rows = await asyncio.to_thread(_rows_of, kept, ids)
            if ids is self._model.ids:
                self._listed, self._rows = ids, rows
                return

    def _lead(self) -> None:
        self._session.jobs.start("arriving", self._lead_to_first())

    async def _lead_to_first(self) -> None:
        await self._find_rows()
        if self._rows:
            self._table.show_from(self._rows[0])
        self._look()

    def _look(self) -> None:
        """Take what is in view as seen."""
        if self._listed is not self._model.ids or not self._new:
            return
        view = self._table.visible_rows
        start, end = bisect_left(self._rows, view.start), bisect_left(self._rows, view.stop)
        self._new.difference_update(self._listed[row] for row in self._rows[start:end])
        del self._rows[start:end]
        self._say()

    def _say(self) -> None:
        if self._rows:
            self._hush.stop()
            arrow = "↑" if self._rows[0] < self._table.visible_rows.start else "↓"
            self._status.show_new(f"{number(len(self._rows))} new {arrow}")
        elif not self._hush.isActive():
            self._status.show_new("")


def _rows_of(kept: KeptRows, ids: "array[int]") -> list[int]:
    """The rows of recordings in a listing, from the top."""
    found = find_again(kept, ids)
    if found.marks:
        return [row for row, each in enumerate(ids) if found.marks[each]]
    return [row for block in found.blocks for row in block]


MINUTE = 60_000
"""Milliseconds."""
ASKED_AFTER = 2
"""Turns of the loop after which a request is on its way that is begun now."""


class Refresh(QObject):
    """Asks accounts for what is new, now and then by itself; `new_rows` tells what came of it."""

    begun = Signal()
    """An account was asked for the first time: its rows are to be shown, and more of them loaded."""
    came = Signal(object)
    """New recordings came, or none: ranges of their catalogue ids. Others may have changed meanwhile."""

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
        self._timer.timeout.connect(self.refresh)

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
        """Ask all accounts but those that are being asked: a slow one must get to its end."""
        for account in self._session.library.accounts:
            if not self._session.jobs.running(f"new {account.id}"):
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

    async def _look_for_new(self, account: str) -> None:
        feed = self._session.library.base(account)
        feed.retry()
        first = not feed.begun
        patience = partial(self._session.library.patience_with, feed)
        try:
            await awaited(self._ask(feed), patience, partial(self._rows.show, hold=True))
            if not first:
                await self._session.library.look_again(account)
        except PlayheadError as error:
            self._wished.clear()
            self._state.note_failure(feed, error)
            await self._rows.show(hold=True)
            await self._take(feed.take_new())
            return
        self._notices.withdraw(account)
        if first:
            self._wished.clear()
            self.begun.emit()
        else:
            await self._rows.renew()
            await self._rows.show(hold=True)
            await self._tell(account, feed.take_new())

    async def _ask(self, feed: Feed) -> None:
        """Look for new ones; it is said once the request is on its way, which takes less time."""
        asyncio.get_running_loop().call_soon(self._state.note_change)
        await feed.look_for_new()

    async def _take(self, came: Sequence[range]) -> int:
        """Take in what came; how many of them are listed."""
        self.came.emit(came)
        return await self._new_rows.note(came)

    async def _tell(self, account: str, came: Sequence[range]) -> None:
        listed = await self._take(came)
        if account not in self._wished:
            return
        self._wished.discard(account)
        self._found = (self._found[0] + sum(map(len, came)), self._found[1] + listed)
        if not self._wished and not self._found[1]:
            self._new_rows.say_nothing("Nothing new that matches" if self._found[0] else "Nothing new")
