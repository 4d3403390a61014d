"""Connecting, reconnecting and disconnecting accounts through the dialogs."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QRadioButton
from typing_extensions import override

from person import Person, Run, bird_account, convirza_account, opened, until
from playhead.core.account import Credential
from playhead.core.errors import NoVault, VaultLocked
from playhead.core.recording import ProviderName
from playhead.demo.cloud import DemoCloud, Fault
from playhead.machine.settings import Settings
from playhead.machine.vault import MemoryVault
from playhead.ui.accounts.accountdialog import AccountDialog

pytestmark = pytest.mark.usefixtures("no_unexpected_log")


class LockedVault(MemoryVault):
    """A keyring that is locked."""

    @override
    async def get(self, key: str) -> str | None:
        raise VaultLocked("locked")

    @override
    async def set(self, key: str, secret: str) -> None:
        raise VaultLocked("locked")


class AbsentVault(MemoryVault):
    """A computer without a keyring."""

    @override
    async def get(self, key: str) -> str | None:
        raise NoVault("none")

    @override
    async def set(self, key: str, secret: str) -> None:
        raise NoVault("none")


class HangingVault(MemoryVault):
    """A keyring that waits for somebody to answer its dialog."""

    @override
    async def get(self, key: str) -> str | None:
        await asyncio.Event().wait()
        return None


async def dialog(person: Person) -> AccountDialog:
    """The dialog that is open."""
    await until(lambda: person.window.findChild(AccountDialog) is not None, "the dialog")
    found = person.window.findChild(AccountDialog)
    assert found is not None
    return found


def fill(dialog: QDialog, **texts: str) -> None:
    """Write into the fields of a dialog."""
    for name, text in texts.items():
        line = dialog.findChild(QLineEdit, f"{name}Field")
        assert line is not None, name
        line.setText(text)


def press(dialog: QDialog, name: str) -> None:
    """Press a button of a dialog."""
    button = dialog.findChild(QPushButton, f"{name}Button")
    assert button is not None
    button.click()


def status(dialog: QDialog) -> str:
    """What the dialog says about the account."""
    label = dialog.findChild(QLabel, "accountStatus")
    assert label is not None
    return label.text()


def test_a_first_start_welcomes_and_connecting_bird_shows_its_recordings(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        async with opened(tmp_path, vault=vault) as person:
            assert person.window.welcome.isVisible()
            person.window.welcome.connect_asked.emit(ProviderName.BIRD)
            form = await dialog(person)
            fill(form, label="EU support", workspace=cloud.workspace_id, secret=cloud.access_key)
            fill(form, address=cloud.bird_url)
            press(form, "test")
            await until(lambda: "works" in status(form).lower() or "recording" in status(form).lower())
            press(form, "connect")
            await person.sees_rows(50)
            await person.sees_status("more exist at EU support")
            account = person.program.connections.accounts[0]
            assert await vault.get(account.id) == cloud.access_key
            await person.program.settings.saved()
            written = person.profile.settings.read_text()
            assert cloud.workspace_id in written
            assert cloud.access_key not in written

    run(scene())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"secret": "not-the-key"}, "does not accept the key"),
        ({"workspace": "00000000-0000-4000-8000-000000000000"}, "there is no such workspace"),
        ({"secret": "bk_eu1_0123456789"}, "newer platform"),
        ({"address": "http://127.0.0.1:9"}, "cannot be reached"),
        ({"address": "http://api.example.com"}, "https://"),
        ({"workspace": "ws_12345"}, "this does not"),
    ],
)
def test_what_is_wrong_with_a_bird_account_is_said_before_it_is_kept(
    run: Run[None], cloud: DemoCloud, tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    async def scene() -> None:
        async with opened(tmp_path) as person:
            person.window.welcome.connect_asked.emit(ProviderName.BIRD)
            form = await dialog(person)
            right = {
                "label": "EU",
                "workspace": cloud.workspace_id,
                "secret": cloud.access_key,
                "address": cloud.bird_url,
            }
            fill(form, **(right | changes))
            press(form, "connect")

            def said() -> bool:
                return any(
                    sentence in label.text() for label in form.findChildren(QLabel) if label.isVisible()
                )

            await until(said, sentence)
            assert not person.program.connections.accounts
            form.reject()

    run(scene())


def test_convirza_signs_in_with_e_mail_and_password_and_keeps_only_the_tokens(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        async with opened(tmp_path, vault=vault) as person:
            person.window.welcome.connect_asked.emit(ProviderName.CONVIRZA)
            form = await dialog(person)
            fill(form, label="Acme", email=cloud.email, password=cloud.password)
            fill(form, address=cloud.convirza_url, oauth=cloud.oauth_url)
            press(form, "connect")
            await person.sees_rows(40)
            account = person.program.connections.accounts[0]
            secret = await vault.get(account.id) or ""
            assert Credential.from_secret(secret).refresh
            assert cloud.password not in secret
            logins = [each for each in cloud.requests if each.path == "/oauth/token"]
            assert len(logins) == 1

    run(scene())


def test_a_pasted_convirza_token_works_until_it_expires_and_reconnecting_goes_on(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        account = convirza_account(cloud)
        async with opened(tmp_path, (account, Credential(access=cloud.access_token))) as person:
            await person.sees_rows(40)
            cloud.expire_tokens()
            person.window.refresh_asked.emit()
            await person.sees_notice("Convirza Acme does not accept the key")
            assert person.health("convirza") == "key refused"
            assert person.rows == 40
            person.window.side_bar.action_asked.emit("convirza")
            form = await dialog(person)
            choice = [each for each in form.findChildren(QRadioButton) if "oken" in each.text()]
            choice[0].click()
            fill(form, secret=cloud.access_token)
            press(form, "connect")
            await until(lambda: "complete" in person.health("convirza"))
            assert not person.notices

    run(scene())


def test_a_refresh_token_renews_itself_unseen_and_the_new_pair_is_kept(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        async with opened(tmp_path, vault=vault) as person:
            person.window.welcome.connect_asked.emit(ProviderName.CONVIRZA)
            form = await dialog(person)
            fill(form, label="Acme", email=cloud.email, password=cloud.password)
            fill(form, address=cloud.convirza_url, oauth=cloud.oauth_url)
            press(form, "connect")
            await person.sees_rows(40)
            account = person.program.connections.accounts[0]
            before = await vault.get(account.id)
            cloud.expire_tokens()
            cloud.requests.clear()
            person.window.refresh_asked.emit()
            await until(lambda: any(each.path == "/oauth/refresh-token" for each in cloud.requests))
            await until(lambda: any(each.status == 200 and "prompts" in each.path for each in cloud.requests))
            assert await vault.get(account.id) != before
            assert not person.notices

    run(scene())


def test_disconnecting_asks_and_then_removes_everything_of_the_account(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        vault = MemoryVault()
        bird = (bird_account(cloud), Credential(access=cloud.access_key))
        convirza = (convirza_account(cloud), Credential(access=cloud.access_token))
        async with opened(tmp_path, bird, convirza, vault=vault) as person:
            await person.sees_rows(50)
            person.window.side_bar.disconnect_asked.emit("bird")
            await until(lambda: person.window.findChild(QMessageBox) is not None)
            box = person.window.findChild(QMessageBox)
            assert box is not None
            assert "Bird EU" in box.text()
            next(each for each in box.buttons() if each.text() == "Disconnect").click()
            await person.sees_status("40 loaded · everything is loaded")
            await until(lambda: person.rows == 40)
            assert await vault.get("bird") is None
            settings = Settings(person.profile.settings)
            await person.program.settings.saved()
            await settings.load()
            assert [each.id for each in settings.preferences.accounts] == ["convirza"]

    run(scene())


def test_two_accounts_of_one_name_are_told_apart(run: Run[None], cloud: DemoCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        bird = (bird_account(cloud), Credential(access=cloud.access_key))
        async with opened(tmp_path, bird) as person:
            await person.sees_rows(50)
            person.program.journeys.connecting.connect(ProviderName.BIRD)
            form = await dialog(person)
            fill(form, label="Bird EU", workspace=cloud.workspace_id, secret=cloud.access_key)
            fill(form, address=cloud.bird_url)
            press(form, "connect")
            await until(lambda: len(person.program.connections.accounts) == 2)
            assert [each.label for each in person.program.connections.accounts] == ["Bird EU", "Bird EU 2"]

    run(scene())


@pytest.mark.parametrize(
    ("vault", "sentence"), [(LockedVault(), "The keyring is locked"), (AbsentVault(), "has no keyring")]
)
def test_without_a_keyring_a_secret_can_be_kept_until_playhead_quits(
    run: Run[None], cloud: DemoCloud, tmp_path: Path, vault: MemoryVault, sentence: str
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, vault=vault) as person:
            await person.sees_notice(sentence)
            person.window.welcome.connect_asked.emit(ProviderName.BIRD)
            form = await dialog(person)
            fill(form, label="EU", workspace=cloud.workspace_id, secret=cloud.access_key)
            fill(form, address=cloud.bird_url)
            box = form.findChild(QCheckBox, "sessionOnlyBox")
            assert box is not None
            if box.isEnabled():
                press(form, "connect")
                await until(lambda: sentence in status(form))
                box.click()
            press(form, "connect")
            await person.sees_rows(50)

    run(scene())


def test_a_keyring_that_never_answers_does_not_keep_the_window_from_closing(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        bird = (bird_account(cloud), Credential(access=cloud.access_key))
        async with opened(tmp_path, bird, vault=HangingVault(), wait=False) as person:
            await until(person.window.isVisible)

    run(scene())


def test_no_credential_reaches_another_host_than_the_accounts_own(
    run: Run[None], cloud: DemoCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        bird = (bird_account(cloud), Credential(access=cloud.access_key))
        convirza = (convirza_account(cloud), Credential(access=cloud.access_token))
        cloud.faults.add(Fault(scope="bird-get", status=404))
        async with opened(tmp_path, bird, convirza) as person:
            await person.sees_rows(50)
            cloud.faults.clear()
            row = next(row for row in range(person.rows) if person.recording(row).playable)
            media = person.program.journeys.downloads.open(person.recording(row))
            await until(lambda: media.finished or media.failure)
            assert media.failure is None
            own = {cloud.bird_url.split("//")[1], cloud.convirza_url.split("//")[1].split("/")[0]}
            foreign = [each for each in cloud.requests if each.host not in own]
            assert foreign
            assert all(each.authorization is None for each in foreign)

    run(scene())
