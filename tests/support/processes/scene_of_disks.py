"""What a process of its own plays whose profile lies on a small disk."""

import contextlib
import subprocess
from pathlib import Path

from support.processes.process_profiles import connected, pocket
from support.window.demo_accounts import small_cloud
from support.window.driven_program import opened, until


async def start_on_a_full_disk(folder: str) -> None:
    """Open a profile on a disk without a free byte."""
    place = Path(folder)
    with small_cloud() as cloud:
        connected(cloud, place)
        fill(place)
        async with opened(place, vault=pocket()) as person:
            await person.sees_notice("The disk is full: what is being loaded cannot be kept.")
            await person.sees_notice("what is loaded is forgotten when Playhead quits")
            await person.sees_rows(50)
            await person.sees_status("more exist at Bird EU")


async def fill_the_disk_meanwhile(folder: str) -> None:
    """Let the disk become full while the rest is searched, then make room."""
    place = Path(folder)
    with small_cloud(bird=1000) as cloud:
        connected(cloud, place)
        async with opened(place, vault=pocket()) as person:
            await person.sees_rows(50)
            fill(place)
            person.window.status.search_rest.click()
            await person.sees_notice("The disk is full: what is being loaded cannot be kept. Make room")
            assert person.rows >= 50
            (place / "filler").unlink()
            await person.takes_up("disk is full")
            await until(lambda: not person.notices, "the notice's end")
            await person.loads_everything(1040)
        async with opened(place, vault=pocket()) as person:
            await person.sees_status("1\u202f040 loaded · everything is loaded")


async def start_on_a_read_only_disk(folder: str) -> None:
    """Open a profile that nothing can be written to, once without and once with a catalogue."""
    place = Path(folder)
    with small_cloud() as cloud:
        connected(cloud, place)
        for _ in range(2):
            _remount(place, "ro")
            async with opened(place, vault=pocket()) as person:
                await person.sees_notice("Playhead may not write to its folder")
                await person.sees_rows(50)
                accounts = person.program.session.connections.accounts
                await person.program.session.connections.disconnect(accounts[0])
                await person.sees_notice("The settings could not be saved")
            _remount(place, "rw")
            connected(cloud, place)
            async with opened(place, vault=pocket()) as person:
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
    # The mount alone: the disk below it is none of an ordinary user's business.
    subprocess.run(["mount", "-o", f"remount,bind,{how}", str(folder)], check=True)
