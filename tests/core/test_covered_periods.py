"""A period that is loaded whole is complete, whatever older recordings an account may have."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from playhead.core.errors import Unreachable
from playhead.core.finding.parser import parse
from playhead.core.finding.query import Query
from playhead.core.loading.coverage import covered, earliest
from playhead.core.page import Asked, FeedState
from support.coroutine_tests import run
from support.fakes import BIRD, NOON, FakeSource, recording
from support.loading.library_scene import Scene


def after(n: int, more: str = "") -> Query:
    """What is not older than the recording of that number, and all the rest of `more`."""
    moment = recording(n).moment
    assert moment is not None
    return parse(f"after:{moment:%Y-%m-%dT%H:%M:%S} {more}", NOON)


def dated(query: Query) -> Asked:
    """What a server that filters by date is asked."""
    return Asked((("startAt", "then"),)) if earliest(query.node) is not None else Asked()


def told(scene: Scene, query: Query) -> list[bool]:
    return [each.exhausted for each in scene.library.coverage(query)]


def begun(story: "Callable[[Scene, FakeSource], Awaitable[object] | None]") -> None:
    async def whole() -> None:
        scene = Scene()
        source = scene.connect(BIRD, [9, 8], [7, 6], [5], asks=dated)
        await scene.load()
        answer = story(scene, source)
        if answer is not None:
            await answer

    run(whole)


def test_nothing_else_can_match_within_what_is_loaded() -> None:
    def story(scene: Scene, source: FakeSource) -> None:
        query = after(9, "maria")
        assert told(scene, query) == [True]
        assert scene.library.next_feed(query) is None
        assert scene.library.watermark(query) is None
        assert len(source.asked) == 1

    begun(story)


@pytest.mark.parametrize("n", [8, 7])
def test_what_is_as_old_as_the_oldest_that_came_may_still_come(n: int) -> None:
    def story(scene: Scene, _source: FakeSource) -> None:
        assert told(scene, after(n)) == [False]

    begun(story)


def test_the_same_filter_has_one_truth_whichever_feed_answered_it() -> None:
    async def whole() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8], [7, 6], [5], asks=dated)
        query = after(9)
        await scene.load(query)
        by_itself = told(scene, query)
        await scene.load()
        assert told(scene, query) == by_itself == [True]

    run(whole)


def test_a_look_that_failed_covers_nothing() -> None:
    async def story(scene: Scene, source: FakeSource) -> None:
        source.failures = [Unreachable("timeout")]
        with pytest.raises(Unreachable):
            await scene.library.load(scene.library.base(BIRD.id))
        assert told(scene, after(9)) == [False]

    begun(story)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("after:2026-03-10", "2026-03-10"),
        ("date:2026-03-10..2026-03-11 kind:call", "2026-03-10"),
        ("after:2026-03-09 after:2026-03-10", "2026-03-10"),
        ("(on:2026-03-12 OR on:2026-03-10)", "2026-03-10"),
        ("(on:2026-03-12 OR maria)", None),
        ("before:2026-03-10", None),
        ("-after:2026-03-10", None),
        ("duration:>2m", None),
        ("", None),
    ],
)
def test_the_first_moment_that_can_match_is_known_only_if_all_ways_have_one(
    text: str, begins: str | None
) -> None:
    expected = parse(f"after:{begins}", NOON) if begins else None
    assert earliest(parse(text, NOON).node) == (earliest(expected.node) if expected else None)


@pytest.mark.parametrize("odd", [{"ordered": False}, {"horizon": None}, {"as_of": None}])
def test_a_list_without_order_or_beginning_covers_no_period(odd: dict[str, Any]) -> None:
    query = after(9)
    state = FeedState(account="a", asked=Asked(), horizon=recording(8).moment, as_of=NOON)
    assert covered(state, query)
    assert not covered(replace(state, **odd), query)
    assert covered(replace(state, **{"exhausted": True, **odd}), query)
