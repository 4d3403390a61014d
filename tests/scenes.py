"""What a process of its own plays, and what a test does around it."""

import asyncio
import contextlib
import os
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from conftest import NOW
from person import bird_account, convirza_account, opened, until
from playhead.core.account import Credential
from playhead.demo.cloud import DemoCloud
from playhead.machine.paths import Profile
from playhead.machine.preferences import Preferences, to_text
from playhead.machine.vault import KeyringVault
from playhead.program import resources
from pocket_keyring import PocketKeyring

PATIENCE = 30.0
"""Seconds after which a test gives up waiting for another process."""


def reached(what: Callable[[], object], name: str) -> None:
    """Wait until `what` gives something true."""
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, f"{name} did not come about"
        time.sleep(0.01)


def settled(cloud: DemoCloud, folder: Path) -> Profile:
    """A profile with both accounts of the cloud."""
    profile = Profile(folder / "profile")
    profile.create()
    accounts = (convirza_account(cloud), bird_account(cloud))
    profile.settings.write_text(to_text(Preferences(accounts=accounts)))
    return profile


def connected(cloud: DemoCloud, folder: Path, keyring: Path) -> Profile:
    """A profile with both accounts of the cloud, whose keys lie in a pocket keyring."""
    pocket = PocketKeyring(keyring)
    pocket.set_password("Playhead", "convirza", Credential(access=cloud.access_token).to_secret())
    pocket.set_password("Playhead", "bird", Credential(access=cloud.access_key).to_secret())
    return settled(cloud, folder)


def listed(cloud: DemoCloud, times: int) -> None:
    """Wait until so many lists were answered."""
    reached(lambda: lists(cloud) >= times, f"{times} lists")


def lists(cloud: DemoCloud) -> int:
    """How many lists were answered."""
    return len([each for each in cloud.requests if each.status == 200 and _is_list(each.path)])


def _is_list(path: str) -> bool:
    return path.endswith("/recordings") or "prompts" in path


def small_cloud(bird: int = 500) -> DemoCloud:
    """A demo cloud for a scene, not started yet."""
    return DemoCloud(resources=resources() / "demo", bird=bird, convirza=40, now=NOW)


def keyring() -> Path:
    """The pocket keyring of this process."""
    return Path(os.environ["POCKET_KEYRING"])


async def search_the_rest(folder: str) -> None:
    """Search the rest, and go on with it until the process ends."""
    async with opened(Path(folder), vault=KeyringVault(PocketKeyring())) as person:
        await person.sees_rows(50)
        person.window.status.search_rest.click()
        await asyncio.Event().wait()


async def start_on_a_full_disk(folder: str) -> None:
    """Open a profile on a disk without a free byte."""
    place = Path(folder)
    with small_cloud() as cloud:
        connected(cloud, place, keyring())
        fill(place)
        async with opened(place, vault=KeyringVault(PocketKeyring())) as person:
            await person.sees_notice("The disk is full: what is being loaded cannot be kept.")
            await person.sees_notice("what is loaded is forgotten when Playhead quits")
            await person.sees_rows(50)
            await person.sees_status("more exist at Bird EU")


async def fill_the_disk_meanwhile(folder: str) -> None:
    """Let the disk become full while the rest is searched, then make room."""
    place = Path(folder)
    with small_cloud(bird=3000) as cloud:
        connected(cloud, place, keyring())
        async with opened(place, vault=KeyringVault(PocketKeyring())) as person:
            await person.sees_rows(50)
            fill(place)
            person.window.status.search_rest.click()
            await person.sees_notice("The disk is full: what is being loaded cannot be kept. Make room")
            assert person.rows >= 50
            (place / "filler").unlink()
            notice = next(each for each in person.window.notices.notices if "disk is full" in each.sentence)
            assert notice.act is not None
            notice.act()
            await until(lambda: not person.notices, "the notice's end")
            person.window.status.search_rest.click()
            await person.sees_status("3\u202f040 loaded · everything is loaded")
        async with opened(place, vault=KeyringVault(PocketKeyring())) as person:
            await person.sees_status("3\u202f040 loaded · everything is loaded")


async def start_on_a_read_only_disk(folder: str) -> None:
    """Open a profile that nothing can be written to, once without and once with a catalogue."""
    place = Path(folder)
    with small_cloud() as cloud:
        connected(cloud, place, keyring())
        for _ in range(2):
            _remount(place, "ro")
            async with opened(place, vault=KeyringVault(PocketKeyring())) as person:
                await person.sees_notice("Playhead may not write to its folder")
                await person.sees_rows(50)
                accounts = person.program.connections.accounts
                await person.program.connections.disconnect(accounts[0])
                await person.sees_notice("The settings could not be saved")
            _remount(place, "rw")
            connected(cloud, place, keyring())
            async with opened(place, vault=KeyringVault(PocketKeyring())) as person:
                await person.sees_rows(50)
                assert not person.notices


def fill(folder: Path) -> None:
    """Write until the disk is full."""
    with (folder / "filler").open("ab", buffering=0) as filler:
        for size in (4096, 1):
            with contextlib.suppress(OSError):
                while filler.write(bytes(size)):
                    pass


def _remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


async def hear(folder: str, how: str) -> None:
    """Play a short call of two people: `both` or the `left` of them to the end, or `pause` on the way."""
    with small_cloud() as cloud:
        bird = (bird_account(cloud), Credential(access=cloud.access_key))
        async with opened(Path(folder), bird) as person:
            await person.sees_rows(90)
            row = next(
                row
                for row in person.playable_rows()
                if person.recording(row).stereo and person.recording(row).duration == 7
            )
            if how == "left":
                person.press(Qt.Key.Key_1)
            listening, clock = person.program.journeys.listening, asyncio.get_running_loop().time
            person.window.table.selectRow(row)
            person.press(Qt.Key.Key_Return)
            await until(lambda: listening.state == "playing", "the sound")
            if how == "pause":
                await until(lambda: person.window.player.waveform.position > 1.0, "a second")
                person.press(Qt.Key.Key_Space)
                await until(lambda: listening.state == "paused", "the pause")
                paused = clock()
                await until(lambda: clock() > paused + 2.0, "two seconds")
            else:
                await until(lambda: listening.state == "ended", "the end")


async def visit(folder: str) -> None:
    """See the rows of both accounts, with whatever keyring this computer has."""
    vault = KeyringVault()
    async with opened(Path(folder), vault=vault) as person:
        await person.sees_status("more exist at Bird EU")
        await person.sees_rows(50)
        assert not person.notices
        print(vault.name, await vault.get("catalogue key"))


async def visit_without_network(folder: str) -> None:
    """See again what was seen before, when no provider can be reached."""
    settings = Profile(Path(folder) / "profile").settings
    settings.write_text(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:9", settings.read_text()))
    async with opened(Path(folder), vault=KeyringVault()) as person:
        await person.sees_rows(50)
        await person.sees_notice("Bird EU cannot be reached")
        print(*person.notices, sep="\n")


async def visit_with_a_locked_keyring(folder: str) -> None:
    """Open the window although the keyring stays locked."""
    async with opened(Path(folder), vault=KeyringVault(), wait=False) as person:
        await until(person.window.isVisible, "the window")
        await person.sees_notice("The keyring is locked. Unlock it and try again")
        await person.sees_notice("what is loaded is forgotten when Playhead quits")
        await until(lambda: person.program.ready, "the program")
        print(*person.notices, sep="\n")
