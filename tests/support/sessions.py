"""Sessions over fakes, for tests of single journeys."""

from typing import cast

from playhead.core.account import Account, Credential
from playhead.core.fetching.downloads import Downloads
from playhead.core.jobs import Jobs
from playhead.core.loading.connections import Connections, Doors
from playhead.core.loading.library import Library
from playhead.core.ports import Catalogue, Clock, Store
from playhead.core.session import Session
from support.fakes import FakeSource, FakeVault, FixedClock


def session_over(catalogue: Catalogue, library: Library, jobs: Jobs, clock: Clock | None = None) -> Session:
    """A session in which nobody signs in; `catalogue` has to have what its test asks for, no more."""
    doors = Doors(open=lambda *_: FakeSource([]), sign_in=_sign_in, revoke=_revoke)
    return Session(
        catalogue=cast(Store, catalogue),
        library=library,
        downloads=Downloads(library.source, cast(Store, catalogue)),
        connections=Connections(library, doors, FakeVault(), FakeVault(), lambda _: None),
        jobs=jobs,
        clock=clock or FixedClock(),
    )


async def _sign_in(account: Account, _email: str, _password: str) -> Credential:
    raise AssertionError(account)


async def _revoke(account: Account, _credential: Credential) -> None:
    raise AssertionError(account)
