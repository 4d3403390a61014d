"""What is told of a recording takes a quarter of its room, also in a catalogue of an older Playhead."""

import asyncio
from pathlib import Path

import apsw
from hypothesis import given, settings
from hypothesis import strategies as st

from playhead.catalogue.connection import connect, only_row
from playhead.catalogue.packing import pack, pack_next, unpack
from playhead.catalogue.schema import MIGRATIONS, migrate
from playhead.core.recording import Party, Recording
from support.catalogue.catalogue_examples import KEY, catalogue, listed, recording
from support.catalogue.catalogue_files import assert_sound
from support.catalogue.older_catalogues import add_as_before

BEFORE = 13
"""Version of the catalogues that were not packed."""
PAGE = tuple(
    recording(
        number,
        name=f"Zoë {number}",
        caller=Party(number=f"+3120555{number:04}", name="Zoë", line="pstn"),
        raw={"id": str(number), "note": "é" * 500, "list": [1, None]},
    )
    for number in range(500)
)


def older(path: Path) -> apsw.Connection:
    """A catalogue that was not packed, brought to the version of today."""
    connection = connect(path, KEY)
    migrate(connection, MIGRATIONS[:BEFORE])
    add_as_before(connection, PAGE)
    connection.execute("insert into star values (7)")
    migrate(connection, MIGRATIONS)
    return connection


def known(connection: apsw.Connection) -> tuple[int, int]:
    """Recordings and stars that are there."""
    counts = "select (select count(*) from recording), (select count(*) from star)"
    recordings, stars = only_row(connection, counts)
    return recordings, stars


async def read(path: Path) -> list[Recording | None]:
    async with catalogue(path) as store:
        assert await listed(store) == [each.id for each in PAGE]
        return list(await store.recordings.read(range(1, len(PAGE) + 1)))


def test_an_older_catalogue_says_the_same_before_during_and_after_it_is_packed(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    connection = older(path)
    before = connection.pragma("page_count")
    assert pack_next(connection, 100)
    connection.close()
    assert asyncio.run(read(path)) == list(PAGE)
    connection = connect(path, KEY)
    while pack_next(connection, 100):
        assert known(connection) == (500, 1)
    assert connection.pragma("page_count") < before / 2
    connection.close()
    assert asyncio.run(read(path)) == list(PAGE)
    assert_sound(path)


def test_packing_that_is_cut_short_anywhere_has_lost_nothing_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    older(path).close()
    for steps in range(10, 4_000, 190):
        connection = connect(path, KEY)
        connection.set_progress_handler(lambda: True, steps)
        try:
            pack_next(connection, 50)
        except apsw.InterruptError:
            pass
        finally:
            connection.set_progress_handler(None)
            assert known(connection) == (500, 1)
            assert connection.pragma("foreign_keys") == 1
            connection.close()
    assert asyncio.run(read(path)) == list(PAGE)


def test_an_open_catalogue_packs_what_an_older_playhead_has_left(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    older(path).close()

    async def packed() -> None:
        async with catalogue(path) as store:
            await store.upkeep.finished()

    asyncio.run(packed())
    connection = connect(path, KEY)
    assert connection.execute("select count(*) from recording where raw <> ''").fetchall() == [(0,)]
    assert not pack_next(connection)
    connection.close()
    assert_sound(path)


@given(st.text(st.characters(codec="utf-8")))
@settings(deadline=None)
def test_any_text_is_unpacked_as_it_was(told: str) -> None:
    assert unpack(pack(told)) == told
    assert unpack(told) == told


def test_what_was_packed_once_can_be_unpacked_for_ever() -> None:
    packed = bytes.fromhex("01231ce8584217a40d5c04982bd50200")
    assert unpack(packed) == '{"provider":"bird","kind":"call","status":"available"}\n{"id":"7"}'
