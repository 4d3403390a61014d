"""A feed looks from the newest end until it meets what is known.

A day lies between the recordings of the first pages and `scene.clock`.
"""

import asyncio
from dataclasses import replace

from playhead.core.errors import Garbled, Unreachable
from support.coroutine_tests import run
from support.fakes import recording
from support.loading.feed_scene import Scene, newest_first


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


def test_what_looks_have_found_is_told_once_and_nothing_that_was_loaded_besides() -> None:
    async def story() -> None:
        scene = Scene(newest_first(9, 3))
        await scene.feed.advance()
        scene.source.pages = newest_first(11, 3, newest=2)
        assert await scene.feed.look_for_new() == 2
        await scene.load_all()
        came = [scene.catalogue.kept[each].id for some in scene.feed.take_new() for each in some]
        assert came == ["id-2", "id-1"]
        assert not [each for some in scene.feed.take_new() for each in some]

    run(story)
