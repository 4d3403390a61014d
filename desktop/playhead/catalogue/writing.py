"""What changes the catalogue; each function is one transaction."""

import json
from collections.abc import Sequence

import apsw

from playhead.catalogue.connection import shrink, transaction
from playhead.catalogue.reading import number_of
from playhead.catalogue.rows import (
    SEARCH_COLUMNS,
    carried,
    to_asked,
    to_key,
    to_raw,
    to_search,
    to_state,
    to_value,
)
from playhead.core.page import Arrival, FeedState
from playhead.core.recording import Recording
from playhead.core.text import fold

_MARKS = ", ".join("?" * len(SEARCH_COLUMNS))
_INTO_SEARCH = f"insert into search ({', '.join(SEARCH_COLUMNS)}) values ({_MARKS})"  # noqa: S608  ours


def add(connection: apsw.Connection, recordings: Sequence[Recording], state: FeedState) -> Arrival:
    """Store a page and how far its feed has come."""
    new = changed = 0
    # Two rows with one identity are one recording: the later one.
    page = {recording.key: recording for recording in recordings}
    with transaction(connection):
        for recording in page.values():
            account = _account(connection, recording.account)
            before, differs = _store(connection, account, recording)
            new += not before
            changed += before and differs
        connection.execute(
            "insert into feed values (?, ?, ?) on conflict do update set state = excluded.state",
            (_account(connection, state.account), to_asked(state.asked), to_state(state)),
        )
    return Arrival(new=new, changed=changed, known=len(page) - new - changed)


def forget(connection: apsw.Connection, account: str) -> None:
    """Remove everything of an account, and its traces in the index and in the free pages."""
    with transaction(connection):
        connection.execute("delete from account where id = ?", (account,))
        # Deleting an entry of an index only marks it; merging everything really drops it.
        connection.execute("insert into words (words) values ('optimize')")
        connection.execute("insert into spoken (spoken) values ('optimize')")
    shrink(connection)


def keep_peaks(connection: apsw.Connection, recording: Recording, peaks: bytes) -> None:
    """Keep a waveform, if its recording is (still) there."""
    with transaction(connection):
        connection.execute(
            "insert or replace into peaks select id, ? from recording where id = ?",
            (peaks, number_of(connection, recording)),
        )


def keep_loudness(connection: apsw.Connection, recording: Recording, lufs: float) -> None:
    """Keep a loudness, if its recording is (still) there."""
    with transaction(connection):
        connection.execute(
            "insert or replace into loudness select id, ? from recording where id = ?",
            (lufs, number_of(connection, recording)),
        )


def _account(connection: apsw.Connection, account: str) -> int:
    known = connection.execute("select key from account where id = ?", (account,)).fetchone()
    if known is None:
        connection.execute(
            "insert into account (id, folded) values (?, ?)", (account, carried(fold(account)))
        )
        return connection.last_insert_rowid()
    return int(known[0])


def _store(connection: apsw.Connection, account: int, recording: Recording) -> tuple[bool, bool]:
    """Whether the recording was there before, and whether what one can see of it differs."""
    key, value, raw = to_key(recording.id), to_value(recording), to_raw(recording)
    before = connection.execute(
        "select id, value, raw from recording where account = ? and key = ?", (account, key)
    ).fetchone()
    if before is None:
        connection.execute(
            "insert into recording (account, key, value, raw) values (?, ?, ?, ?)", (account, key, value, raw)
        )
        number = connection.last_insert_rowid()
        connection.execute(_INTO_SEARCH, to_search(number, account, recording))
        return False, True
    number, old_value, old_raw = before
    if (old_value, old_raw) == (value, raw):
        return True, False
    connection.execute("update recording set value = ?, raw = ? where id = ?", (value, raw, number))
    differs = _visible(old_value) != _visible(value)
    if differs or recording.moment is None:
        connection.execute("delete from search where id = ?", (number,))
        connection.execute(_INTO_SEARCH, to_search(number, account, recording))
    return True, differs


def _visible(value: str) -> dict[str, object]:
    """The fields that make a recording a changed one; its place moves with every recording before it."""
    visible: dict[str, object] = json.loads(value)
    del visible["position"]
    return visible
