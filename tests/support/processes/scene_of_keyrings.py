"""What a process of its own plays with the keyring of its desktop session."""

import re
from pathlib import Path

from playhead.machine.paths import Profile
from playhead.machine.vault import KeyringVault
from support.window.driven_program import opened, until


async def visit(folder: str) -> None:
    """See the rows of both accounts, with whatever keyring this computer has."""
    vault = KeyringVault()
    async with opened(Path(folder), vault=vault) as person:
        await person.sees_status("more exist at Bird EU")
        await person.sees_rows(50)
        assert not person.notices
        print(vault.name, await vault.get(f"catalogue key {_identity(folder)}"))


def _identity(folder: str) -> str:
    """What the key of the catalogue is called."""
    return (Path(folder) / "profile" / "catalogue.db-key-id").read_text().strip()


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


async def first_visit_with_a_locked_keyring(folder: str) -> None:
    """Look at the welcome page, and be asked for nothing."""
    async with opened(Path(folder), vault=KeyringVault()) as person:
        assert person.window.welcome.isVisible()
        print("welcome", *person.notices, sep="\n")
