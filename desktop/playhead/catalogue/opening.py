"""Opening the catalogue with the key from the vault, or whatever can be had instead."""

import asyncio
import secrets
from dataclasses import dataclass
from pathlib import Path

from playhead.catalogue.connection import KEY_BYTES
from playhead.catalogue.schema import set_aside
from playhead.catalogue.store import MEDIA_LIMIT, Store, open_catalogue
from playhead.core.errors import CatalogueUnreadable, PlayheadError
from playhead.core.ports import Vault

KEY = "catalogue key"
"""What the key is called in the vault."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A catalogue that can be used, and what was wrong with the one that was wanted."""

    store: Store
    problem: PlayheadError | None = None
    """Why everything is in memory only, or why an older file was set aside."""
    aside: Path | None = None
    """Where the file that could not be read is kept now."""


async def open_with_vault(path: Path, vault: Vault, *, media_limit: int = MEDIA_LIMIT) -> Opened:
    """The catalogue at `path`, encrypted with the vault's key, which is made when there is none yet.

    A file that cannot be read, or whose key is lost, is kept aside and a new one begun. Where there is no
    vault, no room or no permission, or where the file is from a newer Playhead, the catalogue is in memory
    until it is closed, and the file is left alone.
    """
    try:
        key = await _key(path, vault)
        return Opened(await open_catalogue(path, key, media_limit=media_limit))
    except CatalogueUnreadable as unreadable:
        return await _begin_anew(path, vault, unreadable, media_limit)
    except PlayheadError as problem:
        return Opened(await open_catalogue(None, None), problem)


async def _key(path: Path, vault: Vault) -> bytes:
    kept = await vault.get(KEY)
    if kept is not None:
        try:
            key = bytes.fromhex(kept)
        except ValueError:
            key = b""
        if len(key) == KEY_BYTES:
            return key
    if await asyncio.to_thread(path.exists):
        raise CatalogueUnreadable(reason="lost key")
    key = secrets.token_bytes(KEY_BYTES)
    await vault.set(KEY, key.hex())
    return key


async def _begin_anew(path: Path, vault: Vault, unreadable: CatalogueUnreadable, media_limit: int) -> Opened:
    try:
        aside = await asyncio.to_thread(set_aside, path)
        key = await _key(path, vault)
        return Opened(await open_catalogue(path, key, media_limit=media_limit), unreadable, aside)
    except (PlayheadError, OSError):
        return Opened(await open_catalogue(None, None), unreadable)
