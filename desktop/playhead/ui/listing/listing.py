"""Journey of the listing: from a query and an order to rows on the screen, and more of them on scrolling."""

from collections.abc import Callable

from playhead.core.finding.query import EVERYTHING, NEWEST_FIRST, Order, Query, QueryError
from playhead.core.loading.library import Library
from playhead.core.ports import Listing
from playhead.core.recording import KINDS
from playhead.core.session import Session
from playhead.ui.accounts.sidebar import scope_of
from playhead.ui.listing.gotodate import GoToDate
from playhead.ui.listing.listingstatus import ListingStatus, View
from playhead.ui.listing.newrows import NewRows
from playhead.ui.listing.refresh import Refresh
from playhead.ui.listing.restloader import Progress, RestLoader
from playhead.ui.listing.rowloader import RowLoader
from playhead.ui.listing.rowmenu import RowMenu
from playhead.ui.listing.selectionstatus import SelectionStatus
from playhead.ui.listing.viewfiller import ViewFiller
from playhead.ui.table.model import RecordingModel
from playhead.ui.window import Window


class ListingJourney:
    """Keeps the table true to what the person looks for, and loads what is missing as they scroll."""

    def __init__(
        self, session: Session, window: Window, model: RecordingModel, reconnect: Callable[[str], None]
    ) -> None:
        self._session = session
        self._window = window
        self._model = model
        self._scope = ""
        self._going = False
        """Whether the person is done with the filter, and the rows have not come yet."""
        self._reads = 0
        self._reporting = ListingStatus(
            session, window, model, view=self._view, reconnect=reconnect, retry=self._retry
        )
        self._answering = RowLoader(session, window, model, self._told)
        self._resting = RestLoader(
            session,
            query=lambda: self._answering.query,
            show=self._answering.show,
            failed=self._reporting.show_failure,
            progress=self._reporting.show_progress,
            told=self._reporting.show,
        )
        self._filling = ViewFiller(
            session,
            window,
            self._answering,
            searching=lambda: self._resting.searching,
            failed=self._reporting.show_failure,
            told=self._reporting.show,
        )
        self._arriving = NewRows(session, window, model)
        self._returning = Refresh(
            session,
            window,
            self._answering,
            self._arriving,
            begin=self._list_again,
            failed=self._reporting.show_failure,
            told=self._reporting.show,
        )
        self._choosing = SelectionStatus(session, window, model, self._reporting.whole)
        self._actions = RowMenu(session, window, model)
        self.jumping = GoToDate(session, window, self._answering, self._resting)
        """What goes to a date."""
        self._connect()

    @property
    def query(self) -> Query:
        """What is looked for."""
        return self._answering.query

    @property
    def listing(self) -> Listing:
        """What the catalogue answered."""
        return self._answering.listing

    @property
    def answering(self) -> RowLoader:
        """What makes the rows."""
        return self._answering

    @property
    def returning(self) -> Refresh:
        """What looks for new recordings."""
        return self._returning

    @property
    def reporting(self) -> ListingStatus:
        """What is said about it."""
        return self._reporting

    def begin(self) -> None:
        """Show what the catalogue has, then ask every account for what is new."""
        self._show_accounts()
        self._session.jobs.start("list", self._list_again())
        self._returning.refresh()

    def account_connected(self, account: str) -> None:
        """An account was added, or has a new credential."""
        self._show_accounts()
        self._returning.look_for_new(account)

    def account_leaving(self, account: str) -> None:
        """An account is out of use; its recordings are being removed."""
        self._returning.leave(account)
        self._show_accounts()

    def account_gone(self, _account: str) -> None:
        """Everything of an account was removed."""
        self._show_accounts()
        self._model.renew({})
        self._answering.ask(EVERYTHING)
        self._window.filter.set_text("")
        self._arriving.forget()
        self._session.jobs.start("list", self._list_the_others())

    async def load_everything(self, query: Query, progress: Progress) -> bool:
        """Load all pages that may match `query`; whether all of them came. To stop it, cancel it.

        `progress` is told how many recordings came in how many seconds.
        """
        try:
            return await self._resting.load_everything(query, progress)
        finally:
            self._session.jobs.start("list", self._answering.show())

    def _view(self) -> View:
        answering = self._answering
        return View(
            query=answering.query,
            order=answering.order,
            listing=answering.listing,
            searching=self._resting.searching,
        )

    def _connect(self) -> None:
        window, table = self._window, self._window.table
        window.filter.changed.connect(self._filter)
        window.filter.left.connect(self._to_rows)
        window.find_asked.connect(window.filter.focus)
        window.emptiness.clear_asked.connect(window.filter.clear)
        window.emptiness.search_rest_asked.connect(self._resting.search)
        window.status.search_rest_asked.connect(self._resting.search)
        window.status.stop_asked.connect(self._resting.stop)
        window.side_bar.chosen.connect(self._narrow)
        table.scrolled.connect(self._filling.look)
        table.header.sorted_by.connect(self._sort)
        self._model.wanted.connect(self._read)

    def _show_accounts(self) -> None:
        accounts = self._session.library.accounts
        self._model.show_labels({account.id: account.label for account in accounts})
        self._window.side_bar.show_accounts(accounts)
        if accounts:
            self._window.show_recordings()
        else:
            self._window.show_welcome()
        self._reporting.show()

    # What is looked for

    def _filter(self, text: str) -> None:
        self._going = False
        self._session.jobs.cancel("try")
        was_faulty = self._window.filter.faulty
        try:
            query = self._session.library.understand(text)
        except QueryError as fault:
            self._window.filter.show_fault(fault.sentence, fault.start, fault.end)
            self._reporting.show()
            return
        self._window.filter.show_fine()
        if was_faulty:
            self._reporting.show()
        if query == self._answering.query:
            return
        if self._window.filter.unfinished and not self._answering.busy:
            self._session.jobs.start("try", self._try(query))
        else:
            self._look_for(query)

    async def _try(self, query: Query) -> None:
        """Look for a word that may become a field's name only if it is found; the line tells of it again.

        Until then a table that becomes empty would say of the word what the person does not mean.
        """
        mark = self._session.library.watermark(query) if self._answering.order == NEWEST_FIRST else None
        if await self._session.catalogue.first_rows(query, self._answering.order, not_before=mark, number=1):
            self._look_for(query)

    def _look_for(self, query: Query) -> None:
        self._scope = _scope_in(query.text, self._session.library)
        self._window.side_bar.show_scope(self._scope)
        self._answering.ask(query)
        self._resting.stop()
        self._reporting.look_anew()
        self._look_anew()

    def _narrow(self, scope: str) -> None:
        text = self._window.filter.text
        rest = text.removeprefix(self._scope).strip() if self._scope else text.strip()
        if not scope and not self._scope:
            rest = ""
        self._scope = scope
        # The blank is for what is typed next.
        self._window.filter.set_text(f"{scope} {rest}".strip() + " " if scope or rest else "")

    def _sort(self, order: Order) -> None:
        self._answering.sort(order)
        self._look_anew()

    def _look_anew(self) -> None:
        self._arriving.forget()
        self._session.jobs.start("list", self._list_anew())

    def _to_rows(self) -> None:
        self._going = True
        if self._window.table.isVisible():
            # Keys are for the rows from now on, also while these are still those of before.
            self._window.table.setFocus()
        self._arrive()

    def _told(self) -> None:
        self._reporting.show()
        self._arriving.show()
        self._arrive()

    def _arrive(self) -> None:
        """Let who is done with the filter begin at the first row, once it is there."""
        if not self._going or self._answering.busy or not self._model.ids:
            return
        self._going = False
        if self._window.table.hasFocus() or self._window.filter.line.hasFocus():
            self._window.table.enter()

    # Rows

    async def _list_anew(self) -> None:
        await self._answering.show_anew()
        await self._filling.go_on()

    async def _list_again(self) -> None:
        await self._answering.show()
        await self._filling.go_on()

    async def _list_the_others(self) -> None:
        await self._answering.show()
        # The catalogue may give the ids of what is not there any more to others.
        self._window.table.selection.let_go()
        await self._filling.go_on()

    def _read(self, ids: list[int]) -> None:
        """Read what is looked at, under a name of its own: a later look must not leave it unanswered."""
        self._reads += 1
        self._session.jobs.start(f"read {self._reads}", self._answer(ids))

    async def _answer(self, ids: list[int]) -> None:
        try:
            await self._answering.get(ids)
        finally:
            self._model.answered(ids)

    def _retry(self, account: str) -> None:
        for feed in self._session.library.feeds(self._answering.query):
            if feed.source.account.id == account:
                feed.retry()
        self._returning.look_for_new(account)


def _scope_in(text: str, library: Library) -> str:
    """The words at the beginning of `text` that stand for something in the side bar, if there are any."""
    accounts = [scope_of(account) for account in library.accounts]
    scopes = accounts + [f"{account} kind:{kind}" for account in accounts for kind in KINDS]
    found = (scope for scope in scopes if text == scope or text.startswith(f"{scope} "))
    return max(found, key=len, default="")
