"""Journey of the listing: from a query and an order to rows on the screen, and more of them on scrolling."""

import asyncio
from array import array
from contextlib import suppress

from PySide6.QtCore import Qt

from playhead.core.errors import Superseded
from playhead.core.finding.query import EVERYTHING, NEWEST_FIRST, Order, Query, QueryError
from playhead.core.loading.completing import Progress
from playhead.core.loading.library import Library
from playhead.core.recording import KINDS
from playhead.core.session import Session
from playhead.core.stores import Listing
from playhead.ui.accounts.sidebar import SideBar, scope_of
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.listing.firstrows import FIRST
from playhead.ui.listing.fontadvice import FontAdvice
from playhead.ui.listing.gotodate import GoToDate
from playhead.ui.listing.listingpane import Emptiness, ListingPane
from playhead.ui.listing.listingstate import LIST_JOB, ListingState
from playhead.ui.listing.listingstatus import ListingStatus
from playhead.ui.listing.measuredcoverage import MeasuredCoverage
from playhead.ui.listing.refresh import ASKED_AFTER, NewRows, Refresh
from playhead.ui.listing.restloader import RestLoader
from playhead.ui.listing.rowloader import RowLoader
from playhead.ui.listing.saidcoverage import SaidCoverage
from playhead.ui.listing.saidpassages import SaidPassages
from playhead.ui.listing.statusline import StatusLine
from playhead.ui.listing.viewfiller import ViewFiller
from playhead.ui.shell.notices import NoticeBar

_LEARNT = {
    "duration",
    "heard",
    "health",
    "loudness",
    "peak",
    "clipped",
    "silence",
    "talk_left",
    "talk_right",
    "decoded",
}
"""Columns whose order depends on what is learnt of recordings by decoding them."""
ROWS_FIRST = 1.0
"""Seconds that the first rows are given at the start before the accounts are asked all the same."""
_FAULTS = 20
"""Parts of a filter that are left out at most; with more of them it was pasted by mistake."""


class ListingJourney:
    """Keeps the table true to what the person looks for, and loads what is missing as they scroll."""

    def __init__(
        self,
        session: Session,
        pane: ListingPane,
        line: FilterLine,
        side_bar: SideBar,
        status: StatusLine,
        notices: NoticeBar,
    ) -> None:
        self._session = session
        self.pane = pane
        self._table = pane.table
        self._model = pane.model
        self.line = line
        self._side_bar = side_bar
        self._scope = ""
        self._going = False
        """Whether the person is done with the filter, and the rows have not come yet."""
        self._reads = 0
        self.state = ListingState(Listing(ids=pane.model.ids, matched=0, loaded=0), pane)
        self.status = ListingStatus(session, self.state, pane, status, side_bar, notices, line)
        self.rows = RowLoader(session, self.state, pane)
        self.rest = RestLoader(session, self.state, self.rows)
        self._filler = ViewFiller(session, self.state, pane.table, self.rows, line)
        self._new_rows = NewRows(session, self.state, pane, status)
        self.refresh = Refresh(session, self.state, self.rows, self._new_rows, notices)
        self.go_to_date = GoToDate(session, self.state, pane.table, self.rows, self.rest)
        self._fonts = FontAdvice(pane, notices)
        self._measured = MeasuredCoverage(session, self.state)
        self._said = SaidCoverage(session, self.state)
        self._passages = SaidPassages(session, self.state, pane)
        self._said.learnt.connect(self.show_learnt)
        self._connect(pane.emptiness, status)

    def begin(self) -> None:
        """Show what the catalogue has, then ask every account for what is new.

        Of an account that was never asked there are no rows to be shown first.
        """
        self._show_accounts()
        if self.line.text:
            # Typed while all this was still being made: nobody has heard of it.
            self._filter(self.line.text)
        if self.line.done:
            self._to_rows()
        self._begin()
        for account in self._session.library.accounts:
            if not self._session.library.base(account.id).begun:
                self.refresh.look_for_new(account.id)
        self._session.jobs.start("first look", self._refresh_after_rows())

    def account_connected(self, account: str) -> None:
        """An account was added, or has a new credential."""
        self.refresh.look_for_new(account)
        self._session.jobs.start("accounts", self._show_accounts_soon())

    def account_leaving(self, account: str) -> None:
        """An account is out of use; its recordings are being removed."""
        self.refresh.leave(account)
        self._show_accounts()

    def account_gone(self, _account: str) -> None:
        """Everything of an account was removed."""
        self._show_accounts()
        self._model.renew({})
        self.rows.ask(EVERYTHING)
        self.line.set_text("")
        self._new_rows.forget()
        self._session.jobs.start(LIST_JOB, self._list_the_others())

    def show_learnt(self) -> None:
        """Something was learnt of a recording by playing it: show it, and put its row where it belongs."""
        self._session.jobs.start("learnt", self._show_learnt())

    async def load_everything(self, query: Query, progress: Progress) -> bool:
        """Load all pages that may match `query`; whether all of them came. To stop it, cancel it.

        `progress` is told how many recordings came in how many seconds.
        """
        try:
            return await self.rest.load_everything(query, progress)
        finally:
            self._session.jobs.start(LIST_JOB, self._list_again())

    def _connect(self, emptiness: Emptiness, status: StatusLine) -> None:
        self.line.changed.connect(self._filter)
        self.line.left.connect(self._to_rows)
        self.line.complained.connect(lambda sentence: self.pane.dim(on=bool(sentence)))
        emptiness.clear_asked.connect(self.line.clear)
        for asked in (emptiness.search_rest_asked, status.search_rest_asked):
            asked.connect(self.rest.search)
        status.stop_asked.connect(self.rest.stop)
        status.undated_asked.connect(self._visit_undated)
        self._side_bar.chosen.connect(self._narrow)
        self._side_bar.refresh_asked.connect(self.refresh.look_as_wished)
        for moved in (self._table.scrolled, self.state.shown):
            moved.connect(self._fonts.look)
        self._table.header.sorted_by.connect(self._sort)
        self._model.wanted.connect(self._read)
        self.refresh.begun.connect(self._begin)
        self.state.shown.connect(self._arrive)
        self.status.retry_asked.connect(self._retry)

    def _begin(self) -> None:
        self._session.jobs.start(LIST_JOB, self._list_again())

    def _show_accounts(self) -> None:
        accounts = self._session.library.accounts
        self._model.show_labels({account.id: account.label for account in accounts})
        self._side_bar.show_accounts(accounts)
        self.status.show()

    async def _show_accounts_soon(self) -> None:
        """Show the accounts once what they are asked is on its way: that takes less time than this."""
        for _ in range(ASKED_AFTER):
            await asyncio.sleep(0)
        self._show_accounts()

    # What is looked for

    def _filter(self, text: str) -> None:
        self._going = False
        self._session.jobs.cancel("show query")
        was_faulty = self.line.faulty
        try:
            query = self._session.library.understand(text)
        except QueryError as fault:
            self.line.show_fault(fault.sentence, fault.start, fault.end)
            if self.line.typed:
                self._step_back(text, fault)
            else:
                self._look_for_understood(text)
            self.status.show()
            return
        self.line.show_fine()
        if was_faulty:
            self.status.show()
        if self.line.unfinished:
            return
        if query == self.state.query:
            # A faulty filter may have led to another line of the side bar meanwhile.
            self._mark_scope(query)
        elif self.line.typing and self._model.ids and not self.rows.busy:
            self._session.jobs.start("show query", self._try(query))
        else:
            self._look_for(query)

    def _step_back(self, text: str, fault: QueryError) -> None:
        """Look no longer for a word that turned out to begin a faulty one: `colour`, then `colour:`."""
        shown = self.state.query.text.rstrip()
        if text.startswith(shown) and len(shown) > fault.start:
            self._look_for_understood(text)

    def _look_for_understood(self, text: str) -> None:
        """Look for what is left of a faulty filter without the parts that nobody understands."""
        query = EVERYTHING
        for _ in range(_FAULTS):
            try:
                query = self._session.library.understand(text)
                break
            except QueryError as fault:
                text = f"{text[: fault.start]}{text[max(fault.end, fault.start + 1) :]}"
        if query != self.state.query:
            self._look_for(query)

    async def _try(self, query: Query) -> None:
        """Look for a word that is being typed only if it is found; the line tells of it again.

        Until then a table that becomes empty would say of half a word what the person does not mean.
        """
        mark = self._session.library.watermark(query) if self.state.order == NEWEST_FIRST else None
        listings = self._session.catalogue.listings
        with suppress(Superseded):
            if first := await listings.first_rows(query, self.state.order, not_before=mark, number=FIRST):
                self._look_for(query, first)

    def _look_for(self, query: Query, first: "array[int] | None" = None) -> None:
        """Look for something else, whose first rows may be known already."""
        self._mark_scope(query)
        self.rows.ask(query)
        self.rest.stop()
        self.status.look_anew()
        self._look_anew(first)

    def _mark_scope(self, query: Query) -> None:
        """Mark the line of the side bar that `query` narrows to."""
        self._scope = _scope_in(query.text, self._session.library)
        self._side_bar.show_scope(self._scope)

    def _narrow(self, scope: str) -> None:
        text = self.line.text
        rest = text.removeprefix(self._scope).strip() if self._scope else text.strip()
        if not scope and not self._scope:
            rest = ""
        self._scope = scope
        # The blank is for what is typed next.
        self.line.set_text(f"{scope} {rest}".strip() + " " if scope or rest else "")

    def _sort(self, order: Order) -> None:
        self.rows.sort(order)
        self._look_anew()

    def _visit_undated(self) -> None:
        """Lead to the first row without a date."""
        if self._table.tail:
            self._table.visit(len(self._model.ids) - self._table.tail)

    def _look_anew(self, first: "array[int] | None" = None) -> None:
        self._new_rows.forget()
        self._session.jobs.start(LIST_JOB, self._list_anew(first))

    def _to_rows(self) -> None:
        self._going = True
        if self._table.isVisible():
            # Keys are for the rows from now on, also while these are still those of before.
            self._table.setFocus()
        else:
            self.pane.emptiness.go_on()
        self._arrive()

    def _arrive(self) -> None:
        """Let who is done with the filter begin at the first row, once it is there."""
        if not self._going or self.rows.busy or not self._model.ids:
            return
        self._going = False
        if self._table.hasFocus() or self.line.line.hasFocus():
            self._table.enter()

    # Rows

    async def _refresh_after_rows(self) -> None:
        """Ask accounts once the first rows are there: what a request needs would keep them waiting."""
        shown = asyncio.Event()
        self.state.shown.connect(shown.set, Qt.ConnectionType.SingleShotConnection)
        with suppress(TimeoutError):
            await asyncio.wait_for(shown.wait(), ROWS_FIRST)
        self.refresh.refresh()

    async def _list_anew(self, first: "array[int] | None") -> None:
        await self.rows.show_anew(first)
        await self._filler.go_on()

    async def _list_again(self) -> None:
        await self.rows.show()
        await self._filler.go_on()

    async def _list_the_others(self) -> None:
        await self.rows.show()
        # The catalogue may give the ids of what is not there any more to others.
        self._table.selection.let_go()
        await self._filler.go_on()

    async def _show_learnt(self) -> None:
        await self.rows.renew()
        self._measured.look()
        self.state.note_learnt()
        self._said.look()
        if self.state.order.column in _LEARNT or not self.state.query.empty:
            self._session.jobs.start(LIST_JOB, self._list_again())

    def _read(self, ids: list[int]) -> None:
        """Read what is looked at, under a name of its own: a later look must not leave it unanswered."""
        self._reads += 1
        self._session.jobs.start(f"read {self._reads}", self._answer(ids))

    async def _answer(self, ids: list[int]) -> None:
        try:
            await self.rows.get(ids)
        finally:
            self._model.answered(ids)

    def _retry(self, account: str) -> None:
        for feed in self._session.library.feeds(self.state.query):
            if feed.source.account.id == account:
                feed.retry()
        self.refresh.look_for_new(account)


def _scope_in(text: str, library: Library) -> str:
    """The words at the beginning of `text` that stand for something in the side bar, if there are any."""
    accounts = [scope_of(account) for account in library.accounts]
    scopes = accounts + [f"{account} kind:{kind}" for account in accounts for kind in KINDS]
    found = (scope for scope in scopes if text == scope or text.startswith(f"{scope} "))
    return max(found, key=len, default="")
