"""Opening of a person's profile for a command: accounts, keyring, catalogue."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime

from playhead.catalogue.opening import Opened, open_with_vault
from playhead.command.exitstatus import ExitStatus, Halt, status_of
from playhead.command.terminal import Terminal
from playhead.command.wording import told
from playhead.core.account import Account
from playhead.core.errors import CatalogueError, PlayheadError
from playhead.core.fetching.downloads import Downloads
from playhead.core.jobs import Jobs
from playhead.core.loading.connections import Connections
from playhead.core.loading.library import Library
from playhead.core.loading.transcriptreader import TranscriptReader
from playhead.core.ports import Vault
from playhead.core.preferences import Preferences
from playhead.core.provider import Providers
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.zone import SystemZone
from playhead.machine.paths import Profile
from playhead.machine.policyfile import policy_file, read_policy
from playhead.machine.settings import from_text
from playhead.machine.vault import KeyringVault, MemoryVault
from playhead.providers.http.web import Web
from playhead.providers.registry import registered
from playhead.runparts import started_demo
from playhead.sound.analysis import Ear
from playhead.ui.wording.phones import readings_in
from playhead.ui.wording.whereabouts import home_region

_log = logging.getLogger(__name__)


def now() -> datetime:
    """The present moment, in the computer's own zone."""
    return datetime.now(SystemZone())


class SessionOpening:
    """Opens the accounts and the catalogue of `profile`, whose lock is held. Raises `Halt`."""

    def __init__(self, profile: Profile, terminal: Terminal) -> None:
        self._profile = profile
        self._terminal = terminal
        self._web = Web()
        self._providers: Providers = registered(self._web)
        self.preferences = Preferences()
        """Those of the person, under the administrator's policy, once their accounts are open."""

    async def own(self, stack: AsyncExitStack) -> Session:
        """The person's own accounts; `stack` closes everything."""
        self.preferences = await asyncio.to_thread(self._read)
        return await self._joined(stack, self.preferences, KeyringVault())

    async def demo(self, stack: AsyncExitStack, size: int) -> Session:
        """Accounts of a demo cloud with so many recordings of Bird; `stack` closes everything."""
        cloud, accounts = await asyncio.to_thread(started_demo, size)
        stack.callback(cloud.stop)
        vault = MemoryVault()
        for account, credential in accounts:
            await vault.set(account.id, credential.to_secret())
        return await self._joined(stack, Preferences(accounts=tuple(each for each, _ in accounts)), vault)

    def _read(self) -> Preferences:
        policy = read_policy(policy_file(), self._providers)
        for problem in policy.problems:
            self._terminal.warn(problem)
        self._providers = policy.offered(self._providers)
        file = self._profile.settings
        try:
            text = file.read_text(encoding="utf-8-sig")
            preferences = from_text(text, self._providers, policy=policy)
        except FileNotFoundError:
            preferences = Preferences()
        except OSError as error:
            raise Halt(f"The settings in {file} could not be read: {error.strerror}.") from error
        except (ValueError, RecursionError) as error:
            raise Halt(f"The settings in {file} make no sense. Open Playhead to see to it.") from error
        for unread in preferences.unread:
            self._terminal.warn(f"One account in the settings file was left out: {unread.reason}.")
        leaving = {account.id for account in preferences.leaving}
        if all(account.id in leaving for account in preferences.accounts):
            raise Halt(f"No account is connected in {self._profile.folder}. Open Playhead and connect one.")
        return preferences

    async def _joined(self, stack: AsyncExitStack, preferences: Preferences, vault: Vault) -> Session:
        opened = await open_with_vault(
            self._profile.catalogue, vault, media_limit=round(preferences.media_limit), attended=False
        )
        catalogue = opened.store
        stack.push_async_callback(catalogue.close)
        self._look_at(opened)
        await catalogue.transcripts.limit(round(preferences.transcript_limit))
        for provider in self._providers:
            await asyncio.to_thread(provider.service.prepare)
        stack.push_async_callback(self._web.close)
        library = Library(catalogue, now, self._providers, readings_in(home_region()))
        try:
            await library.restore()
        except CatalogueError as error:
            raise Halt(told(error)) from error
        connections = Connections(library, vault, MemoryVault(), _Watcher(library, self._terminal))
        stack.push_async_callback(connections.close)
        connections.restore(preferences.accounts, preferences.leaving)

        async def recheck(recording: Recording) -> None:
            await library.recheck(recording)

        downloads = Downloads(library.source, catalogue.media, missing=recheck, listener=Ear())
        stack.push_async_callback(downloads.close)
        jobs = Jobs(_failed)
        stack.push_async_callback(jobs.close)
        return Session(
            catalogue=catalogue,
            library=library,
            transcripts=TranscriptReader(catalogue, library, now),
            downloads=downloads,
            connections=connections,
            jobs=jobs,
            clock=now,
        )

    def _look_at(self, opened: Opened) -> None:
        """Go on only with a catalogue that lasts, and say what is the matter with it."""
        problem = opened.problem
        if problem is None:
            return
        if not opened.kept:
            raise Halt(told(problem), status_of(problem, ExitStatus.REFUSED))
        self._terminal.warn(told(problem))


class _Watcher:
    """Tells the terminal that an account has to wait; a command connects and disconnects none."""

    def __init__(self, library: Library, terminal: Terminal) -> None:
        self._library = library
        self._terminal = terminal

    def accounts_changed(self, accounts: Sequence[Account]) -> None:
        """Nothing to do."""

    def leaving_changed(self, accounts: Sequence[Account]) -> None:
        """Nothing to do."""

    def account_waits(self, account: str, seconds: float) -> None:
        """Say that a provider asks for a pause."""
        if seconds > 1:
            self._terminal.show(f"{self._library.label(account)} asks to wait {round(seconds)} s")


def _failed(name: str, error: Exception) -> None:
    if isinstance(error, PlayheadError):
        _log.info("%s: %s", name.partition(" ")[0], type(error).__name__)
    else:
        _log.error("%s failed", name.partition(" ")[0], exc_info=error)
