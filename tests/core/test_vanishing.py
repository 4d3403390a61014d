"""A page tells what its provider no longer has."""

from dataclasses import replace
from datetime import timedelta

import pytest

from playhead.core.errors import Unavailable
from playhead.core.loading.feed import Feed
from playhead.core.loading.vanishing import whole_of
from playhead.core.page import Asked, Page
from support.coroutine_tests import run
from support.fakes import NOON, recording
from support.loading.feed_scene import Scene, newest_first


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
        await Feed(scene.source, asked, scene.catalogue.recordings.add, scene.clock).advance()
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


def test_the_newest_page_tells_what_is_gone_above_its_first_row_too() -> None:
    async def story() -> None:
        scene = Scene(newest_first(9, 3))
        await scene.load_all()
        scene.source.pages = newest_first(8, 3, newest=-1)
        await scene.feed.look_for_new()
        assert await scene.gone() == {"id-0"}
        scene.source.pages = [[recording(-2), recording(-3)], [recording(-4)]]
        await scene.another_feed(None).advance()
        assert await scene.gone() == {"id-0", "id--1"}

    run(story)


def test_what_is_newer_than_a_later_page_may_be_above_it() -> None:
    async def story() -> None:
        scene = Scene(newest_first(9, 3))
        await scene.load_all()
        scene.source.pages = [newest_first(3, 3)[0], newest_first(4, 4, newest=-4)[0]]
        scene.feed = scene.another_feed(None)
        await scene.feed.advance()
        await scene.feed.advance()
        assert await scene.gone() == set()

    run(story)


def test_what_came_just_before_the_answer_may_be_missing_in_it() -> None:
    rows = (recording(4), recording(3))
    moment = recording(4).moment
    assert moment is not None
    page = Page(recordings=rows, cursor="more", as_of=moment + timedelta(minutes=9))
    assert whole_of(page, ordered=True, newest=True) == (rows[1].moment, moment + timedelta(minutes=8))
    page = replace(page, as_of=moment + timedelta(seconds=9))
    assert whole_of(page, ordered=True, newest=True) == (rows[1].moment, moment)
    assert whole_of(page, ordered=False, newest=True) is None


def test_a_page_with_an_error_beside_it_proves_nothing() -> None:
    rows = (recording(4), recording(3))
    page = Page(recordings=rows, cursor=None, as_of=NOON, complete=True)
    assert whole_of(page, ordered=True) is not None
    assert whole_of(replace(page, trouble=Unavailable(status=500)), ordered=True, newest=True) is None
