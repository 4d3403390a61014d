"""Several accounts over one catalogue: whom to ask next, and what comes and goes with them."""

import asyncio

from playhead.core.errors import Refused
from support.coroutine_tests import run
from support.fakes import BIRD, CONVIRZA, recording
from support.loading.library_scene import OTHER, Scene


def test_without_accounts_there_is_nothing_to_ask_or_to_hold_back() -> None:
    library = Scene().library
    assert library.next_feed() is None
    assert library.watermark() is None
    assert library.coverage() == []


def test_accounts_come_in_the_order_they_were_connected() -> None:
    scene = Scene()
    scene.connect(CONVIRZA)
    scene.connect(BIRD)
    assert scene.library.accounts == [CONVIRZA, BIRD]


def test_the_account_whose_horizon_is_newest_is_asked_next() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8], [7, 2], [1])
        scene.connect(OTHER, [6, 5], [4, 3])
        assert [await scene.load() for _ in range(5)] == ["bird-1", "bird-2", "bird-1", "bird-2", "bird-1"]
        assert scene.library.next_feed() is None

    run(story)


def test_a_restart_goes_on_where_each_account_stood() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8], [7])
        await scene.load()
        again = Scene(scene.catalogue)
        await again.library.restore()
        source = again.connect(BIRD, [9, 8], [7])
        assert again.library.watermark() == recording(8).moment
        await again.load()
        assert source.cursors == ["1"]

    run(story)


def test_connecting_again_keeps_the_place_and_forgets_the_failure() -> None:
    async def story() -> None:
        scene = Scene()
        scene.connect(BIRD, [9, 8], [7])
        await scene.load()
        scene.library.base(BIRD.id).failure = Refused(status=401)
        door = scene.connect(BIRD, [9, 8], [7])
        assert scene.library.connected(BIRD.id) is door
        assert scene.library.base(BIRD.id).failure is None
        await scene.load()
        assert door.cursors == ["1"]
        assert scene.library.accounts == [BIRD]

    run(story)


def test_a_disconnected_account_is_gone_and_begins_anew_when_it_comes_back() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, [9], [8])
        scene.connect(OTHER, [7])
        await scene.load()
        assert scene.library.withdraw(BIRD.id).source is source
        await scene.library.forget(BIRD.id)
        assert scene.library.accounts == [OTHER]
        assert scene.library.connected(BIRD.id) is None
        assert scene.catalogue.kept == []
        assert scene.library.withdraw(BIRD.id).source is None
        scene.connect(BIRD, [9], [8])
        assert not scene.library.base(BIRD.id).begun

    run(story)


def test_what_was_asked_for_ahead_ends_with_the_library() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, [9, 8], [7, 2], [1])
        await scene.library.load(scene.library.base(BIRD.id), ahead=True)
        source.before = asyncio.Event().wait
        await asyncio.sleep(0)
        await scene.library.close()
        assert "next page" not in {task.get_name() for task in asyncio.all_tasks()}

    run(story)


def test_what_was_asked_for_ahead_ends_with_its_account() -> None:
    async def story() -> None:
        scene = Scene()
        source = scene.connect(BIRD, [9, 8], [7, 2], [1])
        await scene.library.load(scene.library.base(BIRD.id), ahead=True)
        source.before = asyncio.Event().wait
        await asyncio.sleep(0)
        scene.library.withdraw(BIRD.id)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert "next page" not in {task.get_name() for task in asyncio.all_tasks()}

    run(story)
