"""What may have changed at a provider is asked for again."""

from dataclasses import replace

import pytest

from playhead.core.errors import Unreachable
from playhead.core.loading.library import AT_ONCE
from support.coroutine_tests import run
from support.fakes import BIRD, recording
from support.loading.library_scene import Scene


def test_recordings_whose_status_will_change_are_asked_for_again() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD)
        before = [recording(n, status=status) for n, status in enumerate(["available", "ongoing", "Queued"])]
        source.pages = [before]
        await scene.library.load(scene.library.base(BIRD.id))
        source.pages = [[before[0], replace(before[1], status="available", duration=90.0), before[2]]]
        assert await scene.library.look_again(BIRD.id) == 1
        assert sorted(source.again_asked) == ["id-1", "id-2"]
        assert [each.status for each in scene.catalogue.kept] == ["available", "available", "Queued"]
        source.pages = [[before[0]]]
        assert await scene.library.look_again(BIRD.id) == 1
        assert await scene.gone() == ["id-2"]
        assert await scene.library.look_again(BIRD.id) == 0

    run(story)


def test_of_many_only_the_newest_are_asked_for_again() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD)
        source.pages = [[recording(n, status="ongoing") for n in range(AT_ONCE + 30)]]
        await scene.library.load(scene.library.base(BIRD.id))
        await scene.library.look_again(BIRD.id)
        assert sorted(source.again_asked) == sorted(f"id-{n}" for n in range(30, AT_ONCE + 30))

    run(story)


def test_a_recording_without_its_audio_is_gone_if_the_provider_says_so() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD)
        source.pages = [[recording(1), recording(0)]]
        await scene.library.load(scene.library.base(BIRD.id))
        assert not await scene.library.recheck(recording(1))
        source.pages = [[recording(0)]]
        assert await scene.library.recheck(recording(1))
        assert await scene.gone() == ["id-1"]
        source.failures = [Unreachable("network")]
        with pytest.raises(Unreachable):
            await scene.library.recheck(recording(0))
        assert await scene.gone() == ["id-1"]
        scene.library.withdraw(BIRD.id)
        assert not await scene.library.recheck(recording(0))

    run(story)


def test_a_complete_list_tells_what_is_gone_though_it_has_no_dates() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD)
        plain = [recording(n, started=None, created=None, ended=None) for n in range(4)]
        source.pages, source.complete = [plain], True
        await scene.library.load(scene.library.base(BIRD.id))
        source.pages = [[plain[0], plain[3]]]
        await scene.library.base(BIRD.id).look_for_new()
        assert sorted(await scene.gone()) == ["id-1", "id-2"]
        source.pages = [[]]
        await scene.library.base(BIRD.id).look_for_new()
        assert sorted(await scene.gone()) == ["id-1", "id-2"]

    run(story)
