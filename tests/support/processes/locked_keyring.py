"""A keyring that is locked, and that nobody is there to unlock."""

from typing import NoReturn

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked
from typing_extensions import override


class LockedKeyring(KeyringBackend):
    """Gives and takes nothing; not chosen by itself."""

    priority = -1

    @override
    def get_password(self, service: str, username: str) -> NoReturn:
        raise KeyringLocked("locked")

    @override
    def set_password(self, service: str, username: str, password: str) -> NoReturn:
        raise KeyringLocked("locked")
