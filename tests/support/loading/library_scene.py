"""What the tests of libraries share: a library of sources that the test fills."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from playhead.core.account import Account
from playhead.core.finding.query import Query
from playhead.core.loading.library import Library
from playhead.core.page import Asked
from playhead.core.recording import Recording
from support.fakes import BIRD, NOON, FakeCatalogue, FakeSource, FixedClock, ids, recording

OTHER = replace(BIRD, id="bird-2", label="US support")


class Scene:
    """A library of sources that the test fills."""

    def __init__(self, catalogue: FakeCatalogue | None = None) -> None:
        self.clock = FixedClock(NOON + timedelta(days=1))
        self.catalogue = catalogue or FakeCatalogue()
        self.library = Library(self.catalogue, self.clock)

    def connect(
        self,
        account: Account,
        *pages: Sequence[int],
        asks: Callable[[Query], Asked | None] = lambda _query: Asked(),
    ) -> FakeSource:
        """Add an account whose pages hold the recordings of these numbers."""
        source = FakeSource(
            [[_of(account, n) for n in page] for page in pages], account=account, clock=self.clock, asks=asks
        )
        self.library.connect(source)
        return source

    async def load(self, query: Query | None = None) -> str:
        """One more page of the account that is to be asked next; which one that was."""
        feed = self.library.next_feed(query or Query())
        assert feed is not None
        await self.library.load(feed)
        return feed.source.account.id

    async def load_without_answer(self, source: FakeSource) -> tuple[asyncio.Event, "asyncio.Task[str]"]:
        """Begin to load one more page, which `source` gives once the event is set."""
        answering = asyncio.Event()
        source.before = answering.wait
        asking = asyncio.create_task(self.load())
        await asyncio.sleep(0)
        return answering, asking

    async def shown(self) -> list[str]:
        """What the table shows, newest first."""
        listing = await self.catalogue.listings.listing(Query(), not_before=self.library.watermark())
        return ids([each for each in await self.catalogue.recordings.read(listing.ids) if each])

    async def gone(self) -> list[str]:
        """The ids of what is said to be gone."""
        marks = await self.catalogue.marks.read(self.catalogue.kept)
        return [each.id for each, mark in zip(self.catalogue.kept, marks, strict=True) if mark.gone]


def _of(account: Account, n: int) -> Recording:
    return recording(n, account=account.id, id=f"{account.id}:{n}")
