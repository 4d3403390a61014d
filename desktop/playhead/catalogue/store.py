"""The catalogue: `core.ports.Catalogue` on an encrypted SQLite file."""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

from playhead.catalogue import marking, reading, transcripts, writing
from playhead.catalogue.connection import connect, own_words
from playhead.catalogue.desk import Desk
from playhead.catalogue.lister import Lister
from playhead.catalogue.media import MediaCache, open_media_cache
from playhead.catalogue.schema import open_newest
from playhead.catalogue.worker import Worker
from playhead.core.marks import Marks, Note, Spans
from playhead.core.page import Arrival, FeedState
from playhead.core.ports import Count, Listing
from playhead.core.query import Order, Query
from playhead.core.recording import Recording
from playhead.core.transcript import Transcript

MEDIA_LIMIT = 1 << 30
"""Bytes of audio that the media cache keeps on disk."""
_LISTING_CACHE = 32 * 1024
"""KiB of pages that the next query need not decrypt again: everything it asks of 100 000 recordings."""


class Store:
    """All recordings met so far. Made by `open_catalogue`.

    Writing, listing and reading have a desk each, so that none waits for another; in memory they share one.
    """

    def __init__(self, writing: Desk, listing: Desk, reading: Desk, media: MediaCache) -> None:
        self._writing = writing
        self._listing = listing
        self._reading = reading
        self._lister = Lister(listing)
        self._media = media

    async def add(self, recordings: Sequence[Recording], state: FeedState) -> Arrival:
        """Store a page and how far its feed has come, both or neither."""
        return await self._writing.run(lambda connection: writing.add(connection, recordings, state))

    async def states(self) -> Sequence[FeedState]:
        """How far every feed had come."""
        return await self._reading.run(reading.states)

    async def listing(self, query: Query, order: Order, *, not_before: datetime | None = None) -> Listing:
        """The ordered ids that match. With `not_before`, only undated ones and those not older.

        A newer call interrupts this one, which then raises `asyncio.CancelledError`.
        """
        return await self._lister.listing(query, order, not_before)

    async def recordings(self, ids: Sequence[int]) -> Sequence[Recording | None]:
        """The recordings of catalogue ids, in that order; None for one that is no longer there."""
        return await self._reading.run(lambda connection: reading.recordings(connection, ids))

    async def counts(self) -> Sequence[Count]:
        """How many recordings of each kind (folded) each account has."""
        return await self._reading.run(reading.counts)

    async def values(self, field: str) -> Sequence[str]:
        """The distinct values of a text field, folded and sorted; of names and numbers, the recent ones."""
        return await self._reading.run(lambda connection: reading.values(connection, field))

    async def forget(self, account: str) -> None:
        """Remove every trace of an account, whatever hangs on its recordings too, and from the disk too."""
        await self._writing.run(lambda connection: writing.forget(connection, account))
        await self._media.forget(account)

    async def media(self, recording: Recording) -> bytes | None:
        """The cached audio, if the cache has it."""
        return await self._media.get(recording)

    async def keep_media(self, recording: Recording, content: bytes) -> None:
        """Put audio into the cache; the least recently used goes when there is no room."""
        await self._media.keep(recording, content)

    async def media_usage(self) -> tuple[int, int]:
        """Bytes of audio that the cache holds, and how many it may."""
        return await self._media.usage()

    async def limit_media(self, limit: int) -> None:
        """Let the cache hold `limit` bytes from now on; what is too much goes at once."""
        await self._media.limit(limit)

    async def empty_media(self) -> None:
        """Throw all cached audio away."""
        await self._media.empty()

    async def peaks(self, recording: Recording) -> bytes | None:
        """What `keep_peaks` kept."""
        return await self._reading.run(lambda connection: reading.peaks(connection, recording))

    async def keep_peaks(self, recording: Recording, peaks: bytes) -> None:
        """Keep a waveform of a recording that is in the catalogue."""
        await self._writing.run(lambda connection: writing.keep_peaks(connection, recording, peaks))

    async def loudness(self, recording: Recording) -> float | None:
        """What `keep_loudness` kept, in LUFS."""
        return await self._reading.run(lambda connection: reading.loudness(connection, recording))

    async def keep_loudness(self, recording: Recording, lufs: float) -> None:
        """Keep how loud a recording is."""
        await self._writing.run(lambda connection: writing.keep_loudness(connection, recording, lufs))

    async def marks(self, recordings: Sequence[Recording]) -> Sequence[Marks]:
        """What the person made of each recording, in that order."""
        return await self._reading.run(lambda connection: marking.marks(connection, recordings))

    async def star(self, recording: Recording, *, on: bool) -> None:
        """Give a recording its star, or take it away."""
        await self._writing.run(lambda connection: marking.star(connection, recording, on=on))

    async def add_note(self, recording: Recording, text: str, at: float | None) -> Note:
        """Keep a note of a recording that is in the catalogue."""
        return await self._writing.run(lambda connection: marking.add_note(connection, recording, text, at))

    async def change_note(self, note: int, text: str) -> None:
        """Give the note with this id another text."""
        await self._writing.run(lambda connection: marking.change_note(connection, note, text))

    async def remove_note(self, note: int) -> None:
        """Remove the note with this id."""
        await self._writing.run(lambda connection: marking.remove_note(connection, note))

    async def keep_heard(self, recording: Recording, spans: Spans) -> None:
        """Add seconds that were heard to those that were heard before."""
        await self._writing.run(lambda connection: marking.keep_heard(connection, recording, spans))

    async def transcript(self, recording: Recording) -> Transcript | None:
        """What `keep_transcript` kept."""
        return await self._reading.run(lambda connection: transcripts.transcript(connection, recording))

    async def keep_transcript(self, recording: Recording, transcript: Transcript) -> None:
        """Keep what was said in a recording that is in the catalogue."""
        await self._writing.run(
            lambda connection: transcripts.keep_transcript(connection, recording, transcript)
        )

    async def close(self) -> None:
        """Finish what is being written and let go of the files; what is asked later fails."""
        self._lister.interrupt()
        await asyncio.shield(asyncio.gather(self._close(), self._media.close()))

    async def _close(self) -> None:
        # The writer last: SQLite empties the write-ahead log when the last connection lets go.
        await self._listing.close()
        await self._reading.close()
        await self._writing.close()


async def open_catalogue(path: Path | None, key: bytes | None, *, media_limit: int = MEDIA_LIMIT) -> Store:
    """The catalogue in the file at `path`, with its audio in `media.db` beside it, both made if missing.

    `key` is 32 random bytes. Without a path everything is in memory until the store is closed, and there is
    no key. `media_limit` in bytes. Raises `CatalogueUnreadable` (see `schema.set_aside`), `CatalogueNewer` or
    `CatalogueReadOnly`, and has then changed nothing.
    """
    opener = Worker("catalogue opening")
    try:
        return await opener.run(lambda: _open(path, key, media_limit))
    finally:
        opener.stop()


def _open(path: Path | None, key: bytes | None, media_limit: int) -> Store:
    with own_words(), ExitStack() as undoing:
        connection = undoing.enter_context(closing(open_newest(path, key)))
        if path is None:
            media = open_media_cache(None, None, media_limit)
            desk = Desk("catalogue", connection)
            store = Store(desk, desk, desk, media)
        else:
            listing = undoing.enter_context(closing(connect(path, key)))
            listing.pragma("cache_size", -_LISTING_CACHE)
            reading = undoing.enter_context(closing(connect(path, key)))
            media = open_media_cache(path.with_name("media.db"), key, media_limit)
            store = Store(
                Desk("catalogue writing", connection),
                Desk("catalogue listing", listing),
                Desk("catalogue reading", reading),
                media,
            )
        undoing.pop_all()
        return store
