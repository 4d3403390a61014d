"""Clearing away of what takes room in a catalogue of an older Playhead, and serves nobody.

Whole orders that were not packed, an index, and what was lost in each page of the indexes of words.

It is done in small steps while the catalogue is used, and the room given back to the disk; a program that is
killed goes on from there.
"""

from typing import Final

import apsw

from playhead.catalogue.connection import transaction

_PAGES_AT_ONCE: Final = 200
"""Pages that are filled, or given back to the disk, between two looks at what else is to be written."""
_OF_WORDS: Final = ("words", "spoken", "said")


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
    elif any(_filled(connection, each, pages) for each in _OF_WORDS):
        pass
    elif connection.pragma("freelist_count"):
        connection.execute(f"pragma incremental_vacuum({pages})").fetchall()
    else:
        with transaction(connection):
            connection.execute("drop table cleared_ranking")
    return True


def _filled(connection: apsw.Connection, table: str, pages: int) -> bool:
    """Write some pages of an index of words anew, and full; False if all are.

    See https://www.sqlite.org/fts5.html#the_merge_command for how one knows.
    """
    before = connection.total_changes()
    # Not counted as a write: it says the same before and after, and mostly there is nothing to do.
    connection.execute(f"insert into {table} ({table}, rank) values ('merge', ?)", (-pages,))
    return connection.total_changes() - before >= 2


def _exists(connection: apsw.Connection, name: str) -> bool:
    row = connection.execute("select 1 from sqlite_schema where name = ?", (name,)).fetchone()
    return row is not None
