"""A catalogue that cannot be read is kept, and damage is never shown as data."""

import asyncio
from pathlib import Path

import pytest

from playhead.catalogue.connection import connect
from playhead.catalogue.opening import open_with_vault
from playhead.catalogue.schema import set_aside
from playhead.catalogue.store import open_catalogue
from playhead.core.errors import CatalogueError, CatalogueUnreadable
from playhead.core.finding.query import NEWEST_FIRST, Query
from playhead.machine.vault import MemoryVault
from support.catalogue.catalogue_examples import KEY, catalogue, listed, recording


def test_an_unreadable_catalogue_is_set_aside_and_a_new_one_starts(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    path.write_bytes(b"not a database at all " * 1000)
    path.with_name("media.db").write_bytes(b"nor is this " * 1000)

    async def scene() -> None:
        with pytest.raises(CatalogueUnreadable):
            await open_catalogue(path, KEY)
        path.with_name("catalogue.db-wal").write_bytes(b"its log")
        aside = set_aside(path)
        assert aside.name.startswith("catalogue-unreadable-")
        assert aside.read_bytes().startswith(b"not a database")
        assert aside.with_name(aside.name + "-wal").read_bytes() == b"its log"
        async with catalogue(path, recording(1)) as store:
            assert await listed(store) == ["1"]
            await store.media.keep(recording(1), b"audio")
            assert await store.media.read(recording(1)) == b"audio"

    asyncio.run(scene())


def test_a_damaged_catalogue_is_left_as_it_is_where_nobody_is_told(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        vault = MemoryVault()
        first = await open_with_vault(path, vault)
        await first.store.close()
        for content in (b"not a database at all " * 1000, b""):
            path.write_bytes(content)
            opened = await open_with_vault(path, vault, attended=False)
            await opened.store.close()
            assert not opened.kept
            assert isinstance(opened.problem, CatalogueUnreadable)
            assert path.read_bytes() == content

    asyncio.run(scene())


async def read_everything(path: Path) -> None:
    async with catalogue(path) as store:
        listing = await store.listings.listing(Query(), NEWEST_FIRST)
        await store.recordings.read(listing.ids)


def test_damage_in_the_middle_is_noticed_and_not_shown_as_data(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, *(recording(number, name="word " * 50) for number in range(500))):
            pass
        damaged = bytearray(path.read_bytes())
        for page in range(2 * 4096, len(damaged), 4096):
            damaged[page + 100] ^= 1
        path.write_bytes(damaged)
        with pytest.raises(CatalogueUnreadable):
            await read_everything(path)

    asyncio.run(scene())


def test_an_error_of_the_database_is_a_catalogue_error(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, recording(1)) as store:
            connection = connect(path, KEY)
            connection.execute("drop table tally")
            connection.close()
            with pytest.raises(CatalogueError):
                await store.recordings.counts()

    asyncio.run(scene())
