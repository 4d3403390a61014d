"""Work to be done in a catalogue now and then (see `Upkeep`)."""

from playhead.catalogue import facets, narrowing, shortwords
from playhead.catalogue.clearing import clear_next
from playhead.catalogue.columnsorting import ranked
from playhead.catalogue.desk import Desk
from playhead.catalogue.packing import pack_next
from playhead.catalogue.ranking import due, keep
from playhead.catalogue.transcriptstore import TranscriptStore
from playhead.catalogue.writing import index_words

_INDEXED = 1_000
"""Recordings that the index of words may lack; those are looked at one by one."""
_INDEXED_AT_ONCE = 500


class Indexing:
    """Lets the index of words have what has come."""

    def __init__(self, writing: Desk) -> None:
        self._writing = writing

    async def do_some(self) -> bool:
        """Index the next recordings."""
        return await self._writing.run(index_words, _INDEXED, _INDEXED_AT_ONCE)


class SpeechIndexing:
    """Lets the index of what was said have the transcripts that an older Playhead has kept."""

    def __init__(self, transcripts: TranscriptStore) -> None:
        self._transcripts = transcripts

    async def do_some(self) -> bool:
        """Index the next transcripts."""
        return await self._transcripts.index_some()


class Packing:
    """Packs what an older Playhead has left unpacked."""

    def __init__(self, writing: Desk) -> None:
        self._writing = writing

    async def do_some(self) -> bool:
        """Pack the next recordings."""
        return await self._writing.run(pack_next)


class Clearing:
    """Clears away what an older Playhead kept for orders; after `Packing`, which frees more room."""

    def __init__(self, writing: Desk) -> None:
        self._writing = writing

    async def do_some(self) -> bool:
        """Clear the next of it."""
        return await self._writing.run(clear_next)


class Lettering:
    """Reads which recordings show one or two letters; after `Sorting`, which has changes noted."""

    def __init__(self, writing: Desk, reading: Desk) -> None:
        self._writing = writing
        self._reading = reading

    async def do_some(self) -> bool:
        """Read the next part."""
        part = await self._reading.run(shortwords.due)
        if part is None:
            return False
        shown = await self._reading.run_while_wanted(shortwords.read, part)
        await self._writing.run(shortwords.keep, shown)
        return True


class Faceting:
    """Keeps what is counted of recordings by their ids; after `Sorting`, which has changes noted."""

    def __init__(self, writing: Desk, reading: Desk) -> None:
        self._writing = writing
        self._reading = reading

    async def do_some(self) -> bool:
        """Read the next part."""
        part = await self._reading.run(facets.due)
        if part is None:
            await self._reading.run(narrowing.prepare)
            return False
        await self._writing.run(facets.keep, await self._reading.run_while_wanted(facets.read, part))
        return True


class Sorting:
    """Keeps the order of every column, anew once too much has come since; at a start, once something has."""

    def __init__(self, writing: Desk, reading: Desk) -> None:
        self._writing = writing
        self._reading = reading
        self._at_rest = True

    async def do_some(self) -> bool:
        """Sort by the next column for which that is due."""
        column = await self._writing.run(due, at_rest=self._at_rest)
        if column is None:
            self._at_rest = False
            return False
        await self._writing.run(keep, await self._reading.run_while_wanted(ranked, column))
        return True
