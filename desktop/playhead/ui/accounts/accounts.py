"""Journey of accounts: from a key or a password to an account in the side bar, and out again."""

import asyncio
import uuid
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from playhead.core.account import Account, Credential
from playhead.core.errors import PlayheadError, VaultError
from playhead.core.ports import Vault
from playhead.core.session import Session
from playhead.ui.accounts.accountdialog import AccountDialog
from playhead.ui.accounts.accountform import Draft
from playhead.ui.accounts.sidebar import SideBar
from playhead.ui.accounts.welcome import WelcomePage
from playhead.ui.look.buttons import begin_at_first, drop
from playhead.ui.look.dialogs import finished, sure
from playhead.ui.look.icons import Icons
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.wording.sentences import sentence

_TEST_JOB = "test connection"


class AccountsJourney(QObject):
    """Opens the dialogs and does what they ask."""

    connected = Signal(str)
    """An account was added, or has a new credential: its id."""
    leaving = Signal(str)
    """An account is out of use, and its recordings are being removed: its id."""
    gone = Signal(str)
    """Everything of an account was removed: its id."""

    def __init__(
        self,
        session: Session,
        side_bar: SideBar,
        welcome: WelcomePage,
        notices: NoticeBar,
        icons: Icons,
        vault: Vault,
    ) -> None:
        super().__init__(side_bar)
        self._session = session
        self._side_bar = side_bar
        self._notices = notices
        self._icons = icons
        self._vault = vault
        self._dialog: AccountDialog | None = None
        self._tried: tuple[Draft, Credential] | None = None
        self._welcome = welcome
        welcome.connect_asked.connect(self.add)
        side_bar.reconnect_asked.connect(self.reconnect)
        side_bar.disconnect_asked.connect(self._disconnect)

    def begin(self) -> None:
        """Do what was asked for while everything was being opened."""
        if self._welcome.wished:
            self.add(self._welcome.wished)

    def add(self, provider: str) -> None:
        """Ask for a new account of the provider of that name."""
        self._session.jobs.start("connect", self._ask(provider, None))

    def reconnect(self, account: str) -> None:
        """Ask for the credential of an account again."""
        source = self._session.library.connected(account)
        if source is not None:
            self._session.jobs.start("connect", self._ask(source.account.provider, source.account))

    def choose(self) -> None:
        """Ask which provider is to be connected."""
        menu = QMenu(self._side_bar)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Add account")
        for provider in self._session.library.providers.by_name:
            action = menu.addAction(f"Connect {provider.title}…")
            action.triggered.connect(partial(self.add, provider.name))
        drop(menu, self._side_bar.connect_button)
        begin_at_first(menu)

    async def _ask(self, provider: str, account: Account | None) -> None:
        dialog = AccountDialog(
            self._icons,
            self._session.library.providers[provider],
            vault_name=self._vault.name,
            account=account,
            parent=self._side_bar.window(),
        )
        identifier = account.id if account is not None else uuid.uuid4().hex
        self._dialog = dialog
        self._tried = None
        dialog.test_asked.connect(
            lambda draft: self._session.jobs.start(_TEST_JOB, self._test(identifier, draft))
        )
        dialog.save_asked.connect(
            lambda draft: self._session.jobs.start(_TEST_JOB, self._save(identifier, draft))
        )
        try:
            await finished(dialog)
        finally:
            self._session.jobs.cancel(_TEST_JOB)
            self._dialog = None
            self._tried = None

    async def _test(self, identifier: str, draft: Draft) -> None:
        await self._try(identifier, draft)

    async def _save(self, identifier: str, draft: Draft) -> None:
        credential = await self._try(identifier, draft)
        dialog = self._dialog
        if credential is None or dialog is None:
            return
        try:
            account = await self._session.connections.connect(
                _account(identifier, draft), credential, session_only=draft.session_only
            )
        except PlayheadError as error:
            dialog.show_problem(_problem(error, draft))
            return
        dialog.accept()
        self._notices.withdraw(account.id)
        self.connected.emit(account.id)

    async def _try(self, identifier: str, draft: Draft) -> Credential | None:
        """The credential that was found to work; None after the dialog has been told why not."""
        dialog = self._dialog
        if dialog is None:
            return None
        dialog.show_testing()
        account = _account(identifier, draft)
        try:
            credential = await self._credential(account, draft)
            found, credential = await self._session.connections.test(account, credential)
        except PlayheadError as error:
            dialog.show_problem(_problem(error, draft))
            return None
        self._tried = (draft, credential)
        dialog.show_ok(found)
        return credential

    async def _credential(self, account: Account, draft: Draft) -> Credential:
        # Sign-ins may be few (Convirza: ten a minute): what was got for a test is kept for the saving.
        if self._tried is not None and replace(self._tried[0], session_only=draft.session_only) == draft:
            return self._tried[1]
        return await self._session.connections.sign_in(account, draft.given)

    def _disconnect(self, account: str) -> None:
        self._session.jobs.start("disconnect", self._part(account))

    async def _part(self, identifier: str) -> None:
        source = self._session.library.connected(identifier)
        if source is None:
            return
        account, providers = source.account, self._session.library.providers
        really = await sure(
            self._side_bar.window(),
            f"Disconnect {account.label}?",
            "Its key, its recordings and its audio are removed from this computer. "
            f"Nothing changes at {providers.title(account.provider)}; what was exported stays.",
            "Disconnect",
        )
        if not really:
            return
        removing = self._session.connections.disconnect(account)
        self._notices.withdraw(account.id)
        self.leaving.emit(account.id)
        problem = await asyncio.shield(removing)
        self.gone.emit(account.id)
        if problem is not None:
            self._notices.say(
                key=f"disconnect {account.id}",
                sentence=f"Not all of {account.label} is removed. {sentence(problem, account.label)}",
                kind="bad",
            )


def _account(identifier: str, draft: Draft) -> Account:
    return Account(
        id=identifier,
        provider=draft.provider,
        label=draft.label,
        base_url=draft.base_url,
        details=draft.details,
    )


def _problem(error: PlayheadError, draft: Draft) -> str:
    """Sentence on why an account cannot be connected, with the way that the dialog has around a vault."""
    around = " Or keep it until Playhead quits: tick the box below." if isinstance(error, VaultError) else ""
    return f"{sentence(error, draft.label)}{around}"
