"""Opening the catalogue with the key from the vault, or whatever can be had instead."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from playhead.catalogue.connection import WriteMark, id_of, own_words
from playhead.catalogue.keyids import (
    KEY,
    adopt,
    found,
    made,
    old_key,
    tell_beside,
    told_beside,
    told_within,
)
from playhead.catalogue.provisional import (
    ProvisionalCatalogue,
    clear_away,
    is_unkept,
    let_stay,
    nothing_yet,
)
from playhead.catalogue.schema import audio_of
from playhead.catalogue.store import MEDIA_LIMIT, Store, open_catalogue
from playhead.catalogue.waitingcatalogues import (
    exchange,
    let_wait,
    peek,
    put_aside,
    take_back,
    whose_key_is_there,
)
from playhead.core.errors import CatalogueError, CatalogueUnreadable, PlayheadError
from playhead.core.ports import Vault

__all__ = [
    "KEY",
    "Opened",
    "exchange",
    "let_wait",
    "nothing_yet",
    "open_provisionally",
    "open_with_vault",
    "put_aside",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A catalogue that can be used, and what the person has to know of it."""

    store: Store
    kept: bool = True
    """True if it is kept on the disk; else it is forgotten when it is closed."""
    problem: PlayheadError | None = None
    """The trouble with the catalogue that was wanted."""
    aside: Path | None = None
    """Path of the file that could not be read, or whose key is not there."""
    back: bool = False
    """True if this one was set aside, and is open again because its key is there."""
    other: Path | None = None
    """Another one that was set aside, whose key is there, too."""
    provisional: ProvisionalCatalogue | None = None
    """This one, if no vault was asked for its key, and its key has to be kept once there is one to ask."""


async def open_provisionally(path: Path, *, media_limit: int = MEDIA_LIMIT) -> Opened:
    """A new catalogue at `path`, where there is `nothing_yet`, without asking any vault."""
    provisional = ProvisionalCatalogue(path)
    try:
        return Opened(store=await provisional.open(media_limit), provisional=provisional)
    except PlayheadError as problem:
        return Opened(store=await open_catalogue(None, None), kept=False, problem=problem)


async def open_with_vault(
    path: Path, vault: Vault, *, media_limit: int = MEDIA_LIMIT, attended: bool = True
) -> Opened:
    """The catalogue at `path`, encrypted with a key of its own from the vault, made if there was none yet.

    A file that cannot be read although its key is there is kept aside and a new one begun. What a vault does
    not find may be there all the same: then the file is left as it is, and the catalogue is in memory until
    it is closed; so it is where there is no vault, no room or no permission, or where the file is from a
    newer Playhead. A catalogue that was set aside is opened again where its key is there and that of this one
    is not. Unless it is `attended`, nothing is set aside: nobody is there to be told.
    """
    try:
        return await _Opening(path, vault, media_limit, attended=attended).opened()
    except PlayheadError as problem:
        return Opened(store=await open_catalogue(None, None), kept=False, problem=problem)


class _Opening:
    """One attempt at opening what lies at `path`."""

    def __init__(
        self, path: Path, vault: Vault, media_limit: int, *, first: bool = True, attended: bool = True
    ) -> None:
        """It is not the `first` once a catalogue that waited has been brought back."""
        self._path = path
        self._vault = vault
        self._media_limit = media_limit
        self._first = first
        self._attended = attended
        self._mark = WriteMark(path)

    async def opened(self) -> Opened:
        """Whatever can be opened. Raises `PlayheadError`; then nothing has changed."""
        at = await asyncio.to_thread(_look, self._path, self._mark)
        keys = await found(self._vault, at.identities)
        if await asyncio.to_thread(is_unkept, self._path):
            # A run that was ended by force has left it.
            await asyncio.to_thread(let_stay if keys else clear_away, self._path)
            at = await asyncio.to_thread(_look, self._path, self._mark)
        if not at.there and not at.used:
            return await self._begin_first(at, keys)
        certain = bool(keys)
        if not keys:
            old = await old_key(self._vault)
            keys = [old] if old is not None else []
        if not at.there:
            return await self._without_anything(at, keys)
        for key in keys:
            opened = await self._read(at, key)
            if opened is not None:
                return opened
        if not certain:
            # It may be damaged, or the keyring may give it another time: nobody can know.
            return await self._other_or_none()
        return await self._begin_anew(keys[0], CatalogueUnreadable("it is damaged"), waits=at.within)

    async def _begin_first(self, at: "_Found", keys: list[bytes]) -> Opened:
        if at.beside is None:
            back = await self._brought_back(named=True)
            if back is not None:
                return back
        elif not keys and at.audio:
            raise CatalogueUnreadable(reason="lost key")
        return await self._open_new(keys[0] if keys else await made(self._vault))

    async def _without_anything(self, at: "_Found", keys: list[bytes]) -> Opened:
        """There was a catalogue, and nothing of it is left in its file."""
        if not keys and at.beside is not None:
            return await self._other_or_none()
        return await self._begin_anew(keys[0] if keys else None, CatalogueUnreadable(reason="empty"))

    async def _read(self, at: "_Found", key: bytes) -> Opened | None:
        """The catalogue as it is; None if this key does not open it, or it is damaged."""
        try:
            version, number = await asyncio.to_thread(peek, self._path, key)
            if version == 0 and at.used:
                return await self._begin_anew(key, CatalogueUnreadable(reason="empty"))
            noted = await asyncio.to_thread(self._mark.read)
            store = await self._open(key)
        except CatalogueUnreadable:
            return None
        await adopt(self._vault, self._path, key)
        older = noted is not None and number < noted
        return Opened(
            store=store,
            problem=CatalogueUnreadable(reason="older") if older else None,
            other=await self._other(),
        )

    async def _other_or_none(self) -> Opened:
        """Without the key of this one: another that can be opened. Raises `CatalogueUnreadable`."""
        back = await self._brought_back()
        if back is None:
            raise CatalogueUnreadable(reason="lost key")
        return back

    async def _other(self) -> Path | None:
        try:
            return await whose_key_is_there(self._path, self._vault, named=True)
        except PlayheadError:
            return None

    async def _brought_back(self, *, named: bool = False) -> Opened | None:
        """A catalogue that was set aside and whose key is there; None if there is none."""
        if not self._first:
            return None
        waiting = await whose_key_is_there(self._path, self._vault, named=named)
        if waiting is None:
            return None
        aside = await asyncio.to_thread(exchange, self._path, waiting)
        opening = _Opening(self._path, self._vault, self._media_limit, first=False, attended=self._attended)
        opened = await opening.opened()
        return replace(opened, back=True, aside=aside)

    async def _begin_anew(
        self, key: bytes | None, problem: CatalogueUnreadable, *, waits: str | None = None
    ) -> Opened:
        """Set aside what is there, which `waits` for the key of this id, if that is another one.

        Raises `problem`, and then nothing has changed, if there can be no new one.
        """
        if not self._attended:
            raise problem
        known = key is not None
        if key is None:
            key = await made(self._vault)
        try:
            aside = await asyncio.to_thread(put_aside, self._path)
        except CatalogueError:
            raise problem from None
        try:
            if waits is not None and waits != id_of(key):
                await asyncio.to_thread(tell_beside, aside, waits)
            if known:
                await adopt(self._vault, self._path, key)
                opened = Opened(store=await self._open(key))
            else:
                opened = await self._open_new(key)
        except (CatalogueError, OSError):
            # Else the next start would begin one without a word.
            with suppress(CatalogueError):
                await asyncio.to_thread(take_back, self._path, aside)
            raise problem from None
        kept = await asyncio.to_thread(aside.exists)
        return replace(opened, problem=problem, aside=aside if kept else None)

    async def _open_new(self, key: bytes) -> Opened:
        await asyncio.to_thread(tell_beside, self._path, id_of(key))
        return Opened(store=await self._open(key))

    async def _open(self, key: bytes) -> Store:
        return await open_catalogue(self._path, key, media_limit=self._media_limit, mark=self._mark)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Files at the place of the catalogue."""

    there: bool
    """True if there is anything in the file."""
    used: bool
    """True if something was kept in it, as far as what lies beside it tells."""
    audio: bool
    beside: str | None
    within: str | None
    """The ids of its key that are told beside and within it."""

    @property
    def identities(self) -> list[str]:
        """All ids that are told."""
        return [each for each in (self.beside, self.within) if each is not None]


def _look(path: Path, mark: WriteMark) -> _Found:
    with own_words():
        try:
            size = path.stat().st_size
        except FileNotFoundError:
            size = None
        beside, noted = told_beside(path), mark.read()
        audio = audio_of(path).exists()
        log = path.with_name(f"{path.name}-wal").exists()
    traces = audio or log or (size == 0 and beside is not None)
    return _Found(
        there=bool(size),
        used=traces if noted is None else noted > 0,
        audio=audio,
        beside=beside,
        within=told_within(path) if size else None,
    )
