"""Several accounts over one catalogue: whom to ask next, and what of the table is certain."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fakes import BIRD, CONVIRZA, NOON, FakeCatalogue, FakeSource, FixedClock, ids, recording
from playhead.core.account import Account
from playhead.core.errors import Refused, Rejected, Unreachable
from playhead.core.finding.parser import parse
from playhead.core.finding.query import Query
from playhead.core.loading.library import AT_ONCE, PATIENCE, Library
from playhead.core.page import Asked
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

    async def gone(self) -> list[str]:
        """The ids of what is said to be gone."""
        marks = await self.catalogue.marks(self.catalogue.kept)
        return [each.id for each, mark in zip(self.catalogue.kept, marks, strict=True) if mark.gone]


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

    run(story)


def test_rows_only_ever_append() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8], [7, 2], [1, 0])
        scene.connect(OTHER, [6, 5], [4, 3], [-1])
        before: list[str] = []
        while scene.library.next_feed() is not None:
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
        assert scene.library.next_feed() is None
        feed.retry()
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
        assert scene.library.next_feed(QUERY) is None
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


def test_recordings_whose_status_will_change_are_asked_for_again() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD)
        before = [recording(n, status=status) for n, status in enumerate(["available", "ongoing", "Queued"])]
        source.pages = [before]
        await scene.library.load(scene.library.base(BIRD.id))
        source.pages = [[before[0], replace(before[1], status="available", duration=90.0), before[2]]]
        assert await scene.library.look_again(BIRD.id) == 1
        assert sorted(source.again_asked) == ["id-1", "id-2"]
        assert [each.status for each in scene.catalogue.kept] == ["available", "available", "Queued"]
        source.pages = [[before[0]]]
        assert await scene.library.look_again(BIRD.id) == 1
        assert await scene.gone() == ["id-2"]
        assert await scene.library.look_again(BIRD.id) == 0

    run(story)


def test_of_many_only_the_newest_are_asked_for_again() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD)
        source.pages = [[recording(n, status="ongoing") for n in range(AT_ONCE + 30)]]
        await scene.library.load(scene.library.base(BIRD.id))
        await scene.library.look_again(BIRD.id)
        assert sorted(source.again_asked) == sorted(f"id-{n}" for n in range(30, AT_ONCE + 30))

    run(story)


def test_a_recording_without_its_audio_is_gone_if_the_provider_says_so() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD)
        source.pages = [[recording(1), recording(0)]]
        await scene.library.load(scene.library.base(BIRD.id))
        assert not await scene.library.recheck(recording(1))
        source.pages = [[recording(0)]]
        assert await scene.library.recheck(recording(1))
        assert await scene.gone() == ["id-1"]
        source.failures = [Unreachable("network")]
        with pytest.raises(Unreachable):
            await scene.library.recheck(recording(0))
        assert await scene.gone() == ["id-1"]
        scene.library.disconnect(BIRD.id)
        assert not await scene.library.recheck(recording(0))

    run(story)


def test_a_complete_list_tells_what_is_gone_though_it_has_no_dates() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD)
        plain = [recording(n, started=None, created=None, ended=None) for n in range(4)]
        source.pages, source.complete = [plain], True
        await scene.library.load(scene.library.base(BIRD.id))
        source.pages = [[plain[0], plain[3]]]
        await scene.library.base(BIRD.id).look_for_new()
        assert sorted(await scene.gone()) == ["id-1", "id-2"]
        source.pages = [[]]
        await scene.library.base(BIRD.id).look_for_new()
        assert sorted(await scene.gone()) == ["id-1", "id-2"]

    run(story)


def test_what_was_asked_for_ahead_ends_with_the_library() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, [9, 8], [7, 2], [1])
        await scene.library.load(scene.library.base(BIRD.id), ahead=True)
        source.before = asyncio.Event().wait
        await asyncio.sleep(0)
        await scene.library.close()
        assert "next page" not in {task.get_name() for task in asyncio.all_tasks()}

    run(story)


def test_what_was_asked_for_ahead_ends_with_its_account() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, [9, 8], [7, 2], [1])
        await scene.library.load(scene.library.base(BIRD.id), ahead=True)
        source.before = asyncio.Event().wait
        await asyncio.sleep(0)
        scene.library.disconnect(BIRD.id)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert "next page" not in {task.get_name() for task in asyncio.all_tasks()}

    run(story)
