"""A program that is killed at work loses nothing that it had loaded."""

from collections.abc import Iterator

import pytest

from support.cloud.faultycloud import Fault, FaultyCloud
from support.processes.process_profiles import connected, keyring_of, pocket
from support.processes.separate_process import environment, played, reached, started
from support.window.cloud_requests import lists_answered
from support.window.demo_accounts import small_cloud
from support.window.driven_program import until
from support.window.lasting_profile import Desk

pytestmark = pytest.mark.process


@pytest.fixture
def cloud() -> Iterator[FaultyCloud]:
    """A cloud with so much at Bird that there is time to kill somebody who searches it."""
    with small_cloud(bird=3000) as cloud:
        yield cloud


def killed_while_searching(desk: Desk) -> int:
    """Search the rest in a process of its own and kill that; how many lists were answered."""
    cloud = desk.cloud
    profile = connected(cloud, desk.folder, keyring_of(desk.folder))
    cloud.faults.add(Fault(scope="bird-list", delay=0.03))
    command = played("scene_of_searching", "search_the_rest", str(desk.folder))
    with started(command, environment(desk.folder)) as process:
        reached(lambda: lists_answered(cloud) >= 14 or process.poll() is not None, "a dozen pages")
        assert process.poll() is None
        process.kill()
        process.wait()
    assert list(profile.folder.glob("*-wal")), "it was not killed at work"
    cloud.faults.clear()
    return lists_answered(cloud)


async def test_a_program_that_was_killed_goes_on_where_it_was_without_a_gap(
    desk: Desk, cloud: FaultyCloud
) -> None:
    answered = killed_while_searching(desk)
    desk.vault = pocket(desk.folder)
    cloud.faults.add(Fault(scope="any", status=503))
    async with desk.opened(rows=50) as person:
        state = person.program.journeys.browsing.state
        # The first rows are there before all of them are counted.
        await until(lambda: state.listing.loaded, "their number")
        stored = state.listing.loaded
        assert stored >= 40 + (answered - 4) * 99
        await person.sees_notice("Bird EU has a fault of its own")
        assert not [each for each in person.notices if "catalogue" in each]
        cloud.faults.clear()
        cloud.requests.clear()
        person.window.status.search_rest.click()
        await person.sees_status("everything is loaded")
        await until(lambda: person.rows == 3040, "all rows")
        assert lists_answered(cloud) < 31, "it began again from the start"
        found = await person.program.session.catalogue.recordings.read(list(person.program.model.ids))
    ids = [each.id for each in found if each is not None and each.account == "bird"]
    assert len(ids) == 3000
    assert set(ids) == {cloud.bird_recording(place)["id"] for place in range(3000)}
