"""Transcripts and marks of recordings, for an export."""

from collections.abc import Sequence

from playhead.core.loading.library import Library
from playhead.core.marks import Marks
from playhead.core.recording import Recording
from playhead.core.stores import KnownMarks, Transcripts
from playhead.core.transcript import Transcript


class Saying:
    """Asks the catalogue first, and a recording's provider only for what that does not have."""

    def __init__(self, transcripts: Transcripts, marks: KnownMarks, library: Library) -> None:
        self._transcripts = transcripts
        self._marks = marks
        self._library = library

    async def transcript(self, recording: Recording) -> Transcript | None:
        """The transcript, if the provider has one; it is kept. Raises `PlayheadError`."""
        kept = await self._transcripts.read(recording)
        if kept is not None:
            return kept
        found = await self._library.source(recording.account).transcript(recording)
        if found is not None:
            await self._transcripts.keep(recording, found)
        return found

    async def marks(self, recordings: Sequence[Recording]) -> Sequence[Marks]:
        """Stars and notes of each, in that order. Raises `CatalogueError`."""
        return await self._marks.read(recordings)
