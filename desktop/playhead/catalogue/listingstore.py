"""Listings, counts and sums: `core.stores.Listings` in the catalogue."""

from array import array
from datetime import datetime

import apsw

from playhead.catalogue import answering
from playhead.catalogue.connection import only_row
from playhead.catalogue.desk import Desk, Latest
from playhead.catalogue.orders import RANKED
from playhead.catalogue.upkeep import Upkeep
from playhead.core.finding.query import NEWEST_FIRST, Order, Query
from playhead.core.stores import Listing, Totals

_AT_ONCE = 20_000
"""Ids between two looks at whether the answer is still wanted."""


class ListingStore:
    """Answers to queries, each at the desk where it keeps nothing else waiting."""

    def __init__(self, upkeep: Upkeep, answering: Desk, listing: Desk, counting: Desk) -> None:
        self._upkeep = upkeep
        self._answering = answering
        self._listing = listing
        self._counting = counting
        self._listing_turns = Latest()
        self._total_turns = Latest()

    async def listing(self, query: Query, order: Order, *, not_before: datetime | None = None) -> Listing:
        """The ordered ids that match. With `not_before`, only those not older and those without a date.

        A newer call interrupts this one, which then raises `Superseded`.
        """
        listing = await self._listing_turns.run(self._listing, answering.listing, query, order, not_before)
        if order.column in RANKED:
            self._upkeep.begin()
        return listing

    async def first_rows(
        self, query: Query, order: Order, *, not_before: datetime | None = None, number: int = 100
    ) -> "array[int]":
        """The first ids of what `listing` would give, much sooner.

        A newer call interrupts this one, and a listing, which then raise `Superseded`.
        """
        return await self._listing_turns.run(
            self._answering, answering.first_rows, query, order, not_before, number
        )

    async def count(self, query: Query) -> int:
        """The number of loaded recordings that match."""
        return await self._counting.run_while_wanted(answering.count, query)

    async def matching(self, query: Query) -> "array[int]":
        """The ids of all loaded recordings that match, the newest first."""
        listing = await self._counting.run_while_wanted(answering.listing, query, NEWEST_FIRST, None)
        return listing.ids

    async def totals(self, ids: "array[int]") -> Totals:
        """Count, seconds and bytes of these recordings; a newer call ends this one with `Superseded`."""
        return await self._total_turns.run(self._counting, _totals, ids)

    async def seek(
        self, query: Query, order: Order, moment: datetime, *, not_before: datetime | None = None
    ) -> int:
        """The row of a listing by date at which `moment` is passed: how many rows come before it."""
        return await self._counting.run_while_wanted(answering.seek, query, order, moment, not_before)

    def interrupt(self) -> None:
        """End what is being answered."""
        self._listing_turns.interrupt()
        self._total_turns.interrupt()


def _totals(connection: apsw.Connection, ids: "array[int]") -> Totals:
    """Count, and the known length and size together, of those that are there."""
    number, seconds, size, timed, sized = 0, 0.0, 0, 0, 0
    for start in range(0, len(ids), _AT_ONCE):
        # In order, the pages of the table are read one after another. Not all ids at once, which would keep
        # the interpreter from the window.
        part = array("q", sorted(ids[start : start + _AT_ONCE]))
        row = only_row(
            connection,
            "select count(*), total(duration), ifnull(sum(size), 0), count(duration), count(size)"
            " from carray(?) join search on id = value",
            (apsw.carray(part, flags=apsw.SQLITE_CARRAY_INT64),),
        )
        number, seconds, size = number + row[0], seconds + row[1], size + row[2]
        timed, sized = timed + row[3], sized + row[4]
    return Totals(number, seconds, size, timed, sized)
