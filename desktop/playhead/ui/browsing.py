"""Browsing: from what the person looks for to rows on the screen, and more of them as they scroll."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from playhead.core.errors import PlayheadError
from playhead.core.jobs import Jobs
from playhead.core.library import Library
from playhead.core.page import Arrival
from playhead.core.parser import parse
from playhead.core.ports import Catalogue, Clock, Listing
from playhead.core.query import EVERYTHING, NEWEST_FIRST, Order, Query, QueryError
from playhead.core.recording import KINDS, Recording
from playhead.ui import words
from playhead.ui.choosing import Choosing
from playhead.ui.reporting import Reporting, View
from playhead.ui.sidebar import scope_of
from playhead.ui.table import MARGIN, RecordingModel
from playhead.ui.window import Window

BUDGET = 5
"""Pages that are loaded by themselves for one look; then the person decides about the rest."""
THINKING = 0.3
"""Seconds without a key before a provider is asked for what a filter wants."""
SEEN_EVERY = 0.25
"""Seconds between two looks of the table while the rest is being searched."""


class Browsing:
    """Keeps the table true to the query, the order and what is loaded, and loads what is missing."""

    def __init__(
        self,
        window: Window,
        model: RecordingModel,
        catalogue: Catalogue,
        library: Library,
        jobs: Jobs,
        clock: Clock,
        reconnect: Callable[[str], None],
    ) -> None:
        self._window = window
        self._model = model
        self._catalogue = catalogue
        self._library = library
        self._jobs = jobs
        self._clock = clock
        self._query = EVERYTHING
        self._order = NEWEST_FIRST
        self._floor: datetime | None = None
        self._listing = Listing(ids=model.ids, matched=0, loaded=0)
        self._scope = ""
        self._searching = False
        self._new = 0
        self._asked = 0
        self._reads = 0
        self._reporting = Reporting(
            window,
            model,
            catalogue,
            library,
            jobs,
            clock,
            view=self._view,
            reconnect=reconnect,
            retry=self._retry,
        )
        self._choosing = Choosing(window, model, library, clock)
        self._connect()

    @property
    def query(self) -> Query:
        """What is looked for."""
        return self._query

    @property
    def listing(self) -> Listing:
        """What the catalogue answered."""
        return self._listing

    @property
    def reporting(self) -> Reporting:
        """What is said about it."""
        return self._reporting

    def begin(self) -> None:
        """Show what the catalogue has, then ask every account for what is new."""
        self._show_accounts()
        self._jobs.start("list", self._list_again())
        for account in self._library.accounts:
            self.look_for_new(account.id)

    def account_connected(self, account: str) -> None:
        """An account was added, or has a new credential."""
        self._show_accounts()
        self.look_for_new(account)

    def account_gone(self) -> None:
        """An account was taken out."""
        self._show_accounts()
        self._model.renew({})
        self._query = EVERYTHING
        self._window.filter.set_text("")
        self._jobs.start("list", self._list_again())

    def look_for_new(self, account: str) -> None:
        """Ask an account for recordings that are newer than what is known."""
        self._jobs.start(f"new {account}", self._look_for_new(account))

    def _view(self) -> View:
        return View(query=self._query, order=self._order, listing=self._listing, searching=self._searching)

    def _connect(self) -> None:
        window, table = self._window, self._window.table
        window.filter.changed.connect(self._filter)
        window.filter.left.connect(self._to_rows)
        window.find_asked.connect(window.filter.focus)
        window.refresh_asked.connect(self._refresh)
        window.emptiness.clear_asked.connect(window.filter.clear)
        window.emptiness.search_rest_asked.connect(self._search_rest)
        window.status.search_rest_asked.connect(self._search_rest)
        window.status.stop_asked.connect(self._stop)
        window.status.new_asked.connect(self._show_new)
        window.side_bar.chosen.connect(self._narrow)
        window.side_bar.refresh_asked.connect(self.look_for_new)
        table.scrolled.connect(self._scrolled)
        table.header.sorted_by.connect(self._sort)
        self._model.wanted.connect(self._read)

    def _show_accounts(self) -> None:
        accounts = self._library.accounts
        self._model.show_labels({account.id: account.label for account in accounts})
        self._window.side_bar.show_accounts(accounts)
        if accounts:
            self._window.show_recordings()
        else:
            self._window.show_welcome()
        self._reporting.show()

    # What is looked for

    def _filter(self, text: str) -> None:
        try:
            query = parse(text, self._clock(), self._library.accounts)
        except QueryError as fault:
            self._window.filter.show_fault(fault.sentence, fault.start, fault.end)
            return
        self._window.filter.show_fine()
        if query == self._query:
            return
        self._scope = _scope_in(text, self._library)
        self._window.side_bar.show_scope(self._scope)
        self._query = query
        self._look_anew()

    def _narrow(self, scope: str) -> None:
        text = self._window.filter.text
        rest = text.removeprefix(self._scope).strip() if self._scope else text.strip()
        if not scope and not self._scope:
            rest = ""
        self._scope = scope
        self._window.filter.set_text(f"{scope} {rest}".strip())

    def _sort(self, order: Order) -> None:
        self._order = order
        self._look_anew()

    def _look_anew(self) -> None:
        self._floor = None
        self._jobs.cancel("search")
        self._jobs.start("list", self._list_anew())

    def _to_rows(self) -> None:
        table = self._window.table
        table.setFocus()
        if not table.currentIndex().isValid() and self._model.ids:
            table.selectRow(0)

    # Rows

    async def _list_anew(self) -> None:
        """Another query or order: what was current stays in view, if it is still there."""
        await self._list()
        self._window.table.reveal_current()
        await self._go_on()

    async def _list_again(self) -> None:
        await self._list()
        await self._go_on()

    async def _go_on(self) -> None:
        if not self._query.empty:
            # The catalogue answers every key; the providers are asked when the person has stopped typing.
            await asyncio.sleep(THINKING)
        await self._fill()

    async def _list(self, *, hold: bool = False) -> None:
        """Ask the catalogue for the listing and show it, with the recordings that will be looked at."""
        newest_first = self._order == NEWEST_FIRST
        limit = self._watermark() if newest_first else None
        self._asked += 1
        mine = self._asked
        try:
            listing = await self._catalogue.listing(self._query, self._order, not_before=limit)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            return  # A newer listing interrupted this one, and will be shown.
        rows = self._window.table.visible_rows
        shown = listing.ids[rows.start : max(rows.stop, rows.start + 60) + 10]
        await self._get(list(shown))
        if mine != self._asked:
            return
        self._listing = listing
        self._window.table.show_listing(listing.ids, hold=hold)
        self._reporting.show()

    def _watermark(self) -> datetime | None:
        """Down to which moment rows are shown: never later than before, so that no shown row hides again."""
        mark = self._library.watermark(self._query)
        oldest = datetime.min.replace(tzinfo=self._clock().tzinfo)
        reached = oldest if mark is None else mark
        self._floor = reached if self._floor is None else min(self._floor, reached)
        return None if self._floor == oldest else self._floor

    def _read(self, ids: list[int]) -> None:
        """Read what is looked at, under a name of its own: a later look must not leave it unanswered."""
        self._reads += 1
        self._jobs.start(f"read {self._reads}", self._answer(ids))

    async def _answer(self, ids: list[int]) -> None:
        try:
            await self._get(ids)
        finally:
            self._model.answered(ids)

    async def _get(self, ids: list[int]) -> None:
        if not ids or self._model.known(ids):
            return
        found = await self._read_rows(ids)
        await self._read_marks(found)
        self._model.fill(found)
        if self._window.table.current_id in found:
            self._window.table.chosen.emit()

    async def _read_rows(self, ids: list[int]) -> dict[int, Recording]:
        recordings = await self._catalogue.recordings(ids)
        return {each: found for each, found in zip(ids, recordings, strict=True) if found is not None}

    async def _read_marks(self, found: dict[int, Recording]) -> None:
        recordings = list(found.values())
        marks = await self._catalogue.marks(recordings)
        self._model.note_marks({each.key: mark for each, mark in zip(recordings, marks, strict=True)})

    # More of them

    def _scrolled(self) -> None:
        if self._window.table.room and not self._jobs.running("list") and not self._searching:
            self._jobs.start("list", self._fill())

    async def _fill(self) -> None:
        """Load pages until the viewport has enough rows, there are none, or the budget is spent."""
        for _ in range(BUDGET):
            if not self._window.table.room or self._searching or self._order != NEWEST_FIRST:
                break
            if not await self._load_one():
                break
            await self._list()
        self._reporting.show()

    async def _load_one(self) -> bool:
        """One page of the feed that hides most; whether there is a point in asking again."""
        feed = self._library.next_feed(self._query)
        if feed is None:
            return False
        loading = asyncio.ensure_future(self._library.load(feed))
        try:
            done, _ = await asyncio.wait({loading}, timeout=1.0)
            if not done:
                await self._list()
            await loading
        except PlayheadError as error:
            self._reporting.show_failure(feed, error)
        finally:
            await _let_go(loading)
        return True

    async def _look_for_new(self, account: str) -> None:
        feed = self._library.base(account)
        feed.retry()
        first = not feed.begun
        self._reporting.show()
        asking = asyncio.ensure_future(feed.look_for_new())
        try:
            done, _ = await asyncio.wait({asking}, timeout=1.05)
            if not done:
                await self._list()
            new = await asking
        except PlayheadError as error:
            self._reporting.show_failure(feed, error)
            await self._list()
            return
        finally:
            await _let_go(asking)
        self._window.notices.withdraw(account)
        await self._renew()
        if first:
            self._jobs.start("list", self._list_again())
        else:
            await self._list(hold=True)
            self._show_pill(new)

    async def _renew(self) -> None:
        """Read the recordings that are looked at anew: some may have changed."""
        rows = self._window.table.visible_rows
        ids = list(self._model.ids[max(0, rows.start - MARGIN) : rows.stop + MARGIN])
        found = await self._read_rows(ids)
        await self._read_marks(found)
        self._model.renew(found)

    def _show_pill(self, new: int) -> None:
        self._new += new
        above = self._window.table.verticalScrollBar().value() > 0
        self._window.status.show_new(f"{words.number(self._new)} new ↑" if self._new and above else "")
        if not above:
            self._new = 0

    def _show_new(self) -> None:
        self._new = 0
        self._window.status.show_new("")
        self._window.table.scrollToTop()

    def _refresh(self) -> None:
        for account in self._library.accounts:
            self.look_for_new(account.id)

    # The rest

    def _search_rest(self) -> None:
        self._jobs.start("search", self._search())

    def _stop(self) -> None:
        self._jobs.cancel("search")

    async def _search(self) -> None:
        """Load page after page of everything that may match, until it is done or the person stops it."""
        query = self._query
        for feed in self._library.feeds(query):
            feed.retry()
        self._searching = True
        started, loaded, shown = time.monotonic(), 0, 0.0
        try:
            while (wanted := self._library.next_feed(query)) is not None:
                try:
                    arrival = await self._library.load(wanted)
                except PlayheadError as error:
                    self._reporting.show_failure(wanted, error)
                    continue
                loaded += arrival.new + arrival.known + arrival.changed
                now = time.monotonic()
                if now - shown > SEEN_EVERY:
                    shown = now
                    await self._list()
                    self._reporting.show_progress(loaded, now - started)
        finally:
            self._searching = False
            self._reporting.show()
        await self._list()

    def _retry(self, account: str) -> None:
        for feed in self._library.feeds(self._query):
            if feed.source.account.id == account:
                feed.retry()
        self.look_for_new(account)


async def _let_go(work: "asyncio.Future[Arrival] | asyncio.Future[int]") -> None:
    """End `work` if it is still at it; however it ended, that has been said or is of no use any more."""
    work.cancel()
    await asyncio.wait({work})
    if not work.cancelled():
        work.exception()


def _scope_in(text: str, library: Library) -> str:
    """The words at the beginning of `text` that stand for something in the side bar, if there are any."""
    accounts = [scope_of(account) for account in library.accounts]
    scopes = accounts + [f"{account} kind:{kind}" for account in accounts for kind in KINDS]
    found = (scope for scope in scopes if text == scope or text.startswith(f"{scope} "))
    return max(found, key=len, default="")
