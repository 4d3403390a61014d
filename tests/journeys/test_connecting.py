"""Connecting, reconnecting and disconnecting accounts through the dialogs."""

import pytest
from PySide6.QtWidgets import QMessageBox, QRadioButton

from playhead.core.account import Account, Credential
from playhead.machine.settings import Settings
from playhead.ui.accounts.accountdialog import AccountDialog
from playhead.ui.shell.actions import REFRESH
from support.cloud.faultycloud import Fault, FaultyCloud
from support.providers.registered import PROVIDERS
from support.widgets import appeared
from support.window.account_dialog import (
    bird_fields,
    convirza_fields,
    fill,
    form,
    press,
    says,
    status,
    welcomed,
)
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


async def signed_in(person: Person, cloud: FaultyCloud) -> Account:
    """Sign in to Convirza from the welcome page, and see its rows; the account."""
    dialog = await welcomed(person, "convirza")
    fill(dialog, **convirza_fields(cloud))
    press(dialog, "connect")
    await person.sees_rows(40)
    return person.program.session.connections.accounts[0]


async def disconnects(person: Person, account: str) -> str:
    """Disconnect an account and say yes to the question, which is given back."""
    person.window.side_bar.disconnect_asked.emit(account)
    box = await appeared(person.window, QMessageBox)
    next(each for each in box.buttons() if each.text() == "Disconnect").click()
    return box.text()


async def test_a_first_start_welcomes_and_connecting_bird_shows_its_recordings(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened() as person:
        assert person.window.welcome.isVisible()
        dialog = await welcomed(person, "bird")
        fill(dialog, **bird_fields(cloud) | {"label": "EU support"})
        press(dialog, "test")
        await until(lambda: "works" in status(dialog).lower() or "recording" in status(dialog).lower())
        press(dialog, "connect")
        await person.sees_rows(50)
        await person.sees_status("more exist at EU support")
        account = person.program.session.connections.accounts[0]
        assert await desk.vault.get(account.id) == cloud.access_key
        await person.program.settings.saved()
        written = person.profile.settings.read_text()
        assert cloud.workspace_id in written
        assert cloud.access_key not in written


async def is_refused(dialog: AccountDialog, sentence: str) -> None:
    """Press “Connect”, and see why that cannot be."""
    assert not says(dialog, sentence), sentence
    press(dialog, "connect")
    await until(lambda: says(dialog, sentence), sentence)


WRONG = [
    ({"secret": "not-the-key"}, "does not accept the key"),
    ({"workspace_id": "00000000-0000-4000-8000-000000000000"}, "there is no such workspace"),
    ({"secret": "bk_eu1_0123456789"}, "newer platform"),
    ({"address": "http://127.0.0.1:9"}, "cannot be reached"),
    ({"address": "http://api.example.com"}, "https://"),
    ({"workspace_id": "ws_12345"}, "this does not"),
]


async def test_what_is_wrong_with_a_bird_account_is_said_before_it_is_kept(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened() as person:
        for changes, sentence in WRONG:
            dialog = await welcomed(person, "bird")
            fill(dialog, **bird_fields(cloud) | changes)
            await is_refused(dialog, sentence)
            assert not person.program.session.connections.accounts, sentence
            dialog.reject()


async def test_convirza_signs_in_with_a_password_keeps_only_tokens_and_renews_them_unseen(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened() as person:
        account = await signed_in(person, cloud)
        before = await desk.vault.get(account.id) or ""
        assert Credential.from_secret(before).refresh
        assert cloud.password not in before
        logins = [each for each in cloud.requests if each.path == "/oauth/token"]
        assert len(logins) == 1
        cloud.expire_tokens()
        cloud.requests.clear()
        person.window.commands.do(REFRESH)
        await until(lambda: any(each.path == "/oauth/refresh-token" for each in cloud.requests))
        await until(lambda: any(each.status == 200 and "prompts" in each.path for each in cloud.requests))
        assert await desk.vault.get(account.id) != before
        assert not person.notices


async def test_a_pasted_convirza_token_works_until_it_expires_and_reconnecting_goes_on(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.convirza, rows=40) as person:
        cloud.expire_tokens()
        person.window.commands.do(REFRESH)
        await person.sees_notice("Convirza Acme does not accept the key")
        assert person.health("convirza") == "key refused"
        assert person.rows == 40
        person.window.side_bar.action_asked.emit("convirza")
        dialog = await form(person)
        choice = [each for each in dialog.findChildren(QRadioButton) if "oken" in each.text()]
        choice[0].click()
        fill(dialog, secret=cloud.access_token)
        press(dialog, "connect")
        await until(lambda: "complete" in person.health("convirza"))
        assert not person.notices


async def test_disconnecting_asks_and_then_removes_everything_of_the_account(desk: Desk) -> None:
    async with desk.opened(desk.bird, desk.convirza, rows=50) as person:
        assert "Bird EU" in await disconnects(person, "bird")
        await person.sees_status("40 loaded · everything is loaded")
        await until(lambda: person.rows == 40)
        assert await desk.vault.get("bird") is None
        settings = Settings(person.profile.settings, PROVIDERS)
        await person.program.settings.saved()
        await settings.load()
        assert [each.id for each in settings.preferences.accounts] == ["convirza"]


@pytest.mark.parametrize("how", ["look for new", "search the rest"])
async def test_a_disconnected_account_stays_away_though_its_pages_are_on_their_way(
    desk: Desk, cloud: FaultyCloud, how: str
) -> None:
    async with desk.opened(desk.bird, desk.convirza, rows=50) as person:
        before = len(cloud.requests)
        cloud.faults.add(Fault(scope="bird-list", stall=10))
        if how == "search the rest":
            person.window.status.search_rest.click()
        else:
            cloud.add_new(5)
            person.window.commands.do(REFRESH)
        await until(
            lambda: any("/workspaces/" in each.path for each in list(cloud.requests)[before:]),
            "a page that is on its way",
        )
        await disconnects(person, "bird")
        await person.sees_status("40 loaded · everything is loaded")
        await until(lambda: person.rows == 40, "the rows of the other account")
        asked = len(cloud.requests)
        cloud.faults.clear()
        person.window.commands.do(REFRESH)
        await until(lambda: len(cloud.requests) > asked, "a look at the other account")
        assert {each.path for each in list(cloud.requests)[asked:]} == {"/v3/media-prompts"}
        assert {each.account for each in await person.program.session.catalogue.recordings.counts()} == {
            "convirza"
        }
        assert await desk.vault.get("bird") is None
        assert not person.notices


async def test_two_accounts_of_one_name_are_told_apart(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        person.program.journeys.connecting.add("bird")
        dialog = await form(person)
        fill(dialog, **bird_fields(cloud) | {"label": "Bird EU"})
        press(dialog, "connect")
        await until(lambda: len(person.program.session.connections.accounts) == 2)
        assert [each.label for each in person.program.session.connections.accounts] == [
            "Bird EU",
            "Bird EU 2",
        ]


async def test_no_credential_reaches_another_host_than_the_accounts_own(
    desk: Desk, cloud: FaultyCloud
) -> None:
    cloud.faults.add(Fault(scope="bird-get", status=404))
    async with desk.opened(desk.bird, desk.convirza, rows=50) as person:
        cloud.faults.clear()
        media = person.program.session.downloads.open(person.recording(person.playable_rows()[0]))
        await until(lambda: media.finished or media.failure)
        assert media.failure is None
        own = {cloud.bird_url.split("//")[1], cloud.convirza_url.split("//")[1].split("/")[0]}
        foreign = [each for each in cloud.requests if each.host not in own]
        assert foreign
        assert all(each.authorization is None for each in foreign)
