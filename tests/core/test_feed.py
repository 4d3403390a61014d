"""A feed loads page after page, keeps what it got, and knows how far it has come."""

import asyncio
from dataclasses import replace

import pytest

from playhead.core.errors import CatalogueReadOnly, Garbled, Gone, PlayheadError, Rejected, Unreachable
from playhead.core.recording import Recording
from support.coroutine_tests import run
from support.fakes import BIRD, recording
from support.loading.feed_scene import Scene, newest_first


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


def test_a_feed_knows_its_account() -> None:
    scene = Scene([])
    assert scene.feed.source.account == BIRD
    assert scene.feed.state.account == BIRD.id
