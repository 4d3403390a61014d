"""One download per recording, shared, kept when whole, ended when nobody wants it."""

import asyncio
from dataclasses import replace

from playhead.core.errors import CatalogueReadOnly, CatalogueUnreadable
from playhead.core.fetching.downloads import Downloads
from support.loading.downloads_scene import AUDIO, ONE, TWO, Cache, Host, ended, failed, fetched, run


def test_audio_arrives_is_announced_and_goes_into_the_cache() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        media = await ended(downloads.open(ONE))
        assert media.content() == AUDIO
        assert media.total == len(AUDIO)
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
        assert len(host.opened) == 1

    run(scene)


def test_audio_in_the_cache_is_not_fetched_again() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        cache.kept["r1"] = AUDIO
        assert (await ended(downloads.open(ONE))).content() == AUDIO
        cache.kept["r2"] = AUDIO
        assert await fetched(downloads, TWO) == AUDIO
        assert host.opened == []

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


def test_a_broken_cache_does_not_stand_in_the_way() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        for failure in (CatalogueUnreadable("corrupt"), CatalogueReadOnly("full")):
            cache.failure = failure
            assert await fetched(downloads) == AUDIO
        media = await ended(downloads.open(ONE))
        assert media.finished

    run(scene)


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


def test_much_audio_from_the_cache_leaves_the_loop_its_turns() -> None:
    much = AUDIO * 100

    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        cache.kept[ONE.id] = much
        media = downloads.open(ONE)
        lengths = set[int]()
        while not media.finished:
            lengths.add(media.arrived)
            await asyncio.sleep(0)
        assert len(lengths) > 4
        assert media.content() == much

    run(scene)


def test_media_knows_how_provider_and_host_call_its_form() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        ulaw = replace(ONE, format="ulaw", filename="a.pcm")
        media = downloads.open(ulaw)
        assert media.told == ("ulaw", "pcm")
        await ended(media)
        assert media.told[:2] == ("ulaw", "pcm")

    run(scene)
