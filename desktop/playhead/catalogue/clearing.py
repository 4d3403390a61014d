"""Clearing away of what an older Playhead kept for orders: whole orders that were not packed, and an index.

It is done in small steps while the catalogue is used, and the room given back to the disk; a program that is
killed goes on from there.
"""

from typing import Final

import apsw

from playhead.catalogue.connection import transaction

_PAGES_AT_ONCE: Final = 400
"""Pages that are given back to the disk between two looks at what else is to be written."""


def clear_empty(connection: apsw.Connection) -> None:
    """Clear all of it at once where there are no recordings yet."""
    if connection.execute("select 1 from recording").fetchone() is None:
        while clear_next(connection):
            pass


def clear_next(connection: apsw.Connection, pages: int = _PAGES_AT_ONCE) -> bool:
    """Clear the next of it, then give the room to the disk; False at the end."""
    if not _exists(connection, "cleared_ranking"):
        return False
    if connection.execute("select 1 from cleared_ranking").fetchone() is not None:
        with transaction(connection):
            connection.execute(
                "delete from cleared_ranking where number = (select min(number) from cleared_ranking)"
            )
    elif _exists(connection, "search_unmeasured"):
        with transaction(connection):
            connection.execute("drop index search_unmeasured")
    elif connection.pragma("freelist_count"):
        connection.execute(f"pragma incremental_vacuum({pages})").fetchall()
    else:
        with transaction(connection):
            connection.execute("drop table cleared_ranking")
    return True


def _exists(connection: apsw.Connection, name: str) -> bool:
    row = connection.execute("select 1 from sqlite_schema where name = ?", (name,)).fetchone()
    return row is not None
