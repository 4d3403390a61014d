"""What disconnecting could not remove is removed later, and connecting anew costs nothing that goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from typing_extensions import override

from playhead.core.account import Account, Credential
from playhead.core.errors import CatalogueError, Disconnected, NoVault, VaultError, VaultLocked
from playhead.core.fetching.downloads import Downloads
from playhead.core.loading.closing import ClosingSource
from playhead.core.loading.connections import Connections
from playhead.core.ports import Delivery, Source
from playhead.core.recording import Recording
from support.fakes import FakeMedia, FakeSource, recording
from support.loading.disconnect_scene import CONVIRZA, FRESH, OLD, RENEWED, Scene, played


class LeavingScene(Scene):
    """The same with a memory of what is leaving; `restarted` is the next run of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.connections = self.restarted()

    def restarted(self) -> Connections:
        """Connections that know nothing yet."""
        return Connections(
            self.library,
            self.vault,
            self.session,
            self,
        )


def scene() -> LeavingScene:
    return LeavingScene()


def test_what_the_keyring_would_not_give_up_is_removed_and_revoked_at_the_next_start() -> None:
    async def story(_: Scene) -> None:
        at = scene()
        await at.connect(OLD)
        at.vault.failure = VaultLocked()
        assert isinstance(await at.connections.disconnect(CONVIRZA), VaultLocked)
        assert [each.id for each in at.leaving] == ["convirza"]
        later = at.restarted()
        later.restore([], at.leaving)
        assert [type(each) for each in await later.finish()] == [VaultLocked]
        assert len(at.leaving) == 1
        at.vault.failure = None
        assert await later.finish() == []
        assert (at.secrets, at.leaving, at.revoked) == ({}, [], [OLD, OLD])

    played(story)


def test_what_a_run_that_was_killed_was_removing_is_not_connected_again() -> None:
    async def story(_: Scene) -> None:
        at = scene()
        await at.connect(OLD)
        removing = at.connections.disconnect(CONVIRZA)
        killed = list(at.leaving)
        await removing
        at.vault.secrets["convirza"] = OLD.to_secret()
        later = at.restarted()
        later.restore([CONVIRZA], killed)
        assert later.accounts == []
        assert await later.finish() == []
        assert (at.secrets, at.leaving) == ({}, [])

    played(story)


def test_an_account_that_is_connected_again_does_not_leave_any_more() -> None:
    async def story(_: Scene) -> None:
        at = scene()
        await at.connect(OLD)
        at.vault.failure = VaultLocked()
        await at.connections.disconnect(CONVIRZA)
        at.vault.failure = None
        await at.connect(FRESH)
        assert at.leaving == []
        assert await at.connections.finish() == []
        assert at.secrets == {"convirza": FRESH.to_secret()}

    played(story)


def test_a_catalogue_that_cannot_be_written_is_tried_again() -> None:
    async def story(_: Scene) -> None:
        at = scene()
        await at.connect(OLD)
        forget = at.catalogue.forget

        async def refuse(account: str) -> None:
            raise CatalogueError

        at.catalogue.forget = refuse  # type: ignore[method-assign]
        assert isinstance(await at.connections.disconnect(CONVIRZA), CatalogueError)
        at.catalogue.forget = forget  # type: ignore[method-assign]
        assert len(at.leaving) == 1
        assert await at.connections.finish() == []
        assert at.leaving == []

    played(story)


def test_of_a_secret_that_was_kept_in_memory_only_nothing_is_left_in_a_keyring_that_is_not_there() -> None:
    async def story(_: Scene) -> None:
        at = scene()
        at.vault.failure = NoVault()
        await at.connect(OLD, session_only=True)
        assert await at.connections.disconnect(CONVIRZA) is None
        assert (at.leaving, at.session.secrets) == ([], {})

    played(story)


def test_quitting_does_not_wait_for_ever_for_what_is_being_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playhead.core.loading.connections.LAST_WORDS", 0.0)

    async def story(_: Scene) -> None:
        at = scene()

        async def never(account: Account, credential: Credential) -> None:
            await asyncio.Event().wait()

        at.revoke = never  # type: ignore[method-assign]
        at.connections = at.restarted()
        await at.connect(OLD)
        removing = at.connections.disconnect(CONVIRZA)
        await asyncio.sleep(0)
        await at.connections.close()
        assert removing.cancelled()

    played(story)


@pytest.mark.parametrize("found", [None, "another", "reversed"])
def test_a_key_that_is_not_read_back_leaves_the_one_of_before_in_the_keyring(found: str | None) -> None:
    async def story(at: Scene) -> None:
        await at.connect(OLD)
        get, asked = at.vault.get, 0

        async def lying(key: str) -> str | None:
            nonlocal asked
            asked += 1
            kept = await get(key)
            if asked == 1 or kept is None:
                return kept
            return kept[::-1] if found == "reversed" else found

        at.vault.get = lying  # type: ignore[method-assign]
        with pytest.raises(VaultError):
            await at.connect(FRESH)
        at.vault.get = get  # type: ignore[method-assign]
        assert at.secrets == {"convirza": OLD.to_secret()}
        assert (await at.library.load(at.library.base("convirza"))).new == 1

    played(story)


def test_a_renewal_during_a_connecting_that_fails_is_kept() -> None:
    async def story(at: Scene) -> None:
        await at.connect(OLD)
        kept, set_ = asyncio.Event(), at.vault.set

        async def slow(key: str, secret: str) -> None:
            await kept.wait()
            raise VaultLocked

        at.vault.set = slow  # type: ignore[method-assign]
        connecting = asyncio.create_task(at.connect(FRESH))
        for _ in range(3):
            await asyncio.sleep(0)
        renewing = asyncio.create_task(at.doors[0]._keys.save(RENEWED))
        await asyncio.sleep(0)
        at.vault.set = set_  # type: ignore[method-assign]
        kept.set()
        with pytest.raises(VaultLocked):
            await connecting
        await renewing
        assert at.secrets == {"convirza": RENEWED.to_secret()}

    played(story)


@pytest.mark.parametrize("found", [{}, {"convirza": ""}])
def test_a_keyring_that_finds_nothing_loses_nothing(found: dict[str, str]) -> None:
    async def story(at: Scene) -> None:
        await at.connect(OLD)
        later = Connections(
            at.library,
            at.vault,
            at.session,
            at,
        )
        later.restore([CONVIRZA])
        kept, at.vault.secrets = at.vault.secrets, dict(found)
        with pytest.raises(Exception, match="no key"):
            await at.doors[-1]._keys.load()
        assert at.vault.secrets == found
        at.vault.secrets = kept
        assert await at.doors[-1]._keys.load() == OLD

    played(story)


BEGINNING, REST = b"ID3\x04" + bytes(200), bytes(range(200))


class HalfSource(FakeSource):
    """A door that gives the beginning of some audio, and then nothing."""

    @override
    @asynccontextmanager
    async def open(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AsyncIterator[Delivery]:
        async def chunks() -> AsyncIterator[bytes]:
            yield BEGINNING
            await asyncio.Event().wait()

        yield Delivery(chunks=chunks(), offset=0, total=None, validator=None)


class TwoDoors:
    """Gives the door that an account has now."""

    def __init__(self, *doors: Source) -> None:
        self.doors = list(doors)

    def __call__(self, account: str) -> Source:
        return self.doors[0]


def test_audio_on_its_way_goes_on_at_the_next_door_when_its_account_is_connected_anew() -> None:
    async def story(_: Scene) -> None:
        old, new = ClosingSource(HalfSource()), FakeSource(sounds={"id-0": BEGINNING + REST})
        source_of = TwoDoors(old)
        downloads = Downloads(source_of, FakeMedia())
        came = bytearray()

        async def fetch() -> None:
            async with downloads.fetch(recording(0)) as incoming:
                async for offset, chunk in incoming:
                    came[offset:] = chunk

        fetching = asyncio.create_task(fetch())
        for _turn in range(5):
            await asyncio.sleep(0)
        source_of.doors = [ClosingSource(new)]
        await old.close()
        await fetching
        assert bytes(came) == BEGINNING + REST
        await downloads.close()

    played(story)


def test_whoever_reads_a_download_of_a_disconnected_account_is_told_why_it_ends() -> None:
    async def story(_: Scene) -> None:
        downloads = Downloads(TwoDoors(HalfSource()), FakeMedia())
        media = downloads.open(recording(0))
        for _turn in range(3):
            await asyncio.sleep(0)
        downloads.forget(recording(0).account)
        assert isinstance(media.failure, Disconnected)
        await downloads.close()

    played(story)
