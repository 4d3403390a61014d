"""Pages as an older Playhead stored them, before it packed what is told of a recording."""

from collections.abc import Sequence

import apsw

from playhead.catalogue.connection import only_row, transaction
from playhead.catalogue.rows import SEARCH_COLUMNS, to_key, to_search, to_told
from playhead.core.recording import Recording
from playhead.core.text import fold


def add_as_before(connection: apsw.Connection, page: Sequence[Recording]) -> None:
    """Store new recordings of the account `first`, whatever the version of the catalogue."""
    with transaction(connection):
        connection.execute("insert or ignore into account values (1, 'first', ?)", (fold("first"),))
        (last,) = only_row(connection, "select ifnull(max(id), 0) from recording")
        for number, each in enumerate(page, last + 1):
            value, _, raw = to_told(each).partition("\n")
            connection.execute(
                "insert into recording (id, account, key, value, raw) values (?, 1, ?, ?, ?)",
                (number, to_key(each.id), value, raw),
            )
            columns, marks = ", ".join(SEARCH_COLUMNS), ", ".join("?" * len(SEARCH_COLUMNS))
            connection.execute(f"insert into search ({columns}) values ({marks})", to_search(number, 1, each))
