"""Coverage of transcripts: of how many recordings a question about what was said knows the answer."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from playhead.core.errors import PlayheadError
from playhead.core.finding.query import Query
from playhead.core.finding.speechcoverage import asks_of_speech, beside_speech, depends_on_transcripts
from playhead.core.loading.speechcounting import speech_coverage
from playhead.core.session import Session
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.wording.readingwords import read_of, said_coverage

_JOB: Final = "said"
_TOLD_EVERY: Final = 20
"""Steps of indexing between two counts: some seconds."""


class SaidCoverage(QObject):
    """Tells the listing how many transcripts are read while it is asked what was said.

    The lists in which providers tell what is transcribed are read while somebody asks for that.
    """

    learnt = Signal()
    """A list told something new."""

    def __init__(self, session: Session, state: ListingState) -> None:
        super().__init__(state)
        self._session = session
        self._state = state
        self._of = Query()
        """What was counted last."""
        state.shown.connect(self.look)

    def look(self) -> None:
        """Count anew; nothing is counted while nobody asks about it."""
        query = self._state.query
        if self._of != query:
            self._state.say_said("")
        if depends_on_transcripts(query.node):
            self._session.jobs.start(_JOB, self._look(query))
        else:
            self._of = query
            self._session.jobs.cancel(_JOB)

    async def _look(self, query: Query) -> None:
        self._of = query
        await self._count(query)
        indexed = await self._index(query)
        if await self._read_lists(query) or indexed:
            await self._count(query)
            self.learnt.emit()

    async def _count(self, query: Query) -> None:
        if asks_of_speech(query.node):
            coverage = await speech_coverage(self._session, query)
            unread = coverage.unread > 0 or not coverage.listed
            self._state.say_said(said_coverage(coverage), read_of(coverage), unread=unread)

    async def _index(self, query: Query) -> bool:
        """Let what an older Playhead has kept be found now, as somebody waits; True if there was any."""
        transcripts, steps = self._session.catalogue.transcripts, 0
        while asks_of_speech(query.node) and await transcripts.index_some():
            steps += 1
            if steps % _TOLD_EVERY == 0:
                await self._count(query)
        return steps > 0

    async def _read_lists(self, query: Query) -> bool:
        """Read the lists of what may match as far as they go; True if one of them told something."""
        number = 0
        for each in self._session.library.coverage(beside_speech(query)):
            try:
                number += await self._session.transcripts.lists.read(each.account.id)
            except PlayheadError:
                # The account says elsewhere what ails it; the sentence says that the list is not whole.
                continue
        return number > 0
