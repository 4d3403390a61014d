"""Sessions over fakes, for tests of single journeys."""

from collections.abc import Sequence
from typing import cast

from playhead.core.account import Account
from playhead.core.fetching.downloads import Downloads
from playhead.core.jobs import Jobs
from playhead.core.loading.connections import Connections
from playhead.core.loading.library import Library
from playhead.core.loading.transcriptreader import TranscriptReader
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
        transcripts=TranscriptReader(cast(Catalogue, catalogue), library, clock or FixedClock()),
        downloads=Downloads(library.source, cast(Catalogue, catalogue).media),
        connections=Connections(library, FakeVault(), FakeVault(), _Unobserved()),
        jobs=jobs,
        clock=clock or FixedClock(),
    )


class _Unobserved:
    """Accounts that nobody is told of."""

    def accounts_changed(self, accounts: Sequence[Account]) -> None:
        raise AssertionError(accounts)

    def leaving_changed(self, accounts: Sequence[Account]) -> None:
        raise AssertionError(accounts)

    def account_waits(self, account: str, seconds: float) -> None:
        raise AssertionError(account)
