"""Go to a date: to rows that are there, or to those that are still to be loaded."""

from datetime import datetime, timedelta

from playhead.core.finding.moments import DateError, date_span
from playhead.core.finding.query import NEWEST_FIRST, Order
from playhead.core.session import Session
from playhead.ui.listing.jumpline import JumpLine
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.listing.restloader import RestLoader
from playhead.ui.listing.rowloader import RowLoader
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.wording import words

_INSTANT = timedelta(microseconds=1)


class GoToDate:
    """Asks for a date and goes there. Rows in another order than by date are put newest first."""

    def __init__(
        self, session: Session, state: ListingState, table: RecordingTable, rows: RowLoader, rest: RestLoader
    ) -> None:
        self._session = session
        self._state = state
        self._table = table
        self._rows = rows
        self._rest = rest
        self._moment: datetime | None = None
        self.line = JumpLine(table)
        """Where the date is written."""
        self.line.asked.connect(self._go)
        self.line.load_asked.connect(self._load)

    def ask(self) -> None:
        """Let the person write a date, if there is a table to go to."""
        if self._table.isVisible():
            self.line.appear()

    def _go(self, text: str) -> None:
        try:
            low, high = date_span(text, self._session.clock())
        except DateError as fault:
            self.line.say(str(fault))
            return
        # Newest first, the first row of a day is its last moment.
        rises = self._state.order == Order(NEWEST_FIRST.column, descending=False)
        end = high - _INSTANT if high is not None else None
        self._moment = low or end if rises else end or low
        self._session.jobs.start("jump", self._jump())

    async def _jump(self) -> None:
        moment = self._moment
        if moment is None:
            return
        if self._state.order.column != NEWEST_FIRST.column:
            self._table.header.sort_by(NEWEST_FIRST)
            await self._session.jobs.wait("list")
        limit = self._rows.not_before
        if limit is not None and moment < limit:
            reached = words.within(words.moment(limit, self._session.clock()))
            self.line.say(f"The rows are loaded down to {reached} so far.", more=True)
            return
        state = self._state
        row = await self._session.catalogue.listings.seek(state.query, state.order, moment, not_before=limit)
        number = len(state.listing.ids)
        if not number:
            self.line.say("There are no rows.")
            return
        self.line.put_away()
        self._table.go_to(min(row, number - 1))

    def _load(self) -> None:
        if self._moment is not None:
            self._session.jobs.start("search", self._load_down(self._moment))

    async def _load_down(self, moment: datetime) -> None:
        await self._rest.load_down_to(moment)
        limit = self._rows.not_before
        if limit is None or limit <= moment:
            self._session.jobs.start("jump", self._jump())
