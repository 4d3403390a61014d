"""A keyring is not asked before it is needed; one that is missing, locked or silent stops nobody's work."""

import asyncio

import pytest
from PySide6.QtWidgets import QCheckBox
from typing_extensions import override

from playhead.core.errors import NoVault, VaultError, VaultLocked
from playhead.machine.vault import MemoryVault
from support.cloud.faultycloud import FaultyCloud
from support.widgets import find
from support.window.account_dialog import bird_fields, fill, press, status, welcomed
from support.window.driven_program import until
from support.window.lasting_profile import Desk


class RefusingVault(MemoryVault):
    """A keyring that is not there, or locked."""

    def __init__(self, refusal: VaultError) -> None:
        super().__init__()
        self._refusal = refusal

    @override
    async def get(self, key: str) -> str | None:
        raise self._refusal

    @override
    async def set(self, key: str, secret: str) -> None:
        raise self._refusal


class WatchedVault(MemoryVault):
    """A keyring that asks for its password at the first call."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    @override
    async def get(self, key: str) -> str | None:
        self.asked += 1
        return await super().get(key)

    @override
    async def set(self, key: str, secret: str) -> None:
        self.asked += 1
        await super().set(key, secret)

    @override
    async def delete(self, key: str) -> None:
        self.asked += 1
        await super().delete(key)


class HangingVault(MemoryVault):
    """A keyring that waits for somebody to answer its dialog."""

    @override
    async def get(self, key: str) -> str | None:
        await asyncio.Event().wait()
        return None


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [(VaultLocked("locked"), "The keyring is locked"), (NoVault("none"), "has no keyring")],
)
async def test_without_a_keyring_a_secret_can_be_kept_until_playhead_quits(
    desk: Desk, cloud: FaultyCloud, refusal: VaultError, sentence: str
) -> None:
    desk.vault = RefusingVault(refusal)
    async with desk.opened() as person:
        assert person.notices == []
        dialog = await welcomed(person, "bird")
        fill(dialog, **bird_fields(cloud))
        box = find(dialog, QCheckBox, "sessionOnlyBox")
        press(dialog, "connect")
        await until(lambda: sentence in status(dialog))
        box.click()
        press(dialog, "connect")
        await person.sees_rows(50)
        await person.sees_notice(sentence)
        await person.sees_notice("what is loaded is forgotten when Playhead quits")
    assert {file.name for file in desk.profile.folder.iterdir()} <= {"settings.json", "playhead.lock"}


async def test_a_keyring_that_is_unlocked_later_keeps_what_is_there_by_then(
    desk: Desk, cloud: FaultyCloud
) -> None:
    class LockedVault(WatchedVault):
        locked = True

        @override
        async def set(self, key: str, secret: str) -> None:
            if self.locked:
                raise VaultLocked
            await super().set(key, secret)

    desk.vault = vault = LockedVault()
    async with desk.opened() as person:
        dialog = await welcomed(person, "bird")
        fill(dialog, **bird_fields(cloud))
        find(dialog, QCheckBox, "sessionOnlyBox").click()
        press(dialog, "connect")
        await person.sees_rows(50)
        vault.locked = False
        await person.takes_up("The keyring is locked")
        await person.job_done("catalogue key")
        assert not [each for each in person.notices if "keyring" in each]
    cloud.stop()
    async with desk.opened(rows=50):
        pass


async def test_no_keyring_is_asked_before_something_is_connected_and_then_everything_is_kept(
    desk: Desk, cloud: FaultyCloud
) -> None:
    desk.vault = vault = WatchedVault()
    async with desk.opened():
        assert vault.asked == 0
    assert {file.name for file in desk.profile.folder.iterdir()} <= {"settings.json", "playhead.lock"}
    async with desk.opened() as person:
        dialog = await welcomed(person, "bird")
        fill(dialog, **bird_fields(cloud))
        press(dialog, "test")
        await until(lambda: "works" in status(dialog))
        assert vault.asked == 0
        press(dialog, "connect")
        await person.sees_rows(50)
        await person.job_done("catalogue key")
        assert vault.asked > 0
        assert person.notices == []
    cloud.stop()
    async with desk.opened(rows=50):
        pass


async def test_a_keyring_that_never_answers_does_not_keep_the_window_from_closing(desk: Desk) -> None:
    desk.vault = HangingVault()
    async with desk.opened(desk.bird, wait=False) as person:
        await until(person.window.isVisible)
