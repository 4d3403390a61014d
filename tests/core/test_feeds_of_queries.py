"""A query that a server can answer has a feed of its own."""

import pytest

from playhead.core.errors import Rejected
from playhead.core.finding.parser import parse
from playhead.core.finding.query import Query
from playhead.core.page import Asked
from support.coroutine_tests import run
from support.fakes import BIRD, CONVIRZA, NOON, recording
from support.loading.library_scene import Scene

FAILED = Asked((("status", "failed"),))
QUERY = parse("status:failed", NOON)


def narrowing(query: Query) -> Asked:
    """What a server that filters by status is asked."""
    return FAILED if query == QUERY else Asked()


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
        with pytest.raises(Rejected):
            await scene.load(QUERY)
        assert await scene.load(QUERY) == BIRD.id
        assert source.asked == [(FAILED, None), (Asked(), None)]

    run(story)
