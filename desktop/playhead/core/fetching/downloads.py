"""Getting audio: one download per recording, shared by all who want it."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field

from playhead.core.errors import CatalogueError, Disconnected, Garbled, Gone, Missing, PlayheadError
from playhead.core.fetching.resuming import Announce, resumed
from playhead.core.likeness.judging import Judging, Listener, may_stay, names
from playhead.core.media import Media
from playhead.core.pace import USUAL_PACE, Pace
from playhead.core.ports import Delivery, Source
from playhead.core.recording import Recording
from playhead.core.stores import AudioCache

_log = logging.getLogger(__name__)

_PIECE = 262_144
"""Bytes of one piece of audio that is already here."""
_MANY = 16 * _PIECE
"""Bytes of it that are copied at once."""


@dataclass(slots=True)
class Fetch:
    """The audio of one recording on its way to a file. Iterating gives `(offset, chunk)`.

    An offset of 0 after others means that the audio had to be begun anew: what came before does not count.
    Raises `PlayheadError` if it cannot be had.
    """

    total: int | None = None
    """Bytes in all, once somebody knows."""
    validator: str | None = None
    """What names this edition of the audio, if its rest can be fetched later: not before it is known what it
    is."""
    doubtful: bool | None = None
    """Whether nobody can tell that it is audio. None: not known yet, or its beginning came earlier."""
    pieces: AsyncIterator[tuple[int, bytes]] = field(init=False)
    edition: str | None = field(init=False, default=None)
    media_type: str = field(init=False, default="")
    """What the host said of both, as soon as it did."""
    here: bool = field(init=False, default=False)
    """True if nothing of it has to come through the network for this."""

    def __aiter__(self) -> AsyncIterator[tuple[int, bytes]]:
        """The pieces, in order."""
        return self.pieces


@dataclass(slots=True, eq=False)
class _Shared:
    """A download and how many want it."""

    key: tuple[str, str]
    media: Media
    task: "asyncio.Task[None] | None" = field(default=None)
    holders: int = 0


class Downloads:
    """Fetches audio, resumes what was cut, and keeps what is whole.

    `source_of` gives the door of an account by its id and may raise `PlayheadError`. Up to `recent` bytes of
    audio that nobody holds any more stay in memory. `missing` is told of a recording whose audio is not there
    although it should be, before whoever wants it is; it may raise `PlayheadError`. The `listener` is asked
    where bytes do not tell that they are audio; what is certainly something else fails as `NotAudio`.
    """

    def __init__(
        self,
        source_of: Callable[[str], Source],
        cache: AudioCache,
        *,
        pace: Pace = USUAL_PACE,
        recent: int = 64 * 1024 * 1024,
        missing: Callable[[Recording], Awaitable[object]] | None = None,
        listener: Listener | None = None,
    ) -> None:
        self._source_of = source_of
        self._cache = cache
        self._pace = pace
        self._recent = recent
        self._missing = missing
        self._listener = listener
        self._current: dict[tuple[str, str], _Shared] = {}
        self._held: dict[Media, _Shared] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self, recording: Recording) -> Media:
        """The audio of `recording`, arriving or already here; hold it until `release`."""
        shared = self._current.get(recording.key)
        if shared is None or shared.media.failure is not None:
            shared = _Shared(recording.key, Media(names(recording)))
            shared.task = asyncio.create_task(self._fill(recording, shared.media), name="download")
            self._tasks.add(shared.task)
            shared.task.add_done_callback(self._tasks.discard)
            self._current[recording.key] = shared
        shared.holders += 1
        self._held[shared.media] = shared
        return shared.media

    def release(self, media: Media) -> None:
        """Say that `media`, given by `open`, is no longer wanted; a download that nobody wants ends."""
        shared = self._held.get(media)
        if shared is None:
            return
        shared.holders -= 1
        if shared.holders > 0:
            return
        del self._held[media]
        if self._current.get(shared.key) is shared:
            del self._current[shared.key]
            if media.finished:
                self._current[shared.key] = shared
                self._trim()
        _end(shared)

    def forget(self, account: str) -> None:
        """Drop all audio of an account that is in memory or on its way."""
        gone = [self._current.pop(key) for key in list(self._current) if key[0] == account]
        for shared in {*gone, *self._held.values()}:
            if shared.key[0] == account:
                _end(shared, Disconnected())

    @asynccontextmanager
    async def fetch(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Fetch]:
        """Audio for a file, in pieces: from a download in progress, else the cache, else the provider.

        It begins at `offset` if the provider gives it and still has what `validator` names, else anew.
        """
        fetch = Fetch()
        arriving = self._pieces(recording, fetch, offset, validator)
        async with aclosing(self._judged(recording, fetch, arriving)) as pieces:
            fetch.pieces = pieces
            yield fetch

    def prepare(self, recording: Recording) -> None:
        """Get ready what the provider has to be asked for before `fetch`: it is called soon."""
        if recording.key not in self._current:
            with suppress(PlayheadError):
                self._source_of(recording.account).prepare(recording)

    async def close(self) -> None:
        """End every download; audio that is whole still goes into the cache."""
        tasks = list(self._tasks)
        for shared in {*self._current.values(), *self._held.values()}:
            _end(shared)
        self._current.clear()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _trim(self) -> None:
        """Let go of the audio that nobody has held for longest, until the rest fits."""
        idle = [shared for shared in self._current.values() if shared.holders == 0]
        excess = sum(shared.media.arrived for shared in idle) - self._recent
        for shared in idle:
            if excess <= 0:
                break
            del self._current[shared.key]
            excess -= shared.media.arrived

    async def _fill(self, recording: Recording, media: Media) -> None:
        try:
            content = await self._cached(recording)
            if content is not None:
                media.announce(len(content))
                for at in range(0, len(content), _MANY):
                    # Copying much takes longer than a frame.
                    media.write(content[at : at + _MANY])
                    await asyncio.sleep(0)
                media.finish()
                return
            lasting = await self._receive(recording, media)
        except PlayheadError as failure:
            media.fail(failure)
            return
        except BaseException as error:
            if media.failure is None:
                media.fail(PlayheadError(type(error).__name__))
            raise
        if not lasting:
            return
        try:
            await self._cache.keep(recording, await asyncio.to_thread(media.content))
        except CatalogueError as error:
            _log.info("audio was not cached: %s", type(error).__name__)

    async def _receive(self, recording: Recording, media: Media) -> bool:
        """Fill `media`; gives whether its bytes tell what they are to whoever meets them later."""
        judging = Judging(recording, self._listener)

        def announce(delivery: Delivery) -> None:
            judging.media_type = delivery.media_type
            media.announce(delivery.total, told=names(recording, delivery.media_type))

        end = 0
        async with aclosing(self._resumed(recording, announce)) as pieces:
            async for offset, chunk in pieces:
                end = offset + len(chunk)
                await judging.hear(offset, chunk)
                # Readers have seen what is there, so a body that begins anew has to be the same one.
                known = media.read_at(offset, len(chunk), 0) if offset < media.arrived else b""
                if known != chunk[: len(known)]:
                    raise Garbled("changed")
                if len(known) < len(chunk):
                    media.write(chunk[len(known) :])
        if end != media.arrived:
            raise Garbled("changed")
        await judging.end(end)
        media.finish()
        return not judging.by_type

    async def _judged(
        self, recording: Recording, fetch: Fetch, arriving: AsyncGenerator[tuple[int, bytes], None]
    ) -> AsyncGenerator[tuple[int, bytes], None]:
        """Pass on what arrives, and judge it for `fetch`. Raises `NotAudio`, at the end if not before."""
        judging = Judging(recording, self._listener)
        end = 0
        async with aclosing(arriving) as pieces:
            async for offset, chunk in pieces:
                judging.media_type = fetch.media_type
                await judging.hear(offset, chunk)
                fetch.validator = None if judging.waits else fetch.edition
                fetch.doubtful = judging.doubtful
                end = offset + len(chunk)
                yield offset, chunk
        await judging.end(end)
        fetch.doubtful = judging.doubtful

    async def _pieces(
        self, recording: Recording, fetch: Fetch, offset: int, validator: str | None
    ) -> AsyncGenerator[tuple[int, bytes], None]:
        shared = self._current.get(recording.key)
        if shared is not None and shared.media.failure is None:
            media = self.open(recording)
            fetch.here = True
            try:
                async with aclosing(_follow(media, fetch)) as pieces:
                    async for piece in pieces:
                        yield piece
            finally:
                self.release(media)
            return
        content = await self._cached(recording)
        if content is not None:
            fetch.total, fetch.here = len(content), True
            for at in range(0, len(content), _PIECE):
                yield at, content[at : at + _PIECE]
            return

        def announce(delivery: Delivery) -> None:
            fetch.total, fetch.edition = delivery.total, delivery.validator
            fetch.media_type = delivery.media_type

        async with aclosing(self._resumed(recording, announce, offset, validator)) as pieces:
            async for piece in pieces:
                yield piece

    async def _resumed(
        self, recording: Recording, announce: Announce, offset: int = 0, validator: str | None = None
    ) -> AsyncGenerator[tuple[int, bytes], None]:
        arriving = resumed(
            recording,
            self._source_of,
            announce,
            offset=offset,
            validator=validator,
            pace=self._pace,
        )
        try:
            async with aclosing(arriving) as pieces:
                async for piece in pieces:
                    yield piece
        except (Missing, Gone):
            if self._missing is not None:
                with suppress(PlayheadError):
                    await self._missing(recording)
            raise

    async def _cached(self, recording: Recording) -> bytes | None:
        try:
            content = await self._cache.read(recording)
        except CatalogueError as error:
            _log.info("cached audio could not be read: %s", type(error).__name__)
            return None
        # Earlier versions took whatever they did not know for audio.
        return content if content is not None and may_stay(recording, content) else None


def _end(shared: _Shared, why: PlayheadError | None = None) -> None:
    """Cancel a download that is still running, and tell whoever reads it."""
    if not shared.media.finished and shared.media.failure is None:
        shared.media.fail(why or PlayheadError("no longer wanted"))
        if shared.task is not None:
            shared.task.cancel()


async def _follow(media: Media, fetch: Fetch) -> AsyncGenerator[tuple[int, bytes], None]:
    """The bytes of a download that somebody else began."""
    loop = asyncio.get_running_loop()
    changed = asyncio.Event()
    at = 0

    def tell() -> None:
        loop.call_soon_threadsafe(changed.set)

    stop = media.listen(tell)
    try:
        while True:
            changed.clear()
            fetch.total = media.total
            fetch.media_type = next((name for name in media.told if "/" in name), "")
            if at < media.arrived:
                chunk = media.read_at(at, _PIECE, 0)
                yield at, chunk
                at += len(chunk)
            elif media.failure is not None:
                raise media.failure
            elif media.finished:
                return
            else:
                await changed.wait()
    finally:
        stop()
