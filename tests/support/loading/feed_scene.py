"""What the tests of feeds share: one feed between a source and a catalogue, and pages for it."""

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import timedelta

import pytest

from playhead.core.errors import PlayheadError
from playhead.core.loading.feed import Feed
from playhead.core.loading.vanishing import Whole
from playhead.core.page import Arrival, Asked, FeedState
from playhead.core.recording import Recording
from support.fakes import NOON, FakeCatalogue, FakeSource, FixedClock, ids, recording


class Scene:
    """One feed between a source and a catalogue of the test's."""

    def __init__(self, pages: Sequence[Sequence[Recording]], state: FeedState | None = None) -> None:
        self.clock = FixedClock(NOON + timedelta(days=1))
        self.source = FakeSource(pages, clock=self.clock)
        self.catalogue = FakeCatalogue()
        self.feed = self.another_feed(state)

    def another_feed(self, state: FeedState | None) -> Feed:
        """The same after a restart."""
        return Feed(self.source, Asked(), self.catalogue.recordings.add, self.clock, state)

    def slow_feed(self, stored: asyncio.Event, going_on: asyncio.Event) -> Feed:
        """One whose catalogue says that it has begun, and waits."""

        async def store(
            recordings: Sequence[Recording], state: FeedState, *, whole: Whole | None = None
        ) -> Arrival:
            stored.set()
            await going_on.wait()
            return await self.catalogue.recordings.add(recordings, state, whole=whole)

        return Feed(self.source, Asked(), store, self.clock)

    async def gone(self) -> set[str]:
        """The ids of what is said to be gone."""
        marks = await self.catalogue.marks.read(self.catalogue.kept)
        return {each.id for each, mark in zip(self.catalogue.kept, marks, strict=True) if mark.gone}

    @property
    def kept(self) -> set[str]:
        """The ids of all that is stored."""
        return set(ids(self.catalogue.kept))

    async def load_all(self) -> None:
        """Load to the end."""
        while not self.feed.exhausted:
            await self.feed.advance()

    async def fails(self, work: Awaitable[object], kind: type[PlayheadError]) -> None:
        """See it fail, and the feed remember why."""
        with pytest.raises(kind):
            await work
        assert isinstance(self.feed.failure, kind)


def newest_first(count: int, per_page: int, newest: int = 0) -> list[list[Recording]]:
    """Pages of `count` recordings, from number `newest` down."""
    every = [recording(newest - n) for n in range(count)]
    return [every[start : start + per_page] for start in range(0, count, per_page)]
