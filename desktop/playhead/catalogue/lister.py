"""Answering queries, the newest first and the older not at all."""

import asyncio
import sys
import threading
from array import array
from datetime import datetime

import apsw

from playhead.catalogue.connection import only_row
from playhead.catalogue.desk import Desk
from playhead.catalogue.rows import to_micros
from playhead.catalogue.sql import order_by, where, where_loaded
from playhead.core.ports import Listing
from playhead.core.query import Order, Query

_STEPS = 100_000
"""Steps of SQLite's machine, about a millisecond, between two looks at whether the answer is still wanted."""
_NO_LIMIT = 2**62


class Lister:
    """Makes listings at a desk of its own. A newer one interrupts the older."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._current: _Turn | None = None

    async def listing(self, query: Query, order: Order, not_before: datetime | None) -> Listing:
        """The ordered ids that match; raises `asyncio.CancelledError` when a newer listing is asked for."""
        self.interrupt()
        turn = self._current = _Turn(query, order, not_before)
        try:
            return await self._desk.run(turn.work)
        except asyncio.CancelledError:
            turn.interrupt()
            raise
        except apsw.InterruptError:
            raise asyncio.CancelledError from None

    def interrupt(self) -> None:
        """Stop the listing that is being made, if there is one."""
        if self._current is not None:
            self._current.interrupt()


class _Turn:
    """One listing on its way; `interrupt` may be called from any thread, at any moment."""

    def __init__(self, query: Query, order: Order, not_before: datetime | None) -> None:
        self._query = query
        self._order = order
        self._not_before = not_before
        self._lock = threading.Lock()
        self._connection: apsw.Connection | None = None
        self._interrupted = False

    def interrupt(self) -> None:
        with self._lock:
            self._interrupted = True
            # The connection may be shared: whatever comes after this turn must not be interrupted.
            if self._connection is not None:
                self._connection.interrupt()

    def work(self, connection: apsw.Connection) -> Listing:
        with self._lock:
            self._connection = connection
        # SQLite forgets an interruption that comes between two statements; this does not.
        connection.set_progress_handler(lambda: self._interrupted, _STEPS)
        try:
            if self._interrupted:
                raise apsw.InterruptError
            return _listing(connection, self._query, self._order, self._not_before)
        finally:
            connection.set_progress_handler(None)
            with self._lock:
                self._connection = None


def _listing(connection: apsw.Connection, query: Query, order: Order, not_before: datetime | None) -> Listing:
    condition = where(query.node)
    certain = _NO_LIMIT if not_before is None else -to_micros(not_before)
    # One step of SQLite gives all ids as one value: no Python object each, and the interpreter stays free
    # for the window meanwhile.
    packed, matched = only_row(
        connection,
        "select unhex(group_concat(printf('%016x', id), '') filter (where newest <= ?)), count(*) from"  # noqa: S608
        f" (select id, newest from search where {condition.sql} order by {order_by(order)})",
        (certain, *condition.values),
    )
    ids = array("q", packed or b"")
    if sys.byteorder == "little":
        ids.byteswap()
    chosen = where_loaded(query)
    (loaded,) = only_row(
        connection,
        f"select ifnull(sum(number), 0) from tally where {chosen.sql}",  # noqa: S608  built by `sql`
        chosen.values,
    )
    return Listing(ids=ids, matched=matched, loaded=loaded)
