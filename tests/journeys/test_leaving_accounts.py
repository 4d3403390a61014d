"""Disconnecting and connecting anew while something is under way, against servers that answer slowly."""

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QMessageBox
from typing_extensions import override

from playhead.core.account import Credential
from playhead.core.errors import VaultLocked
from playhead.machine.vault import MemoryVault
from playhead.providers.convirza.convirzatokens import sign_in
from playhead.providers.http.web import Web
from playhead.ui.shell.actions import REFRESH
from support.cloud.faultycloud import Fault, FaultyCloud
from support.widgets import appeared
from support.window.demo_accounts import convirza_account
from support.window.driven_program import Person, until
from support.window.export_folder import half_in
from support.window.export_steps import ended, export
from support.window.hand_player import HandPlayer
from support.window.lasting_profile import Desk


async def signed_in(cloud: FaultyCloud) -> Credential:
    """A pair of tokens of Convirza."""
    web = Web()
    try:
        return await sign_in(web, convirza_account(cloud), cloud.email, cloud.password)
    finally:
        await web.close()


async def disconnects(person: Person, account: str) -> None:
    """Disconnect an account, and say yes."""
    person.window.side_bar.disconnect_asked.emit(account)
    box = await appeared(person.window, QMessageBox)
    next(each for each in box.buttons() if each.text() == "Disconnect").click()


def at(cloud: FaultyCloud, end: str) -> int:
    """How often something was asked for that ends so."""
    return sum(each.path.endswith(end) for each in cloud.requests)


async def nothing_is_left(person: Person, account: str) -> None:
    """Wait until an account is gone, and look for what there may be of it."""
    await until(lambda: not person.program.jobs.running("disconnect"), "the end of it")
    assert account not in {each.id for each in person.program.session.connections.accounts}
    assert account not in {
        each.account for each in await person.program.session.catalogue.recordings.counts()
    }
    assert account not in {
        each.account for each in await person.program.session.catalogue.recordings.states()
    }


async def test_a_renewal_on_its_way_is_revoked_and_leaves_nothing(desk: Desk, cloud: FaultyCloud) -> None:
    old = await signed_in(cloud)
    async with desk.opened(desk.bird, (convirza_account(cloud), old), rows=50) as person:
        cloud.expire_tokens()
        cloud.faults.add(Fault(scope="oauth", path="refresh-token", stall=1))
        person.window.commands.do(REFRESH)
        await until(lambda: at(cloud, "refresh-token"), "the renewal")
        await disconnects(person, "convirza")
        await until(lambda: len(person.program.session.connections.accounts) == 1, "the end of its use")
        cloud.faults.clear()
        await nothing_is_left(person, "convirza")
        assert await desk.vault.get("convirza") is None
        asked = [each.path.rsplit("/", 1)[-1] for each in cloud.requests if "/oauth/" in each.path]
        assert asked[-3:] == ["refresh-token", "revoke-token", "revoke-token"]
        assert not person.notices


async def test_who_connects_anew_during_a_renewal_keeps_what_they_gave(
    desk: Desk, cloud: FaultyCloud
) -> None:
    old = await signed_in(cloud)
    async with desk.opened(desk.bird, (convirza_account(cloud), old), rows=50) as person:
        cloud.expire_tokens()
        fresh = await signed_in(cloud)
        cloud.faults.add(Fault(scope="oauth", path="refresh-token", stall=1))
        person.window.commands.do(REFRESH)
        await until(lambda: at(cloud, "refresh-token"), "the renewal")
        connections = person.program.session.connections
        await connections.connect(convirza_account(cloud), fresh, session_only=False)
        cloud.faults.clear()
        assert await desk.vault.get("convirza") == fresh.to_secret()
        person.program.journeys.browsing.account_connected("convirza")
        await until(lambda: "complete" in person.health("convirza"), "the list")
        assert not person.notices
    assert await desk.vault.get("convirza") == fresh.to_secret()


async def test_what_plays_and_what_is_on_its_way_ends_with_the_account(
    desk: Desk, cloud: FaultyCloud
) -> None:
    player = HandPlayer()
    async with desk.opened(*desk.both, rows=60, player=lambda: player) as person:
        cloud.faults.add(Fault(scope="media", stall=1000))
        row = next(row for row in person.playable_rows() if person.recording(row).account == "bird")
        recording = person.play(row)
        media = person.program.session.downloads.open(recording)
        await until(lambda: media.arrived, "the beginning of the audio")
        await disconnects(person, "bird")
        await nothing_is_left(person, "bird")
        assert media.failure is not None
        assert person.playing is None
        cloud.faults.clear()
        assert await person.program.session.catalogue.media.read(recording) is None
        assert await person.program.session.catalogue.analyses.peaks(recording) is None
        assert not person.notices


async def test_an_export_fails_the_files_of_an_account_that_leaves_and_ends(
    desk: Desk, cloud: FaultyCloud, folder: Path
) -> None:
    async with desk.opened(*desk.both, rows=60) as person:
        rows = person.playable_rows()
        chosen = person.select(
            [
                *[row for row in rows if person.recording(row).account == "bird"][:8],
                *[row for row in rows if person.recording(row).account == "convirza"][:2],
            ]
        )
        theirs = next(each for each in chosen if each.account == "bird")
        cloud.faults.add(Fault(scope="media", path=theirs.id, stall=1000))
        await export(person, folder)
        await until(lambda: half_in(folder), "the audio that is on its way")
        await disconnects(person, "bird")
        assert "failed" in await ended(person)
        await nothing_is_left(person, "bird")
        assert "the account was disconnected meanwhile" in _report(folder)
        assert not half_in(folder)


def _report(folder: Path) -> str:
    return (folder / "report.txt").read_text(encoding="utf-8")


async def test_disconnecting_twice_and_quitting_at_once_leaves_nothing(desk: Desk) -> None:
    async with desk.opened(*desk.both, rows=60) as person:
        account = next(each for each in person.program.session.connections.accounts if each.id == "bird")
        removing = [person.program.session.connections.disconnect(account) for _ in range(2)]
        assert removing[0] is removing[1]
    assert await desk.vault.get("bird") is None
    async with desk.opened() as person:
        await person.sees_rows(20)
        await nothing_is_left(person, "bird")


class Keeping(MemoryVault):
    """A keyring that gives nothing up while it is locked."""

    locked = True

    @override
    async def delete(self, key: str) -> None:
        if self.locked:
            raise VaultLocked
        await super().delete(key)


async def test_what_the_keyring_keeps_is_said_and_removed_at_a_later_start(desk: Desk) -> None:
    vault = Keeping()
    desk.vault = vault
    async with desk.opened(*desk.both, rows=60) as person:
        await disconnects(person, "bird")
        await person.sees_notice("Not all of Bird EU is removed. The keyring is locked.")
    assert await vault.get("bird") is not None
    async with desk.opened() as person:
        await person.sees_notice("Something is left of an account that was disconnected")
        assert [each.id for each in person.program.session.connections.accounts] == ["convirza"]
    vault.locked = False
    async with desk.opened() as person:
        await until(lambda: not person.program.settings.preferences.leaving, "the end of it")
        assert await vault.get("bird") is None
        assert not person.notices
    assert "leaving" not in desk.profile.settings.read_text(encoding="utf-8")


async def test_files_that_were_carried_go_with_their_account(desk: Desk) -> None:
    async with desk.opened(*desk.both, rows=60) as person:
        rows = person.playable_rows()
        mine = next(row for row in rows if person.recording(row).account == "bird")
        other = next(row for row in rows if person.recording(row).account == "convirza")
        person.select([mine, other])
        person.program.journeys.carrying.copy()
        await person.sees_notice("2 files are ready to paste")
        await disconnects(person, "bird")
        await nothing_is_left(person, "bird")
        await asyncio.sleep(0)
        await until(lambda: len(_carried(desk)) == 1, "the files to go")


def _carried(desk: Desk) -> list[Path]:
    return [each for each in desk.profile.carried.rglob("*") if each.is_file()]
