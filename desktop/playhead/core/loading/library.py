"""Everything that is loaded, over all accounts: which feed to ask next, and what is covered."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from playhead.core.account import Account
from playhead.core.errors import Disconnected, Rejected
from playhead.core.finding.parser import parse
from playhead.core.finding.query import EVERYTHING, Query, Readings, as_typed
from playhead.core.loading.coverage import Coverage, covered, estimate
from playhead.core.loading.feed import Feed
from playhead.core.loading.vanishing import ALL_TIME, Whole, absent, present, unsettled
from playhead.core.page import Arrival, Asked, FeedState
from playhead.core.ports import Clock, Source
from playhead.core.provider import NO_PROVIDERS, Providers
from playhead.core.recording import Recording
from playhead.core.stores import RecordingCatalogue

AT_ONCE = 50
"""Recordings of one account that are asked for again at most when one looks for what is new."""

PATIENCE = timedelta(seconds=1)
"""How long the others wait for an account that does not answer, before they are shown without it."""


class Library:
    """The feeds of every connected account over one catalogue.

    `providers` are those that accounts can be of. `readings` knows in which forms a number
    that the person types may be written.
    """

    def __init__(
        self,
        catalogue: RecordingCatalogue,
        clock: Clock,
        providers: Providers = NO_PROVIDERS,
        readings: Readings = as_typed,
    ) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._readings = readings
        self.providers = providers
        """The providers that accounts can be of."""
        self._sources: dict[str, Source] = {}
        self._feeds: dict[tuple[str, Asked], Feed] = {}
        self._kept: dict[tuple[str, Asked], FeedState] = {}

    @property
    def accounts(self) -> Sequence[Account]:
        """The connected accounts, in the order they were connected."""
        return [source.account for source in self._sources.values()]

    def understand(self, text: str, at: datetime | None = None) -> Query:
        """The query that `text` means for these accounts, now or `at` a moment. Raises `QueryError`."""
        return parse(text, at or self._clock(), self.accounts, self._readings, self.providers.names)

    async def restore(self) -> None:
        """Read from the catalogue how far every feed had come. Raises `CatalogueError`."""
        self._kept = {
            (state.account, state.asked): state for state in await self._catalogue.recordings.states()
        }

    def connect(self, source: Source) -> None:
        """Add an account, or replace its door after its credential changed; its feeds go on."""
        account = source.account.id
        self._kept |= {key: feed.state for key, feed in self._feeds.items() if key[0] == account}
        self._drop_feeds(account)
        self._sources[account] = source
        self._feed(source, Asked())

    def withdraw(self, account: str) -> "Withdrawn":
        """Take an account out: nothing of it is stored any more; gives what has to be closed yet."""
        feeds = self._drop_feeds(account)
        self._kept = {key: state for key, state in self._kept.items() if key[0] != account}
        return Withdrawn(self._sources.pop(account, None), feeds)

    @property
    def labels(self) -> Sequence[str]:
        """The labels of the connected accounts, in the order they were connected."""
        return [account.label for account in self.accounts]

    def label(self, account: str) -> str:
        """The label of an account; empty if it is not connected."""
        source = self.connected(account)
        return source.account.label if source is not None else ""

    def connected(self, account: str) -> Source | None:
        """The source of an account; None if it is not connected."""
        return self._sources.get(account)

    def source(self, account: str) -> Source:
        """The source of an account. Raises `Disconnected` if it is not connected."""
        source = self.connected(account)
        if source is None:
            raise Disconnected
        return source

    def base(self, account: str) -> Feed:
        """The feed of everything that an account has. Raises `Disconnected` if it is not connected."""
        feed = self._feeds.get((account, Asked()))
        if feed is None:
            raise Disconnected
        return feed

    def feeds(self, query: Query = EVERYTHING) -> Sequence[Feed]:
        """For each account that can hold a match, the feed that leads to it soonest."""
        chosen = []
        for source in self._sources.values():
            asked = source.asks(query)
            if asked is None:
                continue
            base = self._feed(source, Asked())
            whole = asked.everything or self.covers(base, query)
            narrowed = base if whole else self._feed(source, asked)
            # A server that does not take the filter is simply asked for everything.
            chosen.append(base if isinstance(narrowed.failure, Rejected) else narrowed)
        return chosen

    def next_feed(self, query: Query = EVERYTHING) -> Feed | None:
        """The feed to ask for one more page: the one whose horizon hides most of the others' rows."""
        waiting = [
            feed
            for feed in self.feeds(query)
            if not self.covers(feed, query) and feed.failure is None and feed.asking_since is None
        ]
        newest = datetime.max.replace(tzinfo=UTC)
        return max(waiting, key=lambda feed: feed.state.horizon or newest, default=None)

    def watermark(self, query: Query = EVERYTHING) -> datetime | None:
        """The moment down to which every account that answers is complete for `query`.

        In the newest-first order only recordings not older than this are certain of their place. None means
        that nothing has to be held back. An account that failed, is late, or does not come newest first holds
        nothing back: its rows go where they belong.
        """
        horizons = []
        for feed in self.feeds(query):
            held = feed.failure is None and feed.state.ordered and not self.covers(feed, query)
            if not held or self._late(feed):
                continue
            horizons.append(self._reached(feed) or datetime.max.replace(tzinfo=UTC))
        return max(horizons, default=None)

    def coverage(self, query: Query = EVERYTHING) -> Sequence[Coverage]:
        """Coverage of each account that can hold a match of `query`."""
        return [self._coverage_of(feed, query) for feed in self.feeds(query)]

    def covers(self, feed: Feed, query: Query) -> bool:
        """Tell whether everything that can match `query` came through `feed`."""
        return feed.exhausted or (feed.failure is None and covered(feed.state, query))

    def patience_with(self, feed: Feed) -> timedelta:
        """Time that the others still wait for an answer to `feed`; zero if it is late."""
        since = feed.asking_since
        return PATIENCE if since is None else max(timedelta(), since + PATIENCE - self._clock())

    async def load(self, feed: Feed, *, ahead: bool = False) -> Arrival:
        """One more page of `feed`; with `ahead`, its next one will be wanted too. Raises `PlayheadError`."""
        return await feed.advance(ahead=ahead)

    async def look_again(self, account: str) -> int:
        """Ask again for the newest recordings whose status will change; how many did.

        Raises `PlayheadError`.
        """
        ids = await self._catalogue.listings.matching(Query(node=unsettled(account)))
        kept = await self._catalogue.recordings.read(ids[:AT_ONCE])
        found = [await self._again(each) for each in kept if each is not None]
        arrival = await self.base(account).keep([each for each in found if each is not None])
        return arrival.changed + found.count(None)

    async def recheck(self, recording: Recording) -> bool:
        """Ask what became of a recording whose audio is not there; whether it is gone.

        Raises `PlayheadError`.
        """
        return await self._again(recording) is None

    async def close(self) -> None:
        """Give up what was asked for ahead."""
        going = {task for feed in self._feeds.values() for task in feed.stop()}
        if going:
            await asyncio.wait(going)

    async def forget(self, account: str) -> None:
        """Remove everything of an account from the catalogue. Raises `CatalogueError`."""
        await self._catalogue.forget(account)

    def _coverage_of(self, feed: Feed, query: Query) -> Coverage:
        state = feed.state
        return Coverage(
            account=feed.source.account,
            exhausted=self.covers(feed, query),
            begun=feed.begun,
            horizon=self._reached(feed),
            ordered=state.ordered,
            as_of=state.as_of,
            narrowed=not state.asked.everything,
            asked=state.asked.parameters,
            fetched=state.fetched,
            estimate=estimate(state, query),
            failure=feed.failure,
            loading=feed.asking_since is not None,
        )

    def _reached(self, feed: Feed) -> datetime | None:
        """The moment down to which all that `feed` can bring is loaded, by itself or with everything else."""
        both = {feed, self.base(feed.source.account.id)}
        return min(
            (each.state.horizon for each in both if each.state.horizon and each.state.ordered), default=None
        )

    def _late(self, feed: Feed) -> bool:
        return feed.asking_since is not None and not self.patience_with(feed)

    def _feed(self, source: Source, asked: Asked) -> Feed:
        key = (source.account.id, asked)
        if key not in self._feeds:
            self._feeds[key] = Feed(source, asked, self._store, self._clock, self._kept.get(key))
        return self._feeds[key]

    async def _store(
        self, recordings: Sequence[Recording], state: FeedState, *, whole: Whole | None = None
    ) -> Arrival:
        arrival = await self._catalogue.recordings.add(recordings, state, whole=whole)
        if whole != ALL_TIME:
            return arrival
        # What has no date lies between no moments.
        there = Query(node=present(state.account))
        if await self._catalogue.listings.count(there) <= len(recordings):
            return arrival
        kept = await self._catalogue.recordings.read(await self._catalogue.listings.matching(there))
        missed = absent(kept, recordings)
        await self._catalogue.recordings.mark_gone(missed)
        return replace(arrival, gone=arrival.gone + len(missed))

    async def _again(self, recording: Recording) -> Recording | None:
        """A recording as it is now; None if it is gone, which is remembered."""
        source = self._sources.get(recording.account)
        found = recording if source is None else await source.again(recording)
        if found is None:
            await self._catalogue.recordings.mark_gone([recording])
        return found

    def _drop_feeds(self, account: str) -> tuple[Feed, ...]:
        dropped = tuple(feed for key, feed in self._feeds.items() if key[0] == account)
        for feed in dropped:
            feed.close()
        self._feeds = {key: feed for key, feed in self._feeds.items() if key[0] != account}
        return dropped


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The door and the feeds of an account that was taken out of the library."""

    source: Source | None
    feeds: tuple[Feed, ...]

    async def close(self) -> None:
        """End what is under way at the door, and wait until nothing of it is being stored."""
        if self.source is not None:
            await self.source.close()
        for feed in self.feeds:
            await feed.settled()
