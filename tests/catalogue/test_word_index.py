"""The index of words keeps up with pages, and a page does not wait for it."""

import asyncio
from pathlib import Path

from playhead.catalogue.connection import connect, only_row
from playhead.catalogue.schema import open_newest
from playhead.catalogue.writing import add, index_words
from playhead.core.finding.query import Word
from support.catalogue.catalogue_examples import KEY, catalogue, feed, listed, recording
from support.catalogue.catalogue_files import assert_sound


def test_a_thousand_new_recordings_are_indexed_beside_what_people_wait_for(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path) as store:
            for start in (0, 600, 1_200):
                page = [recording(each, name=f"name {each:04}") for each in range(start, start + 600)]
                await store.recordings.add(page, feed())
            await store.indexing.finished()
            assert 1_800 - indexed(path) <= 1_000
            assert await listed(store, Word("name 1799")) == ["1799"]
            assert await listed(store, Word("name 0003")) == ["3"]

    asyncio.run(scene())
    assert_sound(path)


def indexed(path: Path) -> int:
    """The last recording that the index has."""
    connection = connect(path, KEY)
    (last,) = only_row(connection, "select id from indexed")
    connection.close()
    return int(last)


def test_pages_that_come_faster_than_the_index_takes_them_are_indexed_with_the_page() -> None:
    connection = open_newest(None, None)
    add(connection, [recording(each) for each in range(5_000)], feed())
    assert only_row(connection, "select id from indexed") == (5_000,)
    assert not index_words(connection)
