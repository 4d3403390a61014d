"""Everything that is loaded, over all accounts: which feed to ask next, and what is covered."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from playhead.core.account import Account
from playhead.core.coverage import Coverage
from playhead.core.errors import Rejected
from playhead.core.feed import Feed
from playhead.core.page import Arrival, Asked, FeedState
from playhead.core.ports import Catalogue, Clock, Source
from playhead.core.query import EVERYTHING, Query
from playhead.core.recording import Recording

PATIENCE = timedelta(seconds=1)
"""How long the others wait for an account that does not answer, before they are shown without it."""


class Library:
    """The feeds of every connected account over one catalogue."""

    def __init__(self, catalogue: Catalogue, clock: Clock) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._sources: dict[str, Source] = {}
        self._feeds: dict[tuple[str, Asked], Feed] = {}
        self._kept: dict[tuple[str, Asked], FeedState] = {}

    @property
    def accounts(self) -> Sequence[Account]:
        """The connected accounts, in the order they were connected."""
        return [source.account for source in self._sources.values()]

    async def restore(self) -> None:
        """Read from the catalogue how far every feed had come. Raises `CatalogueError`."""
        self._kept = {(state.account, state.asked): state for state in await self._catalogue.states()}

    def connect(self, source: Source) -> None:
        """Add an account, or replace its door after its credential changed; its feeds go on."""
        account = source.account.id
        self._kept |= {key: feed.state for key, feed in self._feeds.items() if key[0] == account}
        self._drop_feeds(account)
        self._sources[account] = source
        self._feed(source, Asked())

    def disconnect(self, account: str) -> Source | None:
        """Take an account out; returns its door, for closing."""
        self._drop_feeds(account)
        self._kept = {key: state for key, state in self._kept.items() if key[0] != account}
        return self._sources.pop(account, None)

    def source(self, account: str) -> Source | None:
        """The door of an account."""
        return self._sources.get(account)

    def base(self, account: str) -> Feed:
        """The feed of everything that an account has."""
        return self._feeds[(account, Asked())]

    def feeds(self, query: Query = EVERYTHING) -> Sequence[Feed]:
        """For each account that can hold a match, the feed that leads to it soonest."""
        chosen = []
        for source in self._sources.values():
            asked = source.asks(query)
            if asked is None:
                continue
            base = self._feed(source, Asked())
            narrowed = base if asked.everything or base.exhausted else self._feed(source, asked)
            # A server that does not take the filter is simply asked for everything.
            chosen.append(base if isinstance(narrowed.failure, Rejected) else narrowed)
        return chosen

    def next_feed(self, query: Query = EVERYTHING) -> Feed | None:
        """The feed to ask for one more page: the one whose horizon hides most of the others' rows."""
        waiting = [
            feed
            for feed in self.feeds(query)
            if not feed.exhausted and feed.failure is None and feed.asking_since is None
        ]
        newest = datetime.max.replace(tzinfo=UTC)
        return max(waiting, key=lambda feed: feed.state.horizon or newest, default=None)

    def more(self, query: Query = EVERYTHING) -> bool:
        """Whether something that may match is not loaded yet and could be asked for."""
        return any(not feed.exhausted and feed.failure is None for feed in self.feeds(query))

    def watermark(self, query: Query = EVERYTHING) -> datetime | None:
        """The moment down to which every account that answers is complete for `query`.

        In the newest-first order only recordings not older than this are certain of their place. None means
        that nothing has to be held back. An account that failed, is late, or does not come newest first holds
        nothing back: its rows go where they belong.
        """
        horizons = []
        for feed in self.feeds(query):
            if feed.exhausted or feed.failure is not None or not feed.state.ordered or self._late(feed):
                continue
            base = self.base(feed.source.account.id)
            reached = [
                each.state.horizon for each in {feed, base} if each.state.horizon and each.state.ordered
            ]
            horizons.append(min(reached, default=datetime.max.replace(tzinfo=UTC)))
        return max(horizons, default=None)

    def coverage(self, query: Query = EVERYTHING) -> Sequence[Coverage]:
        """What is known of each account that can hold a match of `query`."""
        return [self._coverage_of(feed) for feed in self.feeds(query)]

    async def load(self, feed: Feed) -> Arrival:
        """One more page of `feed`. Raises `PlayheadError`."""
        return await feed.advance()

    async def forget(self, account: str) -> None:
        """Remove everything of an account from the catalogue. Raises `CatalogueError`."""
        await self._catalogue.forget(account)

    def _coverage_of(self, feed: Feed) -> Coverage:
        state = feed.state
        return Coverage(
            account=feed.source.account,
            exhausted=feed.exhausted,
            begun=feed.begun,
            horizon=state.horizon,
            ordered=state.ordered,
            as_of=state.as_of,
            narrowed=not state.asked.everything,
            failure=feed.failure,
            loading=feed.asking_since is not None,
        )

    def _late(self, feed: Feed) -> bool:
        return feed.asking_since is not None and self._clock() - feed.asking_since > PATIENCE

    def _feed(self, source: Source, asked: Asked) -> Feed:
        key = (source.account.id, asked)
        if key not in self._feeds:
            self._feeds[key] = Feed(source, asked, self._store, self._clock, self._kept.get(key))
        return self._feeds[key]

    async def _store(self, recordings: Sequence[Recording], state: FeedState) -> Arrival:
        return await self._catalogue.add(recordings, state)

    def _drop_feeds(self, account: str) -> None:
        self._feeds = {key: feed for key, feed in self._feeds.items() if key[0] != account}
