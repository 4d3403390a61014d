"""What is no audio is neither given to the player as audio nor kept in the cache."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from typing_extensions import override

from playhead.core.errors import NotAudio
from playhead.core.fetching.downloads import Downloads
from playhead.core.ports import Delivery
from playhead.core.recording import Recording
from support.audio.disguises import NOISE, PAGE
from support.loading.downloads_scene import ONE, Cache, Host, ended, fetched

SOUND = b"\xff\xfb\x90\x64" + NOISE(413)


class Named(Host):
    """A host that says what its bodies are."""

    media_type = "audio/basic"

    @override
    @asynccontextmanager
    async def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Delivery]:
        async with super().open(recording, offset=offset, validator=validator) as delivery:
            yield replace(delivery, media_type=self.media_type)


class Deaf:
    """A listener that recognises what it is told to."""

    def __init__(self, *, hears: bool) -> None:
        self.hears = hears
        self.asked = 0

    def recognises(self, start: bytes) -> bool:
        """The answer that was given before."""
        assert start
        self.asked += 1
        return self.hears


def test_a_page_is_not_played_and_not_cached() -> None:
    async def scene() -> None:
        cache = Cache()
        downloads = Downloads(lambda _: Host(content=PAGE.encode()), cache)
        media = await ended(downloads.open(ONE))
        assert isinstance(media.failure, NotAudio)
        assert media.failure.instead == "page"
        assert cache.kept == {}
        await downloads.close()

    asyncio.run(scene())


def test_a_page_that_an_earlier_version_took_for_audio_is_fetched_anew() -> None:
    async def scene() -> None:
        cache = Cache()
        cache.kept["r1"] = PAGE.encode()
        content = SOUND * 40
        downloads = Downloads(lambda _: Host(content=content), cache)
        assert await fetched(downloads) == content
        media = await ended(downloads.open(ONE))
        assert media.content() == content
        downloads.release(media)
        await downloads.close()
        assert cache.kept["r1"] == content

    asyncio.run(scene())


def test_what_only_its_media_type_tells_is_not_cached_without_it() -> None:
    async def scene() -> None:
        cache = Cache()
        downloads = Downloads(lambda _: Named(content=NOISE(100_000)), cache)
        media = await ended(downloads.open(ONE))
        assert media.finished
        downloads.release(media)
        await downloads.close()
        assert cache.kept == {}

    asyncio.run(scene())


def test_the_decoder_is_asked_only_in_doubt() -> None:
    async def scene() -> None:
        for content, hears, doubtful, asked in (
            (NOISE(100_000), True, False, 1),
            (NOISE(100_000), False, True, 1),
            (SOUND * 400, False, False, 0),
            (bytes(100_000), True, True, 0),
        ):
            listener = Deaf(hears=hears)
            host = Host(content=content)
            downloads = Downloads(lambda _, host=host: host, Cache(), listener=listener)  # type: ignore[misc]
            async with downloads.fetch(ONE) as fetch:
                async for _ in fetch:
                    pass
                assert fetch.doubtful is doubtful
            assert listener.asked == asked
            await downloads.close()

    asyncio.run(scene())


def test_what_names_an_edition_is_told_once_it_is_known_what_it_is() -> None:
    async def scene() -> None:
        downloads = Downloads(lambda _: Host(content=NOISE(200_000)), Cache())
        async with downloads.fetch(ONE) as fetch:
            told = [(offset, fetch.validator) async for offset, _ in fetch]
        assert {validator for offset, validator in told if offset < 50_000} == {None}
        assert {validator for offset, validator in told if offset > 70_000} == {'"v1"'}
        await downloads.close()

    asyncio.run(scene())
