"""Connecting and disconnecting accounts: the credential into a vault, the account into the settings."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Protocol

from playhead.core.account import Account, Credential
from playhead.core.errors import Disconnected, PlayheadError, Refused
from playhead.core.loading.closing import ClosingSource
from playhead.core.loading.library import Library, Withdrawn
from playhead.core.ports import Source, Vault, keep
from playhead.core.provider import Service
from playhead.core.text import fold

LAST_WORDS = 5.0
"""Seconds for which quitting waits for what is being disconnected; the next start does the rest."""


class VaultKeys:
    """The credential of one account, read from a vault once and kept in memory from then on."""

    def __init__(self, vault: Vault, account: str) -> None:
        self.vault = vault
        """Where it is kept."""
        self._account = account
        self._credential: Credential | None = None
        self._writing = asyncio.Lock()
        self._closed = False

    async def load(self) -> Credential:
        """The credential; raises `VaultError`, `Refused` if none is kept, or `Disconnected` after `close`."""
        if self._credential is None:
            self._require_open()
            secret = await self.vault.get(self._account)
            if not secret:
                # Of a vault that finds nothing now, nobody knows what it keeps: nothing is changed there.
                raise Refused(reason="no key")
            self._require_open()
            self._credential = Credential.from_secret(secret)
        return self._credential

    async def save(self, credential: Credential) -> None:
        """Keep a newer one; returns when it was read back. Raises `VaultError`, or `Disconnected`."""
        async with self._writing:
            self._require_open()
            await keep(self.vault, self._account, credential.to_secret())
            self._credential = credential

    async def give_way(self, keys: "VaultKeys", credential: Credential) -> None:
        """Let `keys` keep another credential of the same account, and close.

        What is being renewed meanwhile waits, and is not written any more. Raises `VaultError`; then it is,
        and everything goes on as before.
        """
        async with self._writing:
            older = await keys.vault.get(self._account)
            await keep(keys.vault, self._account, credential.to_secret(), instead_of=older)
            self.close()

    def close(self) -> None:
        """Forget the credential, and let nobody read or write it through this any more."""
        self._closed = True
        self._credential = None

    def _require_open(self) -> None:
        if self._closed:
            raise Disconnected


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


class AccountsObserver(Protocol):
    """Whoever is told of accounts: the settings that keep them, the window that shows them."""

    def accounts_changed(self, accounts: Sequence[Account]) -> None:
        """Take these for the connected accounts."""

    def leaving_changed(self, accounts: Sequence[Account]) -> None:
        """Take these for accounts of which something may be left although they were disconnected."""

    def account_waits(self, account: str, seconds: float) -> None:
        """Note that a provider asks for a pause of this account; 0 when it goes on."""


class Connections:
    """The person's accounts: which there are, and their way in and out.

    Secrets go to `vault`, or to `session`, which forgets them when Playhead quits.
    """

    def __init__(
        self,
        library: Library,
        vault: Vault,
        session: Vault,
        observer: AccountsObserver,
    ) -> None:
        self._library = library
        self._vault = vault
        self._session = session
        self._observer = observer
        self._keys: dict[str, VaultKeys] = {}
        self._leaving: dict[str, Account] = {}
        self._removing: dict[str, asyncio.Task[PlayheadError | None]] = {}
        """What is being removed yet, by the id of its account."""
        self._closing: set[asyncio.Task[None]] = set()
        """Doors that others have replaced."""

    @property
    def accounts(self) -> Sequence[Account]:
        """The connected accounts, in the order they were connected."""
        return self._library.accounts

    def restore(self, accounts: Sequence[Account], leaving: Sequence[Account] = ()) -> None:
        """Use the accounts of the settings; their secrets are read when they are first needed.

        Those that were `leaving` when an earlier run ended are not used any more; `finish` removes the rest.
        """
        self._leaving = {account.id: account for account in leaving}
        for account in accounts:
            if account.id not in self._leaving:
                self._use(account, VaultKeys(self._vault, account.id))

    async def sign_in(self, account: Account, given: Mapping[str, str]) -> Credential:
        """The credential for what was filled in, by the keys of the fields. Raises `ProviderError`."""
        return await self._service(account).sign_in(account, given)

    async def test(self, account: Account, credential: Credential) -> tuple[str, Credential]:
        """Make sure that the credential works, before anything is kept.

        Gives what was found, in words, and the credential to go on with. Raises `PlayheadError`.
        """
        keys = LooseKeys(credential)
        source = self._service(account).open(account, keys, _untold)
        try:
            return await source.check(), keys.credential
        finally:
            await source.close()

    async def connect(self, account: Account, credential: Credential, *, session_only: bool) -> Account:
        """Keep the credential, then use and remember the account; gives it with a label of its own.

        Of an account that is connected already, a renewal on its way cannot replace what is kept now, and
        what else is under way ends. Raises `VaultError`, and then nothing has changed.
        """
        if account.id in self._removing:
            await asyncio.wait({self._removing[account.id]})
        account = replace(account, label=self._free_label(account))
        vault, other = (self._session, self._vault) if session_only else (self._vault, self._session)
        old, keys = self._library.connected(account.id), VaultKeys(vault, account.id)
        before = self._keys.get(account.id)
        if before is None:
            await keys.save(credential)
        else:
            await before.give_way(keys, credential)
        self._use(account, keys)
        self._observer.accounts_changed(self._library.accounts)
        self._leaves(account, leaves=False)
        if old is not None:
            # Only now: who was fetching audio goes on at the new door. Nobody waits for what it was renewing.
            closing = asyncio.create_task(_close(old), name="closing a door")
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)
        if before is not None:
            with suppress(PlayheadError):
                # Else the next start would use the credential of before.
                await other.delete(account.id)
        return account

    def disconnect(self, account: Account) -> "asyncio.Task[PlayheadError | None]":
        """Take an account out of use at once, and begin to remove its tokens, recordings and audio.

        The task, which goes on whoever waits for it, gives what could not be removed. Only when it is at its
        end, the settings forget the account; what could not be removed, or whatever interrupts it, is told to
        `leaving`, for the next start.
        """
        if account.id in self._removing:
            return self._removing[account.id]
        self._leaves(account, leaves=True)
        withdrawn = self._library.withdraw(account.id)
        keys = self._keys.pop(account.id, None) or VaultKeys(self._vault, account.id)
        removing = asyncio.create_task(self._remove(account, withdrawn, keys), name="disconnect")
        self._removing[account.id] = removing
        removing.add_done_callback(lambda _: self._removing.pop(account.id))
        return removing

    async def finish(self) -> Sequence[PlayheadError]:
        """Remove what an earlier run could not; gives what keeps it from being removed now."""
        problems = [await self.disconnect(account) for account in list(self._leaving.values())]
        return [problem for problem in problems if problem is not None]

    async def close(self) -> None:
        """Finish disconnecting, if it does not take long, and let go of every connection."""
        last = {*self._removing.values(), *self._closing}
        if last:
            _, late = await asyncio.wait(last, timeout=LAST_WORDS)
            for each in late:
                each.cancel()
            if late:
                await asyncio.wait(late)
        await self._library.close()
        for account in self._library.accounts:
            source = self._library.connected(account.id)
            if source is not None:
                await source.close()

    async def _remove(self, account: Account, withdrawn: Withdrawn, keys: VaultKeys) -> PlayheadError | None:
        # First the door: a renewal on its way has then saved the newest pair, which is the one to be revoked.
        await withdrawn.close()
        problem: PlayheadError | None = None
        credential: Credential | None = None
        if self._library.providers[account.provider].revokes:
            with suppress(PlayheadError):
                credential = await keys.load()
        keys.close()
        for vault in (self._session, self._vault):
            try:
                await vault.delete(account.id)
            except PlayheadError as error:
                # A secret that was to be kept in memory only is not expected anywhere else.
                problem = problem or (error if vault is keys.vault else None)
        try:
            await self._library.forget(account.id)
        except PlayheadError as error:
            problem = error
        self._observer.accounts_changed(self._library.accounts)
        if problem is None:
            self._leaves(account, leaves=False)
        # A token that was pasted is somebody else's too; those of a sign-in are Playhead's own.
        if credential is not None and credential.refresh is not None:
            # Whatever the provider says, the tokens are forgotten here; there they die in their own time.
            with suppress(PlayheadError):
                await self._service(account).revoke(account, credential)
        return problem

    def _service(self, account: Account) -> Service:
        return self._library.providers[account.provider].service

    def _leaves(self, account: Account, *, leaves: bool) -> None:
        known = account.id in self._leaving
        if leaves:
            self._leaving[account.id] = account
        else:
            self._leaving.pop(account.id, None)
        if known != leaves:
            self._observer.leaving_changed(tuple(self._leaving.values()))

    def _use(self, account: Account, keys: VaultKeys) -> None:
        self._keys[account.id] = keys
        waiting = partial(self._observer.account_waits, account.id)
        self._library.connect(ClosingSource(self._service(account).open(account, keys, waiting)))

    def _free_label(self, account: Account) -> str:
        """The label, told apart from those of the others: a filter by account has to mean one of them."""
        wanted = account.label.replace('"', "").strip() or self._library.providers.title(account.provider)
        taken = {fold(each.label) for each in self._library.accounts if each.id != account.id}
        label, number = wanted, 2
        while fold(label) in taken:
            label, number = f"{wanted} {number}", number + 1
        return label


def _untold(_: float) -> None:
    """Tell nobody of a pause."""


async def _close(source: Source) -> None:
    with suppress(PlayheadError):
        await source.close()
