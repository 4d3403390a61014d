"""The keys of catalogues: each has an id that stands beside its file, and names it in the vault."""

import asyncio
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from playhead.catalogue.connection import KEY_BYTES, id_of, own_words
from playhead.catalogue.schema import KEY_ID
from playhead.core.errors import PlayheadError
from playhead.core.ports import Vault, keep

KEY = "catalogue key"
"""Name of the one key of a vault before keys had ids. It is read, never written nor removed."""
_ID_DIGITS = 32


def entry(identity: str) -> str:
    """The name of the key of an id in the vault."""
    return f"{KEY} {identity}"


def told_beside(path: Path) -> str | None:
    """The id that the file beside a catalogue tells, if there is one that makes sense."""
    with suppress(OSError, ValueError):
        with _beside(path).open("rb") as file:
            text = file.read(_ID_DIGITS + 1).decode("ascii").strip()
        if len(bytes.fromhex(text)) == _ID_DIGITS // 2:
            return text.lower()
    return None


def told_within(path: Path) -> str | None:
    """The id at the beginning of a catalogue, where one of before ids has something random."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(_ID_DIGITS // 2)
        if len(head) == _ID_DIGITS // 2:
            return head.hex()
    return None


def tell_beside(path: Path, identity: str) -> None:
    """Let the file beside a catalogue tell an id, whole or not at all. Raises `CatalogueReadOnly`."""
    if told_beside(path) == identity:
        return
    beside = _beside(path)
    new = beside.with_name(beside.name + ".new")
    with own_words():
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            new.unlink()
        new.touch(mode=0o600, exist_ok=False)
        with new.open("w", encoding="ascii") as file:
            file.write(f"{identity}\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(beside)


async def found(vault: Vault, identities: Sequence[str]) -> list[bytes]:
    """The keys of these ids, as far as the vault gives them, and not something else. Raises `VaultError`."""
    keys = [(identity, _key(await vault.get(entry(identity)))) for identity in dict.fromkeys(identities)]
    return [key for identity, key in keys if key is not None and id_of(key) == identity]


async def old_key(vault: Vault) -> bytes | None:
    """The key of before ids, if the vault has one. Raises `VaultError`."""
    return _key(await vault.get(KEY))


async def made(vault: Vault) -> bytes:
    """A new key, which the vault has been seen to give back. Raises `VaultError`."""
    key = secrets.token_bytes(KEY_BYTES)
    await keep_key(vault, key)
    return key


async def keep_key(vault: Vault, key: bytes) -> None:
    """Keep a key under its id, and read it back. Raises `VaultError`."""
    await keep(vault, entry(id_of(key)), key.hex())


async def adopt(vault: Vault, path: Path, key: bytes) -> None:
    """See to it that the key that opens a catalogue is found by its id from now on, if that can be done."""
    identity = id_of(key)
    with suppress(PlayheadError):
        kept = await vault.get(entry(identity))
        if kept is None:
            await keep_key(vault, key)
        elif kept != key.hex():
            return  # whatever that is, it is not replaced
        await asyncio.to_thread(tell_beside, path, identity)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + KEY_ID)


def _key(kept: object) -> bytes | None:
    """The key that a vault gave, whatever it gave."""
    if not isinstance(kept, str) or len(kept) != 2 * KEY_BYTES:
        return None
    try:
        return bytes.fromhex(kept)
    except ValueError:
        return None
