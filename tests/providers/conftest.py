"""The demo cloud for the tests of the two doors."""

from collections.abc import Iterator

import pytest

from support.cloud.faultycloud import FaultyCloud
from support.providers.provider_sources import demo_cloud


@pytest.fixture(scope="module")
def running_cloud() -> Iterator[FaultyCloud]:
    """A demo cloud that serves a whole module."""
    with demo_cloud() as cloud:
        yield cloud


@pytest.fixture
def cloud(running_cloud: FaultyCloud) -> FaultyCloud:
    """The module's cloud, without the faults and the requests of the test before."""
    running_cloud.faults.clear()
    running_cloud.requests.clear()
    return running_cloud
