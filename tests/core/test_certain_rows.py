"""What of the table is certain while some accounts have not told everything."""

from datetime import UTC, datetime

import pytest

from playhead.core.errors import Unreachable
from playhead.core.loading.library import PATIENCE
from support.coroutine_tests import run
from support.fakes import BIRD, recording
from support.loading.library_scene import OTHER, Scene


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
        with pytest.raises(Unreachable):
            await scene.library.load(feed)
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
        answering, asking = await scene.load_without_answer(slow)
        assert await scene.load() == OTHER.id
        assert await scene.shown() == []
        scene.clock.move(PATIENCE.total_seconds() + 0.1)
        assert await scene.shown() == ["bird-2:7"]
        answering.set()
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
        answering, asking = await scene.load_without_answer(slow)
        await scene.load()
        scene.clock.move(PATIENCE.total_seconds() + 0.1)
        assert await scene.shown() == ["bird-2:7", "id-9"]
        answering.set()
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
