"""Reading of transcripts: from the catalogue first, from their providers only what that does not have."""

import asyncio
from collections.abc import Sequence

from playhead.core.errors import Gone, Missing
from playhead.core.finding.query import Query
from playhead.core.finding.speechhits import Passage, passages, sought
from playhead.core.loading.library import Library
from playhead.core.loading.transcriptlists import TranscriptLists
from playhead.core.ports import Clock
from playhead.core.recording import Recording
from playhead.core.stores import Catalogue
from playhead.core.transcript import Transcript


class TranscriptReader:
    """Reads transcripts of recordings, and keeps what it fetches."""

    def __init__(self, catalogue: Catalogue, library: Library, clock: Clock) -> None:
        self._catalogue = catalogue
        self._library = library
        self.lists = TranscriptLists(library, catalogue, clock)
        """What providers say they have."""

    async def read(self, recording: Recording) -> Transcript | None:
        """The transcript, if the provider has one; it is kept. Raises `PlayheadError`."""
        kept = await self._catalogue.transcripts.read(recording)
        if kept is not None:
            return kept
        found = await self.fetch(recording)
        await self.keep(recording, found)
        return found

    async def passages(self, recordings: Sequence[Recording], query: Query) -> Sequence[tuple[Passage, ...]]:
        """Passages in each of them of what a query asks for, as far as it is kept. `CatalogueError`."""
        if not sought(query):
            return [()] * len(recordings)
        kept = await self._catalogue.transcripts.several(recordings)
        return await asyncio.to_thread(lambda: [passages(query, each) for each in kept])

    async def keep(self, recording: Recording, transcript: Transcript | None) -> None:
        """Keep what `fetch` gave. Raises `CatalogueError`."""
        if transcript is None:
            await self._catalogue.transcripts.keep_none(recording)
        else:
            await self._catalogue.transcripts.keep(recording, transcript)

    async def fetch(self, recording: Recording) -> Transcript | None:
        """The transcript as the provider has it; the newest, if there are several. Raises `PlayheadError`."""
        source = self._library.source(recording.account)
        if recording.fault is not None:
            return None
        for transcription in await self.lists.of(recording):
            try:
                return await source.transcript(recording, transcription)
            except (Missing, Gone):  # deleted since it was listed
                await self.lists.drop(recording, transcription)
        return await source.transcript(recording, None)
