"""The search of the rest goes on while the person sorts; another filter is another search."""

from collections.abc import Iterator

import pytest

from playhead.core.finding.query import Order
from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.demo_accounts import bird, small_cloud
from support.window.driven_program import until
from support.window.lasting_profile import Desk


@pytest.fixture
def larger_cloud() -> Iterator[FaultyCloud]:
    """One with more pages than are loaded by themselves."""
    with small_cloud(3000) as cloud:
        yield cloud


async def test_sorting_does_not_end_the_search(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        cloud.faults.add(Fault(scope="bird-list", delay=0.2))
        window, table = person.window, person.window.table
        table.verticalScrollBar().setValue(300)
        window.status.search_rest.click()
        before = person.program.journeys.browsing.state.listing.loaded
        await until(lambda: person.program.journeys.browsing.state.listing.loaded > before, "a page")
        for order in (Order("duration", descending=True), Order("started", descending=False)):
            table.header.sort_by(order)
            await person.job_done("list")
            assert table.visible_rows.start == 0, "another order begins at its first row"
            assert window.status.search_rest.text() == "Stop"
        await person.sees_status("500 loaded · everything is loaded")
        await until(person.everything_in_view_is_there)
        starts = [person.recording(row).moment for row in table.visible_rows]
        assert starts == sorted(starts, key=str)


async def test_another_filter_ends_it_and_offers_the_rest_again(
    desk: Desk, larger_cloud: FaultyCloud
) -> None:
    async with desk.opened(bird(larger_cloud), rows=50) as person:
        window = person.window
        window.status.search_rest.click()
        browsing = person.program.journeys.browsing
        before = browsing.state.listing.loaded
        await until(lambda: browsing.state.listing.loaded > before, "a page")
        loaded = browsing.state.listing.loaded
        await person.filters_by("maria")
        assert browsing.state.listing.loaded >= loaded
        kept = sum(each.number for each in await person.program.session.catalogue.recordings.counts())
        await until(lambda: browsing.state.listing.loaded == kept, "all that was loaded, also at last")
        assert window.status.search_rest.text() == "Search the rest"
        assert window.status.search_rest.isVisible()
        assert "more exist at Bird EU" in person.status
        window.status.search_rest.click()
        await until(lambda: window.status.search_rest.text() == "Stop", "the search")
        await person.sees_status("match in 3\u202f000 loaded")
