"""The catalogue: `core.ports.Catalogue` on an encrypted SQLite file."""

import asyncio
from array import array
from collections.abc import Sequence
from contextlib import ExitStack, closing, suppress
from datetime import datetime
from pathlib import Path

from playhead.catalogue import answering, marking, reading, selection, transcripts, writing
from playhead.catalogue.connection import connect, own_words
from playhead.catalogue.desk import Desk
from playhead.catalogue.exports import ExportJournal
from playhead.catalogue.mark import Mark
from playhead.catalogue.media import MediaCache, open_media_cache
from playhead.catalogue.orders import COLUMNS, make_index
from playhead.catalogue.refolding import refold
from playhead.catalogue.schema import open_newest
from playhead.catalogue.searches import SavedSearches
from playhead.catalogue.turns import Latest, interruptible
from playhead.catalogue.worker import Worker
from playhead.core.errors import CatalogueError
from playhead.core.finding.query import NEWEST_FIRST, Order, Query
from playhead.core.marks import Marks, Note, Spans
from playhead.core.page import Arrival, FeedState
from playhead.core.ports import Count, Listing, Totals
from playhead.core.recording import Recording
from playhead.core.transcript import Transcript

MEDIA_LIMIT = 1 << 30
"""Bytes of audio that the media cache keeps on disk."""
_CACHES = {"answering": 16 * 1024, "listing": 4 * 1024}
"""KiB of pages that need not be decrypted again. What the first rows need, they need at the next key, too; a
whole listing reads more than any cache holds, and would only push that out."""


class Store:
    """All recordings met so far. Made by `open_catalogue`.

    Writing, answering with the first rows, listing all of them, reading for the screen, and counting at
    leisure have a desk each, so that none waits for another; in memory they share one.
    """

    def __init__(
        self, media: MediaCache, writing: Desk, answering: Desk, listing: Desk, reading: Desk, counting: Desk
    ) -> None:
        self._writing = writing
        self._answering = answering
        self._listing = listing
        self._reading = reading
        self._counting = counting
        self._making: set[asyncio.Future[None]] = set()
        self._listing_turns = Latest()
        self._total_turns = Latest()
        self._media = media
        self._media_turn = asyncio.Lock()
        self._exports = ExportJournal(writing, counting)
        self._searches = SavedSearches(writing, reading)

    @property
    def audio_lost(self) -> bool:
        """Whether the audio that was kept could not be read, and was thrown away."""
        return self._media.anew

    @property
    def exports(self) -> ExportJournal:
        """The journal of exports."""
        return self._exports

    @property
    def searches(self) -> SavedSearches:
        """Saved queries and what was typed before."""
        return self._searches

    async def add(
        self,
        recordings: Sequence[Recording],
        state: FeedState,
        *,
        whole: tuple[datetime, datetime] | None = None,
    ) -> Arrival:
        """Store a page and how far its feed has come, both or neither.

        With `whole`, other recordings that lie between these moments are gone.
        """
        return await self._writing.run(lambda connection: writing.add(connection, recordings, state, whole))

    async def mark_gone(self, recording: Recording) -> None:
        """Remember that the provider no longer has a recording."""
        await self._writing.run(lambda connection: marking.mark_gone(connection, recording))

    async def states(self) -> Sequence[FeedState]:
        """The state of every feed."""
        return await self._reading.run(reading.states)

    async def listing(self, query: Query, order: Order, *, not_before: datetime | None = None) -> Listing:
        """The ordered ids that match. With `not_before`, only undated ones and those not older.

        A newer call interrupts this one, which then raises `asyncio.CancelledError`.
        """
        listing = await self._listing_turns.run(
            self._listing, lambda connection: answering.listing(connection, query, order, not_before)
        )
        self._sort_sooner(order)
        return listing

    async def first_rows(
        self, query: Query, order: Order, *, not_before: datetime | None = None, number: int = 100
    ) -> "array[int]":
        """The first ids of what `listing` would give, much sooner.

        A newer call interrupts this one, and a listing, which then raise `asyncio.CancelledError`.
        """
        return await self._listing_turns.run(
            self._answering,
            lambda connection: answering.first_rows(connection, query, order, not_before, number),
        )

    async def count(self, query: Query) -> int:
        """How many loaded recordings match."""
        return await interruptible(self._counting, lambda connection: answering.count(connection, query))

    async def matching(self, query: Query) -> "array[int]":
        """The ids of all loaded recordings that match, the newest first."""
        listing = await interruptible(
            self._counting,
            lambda connection: answering.listing(connection, query, NEWEST_FIRST, None),
        )
        return listing.ids

    async def totals(self, ids: "array[int]") -> Totals:
        """What these recordings are together; a newer call ends this one."""
        return await self._total_turns.run(
            self._counting, lambda connection: selection.totals(connection, ids)
        )

    async def seek(
        self, query: Query, order: Order, moment: datetime, *, not_before: datetime | None = None
    ) -> int:
        """The row of a listing by date at which `moment` is passed: how many rows come before it."""
        return await interruptible(
            self._counting,
            lambda connection: answering.seek(connection, query, order, moment, not_before),
        )

    async def recordings(self, ids: Sequence[int]) -> Sequence[Recording | None]:
        """The recordings of catalogue ids, in that order; None for one that is no longer there."""
        return await self._reading.run(lambda connection: reading.recordings(connection, ids))

    async def counts(self) -> Sequence[Count]:
        """How many recordings of each kind (folded) each account has."""
        return await self._reading.run(reading.counts)

    async def values(self, field: str) -> Sequence[str]:
        """The distinct values of a text field, sorted; of names and numbers the recent ones, as written."""
        return await self._counting.run(lambda connection: reading.values(connection, field))

    async def forget(self, account: str) -> None:
        """Remove every trace of an account, whatever hangs on its recordings too, and from the disk too."""
        async with self._media_turn:
            await self._writing.run(lambda connection: writing.forget(connection, account))
            await self._media.forget(account)

    async def media(self, recording: Recording) -> bytes | None:
        """The cached audio, if the cache has it."""
        return await self._media.get(recording)

    async def keep_media(self, recording: Recording, content: bytes) -> None:
        """Put audio into the cache; the least recently used goes when there is no room.

        Audio of an account that was forgotten is not kept.
        """
        async with self._media_turn:
            if await self._reading.run(lambda connection: reading.knows(connection, recording.account)):
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

    def _sort_sooner(self, order: Order) -> None:
        """See to it that the next time an order is asked for, its first rows come at once."""
        if order.column in COLUMNS and not self._making:
            making = asyncio.ensure_future(self._make_index(order.column))
            self._making.add(making)
            making.add_done_callback(self._making.discard)

    async def _make_index(self, column: str) -> None:
        # Without it the order only takes longer.
        with suppress(CatalogueError):
            await self._writing.run(lambda connection: make_index(connection, column))

    async def close(self) -> None:
        """Finish what is being written and let go of the files; what is asked later fails."""
        self._listing_turns.interrupt()
        self._total_turns.interrupt()
        for making in self._making:
            making.cancel()
        await asyncio.shield(asyncio.gather(self._close(), self._media.close()))

    async def _close(self) -> None:
        # The writer last: SQLite empties the write-ahead log when the last connection lets go.
        await self._answering.close()
        await self._listing.close()
        await self._counting.close()
        await self._reading.close()
        await self._writing.close()


async def open_catalogue(
    path: Path | None, key: bytes | None, *, media_limit: int = MEDIA_LIMIT, mark: Mark | None = None
) -> Store:
    """The catalogue in the file at `path`, with its audio in `media.db` beside it, both made if missing.

    `key` is 32 random bytes. Without a path everything is in memory until the store is closed, and there is
    no key. `media_limit` in bytes; `mark` is told of everything that is written. Raises `CatalogueUnreadable`
    (see `schema.set_aside`), `CatalogueNewer` or `CatalogueReadOnly`, and has then changed nothing.
    """
    opener = Worker("catalogue opening")
    opening = asyncio.ensure_future(opener.run(lambda: _open(path, key, media_limit, mark)))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        # What is opened all the same has to be let go of: nobody else will know of it.
        with suppress(CatalogueError):
            await (await opening).close()
        raise
    finally:
        opener.stop()


def _open(path: Path | None, key: bytes | None, media_limit: int, mark: Mark | None) -> Store:
    with own_words(), ExitStack() as undoing:
        connection = undoing.enter_context(closing(open_newest(path, key)))
        refold(connection)
        if path is None:
            media = open_media_cache(None, None, media_limit)
            desk = Desk("catalogue", connection)
            store = Store(media, desk, desk, desk, desk, desk)
        else:
            desks = [Desk("catalogue writing", connection, mark)]
            for work in ("answering", "listing", "reading", "counting"):
                another = undoing.enter_context(closing(connect(path, key)))
                if work in _CACHES:
                    another.pragma("cache_size", -_CACHES[work])
                desks.append(Desk(f"catalogue {work}", another))
            media = open_media_cache(path.with_name("media.db"), key, media_limit)
            store = Store(media, *desks)
            if mark is not None:
                mark.note(connection)
        undoing.pop_all()
        return store
