"""Folding anew what an older Playhead has folded in another way, when its catalogue is opened.

Most text is nothing but letters of ASCII, which are folded as ever: SQL finds the few rows for which the
rules of today could say something else, and only those are read. Each transaction notes how far it has come,
so that a program that is killed goes on from there. Transcripts of that time are folded anew when they are
put into the index of what was said (`transcriptstore.index_older`).
"""

import json
from collections.abc import Mapping
from typing import Any

import apsw

from playhead.catalogue.connection import only_row, transaction
from playhead.catalogue.packing import TOLD
from playhead.catalogue.rows import SEARCH_COLUMNS, Value, from_row, to_search
from playhead.core.text import fold

_AT_ONCE = 2_000
"""Recordings that are read in one transaction, which takes about a second if all of them change."""
_SPACING_ACUTE = "\\u00b4"
"""The spacing acute accent, as JSON has it: once folded to a blank, it is an apostrophe."""
_FOLDED = SEARCH_COLUMNS[SEARCH_COLUMNS.index("provider") :]
_COLUMNS = ", ".join(f"search.{each}" for each in SEARCH_COLUMNS)
_TALLIED = frozenset({"provider", "kind", "direction", "status", "format"})
_PLAIN = "'*[^' || char(9, 10) || ' -_a-~]*'"
"""Matches what has anything but ASCII in it, or a grave accent, which is an apostrophe too."""
_NUMBER = "'*[^-+0-9 ().]*'"
"""Matches an address whose digits may be others: what is no plain number has an extension, a host, a code."""
_ODD = " or ".join(
    (
        *(f"{column} glob {_PLAIN}" for column in _FOLDED),
        *(f"{side}_address glob {_NUMBER} or {side}_address like '_%+%'" for side in ("from", "to")),
    )
)


def refold(connection: apsw.Connection, at_once: int = _AT_ONCE) -> None:
    """Fold anew what has to be, if this catalogue is from before; once killed, it goes on next time."""
    if connection.execute("select 1 from pragma_table_list where name = 'refolding'").fetchone() is None:
        return
    while _recordings(connection, at_once):
        pass
    with transaction(connection):
        _notes(connection)
        connection.execute("drop table refolding")


def _recordings(connection: apsw.Connection, at_once: int) -> bool:
    """Fold the next recordings; whether there were any."""
    with transaction(connection):
        (done,) = only_row(connection, "select recording from refolding")
        rows: list[tuple[Any, ...]] = connection.execute(
            f"select account.id, recording.key, {TOLD}, measured, {_COLUMNS}"
            " from search join recording using (id) join account on account.key = search.account"
            f" where search.id > ? and ({_ODD} or instr(value, ?) > 0) order by search.id limit ?",
            (done, _SPACING_ACUTE, at_once),
        ).fetchall()
        changes: dict[int, dict[str, Value]] = {}
        for account, key, told, measured, number, place, *old in rows:
            _, _, *new = to_search(number, place, from_row(account, key, told, measured))
            compared = zip(SEARCH_COLUMNS[2:], old, new, strict=True)
            if changed := {column: after for column, before, after in compared if before != after}:
                changes[number] = changed
        _change(connection, changes)
        if rows:
            connection.execute("update refolding set recording = ?", (rows[-1][4],))
    return bool(rows)


def _change(connection: apsw.Connection, changes: Mapping[int, Mapping[str, Value]]) -> None:
    """Put other values into rows of `search`.

    The index of words is told of all rows together: told by a trigger it takes five times as long.
    """
    ids = json.dumps(list(changes))
    indexed = "from search where id in (select value from json_each(?)) and id <= (select id from indexed)"
    connection.execute(f"insert into words (words, rowid, text) select 'delete', id, text {indexed}", (ids,))
    for number, changed in changes.items():
        columns = ", ".join(f"{column} = ?" for column in changed)
        connection.execute(f"update search set {columns} where id = ?", (*changed.values(), number))
    connection.execute(f"insert into words (rowid, text) select id, text {indexed}", (ids,))
    if any(_TALLIED & changed.keys() for changed in changes.values()):
        connection.execute("delete from tally")
        connection.execute(
            "insert into tally select account, provider, ifnull(kind, ''), ifnull(direction, ''),"
            " ifnull(status, ''), ifnull(format, ''), count(*) from search group by 1, 2, 3, 4, 5, 6"
        )


def _notes(connection: apsw.Connection) -> None:
    """Fold all notes, and the ids of accounts: there are few."""
    notes: list[tuple[Any, ...]] = connection.execute("select id, value from note").fetchall()
    changed = [(fold(json.loads(value)), number) for number, value in notes]
    connection.executemany("update note set folded = ? where id = ?", changed)
    accounts: list[tuple[Any, ...]] = connection.execute("select id, key from account").fetchall()
    connection.executemany(
        "update account set folded = ? where key = ?", [(fold(each), key) for each, key in accounts]
    )
