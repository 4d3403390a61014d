"""Sessions over fakes, for tests of single journeys."""

from typing import cast

from playhead.core.fetching.downloads import Downloads
from playhead.core.jobs import Jobs
from playhead.core.loading.connections import Connections
from playhead.core.loading.library import Library
from playhead.core.ports import Clock
from playhead.core.session import Session
from playhead.core.stores import Catalogue, RecordingCatalogue
from support.fakes import FakeVault, FixedClock


def session_over(
    catalogue: RecordingCatalogue, library: Library, jobs: Jobs, clock: Clock | None = None
) -> Session:
    """A session in which nobody signs in; `catalogue` has to have what its test asks for, no more."""
    return Session(
        catalogue=cast(Catalogue, catalogue),
        library=library,
        downloads=Downloads(library.source, cast(Catalogue, catalogue).media),
        connections=Connections(library, FakeVault(), FakeVault(), lambda _: None),
        jobs=jobs,
        clock=clock or FixedClock(),
    )
