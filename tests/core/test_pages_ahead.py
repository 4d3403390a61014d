"""The next page is asked for while this one is stored."""

import asyncio

from playhead.core.errors import CatalogueReadOnly, Garbled, Unavailable, Unreachable
from support.coroutine_tests import run
from support.loading.feed_scene import Scene, newest_first


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


def test_a_next_page_is_asked_for_while_the_rows_of_this_one_are_read() -> None:
    async def story() -> None:
        scene = Scene(newest_first(8, 2))
        reading, going_on = asyncio.Event(), asyncio.Event()

        async def read() -> None:
            reading.set()
            await going_on.wait()

        scene.source.reading = read
        advancing = asyncio.ensure_future(scene.feed.advance(ahead=True))
        await reading.wait()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        # Where the list goes on behind that is known as well, but two are enough.
        assert scene.source.cursors == [None, "1", "2"]
        going_on.set()
        await advancing
        assert scene.source.cursors == [None, "1", "2"]
        await scene.feed.advance(ahead=True)
        await asyncio.sleep(0)
        assert scene.source.cursors == [None, "1", "2", "3"]
        await scene.load_all()
        assert scene.source.cursors == [None, "1", "2", "3"]
        assert len(scene.kept) == 8

    run(story)


def test_pages_ahead_of_one_that_leads_elsewhere_now_are_given_up() -> None:
    async def story() -> None:
        scene = Scene(newest_first(10, 2))
        scene.source.reading = _at_once
        scene.source.troubles = {"1": Unavailable()}
        await scene.feed.advance(ahead=True)
        await scene.fails(scene.feed.advance(ahead=True), Unavailable)
        scene.source.troubles, scene.source.tokens = {}, {"1": "3"}
        await scene.feed.advance(ahead=True)
        await scene.feed.advance(ahead=True)
        assert scene.feed.state.cursor == "4"
        assert len(scene.kept) == 6
        scene.feed.stop()

    run(story)


def test_nothing_is_asked_for_ahead_once_nobody_waits_for_the_page_any_more() -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        scene.source.before = asyncio.Event().wait
        advancing = asyncio.ensure_future(scene.feed.advance(ahead=True))
        await asyncio.sleep(0)
        advancing.cancel()
        await asyncio.wait({advancing})
        assert scene.source.onward is not None
        scene.source.onward.next_cursor("1")
        await asyncio.sleep(0)
        assert scene.source.cursors == [None]

    run(story)


def test_a_list_that_leads_back_is_not_followed_ahead() -> None:
    async def story() -> None:
        for where, asked in (("1", [None, "1"]), ("2", [None, "1", "2"])):
            scene = Scene(newest_first(8, 2))
            scene.source.tokens = {where: "1"}
            scene.source.reading = _at_once
            for _ in asked[1:]:
                await scene.feed.advance(ahead=True)
            await scene.fails(scene.feed.advance(ahead=True), Garbled)
            assert scene.source.cursors == asked

    run(story)


async def _at_once() -> None:
    """Read without waiting."""


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
        await asyncio.wait(going)
        assert [each.cancelled() for each in going] == [True]
        assert not feed.stop()
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
