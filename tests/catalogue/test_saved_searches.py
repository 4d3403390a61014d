"""Saved queries and the history of filters."""

import asyncio
from pathlib import Path

from playhead.core.stores import Saved
from support.catalogue.catalogue_examples import catalogue, feed, recording


def test_saved_queries_stay_in_the_order_of_the_person(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    saved = [Saved("Missed", "duration:0"), Saved("A \ud800\0 name", 'name:"ümlaut"'), Saved("Missed", "")]

    async def scene() -> None:
        async with catalogue(path) as store:
            assert await store.searches.saved() == []
            await store.searches.save([Saved("gone", "gone"), *saved])
            await store.searches.save(saved)
        async with catalogue(path) as store:
            assert await store.searches.saved() == saved
            await store.searches.save(saved[::-1])
            assert await store.searches.saved() == saved[::-1]

    asyncio.run(scene())


def test_the_history_has_each_filter_once_the_latest_first_and_is_not_endless() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1)) as store:
            for number in range(60):
                await store.searches.used(f"query {number}")
            await store.searches.used("query 58")
            await store.searches.used("\ud800\0")
            history = await store.searches.history()
            assert history[:4] == ["\ud800\0", "query 58", "query 59", "query 57"]
            assert (len(history), history[-1]) == (50, "query 11")
            await store.recordings.add([recording(2)], feed())
            await store.searches.forget_history()
            assert await store.searches.history() == []

    asyncio.run(scene())


def test_how_the_window_was_left_is_kept_until_it_is_left_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path) as store:
            assert await store.searches.left_off() == ""
            await store.searches.leave_off('{"query": "one"}')
            await store.searches.leave_off('{"query": "two"}')
        async with catalogue(path) as store:
            assert await store.searches.left_off() == '{"query": "two"}'

    asyncio.run(scene())
