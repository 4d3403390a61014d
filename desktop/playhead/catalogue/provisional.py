"""The catalogue of a first start: on the disk, and as good as in memory until a vault keeps its key."""

import asyncio
import secrets
from functools import partial
from pathlib import Path

from playhead.catalogue.connection import KEY_BYTES, WriteMark, id_of, own_words
from playhead.catalogue.connection import SUFFIX as MARK
from playhead.catalogue.keyids import keep_key, tell_beside
from playhead.catalogue.schema import KEY_ID, asides, audio_of
from playhead.catalogue.store import Store, open_catalogue
from playhead.core.heldfiles import patiently
from playhead.core.ports import Vault

_UNKEPT = "-unkept"
"""Ends the name of the file that is there for as long as no vault has the key."""


class ProvisionalCatalogue:
    """A catalogue whose key is known to this run alone, so that no vault need be asked before it is needed.

    Nobody can read it later unless `keep` succeeds: it is removed when it has been closed, or else at the
    next start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._key = secrets.token_bytes(KEY_BYTES)
        self.kept = False
        """Whether it is a catalogue like any other now."""

    async def open(self, media_limit: int) -> Store:
        """Make and open it, in the place of one that a run before has left. Raises `CatalogueError`."""
        await asyncio.to_thread(self._begin)
        mark = WriteMark(self._path)
        return await open_catalogue(self._path, self._key, media_limit=media_limit, mark=mark)

    async def keep(self, vault: Vault) -> None:
        """Let a vault have the key. Raises `VaultError` or `CatalogueReadOnly`: then it stays provisional."""
        await keep_key(vault, self._key)
        await asyncio.to_thread(let_stay, self._path)
        self.kept = True

    async def remove(self) -> None:
        """Remove it, once it is closed. Raises `CatalogueReadOnly`; then the next start does it."""
        await asyncio.to_thread(clear_away, self._path)

    def _begin(self) -> None:
        clear_away(self._path)
        with own_words():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            _unkept(self._path).touch(mode=0o600)
        tell_beside(self._path, id_of(self._key))


def nothing_yet(path: Path) -> bool:
    """Tell whether there is no catalogue at `path`, nor one that was set aside. Waits for the disk."""
    if is_unkept(path):
        return True
    return not any(each.exists() for each in _parts(path)) and not asides(path)


def is_unkept(path: Path) -> bool:
    """Tell whether what lies at `path` was left by a run that no vault kept the key of."""
    return _unkept(path).exists()


def let_stay(path: Path) -> None:
    """Let the catalogue at `path` be one like any other. Raises `CatalogueReadOnly`."""
    with own_words():
        patiently(partial(_unkept(path).unlink, missing_ok=True))


def clear_away(path: Path) -> None:
    """Remove what was left at `path`, if its key was kept nowhere. Raises `CatalogueReadOnly`."""
    if not is_unkept(path):
        return
    with own_words():
        # What says so is the last to go: else the rest would be taken for a catalogue whose key is lost.
        for part in [*_parts(path), _unkept(path)]:
            patiently(partial(part.unlink, missing_ok=True))


def _unkept(path: Path) -> Path:
    return path.with_name(path.name + _UNKEPT)


def _parts(path: Path) -> list[Path]:
    audio = audio_of(path)
    parts = [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm", MARK, KEY_ID)]
    return [*parts, *(audio.with_name(audio.name + suffix) for suffix in ("", "-wal", "-shm"))]
