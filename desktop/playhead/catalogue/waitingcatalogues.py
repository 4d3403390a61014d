"""Catalogues that wait for their key, and how they come back."""

import asyncio
from contextlib import closing
from pathlib import Path

from playhead.catalogue.connection import WriteMark, connect, own_words, written
from playhead.catalogue.keyids import found, old_key, tell_beside, told_beside, told_within
from playhead.catalogue.schema import asides, rename, set_aside
from playhead.core.errors import CatalogueError, CatalogueUnreadable, PlayheadError
from playhead.core.ports import Vault

MOST = 20
"""Catalogues that are tried at most, the latest first."""


def put_aside(path: Path) -> Path:
    """Set a catalogue aside that cannot be used, though its key is there: the next one has the same key.

    Where it lies now. Raises `CatalogueReadOnly`.
    """
    aside = set_aside(path)
    WriteMark(path).begin()
    return aside


def take_back(path: Path, aside: Path) -> None:
    """Undo `put_aside`: what was begun meanwhile, and in which nothing is kept, makes way.

    Raises `CatalogueReadOnly`.
    """
    with own_words():
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    rename(aside, path, waiting=False)


def let_wait(path: Path) -> Path:
    """Set a catalogue aside until its key is there; where it lies now. Raises `CatalogueReadOnly`."""
    identity = told_beside(path) or told_within(path)
    if identity is not None:
        tell_beside(path, identity)
    return set_aside(path, waiting=True)


def exchange(path: Path, other: Path) -> Path | None:
    """Open `other` from now on; where the catalogue of before waits, if there was one.

    Raises `CatalogueReadOnly`; then both are where they were.
    """
    aside = let_wait(path)
    try:
        rename(other, path, waiting=True)
    except CatalogueError:
        rename(aside, path, waiting=True)
        raise
    return aside if aside.exists() else None


async def whose_key_is_there(path: Path, vault: Vault, *, named: bool) -> Path | None:
    """The latest catalogue that was set aside beside `path` and can be opened; None if there is none.

    With `named`, only those that are known to wait: another one, of before keys had ids, may be damaged.
    """
    waiting = await asyncio.to_thread(asides, path)
    for aside in waiting[:MOST]:
        identity = await asyncio.to_thread(told_beside, aside)
        if identity is None and named:
            continue
        keys = await found(vault, [identity]) if identity is not None else []
        if not keys:
            old = await old_key(vault)
            keys = [old] if old is not None else []
        for key in keys:
            try:
                await asyncio.to_thread(peek, aside, key)
            except PlayheadError:
                continue
            return aside
    return None


def peek(path: Path, key: bytes) -> tuple[int, int]:
    """The version of a catalogue's tables and how often it was written to. Raises `CatalogueError`."""
    with own_words(), closing(connect(path, key)) as connection:
        version = int(connection.pragma("user_version") or 0)
        if version == 0 and connection.pragma("page_count") > 1:
            raise CatalogueUnreadable("its tables have no version")
        return version, written(connection)
