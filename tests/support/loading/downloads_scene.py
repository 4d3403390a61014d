"""What the tests of downloads share: a host that cuts its bodies, a cache, and who wants the audio."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

from typing_extensions import override

from playhead.core.errors import NoAudio, PlayheadError, Unreachable
from playhead.core.fetching.downloads import Downloads
from playhead.core.media import Media
from playhead.core.pace import Pace
from playhead.core.ports import Delivery
from playhead.core.recording import Recording
from support.fakes import FakeSource

AUDIO = bytes(range(256)) * 1024
ONE = Recording(account="a1", id="r1", provider="bird", status="available")
TWO = Recording(account="a1", id="r2", provider="bird", status="available")


class Host(FakeSource):
    """A source whose bodies end where `cuts` says: one for each opening, then whole."""

    def __init__(self, *cuts: int | PlayheadError, content: bytes = AUDIO, piece: int = 10_000) -> None:
        super().__init__()
        self.cuts = list(cuts)
        self.contents = [content]
        self.piece = piece
        self.validator: str | None = '"v1"'
        self.ranges = True
        self.announced: int | None = None
        self.opened: list[tuple[int, str | None]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.open_now = 0

    @override
    @asynccontextmanager
    async def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Delivery]:
        if not recording.playable:
            raise NoAudio("status")
        self.opened.append((offset, validator))
        cut = self.cuts.pop(0) if self.cuts else None
        if isinstance(cut, PlayheadError):
            raise cut
        content = self.contents.pop(0) if len(self.contents) > 1 else self.contents[0]
        start = offset if self.ranges and validator == self.validator else 0
        self.open_now += 1
        try:
            yield Delivery(
                chunks=self._chunks(content, start, cut),
                offset=start,
                total=len(content) if self.announced is None else self.announced,
                validator=self.validator,
            )
        finally:
            self.open_now -= 1

    async def _chunks(self, content: bytes, start: int, cut: int | None) -> AsyncIterator[bytes]:
        end = len(content) if cut is None else cut
        for at in range(start, end, self.piece):
            await self.gate.wait()
            yield content[at : min(end, at + self.piece)]
        if cut is not None:
            raise Unreachable("cut")


class Cache:
    """Keeps audio in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.failure: PlayheadError | None = None

    async def read(self, recording: Recording) -> bytes | None:
        if self.failure is not None:
            raise self.failure
        return self.kept.get(recording.id)

    async def keep(self, recording: Recording, content: bytes) -> None:
        if self.failure is not None:
            raise self.failure
        self.kept[recording.id] = content


def run(
    scene: Callable[[Downloads, Host, Cache], Coroutine[None, None, None]],
    *cuts: int | PlayheadError,
    recent: int = 1 << 20,
) -> list[float]:
    """Run a scene with a host that cuts; gives the pauses that were made."""
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async def whole() -> None:
        host, cache = Host(*cuts), Cache()
        downloads = Downloads(
            lambda _: host, cache, pace=Pace(sleep=sleep, chance=lambda: 0.5), recent=recent
        )
        await asyncio.wait_for(scene(downloads, host, cache), 30)
        await downloads.close()
        assert host.open_now == 0

    asyncio.run(whole())
    return pauses


async def ended(media: Media) -> Media:
    """Wait until nothing more comes."""
    over = asyncio.Event()

    def look() -> None:
        if media.finished or media.failure is not None:
            over.set()

    stop = media.listen(look)
    look()
    await over.wait()
    stop()
    return media


def failed(media: Media) -> bool:
    """Whether no more will come."""
    return media.failure is not None


async def fetched(downloads: Downloads, recording: Recording = ONE) -> bytes:
    """What a file would hold."""
    content = bytearray()
    async with downloads.fetch(recording) as fetch:
        async for offset, chunk in fetch:
            if offset == 0:
                content.clear()
            assert offset == len(content)
            content += chunk
        assert fetch.total in {None, len(content)}
    return bytes(content)
