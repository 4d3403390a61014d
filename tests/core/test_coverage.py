"""What is said of how much of an account is known."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from playhead.core.errors import Unreachable
from playhead.core.finding.parser import parse
from playhead.core.finding.query import EVERYTHING, Query
from playhead.core.loading.coverage import Coverage, Unloaded, estimate, unloaded
from playhead.core.loading.library import Library
from playhead.core.page import Asked, FeedState
from support.fakes import BIRD, NOON, FakeCatalogue, FakeSource, FixedClock, recording

CLOCK = FixedClock(NOON + timedelta(days=1))
QUERY = parse("status:failed", NOON)


def narrowing(query: Query) -> Asked:
    """What a server that filters by status is asked."""
    return Asked((("status", "failed"),)) if query == QUERY else Asked()


def library_of(source: FakeSource) -> Library:
    library = Library(FakeCatalogue(), CLOCK)
    library.connect(source)
    return library


def test_before_the_first_page_nothing_is_known() -> None:
    library = library_of(FakeSource([[recording(1)]]))
    assert library.coverage() == [Coverage(account=BIRD, exhausted=False, begun=False)]


def test_after_a_page_it_is_complete_down_to_the_horizon_as_of_then() -> None:
    async def story() -> None:
        library = library_of(FakeSource([[recording(1)], [recording(0)]], clock=CLOCK))
        await library.load(library.base(BIRD.id))
        (coverage,) = library.coverage()
        assert coverage == Coverage(
            account=BIRD, exhausted=False, begun=True, horizon=recording(1).moment, as_of=CLOCK(), fetched=1
        )
        await library.load(library.base(BIRD.id))
        assert library.coverage()[0].exhausted

    asyncio.run(story())


def test_what_the_server_filtered_is_said_to_hold_for_the_query_only() -> None:
    library = library_of(FakeSource([[recording(1)]], asks=narrowing))
    assert [coverage.narrowed for coverage in library.coverage(QUERY)] == [True]
    assert [coverage.narrowed for coverage in library.coverage(EVERYTHING)] == [False]


def test_what_came_with_everything_else_counts_before_the_server_has_filtered_anything() -> None:
    async def story() -> None:
        library = library_of(FakeSource([[recording(1)], [recording(0)]], clock=CLOCK, asks=narrowing))
        assert unloaded(library.coverage(QUERY)) == Unloaded(complete=False)
        await library.load(library.base(BIRD.id))
        assert unloaded(library.coverage(QUERY)) == Unloaded(recording(1).moment, complete=False)

    asyncio.run(story())


def test_an_account_that_cannot_match_is_not_spoken_of() -> None:
    assert library_of(FakeSource([], asks=lambda _query: None)).coverage() == []


def test_a_failure_and_a_missing_order_are_said() -> None:
    async def story() -> None:
        source = FakeSource([[recording(1), recording(2)], [recording(0)]])
        library = library_of(source)
        feed = library.base(BIRD.id)
        await library.load(feed)
        assert not library.coverage()[0].ordered
        failure = Unreachable("timeout")
        source.failures = [failure]
        with pytest.raises(Unreachable):
            await library.load(feed)
        assert library.coverage()[0].failure is failure

    asyncio.run(story())


def test_an_account_that_is_being_asked_is_said_to_load() -> None:
    async def story() -> None:
        source = FakeSource([[recording(1)]])
        library = library_of(source)
        gate = asyncio.Event()
        source.before = gate.wait
        asking = asyncio.ensure_future(library.load(library.base(BIRD.id)))
        await asyncio.sleep(0)
        assert library.coverage()[0].loading
        gate.set()
        await asking
        assert not library.coverage()[0].loading

    asyncio.run(story())


def test_what_the_server_was_asked_is_said() -> None:
    library = library_of(FakeSource([[recording(1)]], asks=narrowing))
    assert [coverage.asked for coverage in library.coverage(QUERY)] == [(("status", "failed"),)]


@pytest.mark.parametrize(
    ("text", "state", "more"),
    [
        ("after:2026-03-10", {}, 300),
        ("date:2026-03-12..2026-03-20", {}, 100),
        ("after:2026-03-10 status:failed", {}, 300),
        ("after:2026-03-13", {}, 0),
        ("after:2026-03-14", {}, 0),
        ("", {}, None),
        ("status:failed", {}, None),
        ("before:2026-03-10", {}, None),
        ("after:2026-03-10", {"ordered": False}, None),
        ("after:2026-03-10", {"horizon": None}, None),
        ("after:2026-03-10", {"horizon": NOON}, None),
        ("", {"exhausted": True}, 0),
    ],
)
def test_how_many_are_still_to_come_goes_by_how_dense_they_were(
    text: str, state: dict[str, object], more: int | None
) -> None:
    plain = FeedState(account="a", asked=Asked(), fetched=150, as_of=NOON)
    come = replace(plain, **{"horizon": NOON - timedelta(days=1.5), **state})  # type: ignore[arg-type]
    assert estimate(come, parse(text, NOON)) == more


def test_a_period_that_the_server_was_asked_for_begins_where_it_ends() -> None:
    asked = Asked((("endAt", "2026-03-12T00:00:00Z"),))
    horizon = datetime(2026, 3, 11, tzinfo=UTC)
    state = FeedState(account="a", asked=asked, fetched=100, horizon=horizon, as_of=NOON)
    assert estimate(state, parse("date:2026-03-09..2026-03-11", NOON)) == 200
