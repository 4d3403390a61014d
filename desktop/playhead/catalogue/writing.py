"""Pages put into the catalogue, recordings that are gone and accounts that leave; one transaction each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import apsw

from playhead.catalogue import facets, ranking, samesounds, shortwords
from playhead.catalogue.connection import only_row, shrink, transaction
from playhead.catalogue.healthrows import doubt, judge_again
from playhead.catalogue.packing import PACKED, TOLD, pack, unpack
from playhead.catalogue.rows import (
    SEARCH_COLUMNS,
    Value,
    number_of,
    to_asked,
    to_key,
    to_micros,
    to_search,
    to_state,
    to_told,
    value_of,
)
from playhead.core.page import Arrival, FeedState
from playhead.core.recording import Recording
from playhead.core.text import fold

_Row = tuple[Recording, int, bytes, str]
_BEHIND = 5_000
"""Recordings that the index of words may lack when pages come faster than it takes them (see `Indexing`)."""
_AT_ONCE = 100
"""Recordings that are stored by one statement: a page."""
_INTO_RECORDING = "insert into recording (id, account, key, value, raw) values"
_RECORDING = f"(?, ?, ?, {PACKED}, '')"
_INTO_SEARCH = f"insert into search ({', '.join(SEARCH_COLUMNS)}) values"
_SEARCH = f"({', '.join('?' * len(SEARCH_COLUMNS))})"


def add(
    connection: apsw.Connection,
    recordings: Sequence[Recording],
    state: FeedState,
    whole: tuple[datetime, datetime] | None = None,
) -> Arrival:
    """Store a page and how far its feed has come; with `whole`, what else lies between the two is gone."""
    # Two rows with one identity are one recording: the later one.
    page = {recording.key: recording for recording in recordings}
    rows = [(each, to_key(each.id), to_told(each)) for each in page.values()]
    with transaction(connection):
        accounts = {
            account: _account(connection, account) for account in {state.account, *(key[0] for key in page)}
        }
        kept = {
            account: _kept(
                connection, number, tuple(key for each, key, *_ in rows if each.account == account)
            )
            for account, number in accounts.items()
        }
        numbers, fresh, changed = list[int](), list[_Row](), 0
        for recording, key, told in rows:
            account = accounts[recording.account]
            known = kept[recording.account].get(key)
            if known is None:
                fresh.append((recording, account, key, told))
            else:
                numbers.append(known[0])
                changed += _renew(connection, known, account, recording, told)
        ids = _insert(connection, fresh)
        connection.execute(
            "insert into feed values (?, ?, ?) on conflict do update set state = excluded.state",
            (accounts[state.account], to_asked(state.asked), to_state(state)),
        )
        gone = (
            _missed(
                connection, accounts[state.account], [key for key in page if key[0] == state.account], whole
            )
            if whole
            else 0
        )
        indexed, last = _indexed(connection)
        if last - indexed >= _BEHIND:
            _index(connection, indexed, last)
    return Arrival(new=len(fresh), changed=changed, known=len(numbers) - changed, gone=gone, ids=ids)


def index_words(connection: apsw.Connection, at_least: int = 1, at_once: int | None = None) -> bool:
    """Let the index of words have its next recordings, if it lacks so many; False if it does not.

    Together they take a third of the time that they take alone.
    """
    done, last = _indexed(connection)
    if last - done < at_least:
        return False
    with transaction(connection):
        _index(connection, done, last if at_once is None else min(last, done + at_once))
    return True


def _indexed(connection: apsw.Connection) -> tuple[int, int]:
    """The last id that the index of words has, and the last there is."""
    done, last = only_row(connection, "select id, (select ifnull(max(id), 0) from search) from indexed")
    return done, last


def _index(connection: apsw.Connection, done: int, upto: int) -> None:
    connection.execute(
        "insert into words (rowid, text) select id, text from search where id > ? and id <= ?", (done, upto)
    )
    connection.execute("update indexed set id = ?", (upto,))


def forget(connection: apsw.Connection, account: str) -> None:
    """Remove everything of an account, and its traces in the index and in the free pages."""
    with transaction(connection):
        connection.execute("delete from account where id = ?", (account,))
        samesounds.clear(connection)
        ranking.forget_all(connection)
        shortwords.forget_all(connection)
        facets.forget_all(connection)
        # Deleting an entry of an index only marks it; merging everything really drops it.
        connection.execute("insert into words (words) values ('optimize')")
        connection.execute("insert into spoken (spoken) values ('optimize')")
        connection.execute("insert into said (said) values ('optimize')")
    shrink(connection)


def mark_gone(connection: apsw.Connection, recordings: Sequence[Recording]) -> None:
    """Remember that providers no longer have these recordings."""
    with transaction(connection):
        numbers = (number_of(connection, each) for each in recordings)
        _now_gone(connection, [number for number in numbers if number is not None])


def _account(connection: apsw.Connection, account: str) -> int:
    known = connection.execute("select key from account where id = ?", (account,)).fetchone()
    if known is None:
        connection.execute("insert into account (id, folded) values (?, ?)", (account, fold(account)))
        return connection.last_insert_rowid()
    return int(known[0])


def _kept(
    connection: apsw.Connection, account: int, keys: tuple[bytes, ...]
) -> dict[bytes, tuple[int, str | bytes]]:
    """Id and all that is told of those recordings that are there, by their keys.

    All at once: whoever asks for one after another waits for the interpreter each time.
    """
    if not keys:
        return {}
    wanted = apsw.carray(keys, flags=apsw.SQLITE_CARRAY_BLOB)
    found = connection.execute(
        f"select key, id, {TOLD} from recording where account = ? and key in (select value from carray(?))",
        (account, wanted),
    )
    return {bytes(key): (number, told) for key, number, told in found}


def _insert(connection: apsw.Connection, fresh: Sequence[_Row]) -> range:
    """Store recordings that were not there before; their ids."""
    (last,) = only_row(connection, "select ifnull(max(id), 0) from recording")
    for start in range(0, len(fresh), _AT_ONCE):
        some = list(enumerate(fresh[start : start + _AT_ONCE], last + 1 + start))
        kept = [(number, account, key, pack(told)) for number, (_, account, key, told) in some]
        _insert_all(connection, _INTO_RECORDING, _RECORDING, kept)
        asked = [to_search(number, account, each) for number, (each, account, *_) in some]
        _insert_all(connection, _INTO_SEARCH, _SEARCH, asked)
    return range(last + 1, last + 1 + len(fresh))


def _insert_all(connection: apsw.Connection, into: str, row: str, rows: Sequence[tuple[Value, ...]]) -> None:
    """Store rows by one statement: each hands the interpreter on, and waits until it is given back."""
    values = [value for each in rows for value in each]
    connection.execute(f"{into} {', '.join([row] * len(rows))}", values)


def _renew(
    connection: apsw.Connection,
    known: tuple[Any, ...],
    account: int,
    recording: Recording,
    told: str,
) -> bool:
    """Store a recording that was there before; whether what one can see of it differs."""
    number, kept = known
    before = unpack(kept)
    connection.execute("delete from gone where id = ?", (number,))
    back = connection.changes() > 0
    if back:
        samesounds.come(connection, number)
    if before == told:
        return back
    connection.execute(f"update recording set value = {PACKED}, raw = '' where id = ?", (pack(told), number))
    earlier, later = value_of(before), value_of(told)
    differs = _visible(earlier) != _visible(later)
    if differs or recording.moment is None:
        measured, kin = only_row(
            connection,
            "select measured, kin from recording left join search using (id) where id = ?",
            (number,),
        )
        connection.execute("delete from search where id = ?", (number,))
        _insert_all(
            connection,
            _INTO_SEARCH,
            _SEARCH,
            [to_search(number, account, replace(recording, measured=measured))],
        )
        judge_again(connection, number, recording)
        connection.execute("update search set kin = ? where id = ?", (kin, number))
        if _audible(earlier) != _audible(later):
            doubt(connection, number)
    return differs or back


def _missed(
    connection: apsw.Connection,
    account: int,
    met: Sequence[tuple[str, str]],
    whole: tuple[datetime, datetime],
) -> int:
    """Mark as gone what lies between two moments and was not met there; how many were not gone before."""
    low, high = map(to_micros, whole)
    keys = {to_key(identifier) for _, identifier in met}
    there: list[tuple[Any, ...]] = connection.execute(
        "select search.id, key from search join recording using (id) where search.account = ?"
        " and newest between ? and ? and ifnull(created, ?) between ? and ?",
        (account, 1 - high, -1 - low, low + 1, low + 1, high - 1),
    ).fetchall()
    return _now_gone(connection, [number for number, key in there if key not in keys])


def _now_gone(connection: apsw.Connection, numbers: Sequence[int]) -> int:
    """Mark recordings as gone; how many were not gone before."""
    before = connection.total_changes()
    now = to_micros(datetime.now(UTC))
    connection.executemany("insert or ignore into gone values (?, ?)", [(number, now) for number in numbers])
    fresh = connection.total_changes() - before
    if fresh:
        samesounds.go(connection, numbers)
    return fresh


def _visible(value: Mapping[str, object]) -> dict[str, object]:
    """The fields that make a recording a changed one; its place moves with every recording before it."""
    return {name: field for name, field in value.items() if name != "position"}


def _audible(value: Mapping[str, object]) -> list[object]:
    """The fields that tell of its audio: where they change, it may be another one."""
    return [value.get(each) for each in ("duration", "size", "format", "stereo")]
