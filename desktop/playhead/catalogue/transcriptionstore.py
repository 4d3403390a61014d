"""Providers' lists of transcripts: `core.stores.Transcriptions` in the catalogue."""

import json
from collections.abc import Sequence

import apsw

from playhead.catalogue.connection import only_row, transaction
from playhead.catalogue.desk import Desk
from playhead.catalogue.rows import from_micros, number_of, to_key, to_micros
from playhead.core.recording import Recording
from playhead.core.transcript import ListProgress, Transcription

_READY = (
    "exists (select 1 from transcription join recording as its"
    " on its.account = transcription.account and its.key = transcription.recording"
    " where its.id = search.id and ready = 1)"
)
_KEPT = "exists (select 1 from transcript where transcript.id = search.id)"


class TranscriptionStore:
    """Entries of the lists, of recordings that were met and of others, and how far each list was read."""

    def __init__(self, writing: Desk, reading: Desk) -> None:
        self._writing = writing
        self._reading = reading

    async def of(self, recording: Recording) -> Sequence[Transcription]:
        """The entries of a recording that are ready, the newest first."""
        return await self._reading.run(_of, recording)

    async def progress(self, account: str) -> ListProgress:
        """Progress in reading the list of an account."""
        return await self._reading.run(_progress, account)

    async def unready(self, account: str) -> bool:
        """True if an entry of an account is not ready yet."""
        return await self._reading.run(_unready, account)

    async def add(
        self, account: str, listed: Sequence[Transcription], news: ListProgress, none: ListProgress
    ) -> bool:
        """Store a page of a list, and how far that goes: as `news` if it brings any, else as `none`."""
        return await self._writing.run(_add, account, listed, news, none)

    async def drop(self, recording: Recording, transcription: Transcription) -> None:
        """Forget an entry that turned out to be gone."""
        await self._writing.run(_drop, recording, transcription)


def _of(connection: apsw.Connection, recording: Recording) -> Sequence[Transcription]:
    rows = connection.execute(
        "select transcription.id, made, locale, summary from transcription"
        " join account on account.key = transcription.account"
        " where account.id = ? and recording = ? and ready = 1"
        " order by made desc nulls last, transcription.id",
        (recording.account, to_key(recording.id)),
    )
    return [
        Transcription(
            id=identity,
            recording=recording.id,
            ready=True,
            made=None if made is None else from_micros(made),
            locale=locale,
            summary=summary,
        )
        for identity, made, locale, summary in rows
    ]


def _progress(connection: apsw.Connection, account: str) -> ListProgress:
    if connection.execute("select 1 from account where id = ?", (account,)).fetchone() is None:
        # Nothing of it was ever met: there is nothing that its list could tell.
        return ListProgress(whole=True)
    row = connection.execute(
        "select state from transcription_list where account = (select key from account where id = ?)",
        (account,),
    ).fetchone()
    if row is None:
        return ListProgress()
    known = json.loads(row[0])
    began = known.pop("began")
    return ListProgress(began=None if began is None else from_micros(began), **known)


def _unready(connection: apsw.Connection, account: str) -> bool:
    row = connection.execute(
        "select 1 from transcription where account = (select key from account where id = ?) and not ready",
        (account,),
    ).fetchone()
    return row is not None


def _add(
    connection: apsw.Connection,
    account: str,
    listed: Sequence[Transcription],
    news: ListProgress,
    none: ListProgress,
) -> bool:
    with transaction(connection):
        row = connection.execute("select key from account where id = ?", (account,)).fetchone()
        if row is None:
            return bool(listed)
        (key,) = row
        # Not `any`: every entry is stored.
        fresh = sum(_put(connection, key, each) for each in listed) > 0
        progress = news if fresh else none
        state = {
            "token": progress.token,
            "behind": progress.behind,
            "began": None if progress.began is None else to_micros(progress.began),
            "whole": progress.whole,
        }
        connection.execute(
            "insert into transcription_list values (?, ?) on conflict do update set state = excluded.state",
            (key, json.dumps(state)),
        )
    return fresh


def _put(connection: apsw.Connection, account: int, listed: Transcription) -> bool:
    """Store an entry; whether it was new, or told something else before."""
    place = (account, to_key(listed.recording), listed.id)
    facts = (
        int(listed.ready),
        None if listed.made is None else to_micros(listed.made),
        listed.locale,
        listed.summary,
    )
    known = connection.execute(
        "select ready, made, locale, summary from transcription"
        " where account = ? and recording = ? and id = ?",
        place,
    ).fetchone()
    if known == facts:
        return False
    connection.execute("insert or replace into transcription values (?, ?, ?, ?, ?, ?, ?)", (*place, *facts))
    there = connection.execute("select id from recording where account = ? and key = ?", place[:2]).fetchone()
    if there is not None:
        _mark(connection, int(there[0]))
        if listed.ready:
            # What is listed now may be given now.
            connection.execute("delete from untold where id = ?", there)
    return True


def _drop(connection: apsw.Connection, recording: Recording, transcription: Transcription) -> None:
    with transaction(connection):
        connection.execute(
            "delete from transcription where account = (select key from account where id = ?)"
            " and recording = ? and id = ?",
            (recording.account, to_key(recording.id), transcription.id),
        )
        number = number_of(connection, recording)
        if number is not None:
            _mark(connection, number)


def _mark(connection: apsw.Connection, number: int) -> None:
    """Let `search` say whether there is a transcript of a recording, here or at its provider."""
    (there,) = only_row(connection, f"select {_READY} or {_KEPT} from (select ? as id) as search", (number,))
    connection.execute(
        "update search set listed = ? where id = ? and listed is not ?",
        (1 if there else None, number, 1 if there else None),
    )
