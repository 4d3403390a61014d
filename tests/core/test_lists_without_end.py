"""A list that only seems to go on is given up after some pages without anything new; asked again, it does."""

from collections.abc import Sequence

import pytest

from playhead.core.errors import Garbled, PlayheadError, Rejected
from playhead.core.loading.feed import Feed
from playhead.core.loading.paging import BARREN_PAGES
from playhead.core.recording import Recording
from support.coroutine_tests import run
from support.fakes import recording
from support.loading.feed_scene import Scene, newest_first

UNDATED = recording(0, started=None, created=None)
EMPTY: list[list[Recording]] = [[] for _ in range(300)]


async def load(feed: Feed) -> None:
    """Load to the end."""
    while not feed.exhausted:
        await feed.advance()


async def stops(feed: Feed) -> None:
    """See the feed stop by itself, and say why."""
    with pytest.raises(Garbled) as caught:
        await load(feed)
    assert caught.value.reason == "barren"
    assert feed.failure is caught.value


@pytest.mark.parametrize(
    ("pages", "asked"),
    [
        (EMPTY, BARREN_PAGES),
        ([[recording(1)], *EMPTY], BARREN_PAGES + 1),
        ([*EMPTY[:5], [recording(1)], *EMPTY], BARREN_PAGES + 6),
        ([[recording(1), recording(2)]] * 300, BARREN_PAGES + 2),
        ([[recording(1)], [], [recording(1)], []] * 100, BARREN_PAGES + 3),
        ([[recording(1)], [recording(2)]] * 100, BARREN_PAGES + 4),
    ],
)
def test_pages_without_anything_new_come_to_an_end(pages: Sequence[list[Recording]], asked: int) -> None:
    async def story() -> None:
        scene = Scene(pages)
        await stops(scene.feed)
        assert len(scene.source.asked) <= asked
        assert scene.kept == {each.id for page in pages for each in page}
        assert not scene.feed.exhausted
        assert scene.feed.state.cursor is not None

    run(story)


def test_one_who_asks_on_gets_what_lies_behind_many_empty_pages() -> None:
    async def story() -> None:
        scene = Scene([[recording(2)], *EMPTY[: 2 * BARREN_PAGES + 5], [recording(1)]])
        await stops(scene.feed)
        scene.feed = scene.another_feed(scene.feed.state)
        await stops(scene.feed)
        scene.feed.retry()
        await scene.load_all()
        assert scene.kept == {"id-2", "id-1"}
        assert scene.feed.failure is None
        assert len(scene.source.cursors) == len(set(scene.source.cursors))

    run(story)


@pytest.mark.parametrize(
    "pages",
    [
        newest_first(60, 1),
        [[recording(n)] for n in range(60)],
        [[recording((7 * n) % 61)] for n in range(60)],
        [[recording(n, started=None, created=None)] for n in range(60)],
    ],
)
def test_a_way_through_what_is_known_is_no_list_without_end(pages: list[list[Recording]]) -> None:
    async def story() -> None:
        scene = Scene(pages)
        await scene.load_all()
        scene.feed = scene.another_feed(None)
        await scene.load_all()
        assert len(scene.source.asked) == 120
        await scene.feed.look_for_new()
        assert scene.feed.failure is None

    run(story)


@pytest.mark.parametrize("between", [EMPTY, [[UNDATED]] * 300, [[], [UNDATED]] * 150])
def test_a_look_for_new_ones_ends_and_the_next_goes_on_from_there(between: list[list[Recording]]) -> None:
    async def story() -> None:
        scene = Scene([[recording(n, started=None, created=None)] for n in range(3)])
        await scene.load_all()
        state = scene.feed.state
        scene.source.pages = [[recording(9)], *between[: 2 * BARREN_PAGES + 5], [recording(5)]]
        already = len(scene.source.asked)
        for _ in range(2):
            await scene.fails(scene.feed.look_for_new(), Garbled)
            assert isinstance(scene.feed.failure, Garbled)
            assert scene.feed.failure.reason == "barren"
            assert scene.feed.state == state
            assert scene.feed.exhausted
        assert len(scene.source.asked) - already <= 2 * BARREN_PAGES + 3
        await scene.feed.look_for_new()
        assert {"id-9", "id-5"} <= scene.kept
        assert scene.source.cursors.count(None) == 2

    run(story)


def test_a_look_whose_place_was_forgotten_begins_anew() -> None:
    async def story() -> None:
        scene = Scene([[recording(0, started=None, created=None)]])
        await scene.load_all()
        scene.source.pages = [[], *EMPTY]
        await scene.fails(scene.feed.look_for_new(), Garbled)
        scene.source.pages = [[recording(9)]]
        scene.source.failures = [Rejected(status=400)]
        assert await scene.feed.look_for_new() == 1

    run(story)


def test_a_next_page_that_was_asked_for_ahead_is_not_lost() -> None:
    async def story() -> None:
        scene = Scene([*EMPTY[: BARREN_PAGES + 1], [recording(1)]])
        failures: list[PlayheadError] = []
        while not scene.feed.exhausted:
            try:
                await scene.feed.advance(ahead=True)
            except Garbled as error:
                failures.append(error)
        assert len(failures) == 1
        assert scene.kept == {"id-1"}
        assert len(scene.source.cursors) == len(set(scene.source.cursors))

    run(story)
