"""Prints that an older Playhead has kept are found by the landmarks of today."""

import asyncio
import struct
import zlib
from pathlib import Path

import pytest

from playhead.catalogue.connection import connect
from playhead.catalogue.samesounds import MOST_AT_A_LANDMARK
from playhead.core.finding import fields
from playhead.core.finding.query import Match, Way
from playhead.core.health.soundprint import SoundPrint
from support.catalogue.catalogue_examples import KEY, catalogue, listed, recording
from support.health.sound_prints import measured, spoken

HELLO, LIKE_HELLO = spoken(1), spoken(1, cut=1.0, noise=3, softer=20)


def as_before(known: SoundPrint) -> bytes:
    """The compact form of the prints before: numbers of 32 bits, and five places of bits."""
    marks = sorted(each.at for each in known.landmarks)
    head = struct.pack("<4sIH", b"PHS1", len(known.envelope), len(marks))
    return (
        head
        + b"".join(struct.pack("<IH5B", 1, at, *range(5)) for at in marks)
        + zlib.compress(known.envelope)
    )


def make_older(path: Path, *kept: bytes) -> None:
    """Put prints into the sounds of a catalogue that an older Playhead has written, in their order."""
    connection = connect(path, KEY)
    connection.execute("create table reprinting (done integer not null); insert into reprinting values (0)")
    connection.execute("delete from landmark")
    connection.executemany(
        "update sound set print = ? where number = ?", [(each, place) for place, each in enumerate(kept, 1)]
    )
    connection.close()


@pytest.mark.parametrize("copies", [1, MOST_AT_A_LANDMARK + 4])
def test_a_sound_that_was_measured_before_is_found_in_what_is_measured_now(
    copies: int, tmp_path: Path
) -> None:
    path = tmp_path / "catalogue.db"
    known, new = [recording(number) for number in range(copies)], recording(90)

    async def scene() -> None:
        async with catalogue(path, *known, new) as store:
            for number, each in enumerate(known):
                await store.analyses.keep_measured(each, measured(f"{number}", HELLO))
        make_older(path, *[as_before(HELLO)] * copies)
        async with catalogue(path) as store:
            await store.analyses.keep_measured(new, measured("new", LIKE_HELLO))
            assert await listed(store, Match(fields.SAME, new.id, Way.WHOLE)) == [
                each.id for each in (*known, new)
            ]

    asyncio.run(scene())
    connection = connect(path, KEY)
    ((most,),) = connection.execute(
        "select max(found) from (select count(*) as found from landmark group by number)"
    )
    assert most <= MOST_AT_A_LANDMARK + 1
    connection.close()


def test_what_is_no_print_is_forgotten_when_it_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    one, two = recording(1), recording(2)

    async def scene() -> None:
        async with catalogue(path, one, two) as store:
            await store.analyses.keep_measured(one, measured("one", HELLO))
        make_older(path, as_before(HELLO)[:-9])
        async with catalogue(path) as store:
            await store.analyses.keep_measured(one, measured("one", HELLO))
            await store.analyses.keep_measured(two, measured("two", LIKE_HELLO))
            assert await listed(store, Match(fields.SAME, "2", Way.WHOLE)) == ["1", "2"]

    asyncio.run(scene())
