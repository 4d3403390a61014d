"""A feed loads page after page, keeps what it got, and knows how far it has come."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from fakes import BIRD, NOON, FakeCatalogue, FakeSource, FixedClock, ids, recording
from playhead.core.errors import CatalogueReadOnly, Garbled, Gone, PlayheadError, Rejected, Unreachable
from playhead.core.loading.feed import Feed
from playhead.core.loading.vanishing import Whole, whole_of
from playhead.core.page import Arrival, Asked, FeedState, Page
from playhead.core.recording import Recording


class Scene:
    """One feed between a source and a catalogue of the test's."""

    def __init__(self, pages: Sequence[Sequence[Recording]], state: FeedState | None = None) -> None:
        self.clock = FixedClock(NOON + timedelta(days=1))
        self.source = FakeSource(pages, clock=self.clock)
        self.catalogue = FakeCatalogue()
        self.feed = self.another_feed(state)

    def another_feed(self, state: FeedState | None) -> Feed:
        """The same after a restart."""
        return Feed(self.source, Asked(), self.catalogue.add, self.clock, state)

    def slow_feed(self, stored: asyncio.Event, going_on: asyncio.Event) -> Feed:
        """One whose catalogue says that it has begun, and waits."""

        async def store(
            recordings: Sequence[Recording], state: FeedState, *, whole: Whole | None = None
        ) -> Arrival:
            stored.set()
            await going_on.wait()
            return await self.catalogue.add(recordings, state, whole=whole)

        return Feed(self.source, Asked(), store, self.clock)

    async def gone(self) -> set[str]:
        """The ids of what is said to be gone."""
        marks = await self.catalogue.marks(self.catalogue.kept)
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


def run(story: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await asyncio.wait_for(story(), 5)

    asyncio.run(whole())


def newest_first(count: int, per_page: int, newest: int = 0) -> list[list[Recording]]:
    """Pages of `count` recordings, from number `newest` down."""
    every = [recording(newest - n) for n in range(count)]
    return [every[start : start + per_page] for start in range(0, count, per_page)]


def test_pages_are_loaded_one_after_the_other_until_the_last() -> None:
    async def story() -> None:
        scene = Scene(newest_first(5, 2))
        assert not scene.feed.begun
        arrival = await scene.feed.advance()
        assert (arrival.new, scene.feed.begun, scene.feed.exhausted) == (2, True, False)
        assert scene.feed.state.horizon == recording(-1).moment
        await scene.load_all()
        assert scene.source.cursors == [None, "1", "2"]
        assert scene.kept == {"id-0", "id--1", "id--2", "id--3", "id--4"}
        assert scene.feed.state.fetched == 5
        assert (await scene.feed.advance()).new == 0
        assert len(scene.source.asked) == 3

    run(story)


def test_an_account_without_recordings_is_exhausted_at_once() -> None:
    async def story() -> None:
        scene = Scene([])
        await scene.feed.advance()
        assert (scene.feed.begun, scene.feed.exhausted, scene.feed.state.horizon) == (True, True, None)

    run(story)


def test_an_empty_page_with_a_token_is_not_the_end() -> None:
    async def story() -> None:
        scene = Scene([[recording(2)], [], [], [recording(1)]])
        await scene.load_all()
        assert scene.kept == {"id-2", "id-1"}
        assert scene.feed.state.ordered

    run(story)


@pytest.mark.parametrize("tokens", [{"1": "1"}, {"2": "1"}, {"2": "2"}])
def test_a_token_that_repeats_is_reported_and_its_page_is_kept(tokens: dict[str | None, str | None]) -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        scene.source.tokens = tokens
        with pytest.raises(Garbled, match="token"):
            await scene.load_all()
        assert isinstance(scene.feed.failure, Garbled)
        assert scene.feed.failure.reason == "loop"
        assert len(scene.kept) == 2 * len(scene.source.asked)
        assert not scene.feed.exhausted

    run(story)


def test_a_page_that_could_not_be_fetched_is_asked_for_again() -> None:
    async def story() -> None:
        scene = Scene(newest_first(4, 2))
        await scene.feed.advance()
        before = scene.feed.state
        scene.source.failures = [Unreachable("network")]
        await scene.fails(scene.feed.advance(), Unreachable)
        assert scene.feed.state == before
        assert scene.feed.asking_since is None
        await scene.feed.advance()
        assert scene.feed.failure is None
        assert scene.source.cursors == [None, "1", "1"]

    run(story)


def test_a_page_that_could_not_be_stored_is_asked_for_again() -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        scene.catalogue.failures = [CatalogueReadOnly("full")]
        await scene.fails(scene.feed.advance(), CatalogueReadOnly)
        assert not scene.feed.begun
        await scene.load_all()
        assert len(scene.kept) == 6

    run(story)


def test_a_feed_goes_on_after_a_restart_where_it_stood() -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        await scene.feed.advance()
        scene.feed = scene.another_feed(scene.feed.state)
        await scene.load_all()
        assert scene.source.cursors == [None, "1", "2"]
        assert scene.feed.state.ordered

    run(story)


@pytest.mark.parametrize("refusal", [Rejected(status=400), Gone(status=410)])
def test_a_cursor_that_is_no_longer_accepted_starts_over_without_losing_anything(
    refusal: PlayheadError,
) -> None:
    async def story() -> None:
        scene = Scene(newest_first(8, 2))
        await scene.feed.advance()
        await scene.feed.advance()
        horizon = scene.feed.state.horizon
        scene.feed = scene.another_feed(scene.feed.state)
        scene.source.failures = [refusal]
        await scene.feed.advance()
        assert scene.source.cursors[2:] == ["2", None]
        assert scene.feed.failure is None
        assert scene.feed.state.horizon == horizon
        await scene.load_all()
        assert len(scene.kept) == 8
        assert scene.feed.state.ordered

    run(story)


def test_a_server_that_takes_no_cursor_at_all_is_not_asked_for_ever() -> None:
    async def story() -> None:
        scene = Scene(newest_first(4, 2))

        async def refuse_cursors() -> None:
            if scene.source.cursors[-1] is not None:
                raise Rejected(status=400)

        scene.source.before = refuse_cursors
        await scene.feed.advance()
        await scene.feed.advance()
        await scene.fails(scene.feed.advance(), Rejected)
        scene.feed.retry()
        assert scene.feed.failure is None
        await scene.feed.advance()

    run(story)


def test_a_refused_first_page_is_a_failure() -> None:
    async def story() -> None:
        scene = Scene(newest_first(2, 2))
        scene.source.failures = [Rejected(status=400)]
        await scene.fails(scene.feed.advance(), Rejected)
        assert scene.source.cursors == [None]

    run(story)


@pytest.mark.parametrize(
    "pages",
    [
        [[recording(1), recording(2)]],
        [[recording(3)], [recording(4)]],
        [[recording(3)], [], [recording(4), recording(1)]],
        [[recording(1), recording(2)], [recording(0)]],
    ],
)
def test_pages_that_are_not_newest_first_are_noticed(pages: list[list[Recording]]) -> None:
    async def story() -> None:
        scene = Scene(pages)
        await scene.load_all()
        assert not scene.feed.state.ordered

    run(story)


def test_pages_may_be_sorted_by_creation_though_calls_began_in_another_order() -> None:
    async def story() -> None:
        long_call = recording(1, created=recording(60).moment)
        scene = Scene(
            [[long_call, recording(59)], [recording(58, created=recording(59).moment), recording(5)]]
        )
        await scene.feed.advance()
        assert scene.feed.state.horizon == recording(59).moment
        await scene.load_all()
        assert scene.feed.state.ordered

    run(story)


def test_undated_rows_say_nothing_of_order_or_horizon() -> None:
    async def story() -> None:
        undated = recording(7, started=None, created=None)
        scene = Scene([[undated, recording(3), replace(undated, id="id-8"), recording(2)], [undated]])
        await scene.load_all()
        assert scene.feed.state.ordered
        assert scene.feed.state.horizon == recording(2).moment

    run(story)


def test_two_who_ask_at_once_get_two_pages() -> None:
    async def story() -> None:
        scene = Scene(newest_first(8, 2))
        scene.source.before = lambda: asyncio.sleep(0)
        await asyncio.gather(*(scene.feed.advance() for _ in range(3)))
        assert scene.source.cursors == [None, "1", "2"]
        await asyncio.gather(scene.feed.look_for_new(), scene.feed.advance())
        assert sorted(scene.source.cursors[3:], key=str) == ["3", None]
        assert (len(scene.kept), scene.feed.exhausted, scene.feed.failure) == (8, True, None)

    run(story)


def test_it_says_since_when_it_waits_for_an_answer() -> None:
    async def story() -> None:
        scene = Scene(newest_first(2, 2))
        gate = asyncio.Event()
        scene.source.before = gate.wait
        asking = asyncio.ensure_future(scene.feed.advance())
        await asyncio.sleep(0)
        since = [scene.feed.asking_since]
        asking.cancel()
        await asyncio.wait([asking])
        since.append(scene.feed.asking_since)
        assert since == [scene.clock(), None]
        gate.set()
        await scene.feed.advance()
        assert len(scene.kept) == 2

    run(story)


# Looking for new ones. A day lies between the recordings of the first pages and `scene.clock`.


def test_a_feed_that_has_not_begun_begins() -> None:
    async def story() -> None:
        scene = Scene(newest_first(4, 2))
        assert await scene.feed.look_for_new() == 2
        assert scene.feed.state.as_of == scene.clock()

    run(story)


def test_a_look_at_what_is_known_takes_one_page() -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        await scene.load_all()
        scene.clock.move(60)
        assert await scene.feed.look_for_new() == 0
        assert scene.source.cursors[3:] == [None]
        assert scene.feed.state.as_of == scene.clock()
        assert scene.feed.exhausted

    run(story)


def test_a_look_goes_on_until_what_is_known() -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        await scene.load_all()
        scene.source.pages = newest_first(11, 2, newest=5)
        assert await scene.feed.look_for_new() == 5
        assert scene.source.cursors[3:] == [None, "1", "2", "3"]
        assert len(scene.kept) == 11

    run(story)


def test_a_look_does_not_walk_beyond_the_horizon_nor_count_what_is_there() -> None:
    async def story() -> None:
        scene = Scene(newest_first(100, 3))
        await scene.feed.advance()
        scene.source.pages = newest_first(101, 3, newest=1)
        assert await scene.feed.look_for_new() == 1
        assert scene.source.cursors == [None, None, "1"]
        assert not scene.feed.exhausted

    run(story)


def test_a_look_leaves_the_feed_at_its_own_place() -> None:
    async def story() -> None:
        scene = Scene(newest_first(9, 3))
        await scene.feed.advance()
        before = scene.feed.state
        scene.clock.move(60)
        await scene.feed.look_for_new()
        assert scene.feed.state == replace(before, as_of=scene.clock())

    run(story)


def test_the_gap_behind_an_interrupted_look_is_closed_by_the_next() -> None:
    async def story() -> None:
        scene = Scene(newest_first(4, 2, newest=-2000))
        await scene.load_all()
        first_look = scene.feed.state.as_of
        # Two days later there are three pages of new ones; the second cannot be had.
        scene.clock.move(2 * 86400)
        scene.source.pages = newest_first(6, 2, newest=3000) + newest_first(4, 2, newest=-2000)

        async def break_at_the_second() -> None:
            if scene.source.cursors[-1] == "1":
                raise Unreachable("network")

        scene.source.before = break_at_the_second
        await scene.fails(scene.feed.look_for_new(), Unreachable)
        assert scene.feed.state.as_of == first_look
        assert len(scene.kept) == 6

        scene.source.before = None
        assert await scene.feed.look_for_new() == 4
        assert len(scene.kept) == 10
        assert scene.feed.state.as_of == scene.clock()

    run(story)


def test_a_look_that_was_cancelled_leaves_no_gap_either() -> None:
    async def story() -> None:
        scene = Scene(newest_first(4, 2, newest=-2000))
        await scene.load_all()
        scene.clock.move(2 * 86400)
        scene.source.pages = newest_first(6, 2, newest=3000) + newest_first(4, 2, newest=-2000)
        reached = asyncio.Event()

        async def hang_at_the_second() -> None:
            if scene.source.cursors[-1] == "1":
                reached.set()
                await asyncio.Event().wait()

        scene.source.before = hang_at_the_second
        looking = asyncio.ensure_future(scene.feed.look_for_new())
        await reached.wait()
        looking.cancel()
        await asyncio.wait([looking])
        scene.source.before = None
        await scene.feed.look_for_new()
        assert len(scene.kept) == 10

    run(story)


def test_a_look_through_pages_without_order_goes_to_the_end() -> None:
    async def story() -> None:
        oldest_first = [[recording(n)] for n in range(3)]
        scene = Scene(oldest_first)
        await scene.load_all()
        scene.source.pages = [*oldest_first, [recording(3)]]
        assert await scene.feed.look_for_new() == 1
        assert scene.source.cursors[3:] == [None, "1", "2", "3"]

    run(story)


def test_a_look_at_a_token_that_repeats_ends() -> None:
    async def story() -> None:
        scene = Scene(newest_first(4, 2))
        await scene.load_all()
        scene.source.pages = newest_first(10, 2, newest=6)
        scene.source.tokens = {"1": "1"}
        await scene.fails(scene.feed.look_for_new(), Garbled)
        assert isinstance(scene.feed.failure, Garbled)

    run(story)


def test_a_look_that_meets_the_end_has_seen_everything() -> None:
    async def story() -> None:
        scene = Scene([[recording(1)], [recording(0)]])
        await scene.feed.advance()
        scene.source.pages = [[recording(2), recording(1)]]
        await scene.feed.look_for_new()
        assert scene.feed.exhausted
        assert scene.feed.state.cursor is None

    run(story)


def test_a_recording_that_changed_is_stored_anew() -> None:
    async def story() -> None:
        scene = Scene([[recording(1, status="ongoing")]])
        await scene.load_all()
        scene.source.pages = [[recording(1)]]
        assert await scene.feed.look_for_new() == 0
        assert scene.catalogue.kept == [recording(1)]

    run(story)


def test_a_feed_knows_its_account() -> None:
    scene = Scene([])
    assert scene.feed.source.account == BIRD
    assert scene.feed.state.account == BIRD.id


def test_a_next_page_is_asked_for_while_this_one_is_stored() -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        stored, going_on = asyncio.Event(), asyncio.Event()
        feed = scene.slow_feed(stored, going_on)
        advancing = asyncio.ensure_future(feed.advance(ahead=True))
        await stored.wait()
        await asyncio.sleep(0)
        assert scene.source.cursors == [None, "1"]
        assert not feed.begun
        going_on.set()
        await advancing
        assert feed.state.cursor == "1"
        await feed.advance(ahead=True)
        await feed.advance(ahead=True)
        assert feed.exhausted
        assert scene.source.cursors == [None, "1", "2"]
        assert len(scene.kept) == 6

    run(story)


def test_a_page_that_was_asked_for_in_vain_is_asked_for_again() -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        await scene.feed.advance()
        await scene.feed.advance(ahead=True)
        scene.source.failures = [Unreachable("network")]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert scene.source.cursors == [None, "1", "2"]
        assert scene.feed.failure is None
        await scene.feed.advance()
        assert scene.source.cursors == [None, "1", "2", "2"]
        assert len(scene.kept) == 6

    run(story)


def test_a_page_ahead_that_fails_while_it_is_waited_for_is_a_failure() -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        gate = asyncio.Event()
        await scene.feed.advance(ahead=True)
        scene.source.before = gate.wait
        await asyncio.sleep(0)
        waiting = asyncio.ensure_future(scene.feed.advance())
        await asyncio.sleep(0)
        scene.source.failures = [Unreachable("network")]
        gate.set()
        await scene.fails(waiting, Unreachable)
        await scene.load_all()
        assert len(scene.kept) == 6

    run(story)


def test_what_was_asked_for_ahead_can_be_given_up() -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        scene.source.before = asyncio.Event().wait
        feed = scene.feed
        scene.source.before = None
        await feed.advance(ahead=True)
        scene.source.before = asyncio.Event().wait
        await asyncio.sleep(0)
        going = feed.stop()
        assert going is not None
        await asyncio.wait({going})
        assert going.cancelled()
        assert feed.stop() is None
        scene.source.before = None
        await scene.load_all()
        assert len(scene.kept) == 6

    run(story)


def test_a_page_that_could_not_be_stored_leaves_the_place_though_the_next_is_on_its_way() -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        await scene.feed.advance(ahead=True)
        scene.catalogue.failures = [CatalogueReadOnly("full")]
        await scene.fails(scene.feed.advance(ahead=True), CatalogueReadOnly)
        assert scene.feed.state.cursor == "1"
        await scene.load_all()
        assert len(scene.kept) == 6

    run(story)


def test_a_page_tells_what_is_gone_between_its_first_and_its_last() -> None:
    async def story() -> None:
        scene = Scene(newest_first(9, 3))
        await scene.load_all()
        scene.source.pages = [[each for each in page if each.id != "id--4"] for page in scene.source.pages]
        scene.feed = scene.another_feed(None)
        await scene.load_all()
        assert await scene.gone() == {"id--4"}

    run(story)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"fault": "It cannot be read."},
        {"started": None, "created": None},
        {"started": NOON + timedelta(days=3), "created": NOON + timedelta(days=3)},
    ],
)
def test_a_page_that_is_not_certain_tells_nothing(spoilt: dict[str, object]) -> None:
    async def story() -> None:
        page = [recording(4), recording(3), recording(2), recording(1)]
        scene = Scene([page])
        await scene.load_all()
        odd = replace(page[2], **spoilt)  # type: ignore[arg-type]
        scene.source.pages = [[page[0], odd, page[3]]]
        scene.feed = scene.another_feed(None)
        await scene.load_all()
        assert await scene.gone() == set()

    run(story)


def test_what_a_server_left_out_because_it_filtered_is_not_gone() -> None:
    async def story() -> None:
        scene = Scene(newest_first(4, 4))
        await scene.load_all()
        scene.source.pages = [[recording(0), recording(-3)]]
        asked = Asked((("status", "failed"),))
        await Feed(scene.source, asked, scene.catalogue.add, scene.clock).advance()
        assert await scene.gone() == set()

    run(story)


def test_a_look_for_new_tells_what_is_gone_too() -> None:
    async def story() -> None:
        scene = Scene(newest_first(8, 4))
        await scene.load_all()
        scene.source.pages = [[recording(2), *newest_first(8, 8)[0][:2], recording(-3)], [recording(-7)]]
        assert await scene.feed.look_for_new() == 1
        assert await scene.gone() == {"id--2"}

    run(story)


def test_order_by_start_or_by_creation_both_count() -> None:
    late = [recording(n, created=NOON + timedelta(hours=9 - n)) for n in range(5)]
    page = Page(recordings=tuple(late), cursor=None, as_of=NOON)
    assert whole_of(page, ordered=True) == (late[4].created, late[0].created)
    assert whole_of(page, ordered=False) is None
    unclear = Page(recordings=tuple(late[::-1]), cursor=None, as_of=NOON)
    assert whole_of(unclear, ordered=True) == (late[0].started, late[4].started)
    assert whole_of(Page(recordings=(late[0],), cursor=None, as_of=NOON), ordered=True) is None
