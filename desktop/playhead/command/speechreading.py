"""Reading of the transcripts that an answer depends on, before a command gives it."""

import asyncio
from collections.abc import Iterator, Mapping

from playhead.command.terminal import Terminal
from playhead.command.wording import told
from playhead.core.errors import (
    CatalogueError,
    Disconnected,
    Limited,
    PlayheadError,
    Refused,
    Unavailable,
    Unreachable,
)
from playhead.core.figures import number
from playhead.core.finding.query import Query
from playhead.core.finding.speechcoverage import beside_speech, unread
from playhead.core.loading.batches import in_batches
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.wording import words

_AT_ONCE = 8
"""Transcripts that are asked for at once; the rate limit of each account is obeyed below."""
_ENDS = (Unreachable, Unavailable, Limited, Refused, Disconnected)
"""Failures after which nothing more is asked of an account: nobody sits there to wait."""


class SpeechReading:
    """Reads the lists of transcripts, and then every transcript that exists and is not kept.

    What an older Playhead has kept is indexed before, or it would not be found.
    """

    def __init__(self, session: Session, terminal: Terminal) -> None:
        self._session = session
        self._terminal = terminal
        self._failures: dict[str, PlayheadError] = {}
        """Why nothing more was asked of an account, by its id."""
        self._done = 0
        self._senseless = 0
        """Transcripts that make no sense."""

    async def read(self, query: Query) -> Mapping[str, str]:
        """Read what an answer to `query` depends on; a sentence on each account that lacks something.

        Raises `CatalogueError`.
        """
        library, catalogue = self._session.library, self._session.catalogue
        while await catalogue.transcripts.index_some():
            self._terminal.show("Indexing the transcripts that are kept")
        for account in sorted({each.account.id for each in library.coverage(beside_speech(query))}):
            self._terminal.show(f"Reading the list of transcripts of {library.label(account)}")
            try:
                await self._session.transcripts.lists.read(account)
            except CatalogueError:
                raise
            except PlayheadError as error:
                self._failures[account] = error
        ids = await catalogue.listings.matching(unread(query))
        async for some in in_batches(catalogue.recordings, ids):
            waiting = iter(some)
            await asyncio.gather(*(self._read_some(waiting, len(ids)) for _ in range(_AT_ONCE)))
        problems = {
            library.label(each): f"{told(error, library.label(each))} Not all transcripts could be read."
            for each, error in self._failures.items()
        }
        if self._senseless:
            many = words.count(self._senseless, "transcript")
            self._terminal.say(f"{many} could not be read, as nothing in them makes sense.")
        return problems

    async def _read_some(self, waiting: Iterator[Recording], total: int) -> None:
        for recording in waiting:
            if recording.account in self._failures:
                continue
            try:
                await self._session.transcripts.read(recording)
            except CatalogueError:
                raise
            except _ENDS as error:
                self._failures[recording.account] = error
            except PlayheadError:
                self._senseless += 1
            self._done += 1
            self._terminal.show(
                f"Reading transcripts: {number(self._done)} of {number(total)}", self._done / total
            )
