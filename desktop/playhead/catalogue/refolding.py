"""Folds anew what an older Playhead has folded by other rules (see `core.text.fold`)."""

import json
from collections.abc import Iterator
from typing import Any

import apsw

from playhead.catalogue.rows import SEARCH_COLUMNS, carried, from_row, to_search
from playhead.core.text import fold
from playhead.core.transcript import Line, Transcript

_AT_ONCE = 2000
"""Recordings that are in memory together."""
_FOLDED_OTHERWISE = "{0} glob '*[^ -~' || char(10) || ']*' or instr({0}, '`')"
"""Text of which not all is plain ASCII still; what is, has come out the same."""
_PARTED_OTHERWISE = "{0} glob '*[^-+0-9 ().]*'"
"""Addresses that are more than a number."""
_INTO_SEARCH = (
    f"insert into search ({', '.join(SEARCH_COLUMNS)}) values ({', '.join('?' * len(SEARCH_COLUMNS))})"
)


def fold_anew(connection: apsw.Connection) -> None:
    """Write anew everything folded that the rules of today make something else of; inside a transaction."""
    for batch in _recordings(connection):
        connection.executemany("delete from search where id = ?", [(row[0],) for row in batch])
        connection.executemany(
            _INTO_SEARCH,
            [
                to_search(number, key, from_row(account, identifier, value, "{}"))
                for number, key, account, identifier, value in batch
            ],
        )
    accounts = [
        (carried(fold(account)), key) for key, account in _rows(connection, "select key, id from account")
    ]
    connection.executemany("update account set folded = ? where key = ?", accounts)
    notes = [
        (carried(fold(json.loads(value))), number)
        for number, value in _rows(connection, "select id, value from note")
    ]
    connection.executemany("update note set folded = ? where id = ?", notes)
    condition = _FOLDED_OTHERWISE.format("folded")
    for (number,) in _rows(connection, f"select id from transcript where {condition}"):
        _fold_transcript(connection, number)


def _rows(connection: apsw.Connection, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
    """All rows at once: they are changed while somebody goes through them."""
    return connection.execute(sql, values).fetchall()


def _recordings(connection: apsw.Connection) -> Iterator[list[tuple[Any, ...]]]:
    """Id, account (as number and as text), provider's id and value of what has to be folded anew."""
    conditions = [_FOLDED_OTHERWISE.format("text")]
    conditions += [_PARTED_OTHERWISE.format(f"{side}_address") for side in ("from", "to")]
    last = 0
    while True:
        batch = _rows(
            connection,
            "select search.id, search.account, account.id, recording.key, value from search"
            " join recording using (id) join account on account.key = search.account"
            f" where search.id > ? and ({' or '.join(conditions)}) order by search.id limit {_AT_ONCE}",
            (last,),
        )
        if not batch:
            return
        yield batch
        last = batch[-1][0]


def _fold_transcript(connection: apsw.Connection, number: int) -> None:
    ((value,),) = _rows(connection, "select value from transcript where id = ?", (number,))
    known = json.loads(value)
    lines = tuple(Line(**line) for line in known.pop("lines"))
    folded = carried(fold(Transcript(lines=lines, **known).text))
    # Not an update: what stood there before would stay in the index.
    connection.execute("delete from transcript where id = ?", (number,))
    connection.execute("insert into transcript values (?, ?, ?)", (number, folded, value))
