"""Audio that cannot be had: who is told, what, and when."""

import asyncio

import pytest

from playhead.core.errors import Garbled, Gone, Missing, NoAudio, PlayheadError, Refused, Unreachable
from playhead.core.fetching.downloads import Downloads
from playhead.core.recording import Recording
from support.loading.downloads_scene import AUDIO, ONE, TWO, Cache, Host, ended, fetched, run


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
    silent = Recording(account="a1", id="r3", provider="bird", status="absent")

    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        assert isinstance((await ended(downloads.open(silent))).failure, NoAudio)
        with pytest.raises(NoAudio):
            await fetched(downloads, silent)
        assert host.opened == []

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
