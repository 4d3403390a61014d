"""A page that came with an error: what is in it is kept, nothing is gone because of it, and it is said."""

from datetime import timedelta

from playhead.core.errors import Garbled, Unavailable
from support.coroutine_tests import run
from support.fakes import recording
from support.loading.feed_scene import Scene, newest_first

FAULT = Unavailable(status=500)


def test_a_spoilt_page_is_kept_and_asked_for_again() -> None:
    async def story() -> None:
        scene = Scene(newest_first(6, 2))
        await scene.feed.advance()
        state = scene.feed.state
        scene.source.troubles = {"1": FAULT}
        await scene.fails(scene.feed.advance(), Unavailable)
        assert (len(scene.kept), scene.feed.state) == (4, state)
        scene.source.troubles = {}
        await scene.load_all()
        assert scene.feed.failure is None
        assert scene.source.cursors == [None, "1", "1", "2"]

    run(story)


def test_all_pages_after_one_that_stays_spoilt_are_there() -> None:
    async def story() -> None:
        scene = Scene(newest_first(8, 2))
        scene.source.troubles = {"1": FAULT}
        for _ in range(2):
            await scene.feed.advance() if not scene.feed.begun else None
            await scene.fails(scene.feed.advance(), Unavailable)
        await scene.load_all()
        assert len(scene.kept) == 8
        assert scene.source.cursors == [None, "1", "1", "2", "3"]

    run(story)


def test_a_list_that_is_cut_short_by_an_error_has_no_end() -> None:
    async def story() -> None:
        scene = Scene([[recording(2), recording(1)]])
        scene.source.troubles = {None: Garbled("part")}
        for _ in range(3):
            await scene.fails(scene.feed.advance(), Garbled)
        assert scene.kept == {"id-2", "id-1"}
        assert not scene.feed.exhausted

    run(story)


def test_nothing_is_gone_because_a_page_was_spoilt() -> None:
    async def story() -> None:
        for complete in (False, True):
            scene = Scene([[recording(3), recording(2), recording(1)]])
            scene.source.complete = complete
            await scene.load_all()
            scene.clock.move(60)
            scene.source.pages = [[recording(3), recording(1)]]
            scene.source.troubles = {None: FAULT}
            await scene.fails(scene.feed.look_for_new(), Unavailable)
            assert await scene.gone() == set()
            scene.source.troubles = {}
            await scene.feed.look_for_new()
            assert await scene.gone() == {"id-2"}

    run(story)


def test_a_look_goes_on_behind_a_spoilt_page_but_is_not_finished() -> None:
    async def story() -> None:
        scene = Scene(newest_first(4, 2, newest=-2000))
        await scene.load_all()
        first_look = scene.feed.state.as_of
        scene.clock.move(timedelta(days=2).total_seconds())
        scene.source.pages = newest_first(6, 2, newest=3000) + newest_first(4, 2, newest=-2000)
        scene.source.troubles = {"1": FAULT}
        await scene.fails(scene.feed.look_for_new(), Unavailable)
        assert len(scene.kept) == 10
        assert scene.feed.state.as_of == first_look

    run(story)
