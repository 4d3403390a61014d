"""Profiles and keyrings that a program finds when it is started in a process of its own."""

from pathlib import Path

from playhead.core.preferences import Preferences
from playhead.machine.paths import Profile
from playhead.machine.settings import to_text
from playhead.machine.vault import KeyringVault
from support.cloud.faultycloud import FaultyCloud
from support.processes.pocket_keyring import PocketKeyring
from support.window.demo_accounts import bird, bird_account, convirza, convirza_account


def settled(cloud: FaultyCloud, folder: Path) -> Profile:
    """A profile with both accounts of the cloud."""
    profile = Profile(folder / "profile")
    profile.create()
    accounts = (convirza_account(cloud), bird_account(cloud))
    profile.settings.write_text(to_text(Preferences(accounts=accounts)))
    return profile


def connected(cloud: FaultyCloud, folder: Path, keyring: Path | None = None) -> Profile:
    """A profile with both accounts of the cloud, whose keys lie in a pocket keyring."""
    vault = PocketKeyring(keyring)
    for account, credential in (convirza(cloud), bird(cloud)):
        vault.set_password("Playhead", account.id, credential.to_secret())
    return settled(cloud, folder)


def keyring_of(home: Path) -> Path:
    """The file of the pocket keyring that a program started in `home` uses."""
    return home / "pocket.json"


def pocket(home: Path | None = None) -> KeyringVault:
    """The pocket keyring of a program started in `home`, or of this process, as a vault."""
    return KeyringVault(PocketKeyring(home and keyring_of(home)))
