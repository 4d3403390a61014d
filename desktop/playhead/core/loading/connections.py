"""Connecting and disconnecting accounts: the credential into a vault, the account into the settings."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from playhead.core.account import Account, Credential
from playhead.core.errors import PlayheadError, Refused
from playhead.core.loading.library import Library
from playhead.core.ports import Keys, Source, Vault
from playhead.core.recording import ProviderName


class VaultKeys:
    """The credential of one account, read from a vault once and kept in memory from then on."""

    def __init__(self, vault: Vault, account: str) -> None:
        self._vault = vault
        self._account = account
        self._credential: Credential | None = None

    async def load(self) -> Credential:
        """The credential; raises `VaultError`, or `Refused` if none is kept."""
        if self._credential is None:
            secret = await self._vault.get(self._account)
            if secret is None:
                raise Refused(reason="no key")
            self._credential = Credential.from_secret(secret)
        return self._credential

    async def save(self, credential: Credential) -> None:
        """Keep a newer one; returns when it is safe. Raises `VaultError`."""
        await self._vault.set(self._account, credential.to_secret())
        self._credential = credential


class LooseKeys:
    """A credential that is only being tried: kept nowhere."""

    def __init__(self, credential: Credential) -> None:
        self.credential = credential
        """The latest, as a provider may have renewed it meanwhile."""

    async def load(self) -> Credential:
        """The credential."""
        return self.credential

    async def save(self, credential: Credential) -> None:
        """Use a newer one."""
        self.credential = credential


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What the providers' package can do for an account."""

    open: Callable[[Account, Keys], Source]
    sign_in: Callable[[Account, str, str], Awaitable[Credential]]
    """Account, e-mail, password to a pair of tokens; raises `ProviderError`."""
    revoke: Callable[[Account, Credential], Awaitable[None]]


class Connections:
    """The person's accounts: which there are, and their way in and out.

    `remember` is told of every change of the list, for the settings. Secrets go to `vault`, or to `session`,
    which forgets them when Playhead quits.
    """

    def __init__(
        self,
        library: Library,
        doors: Doors,
        vault: Vault,
        session: Vault,
        remember: Callable[[Sequence[Account]], None],
    ) -> None:
        self._library = library
        self._doors = doors
        self._vault = vault
        self._session = session
        self._remember = remember
        self._keys: dict[str, VaultKeys] = {}

    @property
    def accounts(self) -> Sequence[Account]:
        """The connected accounts, in the order they were connected."""
        return self._library.accounts

    def restore(self, accounts: Sequence[Account]) -> None:
        """Use the accounts of the settings; their secrets are read when they are first needed."""
        for account in accounts:
            self._use(account, VaultKeys(self._vault, account.id))

    async def sign_in(self, account: Account, email: str, password: str) -> Credential:
        """Tokens for Convirza; the password is not kept. Raises `ProviderError`."""
        return await self._doors.sign_in(account, email, password)

    async def test(self, account: Account, credential: Credential) -> tuple[str, Credential]:
        """Make sure that the credential works, before anything is kept.

        Gives what was found, in words, and the credential to go on with. Raises `PlayheadError`.
        """
        keys = LooseKeys(credential)
        source = self._doors.open(account, keys)
        try:
            return await source.check(), keys.credential
        finally:
            await source.close()

    async def connect(self, account: Account, credential: Credential, *, session_only: bool) -> Account:
        """Keep the credential, then use and remember the account; gives it with a label of its own.

        Raises `VaultError`, and then nothing has changed.
        """
        account = replace(account, label=self._free_label(account))
        keys = VaultKeys(self._session if session_only else self._vault, account.id)
        await keys.save(credential)
        old = self._library.source(account.id)
        self._use(account, keys)
        self._remember(self._library.accounts)
        if old is not None:
            await old.close()
        return account

    async def disconnect(self, account: Account) -> PlayheadError | None:
        """Remove everything of an account: tokens, recordings, audio. Gives what could not be removed.

        What is left is removed first where it matters most: the account is out of use whatever fails then.
        """
        source = self._library.disconnect(account.id)
        self._remember(self._library.accounts)
        problem: PlayheadError | None = None
        keys = self._keys.pop(account.id, None)
        if keys is not None and account.provider is ProviderName.CONVIRZA:
            # Whatever the provider says, the tokens are forgotten here; there they die in their own time.
            with suppress(PlayheadError):
                credential = await keys.load()
                # A token that was pasted is somebody else's too; those of a sign-in are Playhead's own.
                if credential.refresh is not None:
                    await self._doors.revoke(account, credential)
        for vault in (self._session, self._vault):
            try:
                await vault.delete(account.id)
            except PlayheadError as error:
                problem = problem or error
        try:
            await self._library.forget(account.id)
        except PlayheadError as error:
            problem = error
        if source is not None:
            await source.close()
        return problem

    async def close(self) -> None:
        """Let go of every connection."""
        await self._library.close()
        for account in self._library.accounts:
            source = self._library.source(account.id)
            if source is not None:
                await source.close()

    def _use(self, account: Account, keys: VaultKeys) -> None:
        self._keys[account.id] = keys
        self._library.connect(self._doors.open(account, keys))

    def _free_label(self, account: Account) -> str:
        """The label, told apart from those of the others: a filter by account has to mean one of them."""
        wanted = account.label.replace('"', "").strip() or account.provider.capitalize()
        taken = {each.label.casefold() for each in self._library.accounts if each.id != account.id}
        label, number = wanted, 2
        while label.casefold() in taken:
            label, number = f"{wanted} {number}", number + 1
        return label
