"""A keyring that is missing, locked or silent keeps nobody from working."""

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
        await person.sees_notice(sentence)
        dialog = await welcomed(person, "bird")
        fill(dialog, **bird_fields(cloud))
        box = find(dialog, QCheckBox, "sessionOnlyBox")
        if box.isEnabled():
            press(dialog, "connect")
            await until(lambda: sentence in status(dialog))
            box.click()
        press(dialog, "connect")
        await person.sees_rows(50)


async def test_a_keyring_that_never_answers_does_not_keep_the_window_from_closing(desk: Desk) -> None:
    desk.vault = HangingVault()
    async with desk.opened(desk.bird, wait=False) as person:
        await until(person.window.isVisible)
