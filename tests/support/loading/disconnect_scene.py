"""A stage for tests of disconnecting: accounts whose sources renew their credential while they close."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from typing_extensions import override

from playhead.core.account import Account, Credential
from playhead.core.loading.connections import Connections
from playhead.core.loading.library import Library
from playhead.core.ports import Keys, Waiting
from playhead.core.provider import Providers
from support.fakes import BIRD, NOON, FakeCatalogue, FakeSource, FakeVault, FixedClock, recording
from support.providers.registered import PROVIDERS

CONVIRZA = replace(BIRD, id="convirza", provider="convirza", label="Acme")
OLD, RENEWED, FRESH = (Credential(access=f"{name} token", refresh=f"{name} refresh") for name in "ORF")


class RenewingSource(FakeSource):
    """A door with a renewal on its way, which ends while the door closes."""

    def __init__(self, account: Account, keys: Keys) -> None:
        super().__init__([[recording(0, account=account.id)]], account=account)
        self._keys = keys
        self.renewed: Credential | None = None

    @override
    async def close(self) -> None:
        if self.renewed is not None:
            await asyncio.sleep(0)
            await self._keys.save(self.renewed)
        await super().close()


class Scene:
    """Accounts over fakes; `renewal` is what the doors have on their way when they are closed."""

    def __init__(self) -> None:
        self.catalogue = FakeCatalogue()
        providers = Providers(tuple(replace(each, service=self) for each in PROVIDERS))
        self.library = Library(self.catalogue, FixedClock(NOON), providers)
        self.vault, self.session = FakeVault(), FakeVault()
        self.revoked: list[Credential] = []
        self.remembered: list[Sequence[Account]] = []
        self.leaving: list[Account] = []
        self.doors: list[RenewingSource] = []
        self.connections = Connections(
            self.library,
            self.vault,
            self.session,
            self,
        )

    def accounts_changed(self, accounts: Sequence[Account]) -> None:
        """Remember them."""
        self.remembered.append(accounts)

    def leaving_changed(self, accounts: Sequence[Account]) -> None:
        """Remember the last of them."""
        self.leaving = list(accounts)

    def account_waits(self, account: str, seconds: float) -> None:
        """Nothing is shown."""

    def prepare(self) -> None:
        """Nothing has to be imported."""

    def open(self, account: Account, keys: Keys, waiting: Waiting) -> RenewingSource:
        """A door, which is kept."""
        self.doors.append(RenewingSource(account, keys))
        return self.doors[-1]

    async def sign_in(self, account: Account, given: Mapping[str, str]) -> Credential:
        """Fresh tokens."""
        return FRESH

    async def revoke(self, account: Account, credential: Credential) -> None:
        """Remember what is revoked."""
        self.revoked.append(credential)

    async def connect(self, credential: Credential, *, session_only: bool = False) -> None:
        """Connect Convirza."""
        await self.connections.connect(CONVIRZA, credential, session_only=session_only)

    @property
    def secrets(self) -> dict[str, str]:
        """Everything that the keyring holds."""
        return self.vault.secrets


def played(story: Callable[[Scene], Awaitable[None]]) -> None:
    """Run a story on a scene of its own."""
    asyncio.run(asyncio.wait_for(_played(story), 10))


async def _played(story: Callable[[Scene], Awaitable[None]]) -> None:
    await story(Scene())
