"""A download that is cut is taken up where it was, and never patched together from two."""

import pytest

from playhead.core.errors import Garbled, Unavailable, Unreachable
from playhead.core.fetching.downloads import Downloads
from playhead.core.fetching.resuming import TRIES
from support.loading.downloads_scene import AUDIO, ONE, TWO, Cache, Host, ended, fetched, run


def test_a_cut_is_resumed_where_it_was() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        assert (await ended(downloads.open(ONE))).content() == AUDIO
        assert host.opened == [(0, None), (70_000, '"v1"'), (100_000, '"v1"')]

    assert run(scene, 70_000, 100_000) == [0.5, 1.0]


def test_a_cut_file_is_resumed_where_it_was() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        assert await fetched(downloads) == AUDIO
        assert host.opened == [(0, None), (70_000, '"v1"'), (70_000, '"v1"')]
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
        assert media.failure.reason == "changed"
        assert cache.kept == {}
        host.cuts = [70_000]
        host.contents = [AUDIO, other]
        assert await fetched(downloads, TWO) == other

    run(scene, 70_000)


def test_audio_that_became_shorter_is_not_taken_for_whole() -> None:
    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        host.ranges = False
        host.contents = [AUDIO, AUDIO[:50_000]]
        failure = (await ended(downloads.open(ONE))).failure
        assert isinstance(failure, Garbled)
        assert failure.reason == "changed"

    run(scene, 70_000)


@pytest.mark.parametrize("length", [70_000, 80_000, len(AUDIO) * 2])
def test_audio_of_another_length_is_another_edition_whatever_names_it(length: int) -> None:
    other = (AUDIO * 2)[:length]

    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        host.contents = [AUDIO, other]
        assert await fetched(downloads, TWO) == other
        assert host.opened == [(0, None), (70_000, '"v1"'), (0, None)]

    run(scene, 70_000)


def test_a_host_that_is_slow_is_not_asked_to_be_slow_again() -> None:
    slow = Unreachable("slow")

    async def scene(downloads: Downloads, host: Host, cache: Cache) -> None:
        assert (await ended(downloads.open(ONE))).failure is slow
        host.cuts = [70_000, slow]
        with pytest.raises(Unreachable) as caught:
            await fetched(downloads, TWO)
        assert caught.value.reason == "slow"

    assert run(scene, 70_000, slow) == [0.5, 0.5]


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
