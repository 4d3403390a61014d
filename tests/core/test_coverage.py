"""What is said of how much of an account is known."""

import asyncio
from datetime import timedelta

import pytest

from fakes import BIRD, NOON, FakeCatalogue, FakeSource, FixedClock, recording
from playhead.core.coverage import Coverage
from playhead.core.errors import Unreachable
from playhead.core.library import Library
from playhead.core.page import Asked
from playhead.core.parser import parse
from playhead.core.query import EVERYTHING, Query

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
            account=BIRD, exhausted=False, begun=True, horizon=recording(1).moment, as_of=CLOCK()
        )
        await library.load(library.base(BIRD.id))
        assert library.coverage()[0].exhausted

    asyncio.run(story())


def test_what_the_server_filtered_is_said_to_hold_for_the_query_only() -> None:
    library = library_of(FakeSource([[recording(1)]], asks=narrowing))
    assert [coverage.narrowed for coverage in library.coverage(QUERY)] == [True]
    assert [coverage.narrowed for coverage in library.coverage(EVERYTHING)] == [False]


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
