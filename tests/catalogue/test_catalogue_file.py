"""The files of a catalogue: what is in them is there again, and a full disk is said."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from playhead.catalogue.store import open_catalogue
from playhead.core.errors import CatalogueReadOnly
from playhead.core.finding.query import Word
from playhead.core.page import Asked, FeedState
from support.catalogue.catalogue_examples import KEY, catalogue, feed, listed, recording
from support.catalogue.catalogue_files import contents


def test_everything_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, recording(1, name="kept")) as store:
            await store.media.keep(recording(1), b"audio")
            await store.analyses.keep_peaks(recording(1), b"peaks")
        assert contents(path.parent).keys() == {"catalogue.db", "media.db"}
        async with catalogue(path) as store:
            assert await listed(store, Word("kept")) == ["1"]
            assert await store.recordings.states() == [feed()]
            assert await store.media.read(recording(1)) == b"audio"
            assert await store.analyses.peaks(recording(1)) == b"peaks"

    asyncio.run(scene())


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    async def scene() -> None:
        with pytest.raises(CatalogueReadOnly) as caught:
            await open_catalogue(tmp_path / "file" / "catalogue.db", KEY)
        assert caught.value.reason == "readonly"

    asyncio.run(scene())


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Makes writing past `size` bytes fail, as a full disk does."""
    resource = pytest.importorskip("resource", reason="only POSIX can limit the size of files")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_is_said_and_what_is_there_can_still_be_read(tmp_path: Path) -> None:
    page = [recording(number, name=f"name {number} " * 20) for number in range(10, 1000)]

    async def scene() -> None:
        async with catalogue(tmp_path / "catalogue.db", recording(1, name="early")) as store:
            with files_of_at_most(300_000):
                with pytest.raises(CatalogueReadOnly) as caught:
                    await store.recordings.add(page, feed(cursor="further"))
                assert caught.value.reason == "full"
                with pytest.raises(CatalogueReadOnly):
                    await store.media.keep(recording(1), bytes(500_000))
                assert await listed(store) == ["1"]
                assert await listed(store, Word("early")) == ["1"]
                assert await store.recordings.states() == [feed()]
            assert (await store.recordings.add(page, feed(cursor="further"))).new == len(page)
            assert await store.recordings.states() == [feed(cursor="further")]

    asyncio.run(scene())


def test_forgotten_recordings_give_their_place_on_the_disk_back(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, recording(1, account="other", name="stays")) as store:
            page = [recording(number, name=f"number {number}") for number in range(2000)]
            await store.recordings.add(page, FeedState(account="first", asked=Asked()))
            await store.media.keep(page[0], bytes(1_000_000))
            await store.forget("first")
            sizes = {name: len(content) for name, content in contents(tmp_path).items()}
            assert sizes["catalogue.db"] < 470_000  # most of it tables and indexes of nothing
            assert sizes["media.db"] < 100_000
            assert sizes["catalogue.db-wal"] == sizes["media.db-wal"] == 0
            assert await listed(store) == ["1"]

    asyncio.run(scene())
