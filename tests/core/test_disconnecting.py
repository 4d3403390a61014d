"""An account that is disconnected stays away, and one that is connected anew keeps what is new."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from typing_extensions import override

from playhead.core.errors import Disconnected, VaultError, VaultLocked
from playhead.core.loading.closing import ClosingSource
from playhead.core.page import Asked
from playhead.core.ports import Delivery
from playhead.core.recording import Recording
from support.fakes import FakeSource, recording
from support.loading.disconnect_scene import CONVIRZA, FRESH, OLD, RENEWED, Scene, played


def test_a_renewal_on_its_way_leaves_nothing_in_the_keyring_and_what_it_got_is_revoked() -> None:
    async def story(scene: Scene) -> None:
        await scene.connect(OLD)
        scene.doors[0].renewed = RENEWED
        assert await scene.connections.disconnect(CONVIRZA) is None
        assert scene.revoked == [RENEWED]
        assert scene.secrets == {}

    played(story)


def test_a_renewal_on_its_way_does_not_replace_what_is_connected_anew() -> None:
    async def story(scene: Scene) -> None:
        await scene.connect(OLD)
        scene.doors[0].renewed = RENEWED
        await scene.connect(FRESH)
        assert scene.secrets == {"convirza": FRESH.to_secret()}

    played(story)


def test_a_door_that_was_left_can_write_no_key() -> None:
    async def story(scene: Scene) -> None:
        await scene.connect(OLD)
        before = scene.doors[0]
        await scene.connect(FRESH)
        with pytest.raises(Disconnected):
            await before._keys.save(RENEWED)
        with pytest.raises(Disconnected):
            await before._keys.load()
        assert scene.secrets == {"convirza": FRESH.to_secret()}

    played(story)


def test_a_key_for_this_sitting_only_does_not_leave_the_one_of_before_for_the_next_start() -> None:
    async def story(scene: Scene) -> None:
        await scene.connect(OLD)
        await scene.connect(FRESH, session_only=True)
        assert scene.secrets == {}
        await scene.connect(OLD)
        assert scene.session.secrets == {}

    played(story)


def test_an_account_goes_on_with_its_old_key_if_the_new_one_cannot_be_kept() -> None:
    async def story(scene: Scene) -> None:
        await scene.connect(OLD)
        scene.vault.failure = VaultLocked()
        with pytest.raises(VaultLocked):
            await scene.connect(FRESH)
        scene.vault.failure = None
        assert scene.secrets == {"convirza": OLD.to_secret()}
        assert (await scene.library.load(scene.library.base("convirza"))).new == 1

    played(story)


def test_a_keyring_that_keeps_something_else_is_not_taken_at_its_word() -> None:
    async def story(scene: Scene) -> None:
        async def forgetful(key: str) -> str | None:
            return None

        scene.vault.get = forgetful  # type: ignore[method-assign]
        with pytest.raises(VaultError):
            await scene.connect(FRESH)
        assert scene.connections.accounts == []

    played(story)


def test_nothing_comes_back_from_a_page_that_was_on_its_way() -> None:
    async def story(scene: Scene) -> None:
        await scene.connect(OLD)
        never = asyncio.Event()
        scene.doors[0].before = never.wait
        feed = scene.library.base("convirza")
        asking = asyncio.create_task(feed.look_for_new())
        await asyncio.sleep(0)
        await scene.connections.disconnect(CONVIRZA)
        with pytest.raises(Disconnected):
            await asking
        assert scene.catalogue.kept == []
        assert await scene.catalogue.recordings.states() == []
        with pytest.raises(Disconnected):
            await feed.keep([recording(0, account="convirza")])
        with pytest.raises(Disconnected):
            scene.library.base("convirza")
        assert scene.catalogue.kept == []

    played(story)


def test_what_is_being_stored_is_stored_before_it_is_removed() -> None:
    async def story(scene: Scene) -> None:
        stored = asyncio.Event()
        add = scene.catalogue.recordings.add

        async def slow(*given: object, **named: object) -> object:
            await stored.wait()
            return await add(*given, **named)  # type: ignore[arg-type]

        scene.catalogue.recordings.add = slow  # type: ignore[assignment,method-assign]
        await scene.connect(OLD)
        loading = asyncio.create_task(scene.library.base("convirza").advance())
        for _ in range(3):
            await asyncio.sleep(0)
        removing = scene.connections.disconnect(CONVIRZA)
        for _ in range(3):
            await asyncio.sleep(0)
        assert not removing.done()
        stored.set()
        await asyncio.wait({removing, loading})
        assert scene.catalogue.kept == []

    played(story)


def test_the_settings_forget_an_account_only_when_nothing_of_it_is_left() -> None:
    async def story(scene: Scene) -> None:
        await scene.connect(OLD)
        removing = scene.connections.disconnect(CONVIRZA)
        assert scene.connections.accounts == []
        assert len(scene.remembered) == 1
        await removing
        assert scene.remembered[-1] == []
        assert scene.secrets == {}

    played(story)


def test_quitting_waits_until_an_account_is_removed() -> None:
    async def story(scene: Scene) -> None:
        await scene.connect(OLD)
        scene.connections.disconnect(CONVIRZA)
        await scene.connections.close()
        assert scene.secrets == {}
        assert scene.remembered[-1] == []

    played(story)


def test_disconnecting_twice_and_connecting_at_once_ends_with_the_new_key() -> None:
    async def story(scene: Scene) -> None:
        await scene.connect(OLD)
        scene.doors[0].renewed = RENEWED
        first, second = (scene.connections.disconnect(CONVIRZA) for _ in range(2))
        await asyncio.gather(first, second)
        await scene.connect(FRESH)
        assert scene.secrets == {"convirza": FRESH.to_secret()}
        assert [each.id for each in scene.connections.accounts] == ["convirza"]

    played(story)


def test_what_is_connected_while_it_is_still_being_removed_is_there_afterwards() -> None:
    async def story(scene: Scene) -> None:
        await scene.connect(OLD)
        scene.doors[0].renewed = RENEWED
        removing = scene.connections.disconnect(CONVIRZA)
        await scene.connect(FRESH)
        assert removing.done()
        assert scene.secrets == {"convirza": FRESH.to_secret()}
        assert [each.id for each in scene.connections.accounts] == ["convirza"]

    played(story)


def test_a_keyring_that_refuses_is_said_and_the_rest_is_removed_all_the_same() -> None:
    async def story(scene: Scene) -> None:
        await scene.connect(OLD)
        await scene.library.load(scene.library.base("convirza"))
        scene.vault.failure = VaultLocked()
        assert isinstance(await scene.connections.disconnect(CONVIRZA), VaultLocked)
        assert scene.catalogue.kept == []
        assert scene.connections.accounts == []

    played(story)


class SlowSource(FakeSource):
    """A door whose audio comes chunk by chunk as the test wishes."""

    def __init__(self) -> None:
        super().__init__([])
        self.chunk = asyncio.Event()
        self.ended = False

    @override
    @asynccontextmanager
    async def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Delivery]:
        async def chunks() -> AsyncIterator[bytes]:
            yield b"first"
            await self.chunk.wait()
            yield b"second"

        try:
            yield Delivery(chunks=chunks(), offset=0, total=None, validator=None)
        finally:
            self.ended = True


def test_audio_on_its_way_ends_when_the_door_closes_and_no_more_is_asked() -> None:
    async def story(scene: Scene) -> None:
        slow = SlowSource()
        door = ClosingSource(slow)
        came: list[bytes] = []

        async def hear() -> None:
            async with door.open(recording(0)) as delivery:
                came.extend([chunk async for chunk in delivery.chunks])

        hearing = asyncio.create_task(hear())
        for _ in range(5):
            await asyncio.sleep(0)
        await door.close()
        with pytest.raises(Disconnected):
            await hearing
        assert slow.ended
        assert slow.closed
        for asking in (
            door.check(),
            door.page(Asked(), None),
            door.again(recording(0)),
            door.transcript(recording(0), None),
            door.transcriptions(None),
        ):
            with pytest.raises(Disconnected):
                await asking
        with pytest.raises(Disconnected):
            async with door.open(recording(0)):
                pass

    played(story)


def test_a_door_lets_go_of_its_source_only_when_the_last_call_has_cleaned_up() -> None:
    async def story(scene: Scene) -> None:
        source = FakeSource()
        door = ClosingSource(source)
        closed_meanwhile: list[bool] = []

        async def never() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                for _ in range(5):
                    await asyncio.sleep(0)
                closed_meanwhile.append(source.closed)

        source.before = never
        asking = asyncio.create_task(door.page(Asked(), None))
        await asyncio.sleep(0)
        await door.close()
        assert closed_meanwhile == [False]
        assert source.closed
        with pytest.raises(Disconnected):
            await asking

    played(story)


def test_whoever_is_cancelled_behind_a_door_stays_cancelled() -> None:
    async def story(scene: Scene) -> None:
        source = FakeSource([[]])
        source.before = asyncio.Event().wait
        asking = asyncio.create_task(ClosingSource(source).page(Asked(), None))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    played(story)
