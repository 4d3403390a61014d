"""Wish to check all that match a filter, the rest searched first: it outlasts the program."""

from array import array
from collections.abc import Callable

from playhead.core.finding.query import All, Flag, Is, Query, QueryError
from playhead.core.session import Session
from playhead.core.worklists.workstates import WorkWish
from playhead.ui.listing.listing import ListingJourney
from playhead.ui.wording.words import count


class RestFirst:
    """Gathers the recordings of a wish once everything is loaded that can be.

    If an account cannot go on, what is there is checked, and the wish is kept: the next start searches again.
    """

    def __init__(self, session: Session, listing: ListingJourney, wish: WorkWish) -> None:
        self._session = session
        self._listing = listing
        self._wish = wish
        self._all = False

    async def ids(self, tell: Callable[[str], None]) -> "array[int] | None":
        """Recordings that match and have audio; `tell` is told how the search goes."""
        try:
            query = self._session.library.understand(self._wish.text, self._wish.asked)
        except QueryError:
            # Of an account that is gone, most likely: nobody can tell any more what was meant.
            self._all = True
            return None
        tell("Searching the rest first…")
        self._all = await self._listing.load_everything(
            query, lambda read, _seconds: tell(f"Searching the rest first: {count(read, 'recording')} read")
        )
        return await self._session.catalogue.listings.matching(playable(query))

    async def end(self) -> None:
        """Forget the wish if all of it is on the list."""
        if self._all:
            await self._session.catalogue.checkups.grant(self._wish)


def playable(query: Query) -> Query:
    """Those that match and have audio."""
    return Query(node=All((query.node, Is(Flag.PLAYABLE))))
