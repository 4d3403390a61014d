"""Recordings that their provider no longer has: marked, never dropped, and welcome back."""

import asyncio
from datetime import UTC, datetime, timedelta

from playhead.core.finding.query import Flag, Is, Not
from playhead.core.page import Arrival
from support.catalogue.catalogue_examples import NOON, catalogue, feed, listed, recording

HOUR = timedelta(hours=1)


def test_what_a_whole_page_does_not_hold_is_gone() -> None:
    page = [recording(number) for number in range(1, 7)]
    others = [
        recording(3, account="other"),
        recording(7, id="undated", started=None),
        recording(3, id="made later", created=NOON),
        recording(3, id="made then", started=None, created=NOON - 3 * HOUR),
        recording(3, id="made a little later", created=NOON - 2.5 * HOUR),
    ]

    async def scene() -> None:
        async with catalogue(None, *page, *others) as store:
            # From five to one hour before noon, both themselves left out.
            whole = (NOON - 5 * HOUR, NOON - HOUR)
            arrival = await store.recordings.add([page[0], page[1], page[4]], feed(), whole=whole)
            assert arrival == Arrival(new=0, changed=0, known=3, gone=4)
            gone = ["made then", "3", "made a little later", "4"]
            assert sorted(await listed(store, Is(Flag.GONE))) == sorted(gone)
            assert len(await listed(store, Not(Is(Flag.GONE)))) == len(page) + len(others) - 4
            again = await store.recordings.add([page[1]], feed(), whole=(NOON - 2.5 * HOUR, NOON - HOUR))
            assert again.gone == 0
            moment = datetime.now(UTC)
            one, two = await store.marks.read([page[2], page[1]])
            assert one.gone is not None
            assert moment - HOUR < one.gone <= moment
            assert two.gone is None

    asyncio.run(scene())


def test_a_recording_that_comes_again_is_not_gone() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1), recording(2)) as store:
            for each in (recording(1), recording(2), recording(9)):
                await store.recordings.mark_gone([each])
            assert await listed(store, Is(Flag.GONE)) == ["1", "2"]
            arrival = await store.recordings.add([recording(1)], feed())
            assert arrival == Arrival(new=0, changed=1, known=0)
            assert await listed(store, Is(Flag.GONE)) == ["2"]
            assert (await store.marks.read([recording(1)]))[0].gone is None

    asyncio.run(scene())


def test_a_mark_of_being_gone_goes_with_its_account() -> None:
    async def scene() -> None:
        async with catalogue(None, recording(1)) as store:
            await store.recordings.mark_gone([recording(1)])
            await store.forget("first")
            await store.recordings.add([recording(1)], feed())
            assert await listed(store, Is(Flag.GONE)) == []

    asyncio.run(scene())
