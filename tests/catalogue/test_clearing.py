"""What takes room in an older catalogue and serves nobody is cleared away while it is used."""

import asyncio
from pathlib import Path

import apsw

from playhead.catalogue.clearing import clear_next
from playhead.catalogue.connection import connect, only_row
from playhead.catalogue.ranking import ranking_of
from playhead.catalogue.schema import MIGRATIONS, migrate
from playhead.catalogue.writing import add, index_words
from support.catalogue.catalogue_examples import KEY, catalogue, feed, listed, recording
from support.catalogue.catalogue_files import assert_sound
from support.catalogue.kept_orders import sort_by

BEFORE = 21
"""Version of the catalogues that kept orders unpacked."""
PAGE = [recording(each, name=f"name {each % 11} {each * 7919 % 1009}", size=each) for each in range(600)]


def older(path: Path) -> apsw.Connection:
    """A catalogue that kept orders unpacked, brought to the version of today."""
    connection = connect(path, KEY)
    migrate(connection, MIGRATIONS[:BEFORE])
    connection.execute(
        "insert into ranking (sorted, upto, moved, rising, falling, absent) values"
        " ('size', 600, 0, zeroblob(300000), zeroblob(300000), x''), ('newest', 600, 0, x'', x'', x'')"
    )
    for start in range(0, len(PAGE), 100):
        add(connection, PAGE[start : start + 100], feed())
        index_words(connection)
    migrate(connection, MIGRATIONS)
    return connection


def words(connection: apsw.Connection) -> int:
    (number,) = only_row(connection, 'select count(*) from words where words match \'"me " AND " 1"\'')
    return int(number)


def test_what_was_kept_for_orders_is_found_anew_and_cleared_away(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    connection = older(path)
    before, found, there = connection.pragma("page_count"), words(connection), 0
    assert ranking_of(connection, "size", 20) is None
    sort_by(connection, "size")
    while clear_next(connection, pages=10):
        assert words(connection) == found
        there += 1
    assert there > 4
    names = {name for (name,) in connection.execute("select name from sqlite_schema")}
    assert not names & {"cleared_ranking", "search_unmeasured"}
    assert connection.pragma("page_count") < before - 100
    assert ranking_of(connection, "size") is not None
    assert not clear_next(connection)
    assert_sound(path)
    connection.close()


def test_it_is_done_beside_what_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    older(path).close()

    async def used() -> None:
        async with catalogue(path) as store:
            await store.upkeep.finished()
            assert len(await listed(store)) == len(PAGE)

    asyncio.run(used())
    connection = connect(path, KEY)
    assert not clear_next(connection)
    connection.close()
