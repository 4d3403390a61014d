"""Reading of the recordings that an export's scope stands for."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from playhead.core.exports.plan import estimated
from playhead.core.finding.matching import among
from playhead.core.finding.query import Query
from playhead.core.finding.speechcoverage import asks_of_speech
from playhead.core.loading.batches import in_batches
from playhead.core.loading.speechcounting import speech_coverage
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.exports.exportwish import Figures, Scope, What
from playhead.ui.listing.listingstatus import ListingStatus
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.wording import words
from playhead.ui.wording.readingwords import said_coverage

SHOWN = 50
"""How many recordings are kept at hand for a look at their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The recordings of a scope: their catalogue ids, the first of them, and how much they are."""

    ids: Sequence[int]
    first: Sequence[Recording]
    figures: Figures


class ExportSelection:
    """Counts and reads the recordings that an export's scope stands for."""

    def __init__(self, session: Session, table: RecordingTable, listing: ListingStatus) -> None:
        self._session = session
        self._table = table
        self._listing = listing

    def query(self, scope: Scope) -> Query:
        """Query of a scope; raises `QueryError`."""
        return self._session.library.understand(scope.query)

    async def gather(self, scope: Scope) -> Gathered:
        """Look at everything that a scope stands for; raises `CatalogueError`, `QueryError`."""
        if scope.what is What.SELECTED:
            chosen = f"Selected from: {self._listing.coverage_sentence()}."
            spoken = await self._spoken(self._listing.query)
            return await self._sum(self._table.selected_ids(), f"{chosen}{spoken}", more=False)
        query = self.query(scope)
        ids = await self._session.catalogue.listings.matching(query)
        loaded = await self._session.catalogue.listings.count(among(query))
        coverage = self._session.library.coverage(query)
        said = words.coverage_sentence(len(ids), loaded, coverage, filtered=not query.empty)
        more = any(not each.exhausted for each in coverage)
        begin = f"All that match “{scope.query}”" if scope.query else "All recordings"
        return await self._sum(ids, f"{begin}: {said}.{await self._spoken(query)}", more=more)

    async def _spoken(self, query: Query) -> str:
        """A sentence more on of how many recordings it is known what was said, if that is asked."""
        if not asks_of_speech(query.node):
            return ""
        return f" Transcripts: {said_coverage(await speech_coverage(self._session, query))}."

    async def recordings(self, ids: Sequence[int]) -> AsyncIterator[Sequence[Recording]]:
        """Those of `ids` that are still there, some at a time, in that order."""
        async for some in in_batches(self._session.catalogue.recordings, ids):
            yield some

    async def all(self, ids: Sequence[int]) -> list[Recording]:
        """Those of `ids` that are still there."""
        return [recording async for some in self.recordings(ids) for recording in some]

    async def _sum(self, ids: Sequence[int], coverage: str, *, more: bool) -> Gathered:
        first: list[Recording] = []
        accounts: Counter[str] = Counter()
        number, silent, seconds, size = 0, 0, 0.0, 0.0
        async for some in self.recordings(ids):
            first += some[: SHOWN - len(first)]
            number += len(some)
            accounts.update(each.account for each in some)
            seconds += sum(each.length or 0 for each in some)
            silent += sum(not each.playable for each in some)
            size += sum(estimated(each) for each in some if each.playable)
            await asyncio.sleep(0)
        labels = {account.id: account.label for account in self._session.library.accounts}
        return Gathered(
            ids=ids,
            first=first,
            figures=Figures(
                recordings=number,
                seconds=seconds,
                size=round(size),
                silent=silent,
                accounts=[(labels.get(account, account), count) for account, count in accounts.most_common()],
                coverage=coverage,
                more=more,
            ),
        )
