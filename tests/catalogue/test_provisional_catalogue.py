"""At a first start no vault is asked; what is kept by then is kept for good once one has the key."""

import asyncio
from pathlib import Path

import pytest

from playhead.catalogue.opening import Opened, nothing_yet, open_provisionally, open_with_vault
from playhead.catalogue.provisional import ProvisionalCatalogue
from playhead.core.errors import VaultLocked
from support.catalogue.catalogue_examples import feed, listed, recording
from support.catalogue.catalogue_files import contents, open_to_others
from trials.misbehaving_vaults import GETS, OddVault, RightVault


async def begun(path: Path) -> tuple[Opened, ProvisionalCatalogue]:
    """A first start, at which one recording comes in."""
    assert nothing_yet(path)
    opened = await open_provisionally(path)
    assert opened.provisional is not None
    await opened.store.recordings.add([recording(1)], feed())
    return opened, opened.provisional


async def found_again(path: Path, vault: RightVault) -> list[str]:
    """What the next start finds, which knows of an account."""
    opened = await open_with_vault(path, vault)
    try:
        assert opened.problem is None
        return await listed(opened.store)
    finally:
        await opened.store.close()


def test_what_a_first_start_kept_is_there_for_good_once_a_vault_has_its_key(tmp_path: Path) -> None:
    path, vault = tmp_path / "catalogue.db", RightVault()

    async def scene() -> None:
        opened, provisional = await begun(path)
        await provisional.keep(vault)
        await opened.store.recordings.add([recording(2)], feed())
        await opened.store.close()
        assert provisional.kept
        assert not nothing_yet(path)
        assert await found_again(path, vault) == ["1", "2"]

    asyncio.run(scene())


def test_a_catalogue_whose_key_nobody_kept_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        opened, provisional = await begun(path)
        assert not open_to_others(tmp_path)
        await opened.store.close()
        await provisional.remove()
        assert contents(tmp_path) == {}

    asyncio.run(scene())


def test_one_that_was_ended_by_force_makes_way_for_a_new_one_without_a_word(tmp_path: Path) -> None:
    path, vault = tmp_path / "catalogue.db", RightVault()

    async def scene() -> None:
        opened, _ = await begun(path)
        await opened.store.close()
        opened, _ = await begun(path)
        assert await listed(opened.store) == ["1"]
        await opened.store.close()
        # As if an account was connected for that run alone, and the vault refused.
        assert await found_again(path, vault) == []
        assert await found_again(path, vault) == []

    asyncio.run(scene())


def test_a_vault_that_refuses_the_key_can_be_asked_again(tmp_path: Path) -> None:
    path, right = tmp_path / "catalogue.db", RightVault()
    locked = OddVault(right, GETS["as it is"], refuses=VaultLocked())

    async def scene() -> None:
        opened, provisional = await begun(path)
        with pytest.raises(VaultLocked):
            await provisional.keep(locked)
        assert nothing_yet(path)
        await provisional.keep(right)
        await opened.store.close()
        assert await found_again(path, right) == ["1"]

    asyncio.run(scene())


def test_one_whose_key_was_kept_and_that_was_ended_before_that_was_noted_stays(tmp_path: Path) -> None:
    path, vault = tmp_path / "catalogue.db", RightVault()

    async def scene() -> None:
        opened, provisional = await begun(path)
        await opened.store.close()
        left = contents(tmp_path)
        await provisional.keep(vault)
        for name in left.keys() - contents(tmp_path).keys():
            (tmp_path / name).touch()
        assert await found_again(path, vault) == ["1"]
        assert not nothing_yet(path)

    asyncio.run(scene())


def test_where_something_lies_already_a_vault_is_asked(tmp_path: Path) -> None:
    for name in ("catalogue.db", "catalogue.db-key-id", "media.db", "catalogue-unreadable-20260101.db"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).touch()
        assert not nothing_yet(folder / "catalogue.db"), name
