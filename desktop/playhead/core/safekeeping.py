"""Keeping a secret in a vault so that it is certain to be there."""

from contextlib import suppress

from playhead.core.errors import VaultError
from playhead.core.ports import Vault


async def keep(vault: Vault, name: str, secret: str, *, instead_of: str | None = None) -> None:
    """Keep `secret` under `name`, and read it back. Raises `VaultError`.

    A vault that does not give it back as it was is given what it had before, `instead_of`, once more.
    """
    await vault.set(name, secret)
    if await vault.get(name) == secret:
        return
    if instead_of is not None:
        with suppress(VaultError):
            await vault.set(name, instead_of)
    raise VaultError("read back differently")
