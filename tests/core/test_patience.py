"""How long the others wait for an account that does not answer."""

import asyncio
from datetime import timedelta

from playhead.core.loading.library import PATIENCE
from support.fakes import BIRD
from support.loading.library_scene import OTHER, Scene


def test_patience_ends_to_the_moment_and_the_others_are_shown() -> None:
    async def scene() -> None:
        scene = Scene()
        slow = scene.connect(BIRD, [9], [8])
        scene.connect(OTHER, [7], [6])
        feed = scene.library.base(BIRD.id)
        assert scene.library.patience_with(feed) == PATIENCE
        answering, asking = await scene.load_without_answer(slow)
        await scene.load()
        scene.clock.move(0.25)
        assert scene.library.patience_with(feed) == PATIENCE - timedelta(seconds=0.25)
        assert await scene.shown() == []
        scene.clock.move(0.75)
        assert scene.library.patience_with(feed) == timedelta()
        assert await scene.shown() == ["bird-2:7"]
        scene.clock.move(10)
        assert scene.library.patience_with(feed) == timedelta()
        answering.set()
        await asking

    asyncio.run(asyncio.wait_for(scene(), 30))
