"""Very many stars at once: one transaction, which can be stopped, and before which every note goes."""

import asyncio
import threading
from array import array
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playhead.catalogue.connection import connect, only_row, transaction, written
from playhead.catalogue.store import Store
from support.catalogue.catalogue_examples import KEY, catalogue, recording

MANY = 100_000
HALF = MANY // 2
NOTED = recording(1)
ALL = array("q", range(1, MANY + 1))


class HalfWay:
    """Stops the thread of the catalogue half-way, the first time, until it may go on."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.go_on = threading.Event()
        self._loop = asyncio.get_running_loop()

    def tell(self, done: int) -> None:
        if done == HALF:
            self._loop.call_soon_threadsafe(self.reached.set)
            assert self.go_on.wait(30)


@asynccontextmanager
async def many(path: Path) -> AsyncIterator[Store]:
    async with catalogue(path, NOTED):
        pass
    connection = connect(path, KEY)
    with transaction(connection):
        connection.execute(
            "with recursive n (i) as (select 2 union all select i + 1 from n where i < ?)"
            " insert into recording (id, account, key, value, raw)"
            " select i, 1, cast(i as blob), '{}', '{}' from n",
            (MANY,),
        )
    connection.close()
    async with catalogue(path) as store:
        yield store


def counted(path: Path) -> tuple[int, int]:
    """Stars in the file, and how often it was written to."""
    connection = connect(path, KEY)
    (stars,) = only_row(connection, "select count(*) from star")
    writes = written(connection)
    connection.close()
    return stars, writes


def test_stopped_half_way_no_star_is_given_and_a_note_of_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with many(path) as store:
            half = HalfWay()
            starring = asyncio.ensure_future(store.marks.star(ALL, on=True, told=half.tell))
            await half.reached.wait()
            noting = asyncio.ensure_future(store.marks.add_note(NOTED, "meanwhile", None))
            await asyncio.sleep(0)
            starring.cancel()
            half.go_on.set()
            await noting
            await asyncio.wait({starring})
            assert starring.cancelled()
            (marks,) = await store.marks.read([NOTED])
            assert ([each.text for each in marks.notes], marks.starred) == (["meanwhile"], False)
            assert counted(path)[0] == 0

    asyncio.run(scene())


def test_a_note_of_meanwhile_goes_first_and_all_stars_are_one_transaction(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with many(path) as store:
            await store.upkeep.stop()  # it would be counted, too
            before, half, order = counted(path)[1], HalfWay(), list[str]()
            starring = asyncio.ensure_future(store.marks.star(ALL, on=True, told=half.tell))
            starring.add_done_callback(lambda _: order.append("stars"))
            await half.reached.wait()
            noting = asyncio.ensure_future(store.marks.add_note(NOTED, "meanwhile", None))
            noting.add_done_callback(lambda _: order.append("note"))
            await asyncio.sleep(0)
            half.go_on.set()
            await starring
            await noting
            assert order == ["note", "stars"]
            assert counted(path) == (MANY, before + 2)
            assert await store.marks.all_starred(ALL)
            await store.marks.star(ALL, on=False)
            assert counted(path) == (0, before + 3)
            assert not await store.marks.all_starred(ALL)

    asyncio.run(scene())
