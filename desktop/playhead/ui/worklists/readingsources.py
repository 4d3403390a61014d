"""Recordings whose transcripts are to be read, once their providers' lists of transcripts are."""

from array import array
from collections.abc import Callable, Collection
from functools import partial

from playhead.core.finding.query import QueryError
from playhead.core.finding.speechcoverage import beside_speech, unread
from playhead.core.session import Session
from playhead.core.worklists.workstates import WorkWish
from playhead.ui.listing.listing import ListingJourney
from playhead.ui.wording.words import count

Tell = Callable[[str], None]


class TranscriptsOf:
    """Those that were selected."""

    def __init__(self, session: Session, ids: "array[int]") -> None:
        self._session = session
        self._ids = ids

    async def ids(self, tell: Tell) -> "array[int] | None":
        """Give them once the lists are read; `tell` is told how that goes. Raises `PlayheadError`."""
        await _read_lists(self._session, {each.id for each in self._session.library.accounts}, tell)
        return self._ids

    async def end(self) -> None:
        """Nothing is kept of it."""


class TranscriptsAsked:
    """All that an answer depends on; `whole`: once everything is loaded that can be.

    If an account cannot go on, those that are there are read, and the wish is kept: the next start searches
    again.
    """

    def __init__(self, session: Session, listing: ListingJourney, wish: WorkWish, *, whole: bool) -> None:
        self._session = session
        self._listing = listing
        self._wish = wish
        self._whole = whole
        self._all = not whole

    async def ids(self, tell: Tell) -> "array[int] | None":
        """Give them; `tell` is told how the search goes. Raises `PlayheadError`."""
        try:
            query = self._session.library.understand(self._wish.text, self._wish.asked)
        except QueryError:
            # Of an account that is gone, most likely: nobody can tell any more what was meant.
            self._all = True
            return None
        asked = beside_speech(query)
        if self._whole:
            tell("Searching the rest first…")
            self._all = await self._listing.load_everything(
                asked,
                lambda read, _seconds: tell(f"Searching the rest first: {count(read, 'recording')} read"),
            )
        accounts = {each.account.id for each in self._session.library.coverage(asked)}
        await _read_lists(self._session, accounts, tell)
        return await self._session.catalogue.listings.matching(unread(query))

    async def end(self) -> None:
        """Forget the wish if all of it is on the list."""
        if self._all:
            await self._session.catalogue.readings.grant(self._wish)


async def _read_lists(session: Session, accounts: Collection[str], tell: Tell) -> None:
    """Read the providers' lists to their ends. Raises `PlayheadError`."""
    for account in sorted(accounts):
        label = session.library.label(account)
        tell(f"Reading the list of transcripts of {label}…")
        await session.transcripts.lists.read(account, partial(_tell_entries, tell, label))


def _tell_entries(tell: Tell, label: str, number: int) -> None:
    tell(f"Reading the list of transcripts of {label}: {count(number, 'entry', 'entries')}")
