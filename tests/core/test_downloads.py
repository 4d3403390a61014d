"""One download per recording, resumed when cut, shared, kept when whole."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

import pytest

from playhead.core.account import Account
from playhead.core.errors import (
    CatalogueReadOnly,
    CatalogueUnreadable,
    Garbled,
    Gone,
    Missing,
    NoAudio,
    PlayheadError,
    Refused,
    Unavailable,
    Unreachable,
)
from playhead.core.fetching.downloads import Downloads
from playhead.core.fetching.resuming import TRIES
from playhead.core.finding.query import Query
from playhead.core.media import Media
from playhead.core.page import Asked, Page
from playhead.core.ports import Delivery
from playhead.core.recording import ProviderName, Recording
from playhead.core.transcript import Transcript

AUDIO = bytes(range(256)) * 1024
ONE = Recording(account="a1", id="r1", provider=ProviderName.BIRD, status="available")
TWO = Recording(account="a1", id="r2", provider=ProviderName.BIRD, status="available")


class Host:
    """A source whose bodies end where `cuts` says: one for each opening, then whole."""

    def __init__(self, *cuts: int | PlayheadError, content: bytes = AUDIO, piece: int = 10_000) -> None:
        self.cuts = list(cuts)
        self.contents = [content]
        self.piece = piece
        self.validator: str | None = '"v1"'
        self.ranges = True
        self.announced: int | None = None
        self.asked: list[tuple[int, str | None]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.open_now = 0

    @property
    def account(self) -> Account:
        return Account(id="a1", provider=ProviderName.BIRD, label="A", base_url="https://x.example")

    def asks(self, query: Query) -> Asked | None:
        raise NotImplementedError

    async def again(self, recording: Recording) -> Recording | None:
        raise NotImplementedError

    async def transcript(self, recording: Recording) -> Transcript | None:
        raise NotImplementedError

    async def check(self) -> str:
        raise NotImplementedError

    async def page(self, asked: Asked, cursor: str | None) -> Page:
        raise NotImplementedError

    async def close(self) -> None:
        return

    @asynccontextmanager
    async def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Delivery]:
        self.asked.append((offset, validator))
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
                content_type="audio/mpeg",
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

    async def media(self, recording: Recording) -> bytes | None:
        if self.failure is not None:
            raise self.failure
        return self.kept.get(recording.id)

    async def keep_media(self, recording: Recording, content: bytes) -> None:
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
        downloads = Downloads(lambda _: host, cache, sleep=sleep, random=lambda: 0.5, recent=recent)
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


def test_audio_arrives_is_announced_and_goes_into_the_cache() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        media = await ended(downloads.open(ONE))
        assert media.content() == AUDIO
        assert media.content_type == "audio/mpeg"
        downloads.release(media)
        await downloads.close()
        assert cache.kept == {"r1": AUDIO}

    run(scene)


def test_two_who_want_the_same_share_one_download() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        first, second = downloads.open(ONE), downloads.open(ONE)
        assert first is second
        file = asyncio.create_task(fetched(downloads))
        downloads.release(first)
        assert await file == AUDIO
        assert (await ended(second)).content() == AUDIO
        assert len(host.asked) == 1

    run(scene)


def test_audio_in_the_cache_is_not_fetched_again() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        cache.kept["r1"] = AUDIO
        assert (await ended(downloads.open(ONE))).content() == AUDIO
        cache.kept["r2"] = AUDIO
        assert await fetched(downloads, TWO) == AUDIO
        assert host.asked == []

    run(scene)


def test_a_download_that_nobody_wants_any_more_ends() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        host.gate.clear()
        media = downloads.open(ONE)
        downloads.open(ONE)
        downloads.release(media)
        assert not failed(media)
        downloads.release(media)
        downloads.release(media)
        assert failed(media)
        host.gate.set()
        again = downloads.open(ONE)
        assert again is not media
        assert (await ended(again)).content() == AUDIO

    run(scene)


def test_recent_audio_stays_in_memory_as_far_as_there_is_room() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        first = await ended(downloads.open(ONE))
        downloads.release(first)
        assert downloads.open(ONE) is first
        downloads.release(first)
        second = await ended(downloads.open(TWO))
        downloads.release(second)
        assert downloads.open(TWO) is second
        assert downloads.open(ONE) is not first

    run(scene, recent=len(AUDIO) + 1)


def test_a_cut_is_resumed_where_it_was() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        assert (await ended(downloads.open(ONE))).content() == AUDIO
        assert host.asked == [(0, None), (70_000, '"v1"'), (100_000, '"v1"')]

    assert run(scene, 70_000, 100_000) == [0.5, 1.0]


def test_a_cut_file_is_resumed_where_it_was() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        assert await fetched(downloads) == AUDIO
        assert host.asked == [(0, None), (70_000, '"v1"'), (70_000, '"v1"')]
        assert cache.kept == {}

    run(scene, 70_000, Unavailable(status=503))


@pytest.mark.parametrize("validator", ['"v1"', None])
def test_a_host_without_ranges_is_asked_again_from_the_beginning(validator: str | None) -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        host.ranges = False
        host.validator = validator
        assert (await ended(downloads.open(ONE))).content() == AUDIO
        host.cuts = [50_000]
        assert await fetched(downloads, TWO) == AUDIO

    run(scene, 70_001)


def test_audio_that_changed_between_two_parts_is_never_patched_together() -> None:
    other = AUDIO[:90_000][::-1]

    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        host.ranges = False
        host.contents = [AUDIO, other]
        media = await ended(downloads.open(ONE))
        assert isinstance(media.failure, Garbled)
        assert cache.kept == {}
        host.cuts = [70_000]
        host.contents = [AUDIO, other]
        assert await fetched(downloads, TWO) == other

    run(scene, 70_000)


def test_audio_that_became_shorter_is_not_taken_for_whole() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        host.ranges = False
        host.contents = [AUDIO, AUDIO[:50_000]]
        assert isinstance((await ended(downloads.open(ONE))).failure, Garbled)

    run(scene, 70_000)


def test_a_download_that_gets_nowhere_is_given_up() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        media = await ended(downloads.open(ONE))
        assert isinstance(media.failure, Unreachable)
        assert media.arrived == 500

    assert len(run(scene, *[500] * 20)) == TRIES


def test_a_download_that_gets_further_each_time_goes_on() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        host.contents = [AUDIO * 4]
        assert await fetched(downloads) == AUDIO * 4

    assert len(run(scene, *range(100_000, 1_000_000, 100_000))) == 9


@pytest.mark.parametrize("failure", [Unreachable("name"), Refused(status=401), Gone(status=410)])
def test_a_failure_before_the_first_byte_is_told_at_once(failure: PlayheadError) -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        assert (await ended(downloads.open(ONE))).failure is failure
        host.cuts = [failure]
        with pytest.raises(type(failure)):
            await fetched(downloads, TWO)
        # A new attempt is a new download.
        assert (await ended(downloads.open(ONE))).failure is None

    assert run(scene, failure) == []


@pytest.mark.parametrize("announced", [len(AUDIO) - 1, len(AUDIO) + 1])
def test_a_wrong_length_is_no_success(announced: int) -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        host.announced = announced
        failure = (await ended(downloads.open(ONE))).failure
        assert isinstance(failure, Garbled | Unreachable)
        assert cache.kept == {}

    run(scene)


def test_an_empty_body_is_no_audio() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        host.contents = [b""]
        with pytest.raises(Garbled):
            await fetched(downloads)

    run(scene)


def test_a_recording_without_audio_is_not_asked_for() -> None:
    silent = Recording(account="a1", id="r3", provider=ProviderName.BIRD, status="absent")

    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        assert isinstance((await ended(downloads.open(silent))).failure, NoAudio)
        with pytest.raises(NoAudio):
            await fetched(downloads, silent)
        assert host.asked == []

    run(scene)


def test_a_broken_cache_does_not_stand_in_the_way() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        for failure in (CatalogueUnreadable("corrupt"), CatalogueReadOnly("full")):
            cache.failure = failure
            assert await fetched(downloads) == AUDIO
        media = await ended(downloads.open(ONE))
        assert media.finished

    run(scene)


def test_a_file_fails_as_the_download_that_it_follows() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        host.gate.clear()
        downloads.open(ONE)
        file = asyncio.create_task(fetched(downloads))
        await asyncio.sleep(0)
        host.gate.set()
        with pytest.raises(Gone):
            await file

    run(scene, 70_000, Gone(status=410))


def test_a_forgotten_account_lets_go_of_its_audio() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        host.gate.clear()
        media = downloads.open(ONE)
        downloads.forget("other")
        assert not failed(media)
        downloads.forget("a1")
        assert failed(media)
        downloads.release(media)

    run(scene)


def test_an_abandoned_file_lets_go_of_its_connection() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        async with downloads.fetch(ONE) as fetch:
            async for _ in fetch:
                assert host.open_now == 1
                break
        assert host.open_now == 0

    run(scene)


@pytest.mark.parametrize("failure", [Missing(status=404), Gone(status=410)])
def test_of_audio_that_is_not_there_somebody_is_told_before_it_fails(failure: PlayheadError) -> None:
    told: list[Recording] = []

    async def missing(recording: Recording) -> None:
        told.append(recording)
        raise Unreachable("network")

    async def story() -> None:
        host = Host(failure, failure)
        downloads = Downloads(lambda _: host, Cache(), missing=missing)
        with pytest.raises(type(failure)):
            await fetched(downloads)
        downloads.release(await ended(downloads.open(TWO)))
        await downloads.close()

    asyncio.run(asyncio.wait_for(story(), 30))
    assert told == [ONE, TWO]


def test_of_audio_that_cannot_be_had_for_another_reason_nobody_is_told() -> None:
    told: list[Recording] = []

    async def missing(recording: Recording) -> None:
        told.append(recording)

    async def story() -> None:
        downloads = Downloads(lambda _: Host(Refused(status=401)), Cache(), missing=missing)
        with pytest.raises(Refused):
            await fetched(downloads)
        await downloads.close()

    asyncio.run(asyncio.wait_for(story(), 30))
    assert told == []
