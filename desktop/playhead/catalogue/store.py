"""The catalogue: `core.stores.Catalogue` on an encrypted SQLite file."""

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from playhead.catalogue.analysisstore import AnalysisStore
from playhead.catalogue.chores import (
    Clearing,
    Faceting,
    Indexing,
    Lettering,
    Packing,
    Sorting,
    SpeechIndexing,
)
from playhead.catalogue.clearing import clear_empty
from playhead.catalogue.connection import WriteMark, connect, own_words
from playhead.catalogue.desk import Desk
from playhead.catalogue.exportjournal import ExportJournal
from playhead.catalogue.listingstore import ListingStore
from playhead.catalogue.markstore import MarkStore
from playhead.catalogue.mediacache import MediaCache, open_media_cache
from playhead.catalogue.recordingstore import RecordingStore
from playhead.catalogue.refolding import refold
from playhead.catalogue.reprinting import reprint
from playhead.catalogue.samesoundstore import SameSoundStore
from playhead.catalogue.savedsearches import SavedSearches
from playhead.catalogue.schema import open_newest
from playhead.catalogue.timelinestore import TimelineStore
from playhead.catalogue.transcriptionstore import TranscriptionStore
from playhead.catalogue.transcriptstore import TranscriptStore
from playhead.catalogue.upkeep import Upkeep
from playhead.catalogue.valuestore import ValueStore
from playhead.catalogue.workliststore import CHECKUP, READING, WorkListStore
from playhead.catalogue.writing import forget
from playhead.core.errors import CatalogueError
from playhead.core.threads import Threads

MEDIA_LIMIT = 1 << 30
"""Bytes of audio that the media cache keeps on disk."""
DESKS = ("writing", "answering", "listing", "reading", "surveying", "counting", "tidying")
CACHES = {"writing": 32 * 1024, "answering": 16 * 1024, "listing": 4 * 1024}
"""KiB of pages at most that need not be decrypted again. What the first rows need, they need at the next key,
too; a whole listing reads more than any cache holds, and would only push that out. What is written of a sound
that was measured lies all over the index of landmarks (see `samesounds`)."""


class Store:
    """The stores of the catalogue, one a topic. Made by `open_catalogue`.

    Writing, answering with the first rows, listing all of them, reading for the screen, surveying what
    matches, counting at leisure, and tidying up have a desk each, so that none waits for another; in memory
    they share one.
    """

    def __init__(self, media: MediaCache, desks: Mapping[str, Desk]) -> None:
        writing, answering, listing, reading, surveying, counting, tidying = (desks[work] for work in DESKS)
        self.transcripts = TranscriptStore(writing, reading, counting)
        self.indexing = Upkeep((Indexing(writing),))
        self.upkeep = Upkeep(
            (
                SpeechIndexing(self.transcripts),
                Packing(writing),
                Sorting(writing, tidying),
                Faceting(writing, tidying),
                Lettering(writing, tidying),
                Clearing(writing),
            )
        )
        self.recordings = RecordingStore(writing, reading, counting, self.indexing, self.upkeep)
        self.listings = ListingStore(self.upkeep, answering, listing, counting)
        self.timelines = TimelineStore(surveying)
        self.values = ValueStore(counting)
        self.marks = MarkStore(writing, reading)
        self.media = media
        self.analyses = AnalysisStore(writing, reading)
        self.checkups = WorkListStore(CHECKUP, writing, counting)
        self.readings = WorkListStore(READING, writing, counting)
        self.same_sounds = SameSoundStore(counting)
        self.transcriptions = TranscriptionStore(writing, reading)
        self.exports = ExportJournal(writing, counting)
        self.searches = SavedSearches(writing, reading)
        self._writing = writing
        self._others = (answering, listing, surveying, counting, reading, tidying)

    async def forget(self, account: str) -> None:
        """Remove every trace of an account, whatever hangs on its recordings too, and from the disk too."""
        await self._writing.run(forget, account)
        await self.media.forget(account)

    async def close(self) -> None:
        """Finish what is being written and let go of the files; what is asked later fails."""
        self.listings.interrupt()
        self.timelines.interrupt()
        self.values.interrupt()
        await asyncio.shield(asyncio.gather(self._close(), self.media.close()))

    async def _close(self) -> None:
        await self.indexing.stop()
        await self.upkeep.stop()
        for desk in self._others:
            await desk.close()
        # The writer last: SQLite empties the write-ahead log when the last connection lets go.
        await self._writing.close()


async def open_catalogue(
    path: Path | None, key: bytes | None, *, media_limit: int = MEDIA_LIMIT, mark: WriteMark | None = None
) -> Store:
    """The catalogue in the file at `path`, with its audio in `media.db` beside it, both made if missing.

    `key` is 32 random bytes. Without a path everything is in memory until the store is closed, and there is
    no key. `media_limit` in bytes; `mark` is told of everything that is written. Raises `CatalogueUnreadable`
    (see `schema.set_aside`), `CatalogueNewer` or `CatalogueReadOnly`, and has then changed nothing.
    """
    opener = Threads(1, "catalogue opening")
    opening = opener.start(_open, path, key, media_limit, mark)
    try:
        store = await asyncio.shield(opening)
    except asyncio.CancelledError:
        # What is opened all the same has to be let go of: nobody else will know of it.
        with suppress(CatalogueError):
            await (await opening).close()
        raise
    finally:
        opener.shutdown()
    store.upkeep.begin()
    return store


def _open(path: Path | None, key: bytes | None, media_limit: int, mark: WriteMark | None) -> Store:
    with own_words(), ExitStack() as undoing:
        connection = undoing.enter_context(closing(open_newest(path, key)))
        refold(connection)
        reprint(connection)
        clear_empty(connection)
        if path is None:
            desk = Desk("catalogue", connection)
            media = open_media_cache(None, None, media_limit, desk)
            store = Store(media, dict.fromkeys(DESKS, desk))
        else:
            connection.pragma("cache_size", -CACHES["writing"])
            desks = {"writing": Desk("catalogue writing", connection, mark)}
            for work in DESKS[1:]:
                another = undoing.enter_context(closing(connect(path, key)))
                if work in CACHES:
                    another.pragma("cache_size", -CACHES[work])
                desks[work] = Desk(f"catalogue {work}", another)
            media = open_media_cache(path.with_name("media.db"), key, media_limit, desks["reading"])
            store = Store(media, desks)
            if mark is not None:
                mark.note(connection)
        undoing.pop_all()
        return store
