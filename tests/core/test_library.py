"""Several accounts over one catalogue: whom to ask next, and what of the table is certain."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fakes import BIRD, CONVIRZA, NOON, FakeCatalogue, FakeSource, FixedClock, ids, recording
from playhead.core.account import Account
from playhead.core.errors import Refused, Rejected, Unreachable
from playhead.core.library import PATIENCE, Library
from playhead.core.page import Asked
from playhead.core.parser import parse
from playhead.core.query import Query
from playhead.core.recording import Recording

OTHER = replace(BIRD, id="bird-2", label="US support")
FAILED = Asked((("status", "failed"),))
QUERY = parse("status:failed", NOON)


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

    async def shown(self) -> list[str]:
        """What the table shows, newest first."""
        listing = await self.catalogue.listing(Query(), not_before=self.library.watermark())
        return ids([each for each in await self.catalogue.recordings(listing.ids) if each])


def _of(account: Account, n: int) -> Recording:
    return recording(n, account=account.id, id=f"{account.id}:{n}")


def narrowing(query: Query) -> Asked:
    """What a server that filters by status is asked."""
    return FAILED if query == QUERY else Asked()


def run(story: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await asyncio.wait_for(story(), 5)

    asyncio.run(whole())


def test_without_accounts_there_is_nothing_to_ask_or_to_hold_back() -> None:
    library = Scene().library
    assert library.next_feed() is None
    assert library.watermark() is None
    assert not library.more()
    assert library.coverage() == []


def test_accounts_come_in_the_order_they_were_connected() -> None:
    scene = Scene()
    scene.connect(CONVIRZA)
    scene.connect(BIRD)
    assert scene.library.accounts == [CONVIRZA, BIRD]


def test_the_account_whose_horizon_is_newest_is_asked_next() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8], [7, 2], [1])
        scene.connect(OTHER, [6, 5], [4, 3])
        assert [await scene.load() for _ in range(5)] == ["bird-1", "bird-2", "bird-1", "bird-2", "bird-1"]
        assert scene.library.next_feed() is None
        assert not scene.library.more()

    run(story)


def test_rows_only_ever_append() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8], [7, 2], [1, 0])
        scene.connect(OTHER, [6, 5], [4, 3], [-1])
        before: list[str] = []
        while scene.library.more():
            await scene.load()
            shown = await scene.shown()
            assert shown[: len(before)] == before
            before = shown
        assert len(before) == 11

    run(story)


def test_nothing_dated_is_certain_while_an_account_was_not_asked() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9], [8])
        scene.connect(OTHER, [7])
        await scene.load()
        assert scene.library.watermark() == datetime.max.replace(tzinfo=UTC)

    run(story)


def test_an_account_that_is_exhausted_holds_nothing_back() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8])
        scene.connect(OTHER, [7], [6])
        await scene.load()
        await scene.load()
        assert scene.library.watermark() == recording(7).moment
        await scene.load()
        assert scene.library.watermark() is None

    run(story)


def test_an_account_that_failed_holds_nothing_back_and_is_not_asked_again_by_itself() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, [9], [8])
        scene.connect(OTHER, [7], [6])
        source.failures = [Unreachable("network")]
        feed = scene.library.base(BIRD.id)
        try:
            await scene.library.load(feed)
        except Unreachable:
            assert await scene.load() == OTHER.id
        assert scene.library.watermark() == recording(7).moment
        assert await scene.load() == OTHER.id
        assert not scene.library.more()
        feed.retry()
        assert scene.library.more()
        assert scene.library.next_feed() is feed

    run(story)


def test_the_others_are_shown_without_an_account_that_does_not_answer_for_a_second() -> None:
    async def story() -> None:
        scene = Scene()
        slow = scene.connect(BIRD, [9], [8])
        scene.connect(OTHER, [7], [6])
        gate = asyncio.Event()
        slow.before = gate.wait
        asking = asyncio.ensure_future(scene.load())
        await asyncio.sleep(0)
        assert await scene.load() == OTHER.id
        assert await scene.shown() == []
        scene.clock.move(PATIENCE.total_seconds() + 0.1)
        assert await scene.shown() == ["bird-2:7"]
        gate.set()
        assert await asking == BIRD.id
        assert await scene.shown() == ["bird-1:9"]

    run(story)


def test_an_account_of_which_only_undated_rows_came_does_not_hide_the_others_when_it_is_slow() -> None:
    async def story() -> None:
        scene = Scene()
        slow = scene.connect(BIRD, [9], [8])
        slow.pages = [[recording(9, started=None, created=None)], [recording(8)]]
        scene.connect(OTHER, [7])
        await scene.load()
        gate = asyncio.Event()
        slow.before = gate.wait
        asking = asyncio.ensure_future(scene.load())
        await asyncio.sleep(0)
        await scene.load()
        scene.clock.move(PATIENCE.total_seconds() + 0.1)
        assert await scene.shown() == ["id-9", "bird-2:7"]
        gate.set()
        await asking

    run(story)


def test_an_account_that_is_not_newest_first_holds_nothing_back() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [1, 9], [3])
        scene.connect(OTHER, [7], [6])
        await scene.load()
        await scene.load()
        assert scene.library.watermark() == recording(7).moment

    run(story)


def test_a_query_that_the_server_takes_gets_a_feed_of_its_own() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, [9, 8], [7], asks=narrowing)
        scene.connect(CONVIRZA, [5], asks=lambda query: None if query == QUERY else Asked())
        await scene.load(QUERY)
        assert source.asked == [(FAILED, None)]
        assert [feed.source for feed in scene.library.feeds(QUERY)] == [source]
        assert not scene.library.base(BIRD.id).begun
        assert scene.library.watermark(QUERY) == recording(8).moment

    run(story)


def test_a_query_needs_no_feed_of_its_own_once_everything_is_loaded() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8], asks=narrowing)
        await scene.load()
        assert not scene.library.more(QUERY)
        assert scene.library.feeds(QUERY) == [scene.library.base(BIRD.id)]

    run(story)


def test_a_query_is_certain_down_to_where_either_feed_has_come() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8], [7, 6], [5], asks=narrowing)
        await scene.load()
        await scene.load()
        assert scene.library.watermark(QUERY) == recording(6).moment

    run(story)


def test_a_server_that_does_not_take_the_filter_is_asked_for_everything() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, [9], [8], asks=narrowing)
        source.failures = [Rejected(status=422)]
        try:
            await scene.load(QUERY)
        except Rejected:
            assert await scene.load(QUERY) == BIRD.id
        assert source.asked == [(FAILED, None), (Asked(), None)]

    run(story)


def test_a_restart_goes_on_where_each_account_stood() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8], [7])
        await scene.load()
        again = Scene(scene.catalogue)
        await again.library.restore()
        source = again.connect(BIRD, [9, 8], [7])
        assert again.library.watermark() == recording(8).moment
        await again.load()
        assert source.cursors == ["1"]

    run(story)


def test_connecting_again_keeps_the_place_and_forgets_the_failure() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8], [7])
        await scene.load()
        scene.library.base(BIRD.id).failure = Refused(status=401)
        door = scene.connect(BIRD, [9, 8], [7])
        assert scene.library.source(BIRD.id) is door
        assert scene.library.base(BIRD.id).failure is None
        await scene.load()
        assert door.cursors == ["1"]
        assert scene.library.accounts == [BIRD]

    run(story)


def test_a_disconnected_account_is_gone_and_begins_anew_when_it_comes_back() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, [9], [8])
        scene.connect(OTHER, [7])
        await scene.load()
        assert scene.library.disconnect(BIRD.id) is source
        await scene.library.forget(BIRD.id)
        assert scene.library.accounts == [OTHER]
        assert scene.library.source(BIRD.id) is None
        assert scene.catalogue.kept == []
        assert scene.library.disconnect(BIRD.id) is None
        scene.connect(BIRD, [9], [8])
        assert not scene.library.base(BIRD.id).begun

    run(story)
